"""Which route, timing and total belongs to which amount, and which is only mentioned."""

from __future__ import annotations

from decimal import Decimal

import pytest

from osler.domain.dosage import Comparator, DosageRole, Phase
from osler.dosage import differences, parse_dosages, parse_targets


@pytest.mark.parametrize(
    "text",
    [
        "Give 1 mg once the intramuscular loading phase is over",
        "1 mg daily after the intramuscular loading phase is over",
        "1 mg daily is as effective as intramuscular",
        "1 mg daily is as effective as intramuscular treatment",
        "1 mg daily has fewer side effects than intravenous iron",
        "1 mg daily rather than intravenously",
        "Take 1 mg daily instead of intramuscular injections",
        "Following intravenous loading, 5 mg daily",
        "If oral therapy fails, 1 g daily",
        "1 g daily with oral fluids",
        "1 drop twice daily if used with other topical treatment",
        "Preterm infants on parenteral nutrition: 1 g daily",
        "Taper to 90 mg, and others were able to change successfully to sublingual treatment",
    ],
)
def test_a_route_only_mentioned_is_not_the_doses(text: str) -> None:
    (dose,) = parse_dosages(text)
    assert dose.routes == ()


@pytest.mark.parametrize(
    ("text", "route"),
    [
        ("1 mg orally daily once the intramuscular loading phase is over", "oral"),
        ("Oral 1 mg daily is as effective as intramuscular.", "oral"),
        ("Patients who cannot swallow intravenous fluids: 500 mg daily orally", "oral"),
        ("For patients unable to take oral drugs: 1 g IV daily", "intravenous"),
        ("After intravenous therapy, switch to 5 mg orally daily", "oral"),
        ("Parenteral: 1 g IM daily", "intramuscular"),
        ("Transdermal: 0.05 mg applied topically twice weekly", "transdermal"),
        ("After intravenous administration of 50 mg", "intravenous"),
        ("Intrauterine 13.5 mg", "intrauterine"),
        ("1–2 drops to the operative eye(s)", "ophthalmic"),
        ("2 drops into the affected ear", "otic"),
        ("88 mcg twice daily by oral inhalation", "inhaled"),
        ("2 puffs via a large-volume spacer", "inhaled"),
    ],
)
def test_the_route_beside_the_amount_is_its_route(text: str, route: str) -> None:
    (dose,) = parse_dosages(text)
    assert dose.routes == (route,)


def test_a_comparators_own_amount_keeps_its_route() -> None:
    first, second = parse_dosages("1 mg orally is as effective as intramuscular 2 mg")
    assert (first.routes, second.routes) == (("oral",), ("intramuscular",))


def test_a_route_does_not_cross_to_another_drug() -> None:
    first, second = parse_dosages("IV morphine 10 mg; paracetamol 1 g 6 hourly")
    assert (first.routes, second.routes) == (("intravenous",), ())


def test_a_route_that_heads_a_list_holds_for_all_of_it() -> None:
    found = parse_dosages("Oral: amoxicillin 500 mg daily; metronidazole 400 mg daily")
    assert [d.routes for d in found] == [("oral",), ("oral",)]


def test_a_second_route_may_follow_the_timing() -> None:
    (dose,) = parse_dosages("500 mg orally every 6 hours or IV")
    assert dose.routes == ("oral", "intravenous")


def test_a_preparations_route_is_that_of_its_drops() -> None:
    _, dose = parse_dosages("Gentamicin 0.3% eye drops: apply 1 drop every 2 hours")
    assert dose.routes == ("ophthalmic",)


def test_what_stands_per_kg_is_not_the_other_amounts_unit() -> None:
    first, second = parse_dosages("250 - 500 mg or 5 mg/kg intravenously")
    assert (first.per, second.per) == (None, "kg")


