"""A draft that is none of the pathway's schedules: one card, drafted against stated."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hooks_requests import IM, ORAL, Json, call, condition, egfr, order, patient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

Cards = Callable[[str, Json], list[Json]]
DEFICIENCY, DIABETES = condition("Vitamin B12 deficiency"), condition("Type 2 diabetes mellitus")
PERNICIOUS = condition("Pernicious anaemia")
NEUROLOGY = condition("Subacute combined degeneration of the cord")
DAILY, TWICE, WEEKLY3, YEARLY = (1, 1, "d"), (2, 1, "d"), (3, 1, "wk"), (1, 1, "a")
INTRAVENOUS, NO_ROUTE = "47625008", ""


def b12(cards: Cards, draft: Json, *record: Json) -> list[Json]:
    found = record or (DEFICIENCY, egfr(90))
    return cards("vitamin-b12-order-sign", call("order-sign", *found, orders=(draft,)))


def metformin(cards: Cards, draft: Json, *record: Json) -> list[Json]:
    found = record or (DIABETES, egfr(65))
    return cards("metformin-order-sign", call("order-sign", *found, orders=(draft,)))


def unrouted(draft: Json) -> Json:
    for instruction in draft["dosageInstruction"]:
        del instruction["route"]
    return draft


def hydroxo(value: float = 1, unit: str = "mg", **more: Any) -> Json:
    return order("Hydroxocobalamin", value, unit, **more)


@pytest.mark.parametrize(
    ("draft", "summary", "differs"),
    [
        (
            hydroxo(every=DAILY),
            "Hydroxocobalamin: 1 mg once a day is drafted, the pathway has 1 mg every 2 days "
            "until there is no further improvement",
            "how often, no end of the course is drafted",
        ),
        (
            hydroxo(every=YEARLY),
            "Hydroxocobalamin: 1 mg once a year is drafted, the pathway has 1 mg every 2–3 months",
            "how often",
        ),
        (
            hydroxo(every=(1, 3, "mo"), route=INTRAVENOUS),
            "Hydroxocobalamin: 1 mg intravenous every 3 months is drafted, the pathway has 1 mg "
            "intramuscular every 2–3 months",
            "by which route",
        ),
        (
            hydroxo(4, every=(1, 2, "mo")),
            "Hydroxocobalamin: 4 mg every 2 months is drafted, the pathway has "
            "1,000–2,000 micrograms every 1–3 months",
            "how much",
        ),
        (
            hydroxo(every=WEEKLY3),
            "Hydroxocobalamin: 1 mg 3 times a week is drafted without an end, the pathway has it "
            "for 2 weeks",
            "no end of the course is drafted",
        ),
        (
            hydroxo(),
            "Hydroxocobalamin: 1 mg is drafted without how often, the pathway has "
            "1 mg every 2 months",
            "how often is not drafted",
        ),
    ],
)
def test_one_card_names_what_is_wrong(
    cards: Cards, draft: Json, summary: str, differs: str
) -> None:
    made = b12(cards, draft)
    assert [card["summary"] for card in made] == [summary]
    assert made[0]["indicator"] == "warning"
    assert f"**What differs**: {differs}" in made[0]["detail"]
    assert "**Drafted**: " in made[0]["detail"]
    assert made[0]["suggestions"]


def test_a_course_without_its_end_is_another(cards: Cards) -> None:
    """An end is in the timing, in words, or in what is dispensed without a repeat."""
    for count, dispensed, quiet in (
        (6, None, True),
        (156, None, False),
        (None, {"quantity": {"value": 6}}, True),
        (None, {"quantity": {"value": 6}, "numberOfRepeatsAllowed": 5}, False),
        (None, {"expectedSupplyDuration": {"value": 2, "unit": "wk", "code": "wk"}}, True),
        (None, {"expectedSupplyDuration": {"value": 1, "unit": "a", "code": "a"}}, False),
        (None, None, False),
    ):
        draft = hydroxo(every=WEEKLY3)
        if count:
            draft["dosageInstruction"][0]["timing"]["repeat"]["count"] = count
        if dispensed:
            draft["dispenseRequest"] = dispensed
        assert (b12(cards, draft) == []) is quiet, (count, dispensed)


@pytest.mark.parametrize(
    ("end", "quiet"), [("2026-12-14", True), ("2026-12-13", True), ("2027-11-30", False)]
)
def test_a_period_bounds_a_course(cards: Cards, end: str, quiet: bool) -> None:
    draft = hydroxo(every=WEEKLY3)
    repeat = draft["dosageInstruction"][0]["timing"]["repeat"]
    repeat["boundsPeriod"] = {"start": "2026-12-01", "end": end}
    assert (b12(cards, draft) == []) is quiet


def test_an_end_that_only_words_can_hold_is_asked_for_mildly(cards: Cards) -> None:
    """Until there is no further improvement: FHIR has no code for that."""
    (card,) = b12(cards, hydroxo(every=(1, 2, "d")), PERNICIOUS, NEUROLOGY, egfr(90))
    assert card["indicator"] == "info"
    assert card["summary"] == (
        "Hydroxocobalamin: 1 mg every 2 days is drafted without an end, the pathway has it until "
        "there is no further improvement"
    )
    draft = hydroxo(every=(1, 2, "d"))
    draft["dosageInstruction"] = [{"text": "1 mg IM on alternate days until no improvement"}]
    assert b12(cards, draft, PERNICIOUS, NEUROLOGY, egfr(90)) == []


def test_instructions_in_turn_are_schedules_in_turn(cards: Cards) -> None:
    """Loading and then maintenance is one order; both at once would be another."""
    draft = hydroxo(every=WEEKLY3)
    loading, maintenance = draft["dosageInstruction"][0], hydroxo(every=(1, 3, "mo"))
    loading["timing"]["repeat"]["boundsDuration"] = {"value": 2, "unit": "wk", "code": "wk"}
    draft["dosageInstruction"].append(maintenance["dosageInstruction"][0])
    (card,) = b12(cards, draft)
    assert "taken together" in card["detail"]
    for n, instruction in enumerate(draft["dosageInstruction"], start=1):
        instruction["sequence"] = n
    assert b12(cards, draft) == []


def test_two_halves_of_a_day_are_one_dosage_and_two_whole_ones_are_two(cards: Cards) -> None:
    draft = order("Metformin 500 mg tablets", 500, "mg", route=ORAL, every=DAILY)
    draft["dosageInstruction"] *= 2
    assert metformin(cards, draft) == []
    draft = order("Metformin 500 mg tablets", 500, "mg", route=ORAL, every=TWICE)
    draft["dosageInstruction"] *= 2
    (card,) = metformin(cards, draft)
    assert card["indicator"] == "warning"
    assert "500 mg 4 times a day is drafted" in card["summary"]


def test_an_injection_is_not_swallowed(cards: Cards) -> None:
    """Without a route the product says by which it is given."""
    draft = unrouted(order("Vitamin B12 injection", 2, "mg", every=DAILY))
    (card,) = b12(cards, draft)
    assert card["indicator"] == "warning"
    assert b12(cards, unrouted(order("Vitamin B12 tablets", 2, "mg", every=DAILY))) == []


@pytest.mark.parametrize(
    ("drug", "value", "every", "quiet"),
    [
        ("Metformin 500 mg tablets", 1000, DAILY, False),
        ("Metformin", 1000, DAILY, False),
        ("Metformin 500 mg prolonged-release tablets", 1000, DAILY, True),
        ("Glucophage XR 500 mg", 1000, DAILY, True),
        ("Fortamet 500 mg", 1000, DAILY, True),
        ("Metformin SR 500 mg", 850, DAILY, False),
        ("Metformin SR 500 mg", 500, TWICE, False),
        ("Metformin 850 mg tablets", 850, DAILY, True),
    ],
)
def test_each_release_has_doses_of_its_own(
    cards: Cards, drug: str, value: float, every: Any, quiet: bool
) -> None:
    made = metformin(cards, order(drug, value, "mg", route=ORAL, every=every))
    assert (made == []) is quiet
    assert quiet or [card["indicator"] for card in made] == ["warning"]


def test_beginning_lower_than_a_drug_that_is_stepped_up_is_no_warning(cards: Cards) -> None:
    (card,) = metformin(cards, order("Metformin", 500, "mg", route=ORAL, every=DAILY))
    assert card["indicator"] == "info"
    assert "500 mg once a day is drafted, the pathway has" in card["summary"]
    (card,) = metformin(cards, order("Metformin", 1000, "mg", route=ORAL, every=TWICE))
    assert card["indicator"] == "warning"


def test_who_takes_a_drug_may_have_any_dose_within_the_maximum(cards: Cards) -> None:
    taken = order("Metformin", 500, "mg", route=ORAL, status="active", id="taken")
    draft = order("Metformin", 1000, "mg", route=ORAL, every=TWICE)
    assert metformin(cards, draft, DIABETES, egfr(65), taken) == []
    renewing = {**draft, "priorPrescription": {"reference": "MedicationRequest/before"}}
    assert metformin(cards, renewing) == []
    again = {**draft, "id": "taken"}
    assert metformin(cards, again, DIABETES, egfr(65), taken) == []
    assert [card["indicator"] for card in metformin(cards, draft)] == ["warning"]
    renewing["dosageInstruction"][0]["timing"]["repeat"]["frequency"] = 3
    assert "critical" in [card["indicator"] for card in metformin(cards, renewing)]


@pytest.mark.parametrize(
    ("drug", "value", "unit", "summary"),
    [
        (
            "Cytacon 50 mcg", 50, "ug",
            "Cytacon 50 mcg: 50 micrograms once a day is drafted, the pathway has 350 micrograms "
            "once a day",
        ),
        (
            "Methylcobalamin", 500, "ug",
            "Methylcobalamin: 500 micrograms once a day is drafted, the pathway has "
            "350 micrograms once a day",
        ),
    ],
)  # fmt: skip
def test_a_drug_that_is_neither_confirmed_nor_refused_is_named_with_its_dose(
    cards: Cards, drug: str, value: float, unit: str, summary: str
) -> None:
    made = b12(cards, order(drug, value, unit, route=ORAL, every=DAILY))
    assert summary in [card["summary"] for card in made]


def test_a_dose_for_adults_is_held_against_that_for_children(cards: Cards) -> None:
    child = patient(birthDate="2018-05-01")
    made = b12(cards, hydroxo(every=WEEKLY3), DEFICIENCY, egfr(90), child)
    card = next(card for card in made if "is drafted" in card["summary"])
    assert card["indicator"] == "warning"
    assert "the pathway has 100 micrograms once a month" in card["summary"]
    assert "alternate days" not in card["detail"]


def test_what_the_pathway_has_no_dose_of_here_is_said_to_be_held_against_none(cards: Cards) -> None:
    """A child with neurological involvement: nothing is stated, and silence would approve."""
    child = patient(birthDate="2018-05-01")
    made = b12(cards, hydroxo(every=WEEKLY3), PERNICIOUS, NEUROLOGY, egfr(90), child)
    summary = (
        "Hydroxocobalamin: 1 mg intramuscular 3 times a week is drafted, the pathway has no dose "
        "for this patient"
    )
    assert summary in [c["summary"] for c in made] or "warning" in [c["indicator"] for c in made]
    assert not [s for c in made for s in c.get("suggestions", ()) if "hydroxo" in s["label"]]


def test_what_stands_in_the_same_choice_is_offered_and_the_draft_taken_back(cards: Cards) -> None:
    draft = order("Cyanocobalamin", 1, "mg", every=YEARLY)
    made = b12(cards, draft, PERNICIOUS, egfr(40))
    summaries = [card["summary"] for card in made]
    assert "Cyanocobalamin is being ordered and the kidneys are impaired" in summaries
    (card,) = (card for card in made if "is drafted" in card["summary"])
    kinds = {s["label"]: [a["type"] for a in s["actions"]] for s in card["suggestions"]}
    for label, types in kinds.items():
        own = "hydroxocobalamin" not in label and "oral" not in label and "mouth" not in label
        assert types == (["update"] if own else ["delete", "create"]), label
    assert {"update", "delete"} <= {types[0] for types in kinds.values()}


@pytest.mark.parametrize("route", [IM, NO_ROUTE])
def test_an_equal_interval_in_other_units_is_the_same_schedule(cards: Cards, route: str) -> None:
    for every in ((1, 12, "wk"), (1, 90, "d"), (1, 8, "wk"), (1, 10, "wk")):
        draft = hydroxo(every=every) if route else unrouted(hydroxo(every=every))
        assert b12(cards, draft) == [], every
    for every in ((1, 3, "wk"), (1, 14, "wk"), (1, 4, "mo")):
        assert b12(cards, hydroxo(every=every)) != [], every


POSITIVE = st.integers(1, 6)
UNITS = st.sampled_from(["s", "min", "h", "d", "wk", "mo", "a"])
DAYS = st.lists(st.sampled_from(["mon", "tue", "wed", "thu", "fri", "sat", "sun"]), max_size=3)
REPEATS = st.fixed_dictionaries(
    {},
    optional={
        "frequency": POSITIVE,
        "frequencyMax": POSITIVE,
        "period": POSITIVE | st.just(0) | st.just(0.5),
        "periodMax": POSITIVE,
        "periodUnit": UNITS,
        "count": POSITIVE,
        "countMax": POSITIVE,
        "dayOfWeek": DAYS,
        "when": st.lists(st.sampled_from(["C", "AC", "CM", "HS", "MORN"]), max_size=2),
        "timeOfDay": st.lists(st.sampled_from(["08:00:00", "20:00:00"]), max_size=2),
        "boundsDuration": st.fixed_dictionaries(
            {"value": POSITIVE, "unit": UNITS | st.just("days")}
        ),
    },
)
# UCUM's products and quotients ("mg/(kg.d)"), and what is nearly one.
ATOMS = st.sampled_from(["mg", "ug", "kg", "m2", "h", "d", "24", "0", "5", "mL", "10*3", "", "."])
PRODUCTS = st.lists(ATOMS, min_size=1, max_size=3).map(".".join)
COMPOUND = st.tuples(
    ATOMS, st.lists(PRODUCTS.map("({})".format) | ATOMS, min_size=1, max_size=3)
).map(lambda parts: "/".join((parts[0], *parts[1])))
QUANTITIES = st.fixed_dictionaries(
    {"value": st.sampled_from([0, 0.5, 1, 2, 500, 1000]), "unit": st.just("x")},
    optional={
        "code": st.sampled_from(["mg", "ug", "g", "mL", "[iU]", "{tablet}", "mg/kg"]) | COMPOUND
    },
)
DOSES = (
    QUANTITIES.map(lambda q: {"doseQuantity": q})
    | st.tuples(QUANTITIES, QUANTITIES).map(lambda r: {"doseRange": {"low": r[0], "high": r[1]}})
    | QUANTITIES.map(lambda q: {"rateQuantity": q})
    | st.tuples(QUANTITIES, QUANTITIES).map(
        lambda r: {"rateRatio": {"numerator": r[0], "denominator": r[1]}}
    )
)
INSTRUCTIONS = st.fixed_dictionaries(
    {},
    optional={
        "sequence": POSITIVE,
        "maxDosePerPeriod": st.tuples(QUANTITIES, QUANTITIES).map(
            lambda r: {"numerator": r[0], "denominator": r[1]}
        ),
        "text": st.sampled_from(["1 mg daily", "500 mg bd, then 1 g bd", "as before", ""]),
        "timing": REPEATS.map(lambda repeat: {"repeat": repeat}),
        "doseAndRate": DOSES.map(lambda dose: [dose]),
        "asNeededBoolean": st.booleans(),
    },
)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    instructions=st.lists(INSTRUCTIONS, max_size=3),
    held=st.lists(INSTRUCTIONS, max_size=2),
    drug=st.sampled_from(["Metformin 500 mg tablets", "Hydroxocobalamin", "Vitamin B12"]),
    quantity=st.sampled_from([None, 0, 6]),
)
def test_no_dosage_of_fhir_is_too_much_for_a_service(
    cards: Cards, instructions: list[Json], held: list[Json], drug: str, quantity: int | None
) -> None:
    draft = order(drug, 1, "mg") | {"dosageInstruction": instructions}
    taken = [
        order(name, 1, "mg", id=f"t{n}") | {"status": "active", "dosageInstruction": held}
        for n, name in enumerate((drug, "Amoxicillin 250 mg/5 mL"))
    ]
    if quantity is not None:
        draft["dispenseRequest"] = {"quantity": {"value": quantity}}
    for ask in (b12, metformin):
        for card in ask(cards, draft, DEFICIENCY, DIABETES, egfr(65), *taken):
            assert 0 < len(card["summary"]) < 140


@pytest.mark.parametrize(
    ("before", "value", "every", "warned"),
    [
        (1000, 500, DAILY, False),
        (1000, 500, TWICE, False),
        (1000, 850, TWICE, True),
        (1000, 1000, TWICE, True),
        (None, 500, DAILY, True),
    ],
)
def test_who_lowers_the_dose_is_not_told_to_lower_it(
    cards: Cards, before: float | None, value: float, every: Any, warned: bool
) -> None:
    taken = order("Metformin", before or 1, "mg", route=ORAL, every=TWICE, id="taken")
    taken["status"] = "active"
    if before is None:
        del taken["dosageInstruction"]
    draft = order("Metformin", value, "mg", route=ORAL, every=every)
    summaries = [card["summary"] for card in metformin(cards, draft, DIABETES, egfr(40), taken)]
    told = [s for s in summaries if "Metformin is being ordered at an eGFR of 30 to 44" in s]
    assert bool(told) is warned, summaries
