"""Doses per kg that only "or" joins are both worked out, each with its maximum."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.answering.documents import library_of

from osler.answering import ask
from osler.domain import Claim


def opening(folder: Path, text: str, question: str) -> tuple[Claim, ...]:
    with library_of(folder, {"text": text}) as library:
        return ask(library, question).bottom_line


@pytest.mark.parametrize(
    ("text", "question", "results"),
    [
        (
            "# Meningitis\n\nFor meningitis, ceftriaxone 50 mg/kg every 6 hours (maximum 1 g), or "
            "100 mg/kg every 12 hours (maximum 4 g).",
            "ceftriaxone dose meningitis, 15 kg",
            ["750 mg every 6 hours", "1,500 mg every 12 hours"],
        ),
        (
            "# Meningitis\n\nFor meningitis, ceftriaxone 50 mg/kg every 6 hours (maximum 1 g), or "
            "100 mg/kg every 12 hours (maximum 4 g).",
            "ceftriaxone dose meningitis, 60 kg",
            ["applies: 1,000 mg every 6 hours", "applies: 4,000 mg every 12 hours"],
        ),
        (
            "# Aciclovir\n\nAdults with encephalitis: aciclovir 10 mg/kg every 8 hours, or 15 "
            "mg/kg every 12 hours. Children: aciclovir 20 mg/kg every 8 hours.",
            "aciclovir dose encephalitis, adult 70 kg",
            ["700 mg every 8 hours", "1,050 mg every 12 hours"],
        ),
        (
            "# Gentamicin\n\n| For | Dose |\n|---|---|\n| Sepsis | 5 mg/kg once daily; "
            "alternatively 2 mg/kg every 8 hours |",
            "gentamicin dose sepsis, 70 kg",
            ["350 mg once a day", "140 mg every 8 hours"],
        ),
        # What follows both holds for either.
        (
            "# Amoxicillin\n\nOtitis media: amoxicillin 15 mg/kg three times daily or 30 mg/kg "
            "twice daily, maximum 1 g per dose.",
            "amoxicillin dose otitis media child, 40 kg",
            ["600 mg 3 times a day; within", "applies: 1,000 mg twice a day"],
        ),
    ],
)
def test_each_is_worked_out(tmp_path: Path, text: str, question: str, results: list[str]) -> None:
    (claim,) = opening(tmp_path, text, question)
    assert len(claim.derivations) == len(results)
    for derivation, result in zip(claim.derivations, results, strict=True):
        assert result in derivation.result


def test_an_alternative_of_a_clause_for_others_is_not_worked_out(tmp_path: Path) -> None:
    text = (
        "# Aciclovir\n\nAciclovir in encephalitis: 10 mg/kg every 8 hours; children 20 mg/kg every "
        "8 hours, or 30 mg/kg every 12 hours."
    )
    claims = opening(tmp_path, text, "aciclovir dose encephalitis, adult 70 kg")
    results = " ".join(d.result for claim in claims for d in claim.derivations)
    assert "1,400 mg" not in results
    assert "2,100 mg" not in results


def test_what_is_for_another_kind_is_not_worked_out(tmp_path: Path) -> None:
    text = "# Stroke\n\nAlteplase 0.9 mg/kg within 4.5 hours of symptom onset."
    with library_of(tmp_path, {"text": text}) as library:
        answer = ask(library, "alteplase dose, stroke onset 6 hours ago, 70 kg")
    claims = [*answer.bottom_line, *(c for section in answer.sections for c in section.claims)]
    assert not any(claim.derivations for claim in claims)


def test_a_dose_for_another_illness_does_not_open_where_the_one_asked_for_is_doubted(
    tmp_path: Path,
) -> None:
    text = (
        "# Amoxicillin\n\nOtitis media in children: 15 mg/kg three times daily.\n\n"
        "For meningitis, 900 mg/kg every 6 hours.\n"
    )
    claims = opening(tmp_path, text, "amoxicillin dose for meningitis, 20 kg")
    assert "15 mg/kg" not in " ".join(claim.text for claim in claims)