def test_per_kilogram_may_follow_the_substance() -> None:
    (dose,) = parse_dosages("1–1.2 g of protein per kilogram of body weight daily")
    assert (dose.high, dose.per) == (Decimal("1.2"), "kg")


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("750 mg - 2 g orally/day", "d"),
        ("4 g in 24 hours", "d"),
        ("Do not exceed 500 mg in 24 hours", "d"),
        ("not more than 4 g in any 24-hour period", "d"),
        ("maximum 8 mg in any one week", "wk"),
    ],
)
def test_a_total_for_a_time(text: str, unit: str) -> None:
    (dose,) = parse_dosages(text)
    assert dose.per_time == unit


@pytest.mark.parametrize(
    "text", ["500 mg, repeat in 24 hours", "500 mg orally, review the patient in 24 hours"]
)
def test_a_time_until_something_is_no_total(text: str) -> None:
    (dose,) = parse_dosages(text)
    assert dose.per_time is None


def test_a_ceiling_at_night_keeps_its_hour() -> None:
    (dose,) = parse_dosages("Maximum dose: 0.5 mg once nightly")
    assert dose.role is DosageRole.MAXIMUM
    assert dose.frequency is not None
    assert dose.frequency.when == ("HS",)


def test_a_timing_beside_the_amount_beats_a_distant_one() -> None:
    (dose,) = parse_dosages("multiple times daily (e.g., 8 mg three times a day)")
    assert dose.frequency is not None
    assert dose.frequency.count == 3


def test_a_later_timing_without_an_amount_is_a_step_of_the_same_dose() -> None:
    (dose,) = parse_dosages("1 mg daily for 1 week, then weekly for 4 weeks, then monthly")
    assert [(s.low, s.unit, s.frequency.period_unit) for s in dose.steps if s.frequency] == [
        (1, "mg", "wk"),
        (1, "mg", "mo"),
    ]
    assert dose.duration is not None
    assert dose.duration.unit == "wk"
    assert dose.steps[0].duration is not None
    assert dose.steps[0].duration.low == 4


@pytest.mark.parametrize(
    "text", ["500 mg 4–6 hourly (up to 4 times daily)", "500 mg 4-6 hourly, max 4 doses a day"]
)
def test_a_count_that_bounds_an_interval_is_kept(text: str) -> None:
    (dose,) = parse_dosages(text)
    f = dose.frequency
    assert f is not None
    assert (f.period_low, f.period_high, f.period_unit) == (4, 6, "h")
    assert (f.most, f.most_unit) == (4, "d")
    assert differences(dose, parse_dosages("500 mg 4–6 hourly")[0])


def test_an_infusions_length_is_not_the_courses() -> None:
    (dose,) = parse_dosages("1 g IV over 30 minutes every 8 hours for 7 days")
    assert dose.over is not None
    assert dose.duration is not None
    assert (dose.over.low, dose.over.unit) == (30, "min")
    assert (dose.duration.low, dose.duration.unit) == (7, "d")


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("125/31 mg three times daily", (125, 31)),
        ("160/800 mg twice daily", (160, 800)),
        ("800 mg/160 mg orally", (800, 160)),
        ("50/200/200 mg daily", (50, 200, 200)),
    ],
)
def test_a_combination_has_all_its_parts(text: str, parts: tuple[int, ...]) -> None:
    (dose,) = parse_dosages(text)
    assert (dose.low, *dose.combined) == parts
    assert dose.unit == "mg"


def test_another_combination_is_a_difference() -> None:
    (claim,), (evidence,) = parse_dosages("500/125 mg daily"), parse_dosages("500/62 mg daily")
    assert differences(claim, evidence)


def test_a_phase_that_is_over_is_not_the_doses() -> None:
    (after,) = parse_dosages("After the loading phase give 5 mg daily")
    (loading,) = parse_dosages("a loading dose of 5 mg")
    assert (after.phase, loading.phase) == (None, Phase.LOADING)


def test_a_prohibition_of_more_is_a_ceiling() -> None:
    dose, ceiling = parse_dosages("10 mg once daily; do not take more than 10 mg in 24 hours")
    assert (ceiling.role, ceiling.comparator) == (DosageRole.MAXIMUM, Comparator.AT_MOST)
    assert dose.maximum is not None
    assert dose.maximum.per_time == "d"


