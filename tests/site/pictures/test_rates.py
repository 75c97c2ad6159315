"""How much a dose comes to in a day, a week or a month."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from osler.dosage import parse_dosages, per_day
from osler_site.pictures.rates import rate
from osler_site.pictures.wording import dose, number, rounded

MONTH = Fraction("30.4375")


@pytest.mark.parametrize(
    ("text", "time", "low", "high"),
    [
        ("1000 micrograms monthly", "mo", 1000, 1000),
        ("1000–2000 micrograms every 1–3 months", "mo", Fraction(1000, 3), 2000),
        ("1 mg every 2–3 months", "mo", Fraction(1000, 3), 500),
        ("1 mg every 12 weeks", "mo", 1000 * MONTH / 84, 1000 * MONTH / 84),
        ("350 micrograms once daily", "mo", 350 * MONTH, 350 * MONTH),
        ("1 mg weekly", "mo", 1000 * MONTH / 7, 1000 * MONTH / 7),
        ("1 mg yearly", "mo", Fraction(1000, 12), Fraction(1000, 12)),
        ("1 mg three times a week", "wk", 3000, 3000),
        ("1 mg on alternate days", "wk", 3500, 3500),
        ("100 micrograms every 3–4 days", "wk", 175, Fraction(700, 3)),
        ("5 mg once weekly", "wk", 5000, 5000),
        ("5 mg daily", "wk", 35000, 35000),
        ("65 mg two to three times a day", "d", 130_000, 195_000),
        ("500 mg every 8 hours", "d", 1_500_000, 1_500_000),
        ("90 mg/kg/day in 2 divided doses", "d", 90_000, 90_000),
        ("1 g every 4–6 hours, up to 4 times a day", "d", 4_000_000, 4_000_000),
        ("1 g every 4–6 hours, maximum 4 g daily", "d", 4_000_000, 4_000_000),
    ],
)
def test_an_amount_in_a_time_is_worked_out_exactly(
    text: str, time: str, low: Fraction | int, high: Fraction | int
) -> None:
    (found, *_) = parse_dosages(text)
    assert rate(found, time) == (low, high)


@pytest.mark.parametrize("text", ["1000 micrograms once only", "5 mg", "1 mg as directed"])
def test_what_has_no_interval_has_no_amount_in_a_time(text: str) -> None:
    (found, *_) = parse_dosages(text)
    assert rate(found, "d") is None


@given(
    st.integers(1, 5000),
    st.integers(0, 5000),
    st.sampled_from(["micrograms", "mg", "g"]),
    st.sampled_from(["hours", "days", "weeks", "months"]),
    st.integers(2, 12),
    st.integers(0, 6),
)
def test_a_day_agrees_with_the_engine(
    low: int, more: int, unit: str, time: str, every: int, later: int
) -> None:
    amount = f"{low}" if not more else f"{low}–{low + more}"
    period = f"{every}" if not later else f"{every}–{every + later}"
    (found, *_) = parse_dosages(f"{amount} {unit} every {period} {time}")
    mine, theirs = rate(found, "d"), per_day(found)
    assert mine is not None
    assert theirs is not None
    assert [float(n) for n in mine] == pytest.approx([float(n) for n in theirs[:2]])


@pytest.mark.parametrize(
    ("value", "text", "exact"),
    [
        (Fraction(1000, 3), "333", False),
        (Fraction(1000), "1000", True),
        (350 * MONTH, "10\u202f650", False),
        (Fraction("0.4"), "0.4", True),
        (Fraction(200, 3), "66.67", False),
        (Fraction("3500"), "3500", True),
        (Fraction(1, 3000), "0.0003333", False),
        (Fraction(123456), "123\u202f500", False),
    ],
)
def test_a_worked_out_number_says_whether_it_is_exact(
    value: Fraction, text: str, exact: bool
) -> None:
    assert rounded(value) == (text, exact)


@given(st.fractions(min_value=Fraction(1, 10**6), max_value=10**9))
def test_rounding_stays_within_a_two_hundredth(value: Fraction) -> None:
    text, exact = rounded(value)
    read = Fraction(text.replace("\u202f", ""))
    assert abs(read - value) <= value / 200
    assert exact == (read == value)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("1000 to 2000 mcg every 1-3 months", "1000–2000 µg every 1–3 months"),
        ("1 mg every other day", "1 mg on alternate days"),
        ("15000 units twice daily", "15\u202f000 units twice a day"),
        ("0.25 mg once a week", "0.25 mg weekly"),
        ("90 mg/kg/day in 2 divided doses", "90 mg/kg a day in 2 divided doses"),
        ("2 tablets three times a day", "2 tablets 3 times a day"),
    ],
)
def test_a_dose_is_said_as_stated(text: str, said: str) -> None:
    (found, *_) = parse_dosages(text)
    assert dose(found) == said


def test_a_number_is_never_rounded() -> None:
    assert number(Fraction("1000.125")) == "1000.125"
