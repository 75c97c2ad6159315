"""Who the patient is changes no answer."""

from __future__ import annotations

from typing import Any

import pytest

from osler.answering import ask, to_json
from osler.domain.errors import EmptyQuestion
from osler.library import Library
from osler.privacy import hide

_ASKED = ("question", "hidden", "elapsed_ms")


def answered(library: Library, question: str) -> dict[str, Any]:
    said = to_json(ask(library, hide(question).asked), library)
    return {key: value for key, value in said.items() if key not in _ASKED}


@pytest.mark.parametrize(
    ("named", "nameless"),
    [
        (
            "Maintenance dose of vitamin B12 for Maria Gonzalez, 67F?",
            "Maintenance dose of vitamin B12 for a 67F?",
        ),
        (
            "Mr John Smith (DOB 12/03/1946, NHS 943 476 5919) takes metformin, eGFR 24. Dose?",
            "takes metformin, eGFR 24. Dose?",
        ),
        (
            "pt Thandiwe Nkosi MRN 00123456 on methotrexate has a UTI. Trimethoprim ok?",
            "pt on methotrexate has a UTI. Trimethoprim ok?",
        ),
        (
            "Gent for endocarditis (synergy), 75 kg man, CrCl 70, bed 4, call 07700 900123",
            "Gent for endocarditis (synergy), 75 kg man, CrCl 70",
        ),
        (
            "amoxicillin dose 3 yr old acute otitis media, 14 kg, lives at 14 Oak Street, LS1 4AP",
            "amoxicillin dose 3 yr old acute otitis media, 14 kg",
        ),
        (
            "pabrinex dosing suspected Wernickes in Mrs Xiomara Etxeberria",
            "pabrinex dosing suspected Wernickes",
        ),
    ],
)
def test_an_answer_is_the_same_with_and_without_identifiers(
    starter: Library, named: str, nameless: str
) -> None:
    assert hide(named).identifiers
    with_names, without = answered(starter, named), answered(starter, nameless)
    assert without["answered"]
    shown = ("bottom_line", "sections", "conflicts", "safety_notices", "references", "missing")
    assert {k: with_names[k] for k in shown} == {k: without[k] for k in shown}


def test_an_age_over_89_still_counts(starter: Library) -> None:
    question = "97F on metformin, eGFR 24: dose?"
    assert "[AGE OVER 89]" in hide(question).text
    assert ask(starter, hide(question).asked).question.patient.age_years == 97


def test_the_question_keeps_its_placeholders_and_tells_what_was_hidden(starter: Library) -> None:
    said = to_json(ask(starter, "Maintenance dose of vitamin B12 for [NAME]?"), starter)
    assert said["question"] == "Maintenance dose of vitamin B12 for [NAME]?"
    assert said["hidden"] == ["name"]
    assert "[NAME]" not in said["understood"]


def test_a_question_of_identifiers_alone_is_empty(starter: Library) -> None:
    with pytest.raises(EmptyQuestion):
        ask(starter, "[NAME], [DATE OF BIRTH]?")
