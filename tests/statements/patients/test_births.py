"""Who is the patient after a birth, and weeks that are of a pregnancy, not of a life."""

from __future__ import annotations

import pytest

from osler.domain import Applies
from osler.statements import applies, read_group, read_patient
from osler.statements.patients.births import is_at_a_birth


@pytest.mark.parametrize(
    ("text", "stage"),
    [
        ("Mum gave birth 2 days ago, baby well. Enoxaparin dose?", None),
        ("Woman delivered this morning, baby is RhD positive. Iron dose?", None),
        ("She delivered an hour ago, baby floppy. Naloxone dose?", "infant"),
        ("Delivered at 30 weeks, baby 1.2 kg. Caffeine dose?", "infant"),
        ("Baby of a rhesus negative mother, vitamin K dose?", "infant"),
    ],
)
def test_a_baby_that_is_only_told_of_is_not_the_patient(text: str, stage: str | None) -> None:
    assert read_patient(text).life_stage == stage


@pytest.mark.parametrize(
    ("text", "bounds"),
    [
        ("Miscarriage, under 10 weeks", [("gestation", None, 10)]),
        ("Routine antenatal dose, 26 to 28 weeks", [("gestation", 26, 28)]),
        ("Sensitising event, 22 weeks to birth", [("gestation", 22, None)]),
        ("In pregnancy, repeat after 6 weeks", []),
        ("Antenatal review within 2 weeks", []),
    ],
)
def test_weeks_beside_a_pregnancy_are_of_it(
    text: str, bounds: list[tuple[str, int | None, int | None]]
) -> None:
    found = [
        (c.attribute, c.low, c.high)
        for c in read_group(text).criteria
        if (c.low or c.high) is not None
    ]
    assert found == bounds


def test_who_gave_birth_has_no_weeks_of_gestation() -> None:
    mother = read_patient("Mum gave birth yesterday, baby well.")
    assert applies(read_group("Miscarriage, under 10 weeks"), mother).applies is Applies.NO
    assert applies(read_group("In pregnancy"), mother).applies is Applies.UNKNOWN


@pytest.mark.parametrize(
    ("text", "at_it"),
    [
        ("Period: Labour; Dose: 2 g", True),
        ("Cefuroxime 1.5 g before caesarean", True),
        ("Fourth-degree tears: metronidazole 500 mg", True),
        ("Foul lochia: metronidazole 500 mg", True),
        ("Heparin from 6 hours after the birth", True),
        ("Previous caesarean: iron 100 mg", False),
        ("Not in labour: erythromycin 250 mg", False),
        ("Enoxaparin 40 mg until delivery", False),
        ("Cystitis: cefalexin 500 mg", False),
    ],
)
def test_what_is_at_a_birth_needs_no_pregnancy_told(text: str, at_it: bool) -> None:
    assert is_at_a_birth(text) is at_it
