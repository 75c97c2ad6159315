"""What the grammar reads, a table of texts and a property for every text there is."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from osler.domain.dosage import Comparator, Dosage, DosageRole, Phase
from osler.dosage import (
    ROUTES,
    find_durations,
    find_frequencies,
    find_phases,
    find_routes,
    may_state_dosage,
    parse_dosages,
    parse_targets,
)


def only(text: str) -> Dosage:
    (dosage,) = parse_dosages(text)
    return dosage


@pytest.mark.parametrize(
    ("text", "low", "high", "unit"),
    [
        ("1,000 mcg", "1000", "1000", "ug"),
        ("1,000 microg", "1000", "1000", "ug"),
        ("1 000 μg", "1000", "1000", "ug"),
        ("1000 µg", "1000", "1000", "ug"),
        ("1000 micrograms", "1000", "1000", "ug"),
        ("0.5 mg", "0.5", "0.5", "mg"),
        ("2,5 mg", "2.5", "2.5", "mg"),
        ("½ tablet", "0.5", "0.5", "{tablet}"),
        ("half a tablet", "0.5", "0.5", "{tablet}"),
        ("1 1/2 tablets", "1.5", "1.5", "{tablet}"),
        ("1 ½ tablets", "1.5", "1.5", "{tablet}"),
        ("1½–3½ tablets", "1.5", "3.5", "{tablet}"),
        ("one tablet", "1", "1", "{tablet}"),
        ("2.4 million units", "2400000", "2400000", "U"),
        ("3,000 IU", "3000", "3000", "[iU]"),
        ("100 USP units", "100", "100", "U"),
        ("10 -15 mg", "10", "15", "mg"),
        ("10–15 mg", "10", "15", "mg"),
        ("10 — 15 mg", "10", "15", "mg"),
        ("10 − 15 mg", "10", "15", "mg"),
        ("10 to 15 mg", "10", "15", "mg"),
        ("between 10 and 15 mg", "10", "15", "mg"),
        ("1 or 2 puffs", "1", "2", "{puff}"),
        ("250 microgram - 1 mg", "250", "1000", "ug"),
        ("500 mg – 1 g", "500", "1000", "mg"),
        ("20 mmol", "20", "20", "mmol"),
        ("1 pair", "1", "1", "{pair}"),
        ("0.4 mg (400 micrograms)", "0.4", "0.4", "mg"),
        ("2 x 500 mg", "1000", "1000", "mg"),
        ("2 × 500 mg tablets", "1000", "1000", "mg"),
    ],
)
def test_an_amount_is_read(text: str, low: str, high: str, unit: str) -> None:
    d = only(f"Give {text} daily.")
    assert (d.low, d.high, d.unit) == (Decimal(low), Decimal(high), unit)


@pytest.mark.parametrize(
    ("text", "comparator"),
    [
        ("up to 10 mg daily", Comparator.AT_MOST),
        ("10 mg or less daily", Comparator.AT_MOST),
        ("10 mg/kg or more per day", Comparator.AT_LEAST),
        ("10 mg or less often than that", None),
    ],
)
def test_what_bounds_an_amount(text: str, comparator: Comparator | None) -> None:
    assert only(text).comparator is comparator


@pytest.mark.parametrize(
    ("text", "count"),
    [("10 mg daily, 5 days a week", 5), ("10 mg twice daily for 5 days a week", 10)],
)
def test_a_daily_dose_on_some_days_of_the_week_is_so_many_a_week(text: str, count: int) -> None:
    frequency = only(text).frequency
    assert frequency is not None
    assert (frequency.count, frequency.period_low, frequency.period_unit) == (count, 1, "wk")


@pytest.mark.parametrize(
    ("text", "per", "per_time"),
    [
        ("90 mg/kg/day", "kg", "d"),
        ("5 mg/ kg", "kg", None),
        ("5 microgram/kg/min", "kg", "min"),
        ("7 mg/kg of ideal body weight", "kg", None),
        ("1.4mg/m2", "m2", None),
        ("60 mg/m² per day", "m2", "d"),
        ("at a rate of 5 mg per minute", None, "min"),
        ("2 g daily in divided doses", None, "d"),
    ],
)
def test_what_an_amount_is_per(text: str, per: str | None, per_time: str | None) -> None:
    d = only(text)
    assert (d.per, d.per_time) == (per, per_time)


@pytest.mark.parametrize(
    ("text", "count", "high", "low_period", "high_period", "unit"),
    [
        ("three times a day", 3, None, 1, 1, "d"),
        ("3 to 4 times daily", 3, 4, 1, 1, "d"),
        ("tds", 3, None, 1, 1, "d"),
        ("b.d.", 2, None, 1, 1, "d"),
        ("q6-8h", 1, None, 6, 8, "h"),
        ("q12h", 1, None, 12, 12, "h"),
        ("4 - 6 hourly", 1, None, 4, 6, "h"),
        ("12-hourly", 1, None, 12, 12, "h"),
        ("every 2–3 months", 1, None, 2, 3, "mo"),
        ("every other day", 1, None, 2, 2, "d"),
        ("on alternate days", 1, None, 2, 2, "d"),
        ("twice a week", 2, None, 1, 1, "wk"),
        ("every two weeks", 1, None, 2, 2, "wk"),
        ("once yearly", 1, None, 1, 1, "a"),
        ("6 days a week", 6, None, 1, 1, "wk"),
        ("on five days of the week", 5, None, 1, 1, "wk"),
        ("for 2 to 3 days each week", 2, 3, 1, 1, "wk"),
        ("on Mondays and Fridays", 2, None, 1, 1, "wk"),
        ("every 8 hours", 1, None, 8, 8, "h"),
        ("every 4 hours to 6 hours", 1, None, 4, 6, "h"),
        ("6–8 week intervals", 1, None, 6, 8, "wk"),
        ("2-hour intervals", 1, None, 2, 2, "h"),
        ("4- to 10-week intervals", 1, None, 4, 10, "wk"),
    ],
)
def test_how_often(
    text: str, count: int, high: int | None, low_period: int, high_period: int, unit: str
) -> None:
    (found,) = find_frequencies(text)
    f = found.value
    assert (f.count, f.count_high, f.period_low, f.period_high, f.period_unit) == (
        count, high, low_period, high_period, unit,
    )  # fmt: skip
    assert text[found.start : found.end].strip() == text.strip()


def test_an_interval_is_not_read_as_days_for_a_daily_that_follows() -> None:
    d = only("600 mg orally every 8 hours daily")
    assert d.frequency is not None
    assert (d.frequency.period_low, d.frequency.period_unit) == (8, "h")


@pytest.mark.parametrize(
    ("text", "on", "unit"),
    [
        ("on days 1, 8 and 15", (1, 8, 15), "d"),
        ("days 1-3", (1, 2, 3), "d"),
        ("Day 1", (1,), "d"),
        ("at weeks 0, 2 and 6", (0, 2, 6), "wk"),
    ],
)
def test_numbered_days_of_a_course(text: str, on: tuple[int, ...], unit: str) -> None:
    (found,) = find_frequencies(f"{text}: 20 mg")
    assert (found.value.on, found.value.on_unit) == (on, unit)


@pytest.mark.parametrize(
    "text", ["after day 5 stop", "3 times per day 2 tablets", "by day 3 fever"]
)
def test_a_day_that_is_a_point_in_time_is_no_timing(text: str) -> None:
    assert not any(f.value.on for f in find_frequencies(text))


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("at breakfast", ("CM",)),
        ("at dinner", ("CV",)),
        ("before breakfast and dinner", ("ACM", "ACV")),
        ("after meals", ("PC",)),
        ("with food", ("C",)),
    ],
)
def test_at_which_meal(text: str, when: tuple[str, ...]) -> None:
    (found,) = find_frequencies(text)
    assert found.value.when == when


@pytest.mark.parametrize(
    ("text", "low", "high", "unit", "comparator"),
    [
        ("for 7 days", 7, 7, "d", None),
        ("for 5/7", 5, 5, "d", None),
        ("for 2/52", 2, 2, "wk", None),
        ("x 5 days", 5, 5, "d", None),
        ("for 1-2 weeks", 1, 2, "wk", None),
        ("for a month", 1, 1, "mo", None),
        ("for at least 3 months", 3, 3, "mo", Comparator.AT_LEAST),
        ("six injections", 6, 6, "{dose}", None),
        ("over 30 minutes", 30, 30, "min", None),
    ],
)
def test_how_long(text: str, low: int, high: int, unit: str, comparator: Comparator | None) -> None:
    (found,) = find_durations(text)
    d = found.value
    assert (d.low, d.high, d.unit, d.comparator) == (low, high, unit, comparator)


def test_an_age_is_no_duration() -> None:
    d = only("Child over 2 years: 400 mg twice daily for 3 days")
    assert d.duration is not None
    assert (d.duration.low, d.duration.unit) == (3, "d")


def test_for_life_and_until() -> None:
    assert find_durations("lifelong")[0].value.for_life
    (until,) = find_durations("daily until no further improvement, then monthly")
    assert until.value.until == "no further improvement"


@pytest.mark.parametrize(
    ("text", "route"),
    [
        ("IM", "intramuscular"),
        ("intra muscularly", "intramuscular"),
        ("by mouth", "oral"),
        ("PO", "oral"),
        ("slow IV", "intravenous"),
        ("s.c.", "subcutaneous"),
        ("per rectum", "rectal"),
        ("under the tongue", "sublingual"),
        ("nebulised", "nebulised"),
        ("intrathecally", "intrathecal"),
    ],
)
def test_a_route_has_one_name(text: str, route: str) -> None:
    assert [f.value for f in find_routes(f"5 mg {text} daily")] == [route]
    assert route in ROUTES


def test_a_thing_named_after_a_route_is_no_route() -> None:
    assert find_routes("an oral contraceptive for rectal bleeding") == ()


def test_a_sequence_has_its_later_doses_as_steps() -> None:
    first, then = parse_dosages(
        "1 mg IM three times a week for 2 weeks, then 1 mg every 2-3 months for life"
    )
    assert first.steps == (then,)
    assert first.routes == then.routes == ("intramuscular",)
    assert first.duration is not None
    assert first.duration.unit == "wk"
    assert then.duration is not None
    assert then.duration.for_life


def test_a_maximum_belongs_to_its_dose_and_stands_on_its_own() -> None:
    dose, ceiling = parse_dosages("500 mg twice daily, max 2,550 mg a day")
    assert dose.maximum is not None
    assert (dose.maximum.amount, dose.maximum.per_time) == (2550, "d")
    assert (ceiling.role, ceiling.phase) == (DosageRole.MAXIMUM, Phase.MAXIMUM)


def test_what_follows_a_bracket_belongs_to_the_dose_before_it() -> None:
    dose, _ = parse_dosages("1 g orally 6 hourly (to a maximum of 4 g) for 5 - 7 days")
    assert dose.duration is not None
    assert (dose.duration.low, dose.duration.high) == (5, 7)


def test_alternatives_share_what_is_said_once() -> None:
    first, second = parse_dosages("500 mg or 850 mg once daily")
    assert first.frequency == second.frequency is not None
    assert (first.low, second.low) == (500, 850)


def test_neighbouring_drugs_keep_their_own_routes() -> None:
    first, second = parse_dosages("ceftriaxone 1 g IV and oral azithromycin 500 mg")
    assert (first.route, second.route) == ("intravenous", "oral")


def test_a_cell_of_its_own_belongs_to_the_whole_row() -> None:
    found = parse_dosages("45–65 kg: 60 mg; 66–85 kg: 80 mg; Interval: 12 hourly")
    assert [d.frequency.period_low for d in found if d.frequency] == [12, 12]


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("increase by 500 mg each week", DosageRole.STEP),
        ("in steps of 25 mg", DosageRole.STEP),
        ("a 200 mg tablet", DosageRole.STRENGTH),
        ("a 1 mg/ml solution", DosageRole.STRENGTH),
        ("5% dextrose", DosageRole.STRENGTH),
        ("not to exceed 30 mg", DosageRole.MAXIMUM),
        ("usual maximum dose 4 g", DosageRole.MAXIMUM),
    ],
)
def test_what_an_amount_is_for(text: str, role: DosageRole) -> None:
    assert only(text).role is role


@pytest.mark.parametrize(
    "text",
    [
        "potassium 3.5 mmol/L",
        "glucose 126 mg/dL",
        "weighing 45 kg",
        "urine output above 400 ml/day",
        "10% of patients",
        "eGFR 30-45 mL/min/1.73 m2",
        "aged 10-16 years",
        "(CDC, 2022g)",
    ],
)
def test_a_measurement_is_no_dose(text: str) -> None:
    assert parse_dosages(text) == ()


@pytest.mark.parametrize(
    ("text", "analyte", "low", "high", "unit", "comparator"),
    [
        ("homocysteine <10 μmol/L", "homocysteine", None, 10, "umol/L", Comparator.LESS),
        ("INR 2–3", "INR", 2, 3, None, None),
        ("eGFR 30-45 mL/min/1.73 m²", "eGFR", 30, 45, "mL/min/{1.73_m2}", None),
        ("above 44 mL/min", None, 44, None, "mL/min", Comparator.GREATER),
        (">= 65 years", "age", 65, None, "a", Comparator.AT_LEAST),
        ("aged 10-16 years", "age", 10, 16, "a", None),
        ("45–65 kg", "weight", 45, 65, "kg", None),
        ("trough under 1 mg/L", "trough", None, 1, "mg/L", Comparator.LESS),
        ("6–14 hours after the first dose", None, 6, 14, "h", None),
    ],
)
def test_a_target_is_read(
    text: str,
    analyte: str | None,
    low: int | None,
    high: int | None,
    unit: str | None,
    comparator: Comparator | None,
) -> None:
    (t,) = parse_targets(text)
    assert (t.analyte, t.low, t.high, t.unit, t.comparator) == (
        analyte, low, high, unit, comparator,
    )  # fmt: skip


def test_a_single_loading_dose_is_both() -> None:
    monthly, loading = parse_dosages("50 mg once a month, after a single loading dose of 200 mg.")
    assert monthly.phase is None
    assert loading.phase is Phase.LOADING
    assert loading.frequency is not None
    assert loading.frequency.once


def test_phases_are_found() -> None:
    found = [f.value for f in find_phases("after the loading dose, maintenance")]
    assert found == [Phase.LOADING, Phase.MAINTENANCE]


_PIECES = st.sampled_from(
    [
        "1",
        "2.5",
        "1,000",
        "½",
        "one",
        "half",
        "-",
        "–",
        "to",
        "or",
        "mg",
        "mcg",
        "g",
        "units",
        "tablets",
        "%",
        "mL",
        "/kg",
        "/day",
        "per",
        "day",
        "IM",
        "orally",
        "daily",
        "tds",
        "every",
        "6",
        "hours",
        "for",
        "days",
        "(",
        ")",
        ";",
        ",",
        ".",
        "|",
        "then",
        "maximum",
        "max",
        "increase",
        "by",
        "until",
        "weeks",
        "aged",
        "years",
        "eGFR",
        "<",
        ">",
        "\n",
    ]
)


@settings(max_examples=200, deadline=None)
@given(st.one_of(st.text(max_size=80), st.lists(_PIECES, max_size=25).map(" ".join)))
def test_any_text_is_read_without_error_and_with_true_offsets(text: str) -> None:
    for d in parse_dosages(text):
        assert text[d.start : d.end] == d.text
        assert d.start <= d.amount_start < d.amount_end <= d.end
        assert may_state_dosage(text)
    for t in parse_targets(text):
        assert text[t.start : t.end] == t.text
    for found in (
        *find_routes(text), *find_frequencies(text), *find_durations(text), *find_phases(text),
    ):  # fmt: skip
        assert 0 <= found.start < found.end <= len(text)
