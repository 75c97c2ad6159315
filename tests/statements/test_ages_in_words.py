"""An age is shown in the unit in which people give it."""

from __future__ import annotations

from decimal import Decimal

import pytest

from osler.domain import Applies, Patient
from osler.statements import applies, read_group, read_patient
from osler.statements.groups.ages import age_in_words


@pytest.mark.parametrize(
    "typed", ["5 days", "6 weeks", "7 months", "18 months", "4 years", "1 year", "10 days"]
)
def test_as_typed(typed: str) -> None:
    patient = read_patient(f"a child aged {typed}")
    assert patient.age_years is not None
    assert age_in_words(patient.age_years) == typed


def test_an_age_from_elsewhere_needs_no_rounding() -> None:
    assert age_in_words(Decimal(5) / Decimal("365.25")) == "5 days"
    assert age_in_words(Decimal("30.5")) == "30.5 years"


@pytest.mark.parametrize(
    ("text", "verdict", "reason"),
    [
        ("neonates", Applies.YES, "5 days: neonate"),
        ("infants under 7 days", Applies.YES, "5 days: under 7 days"),
        ("children 1–4 years", Applies.NO, "5 days: not"),
    ],
)
def test_reasons_name_the_age_as_typed(text: str, verdict: Applies, reason: str) -> None:
    outcome = applies(read_group(text), Patient(age_years=Decimal("0.0137")))
    assert outcome.applies is verdict
    assert any(reason in why for why in outcome.because), outcome.because
