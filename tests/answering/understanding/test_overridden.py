"""A fact given of the patient that contradicts the question is told."""

from __future__ import annotations

from decimal import Decimal

from osler.answering.understanding.overridden import overridden
from osler.domain import Patient
from osler.statements import read_patient


def test_a_contradiction_is_told() -> None:
    (notice,) = overridden(read_patient("40 year old man"), Patient(age_years=Decimal(82)))
    assert "40 years" in notice
    assert "82 years" in notice


def test_agreement_and_additions_are_not() -> None:
    said = read_patient("40 year old man")
    assert not overridden(said, Patient(age_years=Decimal(40), weight_kg=Decimal(70)))
    assert not overridden(said, None)
