"""Milliequivalents as the millimoles that they are."""

from __future__ import annotations

from dataclasses import replace

from osler.domain import Dosage

# Of these each ion has one charge; of phosphates, calcium and magnesium they are not the same.
_OF_ONE_CHARGE = frozenset(
    {
        "potassium",
        "potassium bicarbonate",
        "potassium chloride",
        "sodium",
        "sodium bicarbonate",
        "sodium chloride",
        "lithium",
    }
)
_MILLIEQUIVALENTS = "meq"


def in_millimoles(dosage: Dosage) -> Dosage:
    """A dose in mEq of what has one charge, in mmol."""
    if dosage.substance not in _OF_ONE_CHARGE:
        return dosage
    most = dosage.maximum
    if most is not None and most.unit == _MILLIEQUIVALENTS:
        most = replace(most, unit="mmol")
    unit = "mmol" if dosage.unit == _MILLIEQUIVALENTS else dosage.unit
    return replace(dosage, unit=unit, maximum=most)
