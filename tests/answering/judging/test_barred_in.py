"""Whom the words of a bar name: all that they say must hold, and a setting alone bars nobody."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.answering.documents import library_of, opening_of

from osler.answering import ask

DOSE = "Acitretin for psoriasis: 25 mg by mouth once daily."


def _opening(folder: Path, bar: str, question: str) -> str:
    document = {"title": "Acitretin", "text": f"{DOSE}\n\n{bar}\n"}
    return opening_of(folder, question, document)


@pytest.mark.parametrize(
    "bar",
    [
        "## Contraindications\n\nIn psoriasis: uncontrolled hypertension, malignancy.",
        "## Contraindications\n\nIn psoriasis: light treatment at the same time.",
        "Psoriasis with renal impairment: contraindicated.",
        "Psoriasis with a creatinine clearance below 15 mL/min: avoid.",
        "Guttate psoriasis in women: not recommended.",
    ],
)
def test_the_illness_that_is_treated_is_not_what_bars(tmp_path: Path, bar: str) -> None:
    assert "25 mg" in _opening(tmp_path, bar, "34M psoriasis, acitretin dose?")


@pytest.mark.parametrize(
    ("bar", "question"),
    [
        ("Psoriasis with renal impairment: contraindicated.",
         "34M psoriasis and renal impairment, acitretin dose?"),
        ("## Contraindications\n\nIn psoriasis: uncontrolled hypertension, hyperlipidaemia.",
         "34M psoriasis and hyperlipidaemia, acitretin dose?"),
    ],
)  # fmt: skip
def test_who_has_both_is_barred(tmp_path: Path, bar: str, question: str) -> None:
    opening = _opening(tmp_path, bar, question)
    assert "ontraindica" in opening
    assert "25 mg" not in opening


def test_what_another_illness_bars_for_a_problem_is_no_bar_without_it(tmp_path: Path) -> None:
    with library_of(
        tmp_path,
        {"title": "Last days of life", "text": "Midazolam for agitation: 2.5 mg subcutaneously."},
        {
            "title": "Hepatic encephalopathy",
            "text": "## Avoid\n\nDo not give midazolam for agitation.",
        },
    ) as library:
        dying = ask(library, "midazolam dose for agitation in the last days of life")
        liver = ask(library, "hepatic encephalopathy with agitation: dose of midazolam?")
    assert any("2.5 mg" in claim.text for claim in dying.bottom_line)
    assert any("Do not give midazolam" in claim.text for claim in liver.bottom_line)


@pytest.mark.parametrize("behind", ["past night terrors", "nasal crusting"])
def test_what_is_not_told_beside_the_illness_bars_nobody(tmp_path: Path, behind: str) -> None:
    bar = f"Psoriasis with {behind}: avoid."
    document = {"title": "Acitretin", "text": f"{DOSE}\n\n{bar}\n"}
    with library_of(tmp_path, document) as library:
        answer = ask(library, "34M psoriasis, acitretin dose?")
    assert "25 mg" in answer.bottom_line[0].text
    assert any(bar in claim.text for section in answer.sections for claim in section.claims)


@pytest.mark.parametrize(
    ("bar", "question"),
    [
        ("Psoriasis with past night terrors: avoid.",
         "34M psoriasis, had night terrors in the past, acitretin dose?"),
        ("Epilepsy with past night terrors: avoid.",
         "acitretin dose for psoriasis, man of 34 with epilepsy"),
        ("Patients with psoriasis: avoid.", "34M psoriasis, acitretin dose?"),
        ("Psoriasis: avoid.", "34M psoriasis, acitretin dose?"),
    ],
)  # fmt: skip
def test_what_is_told_or_may_be_so_bars(tmp_path: Path, bar: str, question: str) -> None:
    opening = _opening(tmp_path, bar, question)
    assert "avoid" in opening
    assert "25 mg" not in opening


@pytest.mark.parametrize(
    ("question", "is_barred"),
    [
        ("34M psoriasis, acitretin dose?", False),
        ("34M psoriasis and renal impairment, acitretin dose?", True),
    ],
)
@pytest.mark.parametrize("behind", ["", ", unless nothing else has helped"])
def test_of_those_who_are_treated_it_is_kept_from_some(
    tmp_path: Path, behind: str, question: str, is_barred: bool
) -> None:
    bar = f"Do not use acitretin for psoriasis in people with renal impairment{behind}."
    assert ("25 mg" in _opening(tmp_path, bar, question)) is not is_barred
    tmp_path = tmp_path / "other"
    tmp_path.mkdir()
    bar = f"Do not use acitretin for psoriasis in people who do not need tablets{behind}."
    assert "25 mg" in _opening(tmp_path, bar, "34M psoriasis, acitretin dose?")
