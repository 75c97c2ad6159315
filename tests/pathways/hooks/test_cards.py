"""The cards of the packaged pathways, from requests as a record system sends them."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from hooks_requests import ORAL, Json, bundle, call, condition, egfr, order, patient

from osler.domain.errors import InvalidResource
from osler.pathways.hooks import Hook, Service
from osler.pathways.hooks.cards import CODED_REASONS, URGENCY

Cards = Callable[[str, Json], list[Json]]
DEFICIENCY, DIABETES = condition("Pernicious anaemia"), condition("Type 2 diabetes mellitus")
EVERY_TWO_MONTHS = (1, 2, "mo")


def titles(cards: list[Json]) -> list[str]:
    return [card["summary"] for card in cards]


def of(cards: list[Json], words: str) -> Json:
    (found,) = (card for card in cards if words in card["summary"])
    return found


def calls() -> list[tuple[str, Json]]:
    """Patients and orders of many sorts."""
    records = [
        (), (DEFICIENCY,), (DEFICIENCY, egfr(40)), (DIABETES, egfr(25)), (DIABETES, egfr(80)),
        (DEFICIENCY, patient(birthDate="2015-01-01")),
    ]  # fmt: skip
    orders = [
        order("Hydroxocobalamin", 1000, "mg", every=EVERY_TWO_MONTHS),
        order("Hydroxocobalamin", 1000, "ug", every=(1, 1, "d")),
        order("Cyanocobalamin", 50, "ug", route=ORAL, every=(1, 1, "d")),
        order("Folic acid", 5, "mg", route=ORAL, every=(1, 1, "d")),
        order("Metformin 500 mg tablets", 4, "tablet", route=ORAL, every=(3, 1, "d")),
    ]
    made = []
    for pathway in ("vitamin-b12", "metformin"):
        for record in records:
            made.append((f"{pathway}-patient-view", call("patient-view", *record)))
            for hook in ("order-select", "order-sign"):
                made += [(f"{pathway}-{hook}", call(hook, *record, orders=(o,))) for o in orders]
    return made


def test_a_service_is_described(services: dict[str, Service]) -> None:
    assert set(services) == {f"{p}-{h.value}" for p in ("metformin", "vitamin-b12") for h in Hook}
    for service in services.values():
        described = service.described()
        assert described["id"] == service.id
        assert described["hook"] in list(Hook)
        assert described["prefetch"]["patient"] == "Patient/{{context.patientId}}"
        for name in ("title", "description", "usageRequirements"):
            assert described[name]
        assert set(re.findall(r"\{\{(.+?)\}\}", json.dumps(described))) == {"context.patientId"}


def test_every_card_is_as_the_specification_has_it(cards: Cards) -> None:
    seen: set[str] = set()
    for service_id, body in calls():
        made = cards(service_id, body)
        assert len({card["uuid"] for card in made}) == len(made)
        for card in made:
            seen.add(card["indicator"])
            UUID(card["uuid"])
            assert 0 < len(card["summary"]) < 140
            assert card["indicator"] in URGENCY
            assert card["source"]["label"]
            assert card["source"]["url"].startswith("https://osler.example/")
            assert set(card["source"]["topic"]) == {"system", "code", "display"}
            assert card.get("detail", "x")
            assert card["overrideReasons"] == list(CODED_REASONS)
            assert all(link["type"] == "absolute" for link in card["links"])
            assert all(link["url"].startswith("https://osler.example/") for link in card["links"])
            assert ("suggestions" in card) == ("selectionBehavior" in card)
            check_suggestions(card)
        assert cards(service_id, body) == made, "the same call has the same cards"
    assert seen == set(URGENCY)


def check_suggestions(card: Json) -> None:
    suggestions = card.get("suggestions", [])
    recommended = [s for s in suggestions if s.get("isRecommended")]
    if card.get("selectionBehavior") == "at-most-one":
        assert len(recommended) <= 1
        assert not recommended or len(suggestions) == 1
    assert len({s["uuid"] for s in suggestions}) == len(suggestions)
    for suggestion in suggestions:
        assert suggestion["label"]
        assert suggestion["uuid"] != card["uuid"]
        assert suggestion["actions"]
        for action in suggestion["actions"]:
            assert action["description"]
            if action["type"] == "delete":
                assert action["resourceId"] == "MedicationRequest/order"
                continue
            assert action["type"] in ("create", "update")
            assert action["resource"]["subject"] == {"reference": "Patient/p1"}
            assert action["resource"]["status"] == "draft"
            assert ("id" in action["resource"]) == (action["type"] == "update")
            if action["resource"]["resourceType"] == "MedicationRequest":
                assert action["resource"]["dosageInstruction"]


def test_every_dose_on_a_card_is_cited(cards: Cards) -> None:
    """A suggestion's card quotes a passage with each of its numbers."""
    for service_id, body in calls():
        for card in cards(service_id, body):
            if card["indicator"] == "critical" or not card.get("suggestions"):
                continue
            quoted = " ".join(re.findall(r"“(.+?)”", card["detail"]))
            for suggestion in card["suggestions"]:
                if suggestion["label"].startswith("Order "):
                    continue  # a check: its date is counted from today
                dose = suggestion["label"].partition(" (")[0]
                for number in re.findall(r"\d[\d,.]*\d|\d", dose):
                    assert number in quoted.replace("\\", ""), (number, suggestion["label"])


