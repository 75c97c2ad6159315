"""How often, in the words that people use: each form beside what it means."""

from __future__ import annotations

from decimal import Decimal

import pytest

from osler.domain.dosage import Frequency
from osler.dosage import find_frequencies, format_dosage, parse_dosages

# Count, then "a" or "every so many", and the unit: "3 d" is three times a day, "1/8 h" every
# eight hours, "2-3 wk" two or three times a week.
FORMS = """
every second day | 1/2 d
every second week | 1/2 wk
every third day | 1/3 d
every fourth week | 1/4 wk
every second month | 1/2 mo
every tenth day | 1/10 d
every 6th day | 1/6 d
every eighth hour | 1/8 h
on alternate days | 1/2 d
on alternate nights | 1/2 d HS
each evening | 1 d EVE
each morning | 1 d MORN
every bedtime | 1 d HS
every quarter | 1/3 mo
5 days out of 7 | 5 wk
five days in seven | 5 wk
3 days in every week | 3 wk
on 2 consecutive days each week | 2 wk
twice in 24 hours | 2 d
twice over 24 hours | 2 d
three times in any 24 hours | 3 d
4 times within a 24-hour period | 4 d
twice during the day | 2 d
twice-daily | 2 d
three-times-daily | 3 d
three times (daily) | 3 d
two times (a day) | 2 d
three times (3x) daily | 3 d
four times (4) a day | 4 d
once-weekly | 1 wk
once a fortnight | 1/2 wk
once fortnightly | 1/2 wk
four times each day | 4 d
3x/day | 3 d
3×/week | 3 wk
in the morning and at night | 2 d HS+MORN
every morning and evening | 2 d EVE+MORN
at night | 1 d HS
in the morning | 1 d MORN
twice nightly | 2 d HS
q.h.s. | 1 d HS
q AM | 1 d MORN
Mondays and Thursdays | 2 wk mon+thu
on Mondays, Wednesdays and Fridays | 3 wk mon+wed+fri
Monday to Friday | 5 wk mon+tue+wed+thu+fri
on weekdays | 5 wk mon+tue+wed+thu+fri
as often as every 4 hours | 1/4 h
no sooner than every 4 days | 1/4 d
at 3-week intervals | 1/3 wk
at intervals of 12 hours | 1/12 h
every half hour | 1/0.5 h
every 4 to 6 hours as needed | 1/4-6 h prn
once or twice daily | 1-2 d
two or three times a day | 2-3 d
at 0, 12 and 24 hours | on h 0,12,24
at 0, 1 and 6 months | on mo 0,1,6
at months 0, 1 and 6 | on mo 0,1,6
at 0, 2 and 6 weeks | on wk 0,2,6
four times on day 1 | 4 d on d 1
"""
ROWS = [tuple(row.split(" | ")) for row in FORMS.strip().splitlines()]


def shorthand(f: Frequency) -> str:
    said = []
    if f.period_low is not None and f.period_high is not None:
        period = f"{f.period_low:f}" + (
            f"-{f.period_high:f}" if f.period_high != f.period_low else ""
        )
        count = f"{f.count}" + (f"-{f.count_high}" if f.count_high else "")
        said.append(f"{count}{'' if period == '1' else '/' + period} {f.period_unit}")
    said += ["+".join(parts) for parts in (f.weekdays, f.when) if parts]
    said += ["prn"] if f.as_needed else []
    said += [f"on {f.on_unit} {','.join(map(str, f.on))}"] if f.on else []
    return " ".join(said)


@pytest.mark.parametrize(("form", "meant"), ROWS)
def test_a_form_is_read(form: str, meant: str) -> None:
    (dose,) = parse_dosages(f"Give 10 mg orally {form}.")
    assert dose.frequency is not None
    assert shorthand(dose.frequency) == meant


@pytest.mark.parametrize("form", [form for form, _ in ROWS])
def test_its_canonical_wording_says_the_same(form: str) -> None:
    (dose,) = parse_dosages(f"Give 10 mg orally {form}.")
    (again,) = parse_dosages(format_dosage(dose))
    assert again.frequency == dose.frequency


@pytest.mark.parametrize(
    "text",
    [
        "every second",
        "the second day",
        "8 hours apart from iron",
        "3 out of every 4 weeks",
        "adults in 7 weeks",
    ],
)
def test_what_is_no_interval_is_not_read_as_one(text: str) -> None:
    assert not any(f.value.period_unit for f in find_frequencies(text))


def test_doses_that_are_so_far_apart_are_given_so_often() -> None:
    (dose,) = parse_dosages("0.5 mL, two doses 4 to 8 weeks apart")
    assert dose.frequency is not None
    assert dose.duration is not None
    assert shorthand(dose.frequency) == "1/4-8 wk"
    assert (dose.duration.low, dose.duration.unit) == (Decimal(2), "{dose}")


def test_the_parts_of_a_divided_total_are_not_given_again_and_again() -> None:
    (dose,) = parse_dosages("40 mg/kg in a single day, in two doses 4 hours apart")
    assert dose.divided == (2, 2)
    assert dose.frequency is None


@pytest.mark.parametrize(
    "text", ["1 mg IM; repeat once", "10 mg rectally, repeated once only", "4 mg, given again once"]
)
def test_what_is_repeated_once_is_no_single_dose(text: str) -> None:
    (dose,) = parse_dosages(text)
    assert dose.frequency is None


def test_a_repeat_as_needed_is_as_needed() -> None:
    (dose,) = parse_dosages("10 mg slowly; repeat every 12 hours as needed")
    assert dose.frequency is not None
    assert dose.frequency.as_needed


@pytest.mark.parametrize(
    ("text", "count", "unit"),
    [
        ("50 000 units; Times/day: 1 x WEEK", 1, "wk"),
        ("500 mg; Times/day: twice a day", 2, "d"),
        ("500 mg; Times/day: 2", 2, "d"),
        ("500 mg 3 x week", 3, "wk"),
    ],
)
def test_a_column_of_times_a_day_makes_no_total_and_gives_way_to_a_week(
    text: str, count: int, unit: str
) -> None:
    (dosage,) = parse_dosages(text)
    assert dosage.frequency is not None
    assert (dosage.frequency.count, dosage.frequency.period_unit) == (count, unit)
    assert dosage.per_time is None
