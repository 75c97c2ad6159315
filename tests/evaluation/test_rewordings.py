"""Questions in other words, made by rule."""

from __future__ import annotations

from pathlib import Path

import pytest

from osler.domain.errors import UsageError
from osler.evaluation.rewordings import load_rewordings, reword
from osler.statements import find_substances, read_patient

QUESTIONS = (
    "apixaban dose, CKD stage 4, 80 year old, atrial fibrillation?",
    "How much Eliquis for an 82-year-old man with AF and a weight of 55 kg?",
    "Ferrous sulphate dose to treat iron deficiency anaemia in an adult?",
)


@pytest.mark.parametrize("question", QUESTIONS)
def test_ten_different_ones_always_the_same(question: str) -> None:
    made = reword(question, "q1")
    assert len(set(made)) == len(made) == 10
    assert question not in made
    assert reword(question, "q1") == made
    assert reword(question, "q2") != made


@pytest.mark.parametrize("question", QUESTIONS)
def test_the_patient_stays_as_he_was(question: str) -> None:
    before = read_patient(question)
    for text in reword(question, "q1", 30):
        after = read_patient(text)
        assert (after.age_years, after.weight_kg) == (before.age_years, before.weight_kg), text


def test_a_drug_is_swapped_for_its_only_brand_and_a_condition_for_its_initials() -> None:
    made = " | ".join(reword(QUESTIONS[0], "q1", 60)).lower()
    assert "eliquis" in made
    assert " af" in made
    back = " | ".join(reword(QUESTIONS[1], "q1", 60)).lower()
    assert "apixaban" in back
    assert "atrial fibrillation" in back


def test_the_iron_of_iron_deficiency_keeps_its_name() -> None:
    for text in reword(QUESTIONS[2], "q1", 60):
        drugs = {found.name for found in find_substances(text)}
        assert not drugs - {"ferrous sulfate", "iron"}, text


def test_clauses_that_lean_on_others_stay_in_place() -> None:
    leaning = "She takes lithium, which level is too high?"
    moved = [t for t in reword(leaning, "q1", 60) if t.lower().startswith("which")]
    assert not moved


def test_a_file_of_rewordings(tmp_path: Path) -> None:
    path = tmp_path / "r.yaml"
    path.write_text("version: 1\nrewordings:\n- id: a\n  texts: [one, two]\n", "utf-8")
    assert load_rewordings(path) == {"a": ("one", "two")}
    path.write_text("rewordings: [{texts: []}]", "utf-8")
    with pytest.raises(UsageError, match="id"):
        load_rewordings(path)