def test_alternatives_stand_side_by_side_and_none_is_recommended(cards: Cards) -> None:
    draft = order("Hydroxocobalamin", 1, "mg", every=(1, 1, "d"))
    body = call("order-sign", DEFICIENCY, egfr(90), orders=(draft,))
    card = of(cards("vitamin-b12-order-sign", body), "is drafted")
    assert card["selectionBehavior"] == "at-most-one"
    assert len(card["suggestions"]) > 1
    assert not any("isRecommended" in s for s in card["suggestions"])
    detail = card["detail"].replace("\\", "")
    for words in ("British National Formulary", "2022", "passage?at="):
        assert words in detail


def test_what_decides_between_schedules_is_asked_first(cards: Cards) -> None:
    made = cards("vitamin-b12-patient-view", call("patient-view", DEFICIENCY))
    assert not [title for title in titles(made) if "Loading" in title]
    asked = of(made, "Is there neurological involvement?")
    assert "Loading with neurological involvement" in asked["detail"].replace("\\", "")
    assert "/pathways/vitamin-b12/" in asked["detail"]
    assert len(made) <= 6


@pytest.mark.parametrize(
    "concept",
    [
        {"coding": [{"system": "http://www.whocc.no/atc", "code": "A10BA02"}]},
        {"coding": [{"system": "http://www.whocc.no/atc", "code": "A10BD07"}]},
        {"text": "Janumet 50/1000"},
    ],
)
def test_a_coded_drug_and_a_brand_are_recognised(cards: Cards, concept: Json) -> None:
    draft = order("x", 1, "{tablet}", route=ORAL, medicationCodeableConcept=concept)
    made = cards("metformin-order-sign", call("order-sign", DIABETES, egfr(25), orders=(draft,)))
    assert made[0]["indicator"] == "critical"
    assert "eGFR 25 mL/min/1.73m2 (20 November 2026)" in made[0]["summary"]
    assert "20 November 2026" in made[0]["detail"]
    (action,) = made[0]["suggestions"][0]["actions"]
    assert (action["type"], action["resourceId"]) == ("delete", "MedicationRequest/order")


def test_a_drug_by_an_unknown_code_alone_is_not_passed_in_silence(cards: Cards) -> None:
    concept = {"coding": [{"system": "urn:local", "code": "4711"}]}
    draft = order("x", 1, "g", medicationCodeableConcept=concept)
    (card,) = cards("metformin-order-sign", call("order-sign", orders=(draft,)))
    assert card["indicator"] == "info"
    assert "the ordered drug is not recognised" in card["summary"]


@pytest.mark.parametrize(
    "drug",
    ["Sitagliptin/metformin 50 mg/1000 mg tablets", "Metformin 1 g / Sitagliptin 50 mg", "Janumet"],
)
def test_of_a_combination_no_dose_is_compared_or_changed(cards: Cards, drug: str) -> None:
    draft = order(drug, 9, "g", route=ORAL, every=(3, 1, "d"))
    made = cards("metformin-order-sign", call("order-sign", DIABETES, egfr(90), orders=(draft,)))
    assert of(made, "was not checked")["indicator"] == "info"
    actions = [a["type"] for c in made for s in c.get("suggestions", ()) for a in s["actions"]]
    assert "update" not in actions
    assert not [title for title in titles(made) if "is drafted" in title]


