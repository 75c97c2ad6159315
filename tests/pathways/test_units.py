"""Every unit in use, against an independent oracle (ucumvert and pint)."""

from __future__ import annotations

import warnings
from decimal import Decimal
from fractions import Fraction
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from osler.dosage import units as dosage_units
from osler.dosage.units import to_base
from osler.pathways.quantities import UCUM, Quantity, equal, less, less_or_equal
from osler.pathways.ucum import parse_unit
from osler.pathways.units import normalised, read_written
from osler.statements.vocabulary import analytes

DOSAGE = sorted(
    {*dosage_units._SPELLINGS, *dosage_units._BASE, *dosage_units.TIME_UNITS}
    | {"mg/mL", "ug/kg", "mg/kg/d", "mg/m2", "ug/kg/min", "mL/h", "g/L", "mg/(5.mL)"}
)
_TABLE = Path(analytes.__file__).parents[1].joinpath("data", "analytes.tsv").read_text("utf-8")
_ROWS = [line.split("\t") for line in _TABLE.splitlines() if line and not line.startswith("#")]
ANALYTES = sorted(
    {row[1] for row in _ROWS}
    | {
        other.rpartition("=")[0]
        for row in _ROWS
        for other in (row[3] if len(row) > 3 else "").split("|")
        if other
    }
)
OTHERS = [
    "kg/m2", "[lb_av]", "[oz_av]", "[in_i]", "[ft_i]", "cm", "mm", "m2", "mm[Hg]", "kPa", "/min",
    "L/min", "mL/min", "kcal", "kJ", "mosm/kg", "10*3/uL", "10*6/uL", "fL", "pg", "mg/g", "ng/dL",
]  # fmt: skip
# What UCUM counts as one dimension, and we do not: see osler.pathways.ucum.
APART = {"%", "[iU]", "eq", "U", "mo", "osm"}


@pytest.fixture(scope="module")
def oracle() -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        ucumvert = pytest.importorskip("ucumvert")
        return ucumvert.PintUcumRegistry()


def codes() -> list[str]:
    written = {read_written(unit) for unit in ANALYTES}
    assert None not in written
    return sorted({*DOSAGE, *OTHERS, *(code for code in written if code)})


@pytest.mark.parametrize("code", [*DOSAGE, *OTHERS])
def test_every_unit_of_a_dosage_is_known(code: str) -> None:
    assert parse_unit(code) is not None


@pytest.mark.parametrize("written", ANALYTES)
def test_every_unit_of_a_laboratory_value_is_read_as_people_write_it(written: str) -> None:
    code = read_written(written)
    assert code is not None
    assert parse_unit(code) is not None


def test_units_convert_as_an_independent_library_converts_them(oracle: Any) -> None:
    compared = 0
    for a, b in combinations(codes(), 2):
        x, y = parse_unit(a), parse_unit(b)
        assert x is not None
        assert y is not None
        kept = {name for name, _ in (*x.dimension, *y.dimension)}
        if kept & APART or any(name.startswith("{") for name in kept) or "{" in a + b:
            continue
        one, two = oracle.from_ucum(a), oracle.from_ucum(b)
        if x.zero or y.zero:
            continue
        assert (x.dimension == y.dimension) is one.is_compatible_with(two), (a, b)
        if x.dimension == y.dimension:
            compared += 1
            theirs = (one.to_base_units() / two.to_base_units()).magnitude
            assert float(x.factor / y.factor) == pytest.approx(float(theirs), rel=1e-5), (a, b)
    assert compared > 100


@pytest.mark.parametrize("code", sorted(dosage_units._BASE))
def test_units_convert_as_dosages_convert_them(code: str) -> None:
    amount, base = to_base(Decimal(7), code)
    assert equal(Quantity(Decimal(7), code), Quantity(amount, base)) is True


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("mL/min", "mL/min/{1.73_m2}"),
        ("mg", "[iU]"),
        ("U", "[iU]"),
        ("mmol/L", "mg/dL"),
        ("meq/L", "mmol/L"),
        ("%", "mmol/mol"),
        ("%", "1"),
        ("{tablet}", "mg"),
        ("{tablet}", "{capsule}"),
        ("kg", "m"),
        ("banana", "banana"),
        ("mL/min/1.73", "mL/min"),
        ("mg{creat}", "mg"),
    ],
)
def test_what_cannot_be_compared_has_no_answer(a: str, b: str) -> None:
    x, y = Quantity(Decimal(1), a), Quantity(Decimal(1), b)
    assert [less(x, y), less_or_equal(x, y), equal(x, y)] == [None, None, None]