def test_the_first_of_a_sequence_has_not_the_seconds_timing() -> None:
    first, second = parse_dosages("an initial dose of 80 mg then 40 mg every other week")
    assert first.frequency is None
    assert second.frequency is not None


def test_a_ceiling_is_the_doses_and_not_its_rates_or_a_brackets() -> None:
    dose, rate, _ = parse_dosages("10 mg/kg IV at not more than 100 mg/minute, maximum dose 1 g")
    assert dose.maximum is not None
    assert rate.maximum is None
    dose, bracket, _ = parse_dosages("1 - 2 g daily (20 mg/kg daily), max. 2.5 g daily")
    assert dose.maximum is not None
    assert bracket.maximum is None


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("increased gradually (in steps of 150 mg) every 3 days", (3, "d")),
        ("adjusted in steps of 50 mg daily every 3 weeks", (3, "wk")),
    ],
)
def test_how_often_a_step_is_taken(text: str, period: tuple[int, str]) -> None:
    (step,) = parse_dosages(text)
    assert step.role is DosageRole.STEP
    assert step.frequency is not None
    assert (step.frequency.period_low, step.frequency.period_unit) == period


def test_an_increase_is_a_phase_of_what_it_leads_to() -> None:
    first, second = parse_dosages("60 mg 6 hourly, increased to a maintenance dose of 125 mg")
    assert (first.phase, second.phase) == (None, Phase.MAINTENANCE)


def test_an_increase_if_necessary_is_no_dose_as_needed() -> None:
    (dose,) = parse_dosages("May be increased up to 14.4 g daily if necessary")
    assert dose.frequency is not None
    assert not dose.frequency.as_needed


@pytest.mark.parametrize(
    ("text", "on"),
    [
        ("10 mg/kg on the first two days", (1, 2)),
        ("5 mg/kg on the third day", (3,)),
        ("1 g on first day", (1,)),
        ("6 mg/m2 Day 1", (1,)),
        ("40 mg every other week starting at Week 1", ()),
    ],
)
def test_on_which_days_a_dose_is_given(text: str, on: tuple[int, ...]) -> None:
    (dose,) = parse_dosages(text)
    assert dose.frequency is not None
    assert dose.frequency.on == on


def test_a_dose_said_twice_has_the_routes_that_follow_the_bracket() -> None:
    dose, _ = parse_dosages("1 mL (0.2 mg) intramuscularly or intravenously (IV)")
    assert dose.routes == ("intramuscular", "intravenous")


def test_both_pressures_are_targets() -> None:
    systolic, diastolic = parse_targets("blood pressure below 140/90 mmHg")
    assert (systolic.analyte, systolic.high) == ("systolic blood pressure", 140)
    assert (diastolic.analyte, diastolic.high) == ("diastolic blood pressure", 90)
    assert systolic.low is diastolic.low is None


@pytest.mark.parametrize(
    "text",
    [
        "In Study RA-IV, patients were given 40 mg every other week",
        "40 mg daily in stage IV disease",
    ],
)
def test_a_roman_four_is_no_route(text: str) -> None:
    (dose,) = parse_dosages(text)
    assert dose.routes == ()


def test_the_week_of_a_result_is_not_the_doses() -> None:
    (dose,) = parse_dosages("80 mg daily plus usual care had better results than before at week 24")
    assert dose.frequency is not None
    assert dose.frequency.on == ()


def test_a_course_from_one_day_to_another() -> None:
    (dose,) = parse_dosages("60 mg orally once daily from day 1 - 3")
    assert dose.frequency is not None
    assert dose.frequency.on == (1, 2, 3)


@pytest.mark.parametrize("text", ["5 mg base/kg weekly", "3 mg elemental iron/kg daily"])
def test_per_kilogram_may_follow_what_is_weighed(text: str) -> None:
    (dose,) = parse_dosages(text)
    assert dose.per == "kg"


