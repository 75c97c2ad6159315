"""How far a statement came towards an answer, and why no further."""

from __future__ import annotations

from pathlib import Path

from tests.answering.documents import library_of

from osler.answering import ask
from osler.answering.explain import Fate, Stage, explain
from osler.library import Library


def statement_with(library: Library, words: str) -> str:
    found = [
        s.id
        for source in library.sources()
        for s in library.statements_of(source.id)
        if words in s.text
    ]
    assert found, words
    return found[0]


def fate(library: Library, question: str, words: str) -> Fate:
    statement = statement_with(library, words)
    return explain(library, question, [statement])[statement]


METFORMIN = "metformin start dose, type 2 diabetes, eGFR 95"


def test_what_opens_the_answer_and_what_stands_below(starter: Library) -> None:
    answer = ask(starter, METFORMIN)
    opening = answer.bottom_line[0].statements[0]
    below = next(s for part in answer.sections for c in part.claims for s in c.statements)
    fates = explain(starter, METFORMIN, [opening.id, below.id])
    assert fates[opening.id] == Fate(Stage.OPENING)
    assert fates[below.id].stage is Stage.SHOWN
    assert "bottom line" in fates[below.id].why


def test_what_was_not_found(starter: Library) -> None:
    assert explain(starter, METFORMIN, ["t_0"]) == {"t_0": Fate(Stage.NOT_RETRIEVED)}


def test_another_drug_and_another_patient_are_told(starter: Library) -> None:
    other = fate(starter, "lithium monitoring with metformin?", "Start: 500 mg")
    assert other.stage in (Stage.INELIGIBLE, Stage.NOT_RETRIEVED)
    low = fate(starter, METFORMIN, "Stop metformin")
    assert low.stage is Stage.INELIGIBLE
    assert "other patients" in low.why
    assert "95" in low.why


def test_the_part_of_the_question_that_excludes_is_named(starter: Library) -> None:
    """A statement on monitoring answers no question on a dose, but one on anything."""
    answer = ask(starter, "How is lithium monitored?")
    statement = answer.bottom_line[0].statements[0].id
    found = explain(starter, "lithium dose in a 40 year old man with mania", [statement])
    told = found[statement]
    assert told.stage is not Stage.OPENING
    if told.stage is Stage.INELIGIBLE:
        assert "would answer but for" in told.why


def test_of_two_questions_the_one_that_takes_it_further_counts(starter: Library) -> None:
    opening = ask(starter, METFORMIN).bottom_line[0].statements[0].id
    both = f"{METFORMIN}? How is lithium monitored?"
    assert explain(starter, both, [opening])[opening].stage >= Stage.SHOWN


def test_the_rules_that_keep_it_out_are_named(tmp_path: Path) -> None:
    tablets = {
        "title": "Zonisamide",
        "text": "# Focal seizures\n\nAdults: start with 50 mg by mouth twice daily.",
    }
    with library_of(tmp_path, tablets) as library:
        told = fate(library, "IV zonisamide dose for focal seizures, 40 year old", "50 mg")
    assert told.stage is Stage.INELIGIBLE
    assert "another route" in told.why
