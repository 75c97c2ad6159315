"""What a claim says that its evidence does not."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from osler.domain.claim import ProblemKind
from osler.dosage import differences, parse_dosages, per_day, to_base

EVIDENCE = "1000 micrograms IM every 2 months for 1 year"


def compare(claim: str, evidence: str) -> tuple[ProblemKind, ...]:
    return differences(parse_dosages(claim)[0], parse_dosages(evidence)[0])


@pytest.mark.parametrize(
    ("claim", "evidence"),
    [
        ("1 mg intramuscularly every two months", EVIDENCE),
        ("1 mg", EVIDENCE),
        ("500 mg three times a day", "500 mg tds"),
        ("500 mg 8 hourly", "500 mg tds"),
        ("15 mg weekly", "15 mg every 7 days"),
        ("400 mcg a day", "0.4 mg daily"),
        ("5 mg for 2 weeks", "5 mg daily for 14 days"),
        ("90 mg/kg daily", "90 mg/kg/day"),
        ("1 mg IM", "1 mg IM or SC"),
    ],
)
def test_a_faithful_claim_has_no_differences(claim: str, evidence: str) -> None:
    assert compare(claim, evidence) == ()


@pytest.mark.parametrize(
    ("claim", "evidence", "kind"),
    [
        ("1000 mg IM every 2 months", EVIDENCE, ProblemKind.UNIT),
        ("10000 micrograms IM every 2 months", EVIDENCE, ProblemKind.AMOUNT),
        ("1000 micrograms orally every 2 months", EVIDENCE, ProblemKind.ROUTE),
        ("1000 micrograms IM every 2 weeks", EVIDENCE, ProblemKind.TIMING),
        ("1000 micrograms IM for 2 years", EVIDENCE, ProblemKind.DURATION),
        ("5 mg orally", "5 mg daily", ProblemKind.ROUTE),
        ("5 mg daily", "5 mg orally", ProblemKind.TIMING),
        ("5 mg/kg daily", "5 mg daily", ProblemKind.UNIT),
        ("1 mg every 12 weeks", "1 mg every 3 months", ProblemKind.TIMING),
        ("1 mg every 2 weeks", "1 mg twice a week", ProblemKind.TIMING),
        ("10–25 mg", "10–20 mg", ProblemKind.AMOUNT),
        ("30 mg", "up to 30 mg", ProblemKind.COMPARISON),
        ("1 g a day", "500 mg twice daily", ProblemKind.AMOUNT),
        ("5 mg daily as needed", "5 mg daily", ProblemKind.TIMING),
        ("5 mg daily, max 20 mg", "5 mg daily, max 10 mg", ProblemKind.AMOUNT),
        ("5 mg on Mondays", "5 mg on Fridays", ProblemKind.TIMING),
        ("5 mg as a single dose", "5 mg daily", ProblemKind.TIMING),
        ("5 mg daily for life", "5 mg daily", ProblemKind.DURATION),
    ],
)
def test_a_change_is_caught_and_named(claim: str, evidence: str, kind: ProblemKind) -> None:
    assert kind in compare(claim, evidence)


@given(st.decimals(min_value="0.001", max_value="9999", places=3, allow_nan=False))
def test_units_of_one_dimension_are_equivalent(n: Decimal) -> None:
    assert to_base(n, "mg") == to_base(n * 1000, "ug")
    assert to_base(n, "g") == to_base(n * 1000, "mg")
    assert to_base(n, "ug") == to_base(n * 1000, "ng")
    assert to_base(n, "L") == to_base(n * 1000, "mL")
    assert to_base(n, "mg") != to_base(n, "ug")
    assert to_base(n, "[iU]")[1] != to_base(n, "U")[1]


def test_a_strength_is_compared_by_what_one_millilitre_holds() -> None:
    assert to_base(Decimal(250), "mg/(5.mL)") == to_base(Decimal(50), "mg/mL")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("500 mg twice daily", ("1000000", "1000000", "ug")),
        ("1 mg every 4–6 hours", ("4000", "6000", "ug")),
        ("90 mg/kg/day", ("90000", "90000", "ug/kg")),
        ("70 mg weekly", ("10000", "10000", "ug")),
    ],
)
def test_the_daily_equivalent(text: str, expected: tuple[str, str, str]) -> None:
    low, high, unit = expected
    assert per_day(parse_dosages(text)[0]) == (Decimal(low), Decimal(high), unit)


def test_a_single_dose_has_no_daily_equivalent() -> None:
    assert per_day(parse_dosages("1 g stat")[0]) is None
