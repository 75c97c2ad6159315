"""Units of UCUM in the base unit of their dimension, products of units among them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from osler.domain.errors import DosageError
from osler.dosage import from_fhir, to_base


@pytest.mark.parametrize(
    ("unit", "amount", "base"),
    [
        ("mg/mL", 5000, "ug/mL"),
        ("mg/(5.mL)", 1000, "ug/mL"),
        ("mg/(2.5.mL)", 2000, "ug/mL"),
        ("mg/(kg.d)", 5000, "ug/(kg.d)"),
        ("ug/(kg.min)", 5, "ug/(kg.min)"),
        ("mg/(0.mL)", 5000, "ug/(0.mL)"),
    ],
)
def test_a_quotient_is_converted_on_both_sides_where_it_is_one(
    unit: str, amount: int, base: str
) -> None:
    assert to_base(Decimal(5), unit) == (amount, base)


@pytest.mark.parametrize(
    ("unit", "per", "time"),
    [("ug/(kg.min)", "kg", "min"), ("mg/(kg.d)", "kg", "d"), ("mg/(m2.h)", "m2", "h")],
)
def test_a_rate_for_weight_is_read_in_either_way_of_writing_it(
    unit: str, per: str, time: str
) -> None:
    read = from_fhir({"doseAndRate": [{"rateQuantity": {"value": 2, "code": unit}}]})
    assert (read.low, read.per, read.per_time) == (2, per, time)
    flat = unit.replace("(", "").replace(")", "").replace(".", "/")
    assert from_fhir({"doseAndRate": [{"rateQuantity": {"value": 2, "code": flat}}]}) == read


@given(st.text(alphabet="mgkdLUu0125./()*[]{}-", max_size=14))
def test_any_unit_has_a_base(unit: str) -> None:
    amount, _ = to_base(Decimal(3), unit)
    assert amount.is_finite()


def test_a_course_is_read_by_code_or_by_word_and_refused_in_any_other_unit() -> None:
    def bounded(unit: str) -> object:
        timing = {"repeat": {"boundsDuration": {"value": 7, "unit": unit}}}
        return from_fhir({"timing": timing}).duration

    assert bounded("days") == bounded("d")
    with pytest.raises(DosageError, match="bounds"):
        bounded("packs")


def test_a_maximum_for_anything_but_a_time_is_refused() -> None:
    ends = {"numerator": {"value": 2, "code": "g"}, "denominator": {"value": 1, "code": "visit"}}
    with pytest.raises(DosageError, match="visit"):
        from_fhir({"maxDosePerPeriod": ends})
