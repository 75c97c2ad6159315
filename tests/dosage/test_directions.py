"""Directions of a prescription are read in full, or said not to be."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from osler.dosage import Directions, Strength, all_strengths, per_day, read_directions

TABLETS = all_strengths(("Metformin 500 mg tablets",))
Turn = list[tuple[int, str]]  # each dose in mg, and how often


def read(text: str, strengths: tuple[Strength, ...] = TABLETS) -> Directions:
    return read_directions(text, strengths, frozenset({"metformin"}))


def days(said: Directions) -> list[Decimal | None]:
    """What each turn comes to in a day, in mg; None where a dose of it has no daily total."""
    found: list[Decimal | None] = []
    for turn in said.turns:
        totals = [per_day(d) for d in turn]
        found.append(sum((t[1] for t in totals if t), Decimal(0)) / 1000 if all(totals) else None)
    return found


@pytest.mark.parametrize(
    ("text", "milligrams"),
    [
        ("500 mg twice daily for 1 week, then 1000 mg four times daily", [1000, 4000]),
        ("1 tablet in the morning, 2 tablets at noon and 3 tablets in the evening", [3000]),
        ("Take 1 tablet in the morning and 6 tablets at night", [3500]),
        ("Start 500 mg daily, increase by 500 mg weekly to 4000 mg daily", [500, 4000]),
        ("one tab am, three tabs pm", [2000]),
        ("1-2 tablets three times a day", [3000]),
        ("2 tabs with every meal", [3000]),
        ("2 tablets with meals", [3000]),
        ("500 mg twice a day with meals", [1000]),
        ("1 g with breakfast, lunch and dinner", [3000]),
        ("1 tablet at breakfast, 1 at lunch and 2 with the evening meal", [2000]),
        ("2 x 1000 mg tds", [6000]),
        ("take two 500 mg tablets twice daily", [2000]),
        ("take 2 tablets of 500 mg twice a day", [2000]),
        ("2 tablets (1000 mg) twice daily", [2000]),
        ("2 tablets (500 mg) twice daily", [2000]),
        ("1 tablet (500 mg total) by mouth 2 (two) times a day with meals.", [1000]),
        ("ONE to be taken TWICE a day", [1000]),
        ("Take TWO twice a day", [2000]),
        ("one in the morning and two at night", [1500]),
        ("In the morning 1 tablet, at night 2 tablets", [1500]),
        ("At night 1 tablet", [500]),
        ("take half a tablet twice a day", [500]),
        ("500 mg at 08:00 and 20:00", [1000]),
        ("2 g daily in 2 divided doses", [2000]),
        ("500 mg bd, increase to 1 g bd after 2 weeks", [1000, 2000]),
        ("500 mg bd, increase to three times a day", [1000, 1500]),
        ("500 mg daily x 7 days then BD", [500, 1000]),
        ("Take 1 tablet daily for 1 week, then 2 tablets daily thereafter", [500, 1000]),
        ("Take ONE tablet THREE times a day with meals. Swallow whole with water.", [1500]),
        ("Take one tablet twice daily. Do not crush or chew.", [1000]),
        ("Take one tablet twice a day at the same time each day", [1000]),
        ("500 mg twice a day for type 2 diabetes", [1000]),
        ("850mg tds cc", [2550]),
        ("850 mg with the main meal", [850]),
        ("Take ONE daily", [500]),
        ("Take 2 daily", [1000]),
        ("2-3 daily with food", [1500]),
        ("500 mg 2 daily", [1000]),
        ("1 tablet twice daily (morning and night)", [1000]),
        ("1 tablet every 8 to 12 hours", [1500]),
        ("1 tablet before meals and at bedtime", [2000]),
        ("1 tab q AM and 2 tabs q PM", [1500]),
        ("2 tablets bd (4 tablets a day)", [2000]),
        ("2 tablets (1 g) twice a day, total 2 g daily", [2000]),
        ("500 mg bd for a week then 1 g bd", [1000, 2000]),
        ("1 tab bid, dispense 60 tablets", [1000]),
        ("500 mg once daily increasing by 500 mg every 7 days up to 1000 mg bd", [500, 2000]),
        ("1 tablet every morning and 1 tablet every evening", [1000]),
        (
            "Take 1 tablet (500 mg total) by mouth in the morning and 1 tablet (500 mg total) in "
            "the evening. Take with meals.",
            [1000],
        ),
        ("1 tablet in the morning and 1 tablet in the evening with meals", [1000]),
        ("Take with meals: 1 tablet in the morning and 2 tablets in the evening", [1500]),
        ("1 tablet every morning and every evening with meals", [1000]),
        ("1 tablet at bedtime and with meals", [2000]),
        ("2 tablets in the morning with breakfast and 1 in the evening with dinner", [1500]),
        ("1 tablet with breakfast with dinner", [1000]),
        (
            "1 tablet (500 mg total) in the morning and 1 tablet (500 mg total) before bedtime",
            [1000],
        ),
        ("500 mg = 1 tab(s), Oral, BID, # 60 tab(s), 0 Refill(s)", [1000]),
        ("Take 1 tab bid. Hold for 48 hours after IV contrast. Stop if eGFR < 30.", [1000]),
        ("Take 1 tab bid. Hold for two days after contrast.", [1000]),
        ("Take 1 tablet 2 times a day for diabetes. A1c 8.2", [1000]),
    ],
)
def test_all_of_a_text_is_read(text: str, milligrams: list[int]) -> None:
    said = read(text)
    assert said.is_whole, said.rest
    assert days(said) == milligrams


@pytest.mark.parametrize(
    "text",
    [
        "500 mg bd, double the dose after a week",
        "500 mg bd, increase every week",
        "Increase by 500 mg weekly",
        "1 tablet daily for 1 week, then increase as directed",
        "500 mg bd, take an extra tablet if sugar is high",
        "500 mg twice daily; reduce if unwell",
        "500 mg or 1000 mg twice daily",
        "1 tablet in the morning or 2 at night",
        "500 mg twice a day or as directed",
        "1 tablet ac and hs",
        "1 tablet with meals and in the morning",
        "500 mg bd. Hold for 2 days if vomiting, then 1 tablet daily",
        "500 mg bd. Hold if sick, two at night",
        "500 mg bd. Stop if eGFR < 30 and take half",
        "1-0-1",
        "2 tablets (800 mg) twice daily",
        "Week 1: 500 mg once daily. Week 2: 500 mg twice daily",
        "deux comprimés par jour",
        "500 mg at night, 1 g",
        "2 tablets bd (3 tablets a day)",
        "500 mg twice a day before meals and at bedtime",
        "500 mg in the morning, same again at night",
        "1 mg daily for 5 days, 1 mg weekly for 5 weeks, 1 mg monthly",
        "500 mg x2 daily",
        "500 mg bd; 1 g bd from next week",
        "500 mg twice a day for sugar take extra tablet",
        "previously 500 mg bd, now 1 g tds",
        "500 mg and 1000 mg on alternate days",
        "500 mg twice daily " * 40,
    ],
)
def test_what_cannot_be_read_for_certain_is_not_whole(text: str) -> None:
    assert not read(text).is_whole


@pytest.mark.parametrize(
    ("text", "more"),
    [
        ("500 mg bd, take an extra tablet if sugar is high", True),
        ("500 mg bd. Zweimal 2 vor dem Essen", True),
        ("Take with the yoghurt of your choice", False),
        ("Shake the bottle", False),
    ],
)
def test_words_that_may_be_a_dose_are_told_from_others(text: str, more: bool) -> None:
    assert read(text).may_state_more is more


def test_a_maximum_is_the_most_a_day_in_whatever_unit() -> None:
    said = read("1 tablet every 4-6 hours as needed, do not exceed 4 tablets in 24 hours")
    assert said.is_whole
    assert said.maximum is not None
    assert (said.maximum.amount, said.maximum.unit, said.maximum.per_time) == (2000, "mg", "d")
    assert read("500mg bd; max 5 g/day").maximum is not None
    assert not read("500 mg bd, max 1 g").is_whole  # of a day, or of one dose


def test_without_a_strength_tablets_stay_tablets_and_a_bare_count_is_nothing() -> None:
    (turn,) = read("2 tablets twice a day", ()).turns
    assert (turn[0].low, turn[0].unit) == (2, "{tablet}")
    assert not read("Take two twice a day", ()).is_whole
    assert not read("2 tablets (1000 mg) twice a day", ()).is_whole  # in all, or each
    assert days(read("1 tablet (500 mg) twice a day", ())) == [1000]


@pytest.mark.parametrize(
    ("name", "text", "milligrams"),
    [
        ("Riomet 100 mg/mL", "5 mL twice a day", 1000),
        ("Metformin 500 mg/5 mL oral solution", "10 mL twice a day", 2000),
        ("Metformin 850 mg tablets", "1 tab tds", 2550),
    ],
)
def test_a_volume_or_a_count_is_mass_by_the_strength(name: str, text: str, milligrams: int) -> None:
    assert days(read(text, all_strengths((name,)))) == [milligrams]


def test_a_course_in_turns_keeps_its_routes_and_durations() -> None:
    said = read("1 mg IM three times a week for 2 weeks then every 3 months for life", ())
    first, second = (turn[0] for turn in said.turns)
    assert said.is_whole
    assert first.route == second.route == "intramuscular"
    assert first.duration is not None
    assert first.duration.low == 2
    assert second.duration is not None
    assert second.duration.for_life
    assert (second.low, second.unit) == (1, "mg")


_OFTEN = {"once daily": 1, "twice a day": 2, "three times a day": 3, "qds": 4, "every 12 hours": 2}
_WHEN = ("in the morning", "at noon", "in the evening", "at bedtime")


@st.composite
def turns(draw: st.DrawFn) -> tuple[str, int]:
    """One turn in words, and what it comes to in a day, in mg."""
    if draw(st.booleans()):
        amount, often = draw(st.integers(1, 4)), draw(st.sampled_from(sorted(_OFTEN)))
        return f"{amount * 250} mg {often}", amount * 250 * _OFTEN[often]
    times = draw(st.lists(st.sampled_from(_WHEN), min_size=1, max_size=4, unique=True))
    counts = draw(st.lists(st.integers(1, 6), min_size=len(times), max_size=len(times)))
    said = [f"{n} tablet{'s' * (n > 1)} {when}" for n, when in zip(counts, times, strict=True)]
    text = said[0] if len(said) == 1 else f"{', '.join(said[:-1])} and {said[-1]}"
    return text, sum(counts) * 500


@given(st.lists(turns(), min_size=1, max_size=3))
def test_no_part_of_a_schedule_is_lost(parts: list[tuple[str, int]]) -> None:
    said = read(" for 1 week, then ".join(text for text, _ in parts))
    assert not said.is_whole or days(said) == [total for _, total in parts]
    if len(parts) == 1:
        assert said.is_whole, said.rest


@given(st.text(max_size=80))
def test_any_text_is_read_without_an_error(text: str) -> None:
    doses = [d for turn in read(text).turns for d in turn]
    assert all(d.low is None or d.high is None or d.low <= d.high for d in doses)
    assert all((d.low is None) == (d.unit is None) for d in doses)
