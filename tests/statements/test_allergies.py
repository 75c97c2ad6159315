"""Allergies in the words of a question, and values that have changed."""

from __future__ import annotations

from decimal import Decimal

import pytest

from osler.statements import read_patient
from osler.statements.allergies import cross_reacts


@pytest.mark.parametrize(
    ("text", "allergies"),
    [
        ("no allergies except penicillin", ("penicillin",)),
        ("NKDA except penicillin", ("penicillin",)),
        ("penicillin gives her a rash", ("penicillin",)),
        ("ibuprofen made him come out in hives", ("ibuprofen",)),
        ("allergic to penicillin and sulfa", ("penicillin", "sulfonamide")),
        ("allergic to penicillin and doxycycline dose?", ("penicillin",)),
        ("no known allergies", ()),
        ("no penicillin allergy", ()),
        ("not allergic to penicillin", ()),
        ("penicillin gives good cover", ()),
    ],
)
def test_allergies_are_read(text: str, allergies: tuple[str, ...]) -> None:
    assert read_patient(text).allergies == allergies


@pytest.mark.parametrize(
    ("drug", "allergen", "same"),
    [
        ("ibuprofen", "aspirin", True),
        ("amoxicillin", "co-amoxiclav", True),
        ("diclofenac", "nsaid", True),
        ("paracetamol", "aspirin", False),
        ("doxycycline", "penicillin", False),
    ],
)
def test_one_of_a_class_stands_for_the_class(drug: str, allergen: str, same: bool) -> None:
    assert cross_reacts(drug, allergen) is same


@pytest.mark.parametrize(
    "text",
    [
        "metformin, eGFR was 50, now 25",
        "eGFR falls to 25",
        "eGFR dropped from 50 to 25",
        "eGFR 50 → 25",
    ],
)
def test_the_present_value_counts(text: str) -> None:
    assert read_patient(text).egfr == Decimal(25)


def test_a_range_is_no_change() -> None:
    assert read_patient("eGFR 30 to 45").egfr == Decimal(30)
