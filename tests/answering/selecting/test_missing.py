"""The fact that is missing to decide is named, and asked for first."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.answering.documents import library_of

from osler.answering import ask, to_json
from osler.answering.selecting.missing import ASKED_BY_NAME, question_for
from osler.domain import Answer, Applies, Criterion
from osler.library import Library
from osler.statements.vocabulary.conditions import canonical_condition

GUIDANCE = {
    "Apixaban": """
## Atrial fibrillation

Apixaban 5 mg twice daily.

Reduce apixaban to 2.5 mg twice daily when at least two of the following are present:

- age 80 years or more
- body weight 60 kg or less
- serum creatinine 133 µmol/L or more (1.5 mg/dL)

Check renal function every year.
""",
    "Enoxaparin": """
## Deep vein thrombosis

- Enoxaparin 1 mg/kg subcutaneously every 12 hours; 1 mg/kg once daily if creatinine clearance is
  below 30 mL/min.
""",
    "Amoxicillin in children": """
## Otitis media

Give amoxicillin 90 mg/kg/day by mouth in 2 divided doses for 5 days.
""",
    "Tobramycin": """
## Dose

Tobramycin 7 mg/kg of ideal body weight intravenously once daily.
""",
}


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    folder = tmp_path_factory.mktemp("guidance")
    for title, body in GUIDANCE.items():
        front = f"---\ntitle: {title}\norganization: Fixtures\nyear: 2023\nkind: guideline\n---\n"
        (folder / f"{title}.md").write_text(front + body, "utf-8")
    with Library.create(folder / "library") as library:
        library.add(sorted(folder.glob("*.md")))
        yield library


def texts(answer: Answer) -> list[str]:
    return [c.text for c in answer.bottom_line]


@pytest.mark.parametrize(
    ("question", "missing", "first"),
    [
        (
            "apixaban dose in AF, 82F",
            ("weight", "creatinine"),
            "What is the patient's weight?",
        ),
        ("apixaban dose in AF, 82F, 75 kg", ("creatinine",), "What is the serum creatinine?"),
        (
            "enoxaparin dose for DVT, 80 kg",
            ("creatinine clearance",),
            "What is the creatinine clearance?",
        ),
        (
            "amoxicillin dose for otitis media in a 3 year old",
            ("weight",),
            "What is the patient's weight?",
        ),
        ("tobramycin dose, 80 kg man", ("height",), "What is the patient's height?"),
        ("tobramycin dose", ("height", "sex"), "What is the patient's height?"),
    ],
)
def test_the_missing_fact_is_asked_for_first(
    library: Library, question: str, missing: tuple[str, ...], first: str
) -> None:
    answer = ask(library, question)
    assert answer.missing == missing
    assert answer.follow_ups[0] == first
    assert to_json(answer, library)["missing"] == list(missing)


@pytest.mark.parametrize(
    "question",
    [
        "apixaban dose in AF, 82F, 58 kg",
        "apixaban dose in AF, 82F, 75 kg, creatinine 90",
        "enoxaparin dose for DVT, 80 kg, CrCl 25",
    ],
)
def test_nothing_is_asked_for_that_would_change_nothing(library: Library, question: str) -> None:
    assert ask(library, question).missing == ()


def test_the_claim_says_which_criteria_decided(library: Library) -> None:
    answer = ask(library, "apixaban dose in AF, 82F, 58 kg, creatinine 100")
    reduced = next(c for c in answer.bottom_line if "2.5 mg" in c.text)
    assert reduced.applies is Applies.YES
    assert reduced.because[0] == "82 ≥ 80 and weight 58 ≤ 60: two of the three criteria met"
    (citation,) = reduced.citations
    text = library.text(citation.source_id)
    assert citation.quote == text[citation.start : citation.end]
    assert "133 µmol/L or more" in citation.quote


def test_one_criterion_of_two_decides_nothing(library: Library) -> None:
    answer = ask(library, "apixaban dose in AF, 82F, 75 kg, creatinine 90")
    assert not [text for text in texts(answer) if "2.5 mg" in text]
    assert any("5 mg twice daily" in text for text in texts(answer))


@pytest.mark.parametrize(
    ("clearance", "dose"), [("CrCl 25", "80 mg once a day"), ("CrCl 90", "80 mg every 12 hours")]
)
def test_of_two_doses_in_a_sentence_the_patients_is_worked_out(
    library: Library, clearance: str, dose: str
) -> None:
    (claim,) = ask(library, f"enoxaparin dose for DVT, 80 kg, {clearance}").bottom_line
    assert [d.result for d in claim.derivations] == [dose]


@pytest.mark.parametrize(
    ("attribute", "name", "asked"),
    [
        ("condition", "underweight", "Is the patient underweight?"),
        ("condition", "frailty", "Is the patient frail?"),
        ("condition", "smoking", "Does the patient smoke?"),
        ("condition", "stroke", "Has the patient had a stroke?"),
        ("condition", "ectopic pregnancy", "Has the patient had an ectopic pregnancy?"),
        (
            "condition",
            "urinary tract infection",
            "Does the patient have a urinary tract infection?",
        ),
        ("condition", "copd", "Does the patient have COPD?"),
        ("condition", "asthma", "Does the patient have asthma?"),
        ("procedure", "dialysis", "Is the patient on dialysis?"),
        ("procedure", "chemotherapy", "Is the patient receiving chemotherapy?"),
        ("procedure", "splenectomy", "Has the patient had a splenectomy?"),
        ("procedure", "surgery", "Has the patient had surgery?"),
    ],
)
def test_a_fact_is_asked_for_as_one_would(attribute: str, name: str, asked: str) -> None:
    assert question_for(Criterion(attribute, name)) == asked


def test_every_question_for_a_named_fact_is_for_a_name_of_the_lexicon() -> None:
    assert all(canonical_condition(name) == name for name in ASKED_BY_NAME)


def test_what_a_chapter_is_on_is_not_asked_for(tmp_path: Path) -> None:
    malaria = {
        "title": "Malaria",
        "text": "# Malaria\n\n## Pulmonary oedema\n\n- Furosemide 2 mg/kg intravenously",
    }
    failure = {
        "title": "Heart failure",
        "text": "# Heart failure\n\n- Furosemide: 40 mg orally, once daily",
    }
    with library_of(tmp_path, malaria, failure) as library:
        answer = ask(library, "furosemide dose in heart failure")
    assert answer.bottom_line
    assert "malaria" not in answer.missing