def test_a_dose_is_changed_only_where_the_product_has_it(cards: Cards) -> None:
    draft = order(
        "Metformin 850 mg tablets", 2, "{tablet}", route=ORAL, every=(3, 1, "d"),
        dispenseRequest={"quantity": {"value": 540}, "numberOfRepeatsAllowed": 1},
    )  # fmt: skip
    first, *_ = cards(
        "metformin-order-select", call("order-select", DIABETES, egfr(90), orders=(draft,))
    )
    kinds = {s["label"]: [a["type"] for a in s["actions"]] for s in first["suggestions"]}
    for label, types in kinds.items():
        if "850 mg" in label and "to " in label:
            assert types == ["update"]
        elif "to " in label:
            assert types == ["delete", "create"]
    (changed,) = [
        a["resource"] for s in first["suggestions"] for a in s["actions"] if a["type"] == "update"
    ]
    assert changed["dispenseRequest"] == {"numberOfRepeatsAllowed": 1}


def test_words_that_contradict_the_coded_dose_are_told(cards: Cards) -> None:
    draft = order("Metformin", 500, "mg", route=ORAL, every=(1, 1, "d"))
    draft["dosageInstruction"][0]["text"] = "5 g once a day"
    made = cards("metformin-order-sign", call("order-sign", DIABETES, egfr(90), orders=(draft,)))
    card = of(made, "is coded")
    assert card["indicator"] == "warning"
    for dose in ("500 mg", "5 g"):
        assert dose in card["summary"]
    draft["dosageInstruction"][0]["text"] = "0.5 g once a day"
    made = cards("metformin-order-sign", call("order-sign", DIABETES, egfr(90), orders=(draft,)))
    assert not [title for title in titles(made) if "is coded" in title]


def test_a_check_says_what_and_when(cards: Cards) -> None:
    taken = order("Metformin", 500, "mg", route=ORAL, status="active", id="taken")
    made = cards("metformin-patient-view", call("patient-view", DIABETES, egfr(40), taken))
    assert of(made, "Order eGFR every 3 months, next on 20 February 2027")


def test_what_is_to_be_found_out_stands_on_one_card(cards: Cards) -> None:
    """Of a group: whoever orders is asked once, not once a question."""
    draft = order("Metformin", 500, "mg", route=ORAL, every=(2, 1, "d"))
    unborn = patient()
    del unborn["birthDate"]
    body = call("order-sign", DIABETES, unborn, orders=(draft,))
    (card,) = cards("metformin-order-sign", body)
    assert card["indicator"] == "info"
    assert card["summary"] == "Metformin by renal function: What to find out first"
    for words in ("Measure or read the eGFR", "Find out the patient's age"):
        assert words in card["detail"].replace("\\", "")
    (card,) = cards("metformin-order-sign", call("order-sign", DIABETES, orders=(draft,)))
    assert card["summary"].startswith("Measure or read the eGFR")


def test_a_milligram_for_a_microgram_is_critical_and_both_are_named(cards: Cards) -> None:
    draft = order("Hydroxocobalamin", 1000, "mg", every=EVERY_TWO_MONTHS)
    first, *_ = cards("vitamin-b12-order-sign", call("order-sign", DEFICIENCY, orders=(draft,)))
    assert first["indicator"] == "critical"
    assert first["summary"] == "Hydroxocobalamin: 1,000 mg is drafted, the pathway has 1 mg"
    assert "1,000 times the nearest dose" in first["detail"]
    assert "“" in first["detail"]
    *changes, last = (s["actions"] for s in first["suggestions"])
    assert [action["type"] for action in last] == ["delete"]
    updates = [a["resource"] for actions in changes for a in actions if a["type"] == "update"]
    assert updates
    for resource in updates:
        assert resource["id"] == draft["id"]
        assert resource["dosageInstruction"] != draft["dosageInstruction"]
        assert resource["medicationCodeableConcept"] == {"text": "Hydroxocobalamin"}


def test_more_than_the_maximum_is_critical(cards: Cards) -> None:
    draft = order("Metformin 1000 mg tablets", 1, "tablet", route=ORAL, every=(3, 1, "d"))
    body = call("order-sign", DIABETES, egfr(80), orders=(draft,))
    first, *_ = cards("metformin-order-sign", body)
    assert first["indicator"] == "critical"
    assert "more than the maximum of 2,550 mg per day" in first["summary"]