def test_increments_are_steps() -> None:
    (step,) = parse_dosages("reduced gradually in 2.5 mg increments")
    assert step.role is DosageRole.STEP


def test_a_longest_course_is_a_bound() -> None:
    (dose,) = parse_dosages("2 drops daily for a maximum duration of 7 days")
    assert dose.duration is not None
    assert (dose.duration.low, dose.duration.comparator) == (7, Comparator.AT_MOST)


@pytest.mark.parametrize(
    "text", ["prothrombin 20210G>A", "call 44U-QUIT", "75% will have complete resolution"]
)
def test_what_only_looks_like_a_unit_is_no_dose(text: str) -> None:
    assert parse_dosages(text) == ()


def test_a_route_after_its_own_abbreviation_is_another_one() -> None:
    (dose,) = parse_dosages("25 mcg every 30 minutes intravenously (IV) or intramuscularly")
    assert dose.routes == ("intravenous", "intramuscular")


def test_a_course_after_a_bracketed_ceiling_is_the_doses() -> None:
    dose, ceiling = parse_dosages("1.5 mg/kg (not to exceed 100 mg) thereafter for 14 days")
    assert dose.duration is not None
    assert ceiling.duration is None


def test_a_count_before_a_strength_is_no_thousand() -> None:
    (dose,) = parse_dosages("1 or 2 325 mg tablets orally every 4 hours")
    assert (dose.low, dose.high) == (325, 325)


def test_a_dose_by_rectum_has_not_its_neighbours_route() -> None:
    first, second = parse_dosages("5 mg intramuscularly or 0.2 mg/kg by rectum")
    assert (first.routes, second.routes) == (("intramuscular",), ("rectal",))


def test_a_sentence_that_begins_with_an_amount_has_its_own_timing() -> None:
    _, second = parse_dosages("150 mg once daily before a meal. 35 mg tablet: 3 times daily")
    assert second.frequency is not None
    assert second.frequency.count == 3


def test_if_necessary_the_dose_is_changed_is_no_dose_as_needed() -> None:
    (dose,) = parse_dosages("If necessary, dosage may be increased to 600 mg orally")
    assert dose.frequency is None


def test_a_single_dose_on_a_numbered_day_keeps_both() -> None:
    (dose,) = parse_dosages("200 mg IV once on day 1")
    assert dose.frequency is not None
    assert dose.frequency.once
    assert dose.frequency.on == (1,)


@pytest.mark.parametrize(
    ("text", "amounts"),
    [
        ("Doses of 20, 40 or 80 mg every other week", [20, 40, 80]),
        ("Inhale 50, 100, 125, 250 μg every 12 hours", [50, 100, 125, 250]),
        ("10, 20, 40, and 80 mg once daily", [10, 20, 40, 80]),
        ("On days 1, 2, 30 mg daily", [30]),
        ("In 2020, 50 mg daily", [50]),
    ],
)
def test_a_unit_said_once_holds_for_all_of_a_list(text: str, amounts: list[int]) -> None:
    doses = parse_dosages(text)
    assert [(dose.low, dose.high) for dose in doses] == [(a, a) for a in amounts]
    assert all(dose.frequency is not None for dose in doses)
    assert all(text[d.start : d.end] == d.text for d in doses)


def test_what_follows_a_ceiling_is_said_of_the_dose() -> None:
    dose, ceiling = parse_dosages("1.4 mg/m2 to a maximum of 2 mg intravenously on days 1 and 8")
    assert (dose.routes, dose.frequency and dose.frequency.on) == (("intravenous",), (1, 8))
    assert ceiling.role is DosageRole.MAXIMUM
    first, most = parse_dosages("500 mg, maximum 4 g daily")
    assert first.frequency is None
    assert most.per_time == "d"