@pytest.mark.parametrize(
    ("a", "b"),
    [
        (("1", "mg"), ("1000", "ug")),
        (("1", "[lb_av]"), ("0.45359237", "kg")),
        (("1", "mmol/L"), ("1000", "umol/L")),
        (("1", "g/dL"), ("10", "g/L")),
        (("1", "10*9/L"), ("1", "10*3/uL")),
        (("60", "/min"), ("1", "/s")),
        (("72", "{beats}/min"), ("72", "/min")),
        (("100.4", "[degF]"), ("38", "Cel")),
        (("1", "a"), ("12", "mo")),
        (("2", "wk"), ("14", "d")),
        (("2", "weeks"), ("14", "d")),
        (("50", "mmol/mol"), ("0.05", "1")),
        (("1", "M[iU]"), ("1000000", "[iU]")),
        (("1", "ng/mL"), ("1", "ug/L")),
        (("250", "mg/(5.mL)"), ("50", "mg/mL")),
        (("1", "kPa"), ("1000", "Pa")),
        (("30", "mL/min/{1.73_m2}"), ("0.03", "L/min/{1.73_m2}")),
        (("2", "{tablet}"), ("2", "{tablet}")),
    ],
)
def test_what_is_the_same_is_equal(a: tuple[str, str], b: tuple[str, str]) -> None:
    x, y = (Quantity(Decimal(value), unit) for value, unit in (a, b))
    assert equal(x, y) is True
    assert less(x, y) is False
    assert less_or_equal(x, y) is True


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        (("3", "wk"), ("1", "mo"), True),
        (("5", "wk"), ("1", "mo"), False),
        (("30", "d"), ("1", "mo"), None),
        (("6", "wk"), ("1", "a"), True),
        (("365", "d"), ("1", "a"), None),
        (("366", "d"), ("1", "a"), False),
        (("2", "a"), ("100", "wk"), False),
    ],
)
def test_months_are_compared_with_days_where_no_month_decides(
    a: tuple[str, str], b: tuple[str, str], expected: bool | None
) -> None:
    x, y = (Quantity(Decimal(value), unit) for value, unit in (a, b))
    assert less(x, y) is expected


def test_a_value_that_is_only_bounded_is_compared_by_its_bound() -> None:
    below = Quantity(Decimal(5), "mg/L", "<")
    assert less(below, Quantity(Decimal(10), "mg/L")) is True
    assert less(below, Quantity(Decimal(5), "mg/L")) is True
    assert less(below, Quantity(Decimal(3), "mg/L")) is None
    assert equal(below, Quantity(Decimal(5), "mg/L")) is False


_AMOUNTS = st.decimals(min_value=0, max_value=10**6, places=4)
_MASSES = st.sampled_from(["ng", "ug", "mg", "g", "kg", "[lb_av]", "[oz_av]"])


@given(_AMOUNTS, _MASSES, _AMOUNTS, _MASSES)
def test_an_order_is_that_of_the_exact_amounts(
    a: Decimal, unit_a: str, b: Decimal, unit_b: str
) -> None:
    x, y = parse_unit(unit_a), parse_unit(unit_b)
    assert x is not None
    assert y is not None
    exact = Fraction(a) * x.factor, Fraction(b) * y.factor
    one, two = Quantity(a, unit_a), Quantity(b, unit_b)
    assert less(one, two) is (exact[0] < exact[1])
    assert less_or_equal(one, two) is (exact[0] <= exact[1])
    assert equal(one, two) is (exact[0] == exact[1])


@given(st.text(max_size=30))
def test_any_text_is_a_unit_or_none(text: str) -> None:
    unit = parse_unit(text)
    assert unit is None or unit.factor > 0


@given(st.text(alphabet="mgLkodul/.{}()[]*^10123-µ% ", max_size=12))
def test_what_looks_like_a_unit_is_one_or_none(text: str) -> None:
    written = read_written(text)
    assert written is None or parse_unit(written) is not None


@pytest.mark.parametrize(
    ("given_", "value", "code"),
    [
        ({"value": 150, "unit": "lbs"}, Decimal("68.0389"), "kg"),
        ({"value": 5, "unit": "ft"}, Decimal("152.4"), "cm"),
        ({"value": Decimal("98.6"), "code": "[degF]", "system": UCUM}, 37, "Cel"),
        ({"value": 120, "unit": "mmHg"}, 120, "mm[Hg]"),
        ({"value": 5, "unit": "µg"}, 5, "ug"),
        ({"value": 24, "unit": "mL/min/1.73m2"}, 24, "mL/min/{1.73_m2}"),
    ],
)
def test_a_quantity_of_a_record_gets_a_metric_ucum_unit(
    given_: dict[str, Any], value: Any, code: str
) -> None:
    found, _ = normalised(given_)
    assert (found["value"], found["code"], found["system"]) == (value, code, UCUM)


def test_a_unit_that_nobody_knows_is_told_and_left_as_it_is() -> None:
    found, said = normalised({"value": 3, "unit": "blobs"})
    assert found == {"value": 3, "unit": "blobs"}
    assert "blobs" in said