@pytest.mark.parametrize(
    ("value", "indicator", "words"),
    [(25, "critical", "eGFR below 30"), (35, "warning", "eGFR of 30 to 44")],
)
def test_an_order_that_the_kidneys_forbid_is_told(
    cards: Cards, value: float, indicator: str, words: str
) -> None:
    draft = order("Metformin", 500, "mg", route=ORAL, every=(2, 1, "d"))
    body = call("order-sign", DIABETES, egfr(value), orders=(draft,))
    card = of(cards("metformin-order-sign", body), words)
    assert card["indicator"] == indicator


def test_folic_acid_alone_is_warned_of(cards: Cards) -> None:
    draft = order("Folic acid", 5, "mg", route=ORAL, every=(1, 1, "d"))
    made = cards("vitamin-b12-order-select", call("order-select", DEFICIENCY, orders=(draft,)))
    assert of(made, "Folic acid is being ordered")["indicator"] == "warning"


@pytest.mark.parametrize("hook", ["order-select", "order-sign"])
def test_an_order_of_something_else_has_no_card(cards: Cards, hook: str) -> None:
    draft = order("Paracetamol", 1, "g", route=ORAL, every=(4, 1, "d"))
    assert cards(f"vitamin-b12-{hook}", call(hook, DEFICIENCY, egfr(25), orders=(draft,))) == []
    assert cards(f"metformin-{hook}", call(hook, DIABETES, egfr(25), orders=(draft,))) == []


def test_no_order_has_no_card(cards: Cards) -> None:
    assert cards("metformin-order-sign", call("order-sign", DIABETES, egfr(25))) == []


def test_an_order_that_was_chosen_before_is_not_spoken_of_again(cards: Cards) -> None:
    wrong = order("Hydroxocobalamin", 1000, "mg", every=EVERY_TWO_MONTHS)
    other = order("Paracetamol", 1, "g", route=ORAL, id="other")
    body = call("order-select", DEFICIENCY, orders=(wrong, other))
    body["context"]["selections"] = ["MedicationRequest/other"]
    assert cards("vitamin-b12-order-select", body) == []


def test_a_patient_who_is_none_of_its_business_has_no_card(cards: Cards) -> None:
    assert cards("vitamin-b12-patient-view", call("patient-view", condition("asthma"))) == []
    assert cards("metformin-patient-view", call("patient-view", DEFICIENCY)) == []


def test_a_dose_that_cannot_be_read_is_said_to_be_unchecked(cards: Cards) -> None:
    draft = order("Hydroxocobalamin", 1, "mg")
    draft["dosageInstruction"] = [{"text": "as before"}]
    made = cards("vitamin-b12-order-sign", call("order-sign", DEFICIENCY, orders=(draft,)))
    assert of(made, "was not checked")["indicator"] == "info"


@pytest.mark.parametrize(
    ("key", "resource", "path"),
    [
        ("conditions", condition("a") | {"code": 7}, "prefetch.conditions.entry[0].resource.code"),
        ("patient", patient(birthDate="yesterday"), "prefetch.patient.birthDate"),
    ],
)
def test_a_fault_of_the_record_is_named_where_it_was_sent(
    cards: Cards, key: str, resource: Json, path: str
) -> None:
    body = call("patient-view", DEFICIENCY)
    body["prefetch"][key] = resource if key == "patient" else bundle(resource)
    with pytest.raises(InvalidResource) as caught:
        cards("vitamin-b12-patient-view", body)
    assert any(issue.path.startswith(path) for issue in caught.value.issues)


def test_a_fault_of_a_draft_is_named_where_it_was_sent(cards: Cards) -> None:
    draft = order("Hydroxocobalamin", 1, "mg")
    draft["dosageInstruction"] = "1 mg"
    with pytest.raises(InvalidResource) as caught:
        cards("vitamin-b12-order-sign", call("order-sign", DEFICIENCY, orders=(draft,)))
    assert caught.value.issues[0].path.startswith(
        "context.draftOrders.entry[0].resource.dosageInstruction"
    )


def test_ids_are_of_the_call(cards: Cards) -> None:
    def ids(**more: Any) -> set[str]:
        return {
            c["uuid"]
            for c in cards("vitamin-b12-patient-view", call("patient-view", DEFICIENCY, **more))
        }

    other = ids(hookInstance="0a577c69-dfbe-44ad-ba6d-3e05e953b2ea")
    assert ids() == ids()
    assert not ids() & other