def test_a_ceiling_may_stand_beside_its_name_in_brackets() -> None:
    dose, ceiling = parse_dosages("20 - 35 mg/kg (maximum dose) 2.5 g")
    assert dose.maximum is not None
    assert dose.maximum.amount == Decimal("2.5")
    assert ceiling.role is DosageRole.MAXIMUM


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("10 g in 1 litre of sodium chloride 0.9%", ["dose", "strength", "strength"]),
        ("500 mL of sodium chloride 0.9% over 1 hour", ["dose", "strength"]),
        ("Tablet strength: 25 mg/67.5 mg; 1 tablet daily", ["strength", "dose"]),
        ("A 1 mL prefilled glass syringe with 40 mg", ["strength", "dose"]),
    ],
)
def test_what_a_drug_is_given_in_is_no_dose(text: str, roles: list[str]) -> None:
    assert [dose.role.value for dose in parse_dosages(text)] == roles


def test_a_fluid_takes_no_timing_from_what_is_dissolved_in_it() -> None:
    dose = parse_dosages("1 g in 100 mL of sodium chloride 0.9% over 1 hour every 12 hours")[0]
    assert dose.over is not None
    assert dose.over.low == 1
    assert dose.frequency is not None
    assert dose.frequency.period_low == 12


@pytest.mark.parametrize(
    ("text", "low", "unit"),
    [
        ("2 mU/minute", "2", "mU"),
        ("2 milliunits per minute", "2", "mU"),
        ("2.4 M units", "2400000", "U"),
        ("3 MU", "3000000", "U"),
    ],
)
def test_thousandths_and_millions_of_units(text: str, low: str, unit: str) -> None:
    (dose,) = parse_dosages(text)
    assert (dose.low, dose.unit) == (Decimal(low), unit)


@pytest.mark.parametrize(
    "text",
    [
        "200 mg twice daily until a total of 5 g has been given, then 100 mg once daily",
        "200 mg twice daily until 5 g have been given (IV doses count), then 100 mg once daily",
    ],
)
def test_what_doses_add_up_to_is_their_ceiling_and_parts_no_steps(text: str) -> None:
    first, total, _ = parse_dosages(text)
    assert first.maximum is not None
    assert first.maximum.amount == Decimal(5)
    assert total.role is DosageRole.MAXIMUM
    assert [step.low for step in first.steps] == [Decimal(100)]
    assert first.route is None


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("The highest dose is 900 mg per day", DosageRole.MAXIMUM),
        ("Largest recommended single dose: 40 mg", DosageRole.MAXIMUM),
        ("raised to the highest tolerated dose, 25 mg", DosageRole.DOSE),
        ("12.5 mg on the first day, then no more than 25 mg a day extra", DosageRole.STEP),
    ],
)
def test_the_highest_dose_is_a_ceiling_and_what_is_extra_a_step(
    text: str, role: DosageRole
) -> None:
    assert parse_dosages(text)[-1].role is role


@pytest.mark.parametrize(
    "text",
    [
        "If nothing has happened after 10 mg in all, poisoning is in doubt",
        "No response after a total of 20 mg: think again",
        "Once 3 mg has been given, no more helps",
    ],
)
def test_what_was_given_by_then_is_no_dose(text: str) -> None:
    assert parse_dosages(text) == ()


def test_what_is_given_after_another_amount_is_a_dose() -> None:
    assert [d.low for d in parse_dosages("After 200 mg in total, 50 mg daily")] == [Decimal(50)]


def test_what_is_swallowed_is_not_injected() -> None:
    (dosage,) = parse_dosages("2 tablets four times a day; IV if unable to take by mouth")
    assert dosage.routes == ()


@pytest.mark.parametrize(
    ("text", "routes"),
    [
        ("1 pair three times a day for 48 hours, then the oral dose", [None]),
        ("Give 1 g stat, then switch to oral", [None]),
        ("20 mg IV, then orally 40 mg daily", ["intravenous", "oral"]),
        ("5 mg twice daily orally, then stop", ["oral"]),
    ],
)
def test_the_route_of_what_follows_is_not_that_of_what_went_before(
    text: str, routes: list[str | None]
) -> None:
    assert [d.route for d in parse_dosages(text)] == routes
