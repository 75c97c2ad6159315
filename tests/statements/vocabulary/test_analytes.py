"""Laboratory values as conditions of a text, and as facts of a question."""

from decimal import Decimal

import pytest

from osler.domain import Applies, Patient
from osler.statements import applies, read_group, read_patient
from osler.statements.vocabulary.analytes import find_analytes, read_measurements


@pytest.mark.parametrize(
    ("text", "analyte", "low", "high"),
    [
        ("If potassium is below 3.5 mmol/L, give it by mouth", "potassium", None, "3.5"),
        ("Potassium (mmol/L): 3.5–5.5", "potassium", "3.5", "5.5"),
        ("INR 5.0–8.0, minor bleeding", "inr", "5.0", "8.0"),
        ("when glucose falls below 252 mg/dL", "glucose", None, "13.986"),
        ("Hb below 7 g/dL", "haemoglobin", None, "70"),
        ("if platelets are under 50 x 10^9/L", "platelets", None, "50"),
    ],
)
def test_a_condition_is_read_in_one_unit(
    text: str, analyte: str, low: str | None, high: str | None
) -> None:
    [(start, end, criterion)] = find_analytes(text)
    assert text[start:end].strip() == criterion.text
    assert criterion.attribute == analyte
    assert criterion.low == (None if low is None else Decimal(low))
    assert criterion.high == (None if high is None else Decimal(high))


@pytest.mark.parametrize(
    "text",
    [
        "Keep potassium above 4 mmol/L.",
        "The target INR is 2 to 3.",
        "Potassium chloride 40 mmol in 1 litre.",
        "Calcium 500 mg twice a day.",
        "Vitamin K 5 mg by mouth.",
    ],
)
def test_an_aim_or_a_dose_is_no_condition(text: str) -> None:
    assert find_analytes(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("K+ 2.3 on the ward", {"potassium": "2.3"}),
        ("glucose now 12.8, ketones still 2.5", {"glucose": "12.8", "ketones": "2.5"}),
        ("INR 8.5 on warfarin", {"inr": "8.5"}),
        ("Hb 7.2 g/dL", {"haemoglobin": "72.0"}),
        ("vitamin D 800 iu a day?", {}),
        ("glucose 10% at 125 mL an hour", {}),
    ],
)
def test_values_of_a_question(text: str, expected: dict[str, str]) -> None:
    found = dict(read_measurements(text))
    assert found == {name: Decimal(value) for name, value in expected.items()}


def test_a_row_applies_by_the_value_measured() -> None:
    group = read_group("Potassium: 2.5–2.9 mmol/L")
    assert applies(group, read_patient("K 2.7, what now?")).applies is Applies.YES
    assert applies(group, read_patient("K 4.1")).applies is Applies.NO
    assert applies(group, Patient()).missing == ("potassium",)
