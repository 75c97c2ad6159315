"""A draft beside what is in force or drafted already, and orders that are none to be given."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hooks_requests import ORAL, Json, call, condition, egfr, order, taking

Cards = Callable[[str, Json], list[Json]]
DIABETES = condition("Type 2 diabetes")
METFORMIN = "metformin-order-sign"
TWICE = (2, 1, "d")
WARNING = ("warning", "critical")


def found(made: list[Json], indicator: str, words: str) -> bool:
    return any(c["indicator"] == indicator and words in c["summary"] for c in made)


def pressing(made: list[Json]) -> list[str]:
    return [card["summary"] for card in made if card["indicator"] in WARNING]


def metformin(cards: Cards, *orders: Json, record: tuple[Json, ...] = (taking(),)) -> list[Json]:
    return cards(METFORMIN, call("order-sign", DIABETES, egfr(65), *record, orders=orders))


def in_force(value: int = 1000) -> Json:
    drafted = order("Metformin 1000 mg tablets", value, "mg", route=ORAL, every=TWICE)
    return taking("Metformin 1000 mg tablets", dosageInstruction=drafted["dosageInstruction"])


def test_the_same_drug_twice_is_added_up(cards: Cards) -> None:
    more = order("Glucophage SR 1000 mg", 2000, "mg", route=ORAL, every=(1, 1, "d"))
    assert found(metformin(cards, more, record=(in_force(),)), "warning", "4,000 mg a day")
    assert pressing(metformin(cards, more, record=(in_force(250),))) == []
    replacing = more | {"priorPrescription": {"reference": "MedicationRequest/taken"}}
    assert pressing(metformin(cards, replacing, record=(in_force(),))) == []
    again = order("Metformin", 1000, "mg", route=ORAL, every=TWICE, id="taken")
    assert not found(metformin(cards, again, record=(in_force(),)), "warning", "in force")


def test_a_statement_of_a_prescription_is_not_added_to_it(cards: Cards) -> None:
    told = in_force() | {"resourceType": "MedicationStatement", "id": "told"}
    told["dosage"] = told.pop("dosageInstruction")
    del told["intent"]
    little = order("Metformin", 500, "mg", route=ORAL, every=(1, 1, "d"))
    assert pressing(metformin(cards, little, record=(in_force(), told))) == []
    more = order("Glucophage SR 1000 mg", 2000, "mg", route=ORAL, every=(1, 1, "d"))
    assert found(metformin(cards, more, record=(told,)), "warning", "4,000 mg a day")


def tablets(value: float, name: str = "Metformin 1000 mg tablets", **more: Any) -> Json:
    return order(name, value, "mg", route=ORAL, every=TWICE, **more)


def of(name: str, *instructions: Json, **more: Any) -> Json:
    """A prescription in force."""
    return taking(name, dosageInstruction=list(instructions), **more)


def test_the_same_order_again_is_quiet_and_a_change_of_dose_is_told(cards: Cards) -> None:
    assert metformin(cards, tablets(1000), record=(in_force(),)) == []
    raised = metformin(cards, tablets(1000), record=(in_force(500),))
    assert [card["indicator"] for card in raised] == ["info"]
    assert "the draft is read as replacing it" in raised[0]["summary"]
    brand = metformin(cards, tablets(1000, "Glucophage 1000 mg tablets"), record=(in_force(),))
    assert [card["indicator"] for card in brand] == ["info"]
    assert metformin(cards, tablets(500), record=(in_force(500),)) == []


def test_of_one_release_a_draft_replaces_what_is_in_force(cards: Cards) -> None:
    slow = order("Glucophage SR 1000 mg", 2000, "mg", route=ORAL, every=(1, 1, "d"))
    held = of("Glucophage SR 500 mg", *slow["dosageInstruction"])
    assert pressing(metformin(cards, slow, record=(held,))) == []
    assert found(metformin(cards, slow, record=(in_force(),)), "warning", "4,000 mg a day")


@pytest.mark.parametrize("element", ["priorPrescription", "basedOn"])
def test_what_a_draft_follows_is_not_added_nor_what_tells_of_it(cards: Cards, element: str) -> None:
    slow = order("Glucophage SR 1000 mg", 2000, "mg", route=ORAL, every=(1, 1, "d"))
    reference = {"reference": "MedicationRequest/taken"}
    slow[element] = [reference] if element == "basedOn" else reference
    told = in_force() | {"resourceType": "MedicationStatement", "id": "told"}
    told["dosage"] = told.pop("dosageInstruction")
    told["basedOn"] = [reference]
    assert metformin(cards, slow, record=(in_force(), told)) == []


def test_a_draft_that_follows_one_prescription_replaces_no_other(cards: Cards) -> None:
    follows = tablets(1000, priorPrescription={"reference": "MedicationRequest/other"})
    other = in_force(500) | {"id": "other"}
    made = metformin(cards, follows, record=(in_force(500), other))
    assert found(made, "warning", "3,000 mg a day")


@pytest.mark.parametrize(
    ("held", "draft"),
    [
        (
            of(
                "Janumet 50/1000 tablets",
                tablets(1)["dosageInstruction"][0]
                | {"doseAndRate": [{"doseQuantity": {"value": 1, "code": "{tablet}"}}]},
            ),
            tablets(1000),
        ),
        (
            of("Metformin 1000 mg tablets", {"text": "as directed"}),
            order("Glucophage SR 1000 mg", 2000, "mg", route=ORAL, every=(1, 1, "d")),
        ),
    ],
    ids=["combination", "unread"],
)
def test_what_is_in_force_and_cannot_be_added_is_told(
    cards: Cards, held: Json, draft: Json
) -> None:
    assert found(metformin(cards, draft, record=(held,)), "warning", "could not be checked")


def test_a_count_in_force_is_read_without_what_was_dispensed(cards: Cards) -> None:
    held = of("Metformin 1000 mg tablets", {"text": "1 tab(s) Oral BID # 60 tab(s)"})
    slow = order("Glucophage SR 1000 mg", 2000, "mg", route=ORAL, every=(1, 1, "d"))
    assert found(metformin(cards, slow, record=(held,)), "warning", "4,000 mg a day")


@pytest.mark.parametrize(("value", "every"), [(500, TWICE), (500, (1, 1, "d"))])
@pytest.mark.parametrize("follows", [False, True])
def test_a_dose_lowered_as_the_pathway_has_it_is_quiet(
    cards: Cards, value: int, every: tuple[int, int, str], follows: bool
) -> None:
    draft = order("Metformin 500 mg tablets", value, "mg", route=ORAL, every=every)
    if follows:
        draft["priorPrescription"] = {"reference": "MedicationRequest/taken"}
    body = call("order-sign", DIABETES, egfr(40), in_force(), orders=(draft,))
    assert pressing(cards(METFORMIN, body)) == []
    kept = tablets(1000)
    body = call("order-sign", DIABETES, egfr(40), in_force(), orders=(kept,))
    assert pressing(cards(METFORMIN, body)) != []


@pytest.mark.parametrize(
    "more", [{"doNotPerform": True}, {"status": "cancelled"}, {"status": "stopped"}]
)
@pytest.mark.parametrize("value", [500, 5000])
def test_an_order_not_to_be_given_is_none(cards: Cards, more: Json, value: int) -> None:
    draft = tablets(value) | more
    assert cards(METFORMIN, call("order-sign", DIABETES, egfr(25), orders=(draft,))) == []
    beside = call("order-sign", DIABETES, egfr(25), orders=(draft, tablets(500, id="given")))
    assert all("5,000" not in title for title in pressing(cards(METFORMIN, beside)))
    assert found(cards(METFORMIN, beside), "critical", "at an eGFR below 30")


def test_the_same_drug_in_two_orders_that_cannot_be_added_is_told(cards: Cards) -> None:
    plain = order("Metformin 1000 mg", 1000, "mg", route=ORAL, every=TWICE)
    both = order("Janumet 50/1000", 1, "{tablet}", route=ORAL, every=TWICE, id="both")
    assert found(metformin(cards, plain, both), "warning", "Metformin is in 2 orders")
    assert not found(metformin(cards, both), "warning", "Metformin is in")


def by_weight(unit: str, kind: str, name: str) -> Json:
    """A dose by weight in force, in a product of units."""
    quantity = {"value": 40, "unit": unit, "system": "http://unitsofmeasure.org", "code": unit}
    timing = {"repeat": {"frequency": 2, "period": 1, "periodUnit": "d"}}
    return of(name, {"doseAndRate": [{kind: quantity}], "timing": timing}, id="weighed")


@pytest.mark.parametrize("hook", ["patient-view", "order-select", "order-sign"])
@pytest.mark.parametrize(
    ("unit", "kind"),
    [("mg/(kg.d)", "doseQuantity"), ("ug/(kg.min)", "rateQuantity"), ("mg/(kg.h)", "rateQuantity")],
)
def test_a_dose_by_weight_of_another_drug_changes_nothing(
    cards: Cards, hook: str, unit: str, kind: str
) -> None:
    orders = () if hook == "patient-view" else (tablets(500),)
    record = (DIABETES, egfr(65))
    beside = by_weight(unit, kind, "Amoxicillin 250 mg/5 mL")
    service = f"metformin-{hook}"
    assert cards(service, call(hook, *record, beside, orders=orders)) == cards(
        service, call(hook, *record, orders=orders)
    )


def test_a_dose_by_weight_of_the_drug_itself_is_said_not_to_be_read(cards: Cards) -> None:
    slow = order("Glucophage SR 1000 mg", 2000, "mg", route=ORAL, every=(1, 1, "d"))
    held = by_weight("mg/(kg.d)", "doseQuantity", "Metformin 500 mg tablets")
    assert found(metformin(cards, slow, record=(held,)), "warning", "could not be checked")
    draft = held | {"status": "draft"}
    made = metformin(cards, draft, record=())
    assert found(made, "info", "The daily dose could not be read")
