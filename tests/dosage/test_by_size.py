from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from osler.domain import Dosage, Frequency
from osler.dosage import parse_dosages
from osler.dosage.body_size import adjusted_body_weight, body_surface_area, ideal_body_weight
from osler.dosage.by_size import Ceiling, doses_a_day, work_out


def worked(rule: str, size: str, *ceilings: Ceiling) -> str:
    (dosage,) = parse_dosages(rule)
    result = work_out(dosage, Decimal(size), ceilings)
    assert result is not None
    return f"{result.formula} = {result.result}"


@pytest.mark.parametrize(
    ("rule", "size", "expected"),
    [
        ("5 mg/kg once daily", "70", "5 mg/kg × 70 kg = 350 mg once a day"),
        ("5–7 mg/kg once daily", "70", "5–7 mg/kg × 70 kg = 350–490 mg once a day"),
        ("75 mg/kg/day", "9.3", "75 mg/kg/day × 9.3 kg = 697.5 mg a day"),
        (
            "90 mg/kg/day divided every 12 hours",
            "14",
            "90 mg/kg/day × 14 kg = 1,260 mg a day, in 2 doses: 630 mg each",
        ),
        (
            "100 mg/kg/day in 3–4 divided doses",
            "12",
            "100 mg/kg/day × 12 kg = 1,200 mg a day, in 3–4 doses: 300–400 mg each",
        ),
        (
            "100 mg/kg/day in 3 divided doses",
            "10",
            "100 mg/kg/day × 10 kg = 1,000 mg a day, in 3 doses: about 333.33 mg each",
        ),
        ("0.1 microgram/kg/minute", "70", "0.1 micrograms/kg/min × 70 kg = 7 micrograms a minute"),
        ("18 units/kg/hour", "70", "18 units/kg/hour × 70 kg = 1,260 units an hour"),
        ("10 mL/kg over 30 minutes", "3.25", "10 mL/kg × 3.25 kg = 32.5 mL"),
        ("60 mg/m² on day 1", "1.73", "60 mg/m² × 1.73 m² = 103.8 mg on day 1"),
        ("not more than 15 mg/kg", "60", "up to 15 mg/kg × 60 kg = up to 900 mg"),
        ("0.000025 mg/kg", "4", "0.000025 mg/kg × 4 kg = 0.0001 mg"),
        ("50,000 units/kg", "80", "50,000 units/kg × 80 kg = 4,000,000 units"),
    ],
)
def test_a_dose_by_size_is_worked_out_unrounded(rule: str, size: str, expected: str) -> None:
    assert worked(rule, size) == expected


@pytest.mark.parametrize(
    ("rule", "size", "ceiling", "expected"),
    [
        (
            "25–30 mg/kg",
            "75",
            Ceiling(Decimal(2), "g"),
            "1,875–2,250 mg; the source's maximum of 2 g applies: 1,875–2,000 mg",
        ),
        (
            "90 mg/kg/day in 2 divided doses",
            "30",
            Ceiling(Decimal(1), "g", basis="dose"),
            "2,700 mg a day, in 2 doses: 1,350 mg each; the source's maximum of 1 g a dose "
            "applies: 2,000 mg a day, in 2 doses: 1,000 mg each",
        ),
        (
            "90 mg/kg/day in 2 divided doses",
            "14",
            Ceiling(Decimal(1), "g", basis="dose"),
            "1,260 mg a day, in 2 doses: 630 mg each; within the source's maximum of 1 g a dose",
        ),
        (
            "15 mg/kg every 6 hours",
            "45",
            Ceiling(Decimal(60), "mg", per="kg", basis="d"),
            "675 mg every 6 hours; no more than 60 mg/kg a day (2,700 mg a day), the source's "
            "maximum",
        ),
        (
            "90 mg/kg/day in 2–3 divided doses",
            "30",
            Ceiling(Decimal(1), "g", basis="dose"),
            "2,700 mg a day, in 2–3 doses: 900–1,350 mg each; no more than 1 g a dose, the "
            "source's maximum",
        ),
        # A maximum in another dimension says nothing of the dose.
        ("15 mg/kg", "45", Ceiling(Decimal(10), "mL"), "675 mg"),
    ],
)
def test_a_stated_maximum_is_applied_and_named(
    rule: str, size: str, ceiling: Ceiling, expected: str
) -> None:
    assert worked(rule, size, ceiling).partition(" = ")[2] == expected


def test_a_fixed_dose_has_nothing_to_work_out() -> None:
    (dosage,) = parse_dosages("500 mg twice daily")
    assert work_out(dosage, Decimal(70)) is None


@given(
    low=st.decimals("0.0001", "100000", places=4),
    size=st.decimals("0.4", "300", places=3),
)
def test_the_result_is_the_exact_product_without_an_exponent(low: Decimal, size: Decimal) -> None:
    dosage = Dosage("", 0, 0, 0, 0, low=low, high=low, unit="mg", per="kg")
    result = work_out(dosage, size)
    assert result is not None
    number, unit = result.result.split(" ")
    assert unit == "mg"
    assert "e" not in number.lower()
    assert Fraction(number.replace(",", "")) == Fraction(low) * Fraction(size)


def test_doses_a_day_are_whole_or_unknown() -> None:
    every = Frequency(period_low=Decimal(4), period_high=Decimal(6), period_unit="h")
    assert doses_a_day(every) == (4, 6)
    assert doses_a_day(Frequency(period_low=Decimal(5), period_unit="h")) is None
    assert doses_a_day(Frequency(count=3, period_low=Decimal(1), period_unit="d")) == (3, 3)


def test_body_sizes_are_those_of_the_published_formulas() -> None:
    assert ideal_body_weight(Decimal("177.8"), "male") == Decimal("73.00")  # 70 inches
    assert ideal_body_weight(Decimal("165.1"), "female") == Decimal("57.00")  # 65 inches
    assert ideal_body_weight(Decimal(150), "female") is None
    assert adjusted_body_weight(Decimal(70), Decimal(110), Decimal("0.4")) == Decimal("86.0")
    assert body_surface_area(Decimal(180), Decimal(80)) == Decimal("2.00")
