"""What a suggestion has the record system do: drafts of orders, nothing of the old dose left."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from hooks_requests import ORAL, Json, call, condition, egfr, order

Cards = Callable[[str, Json], list[Json]]
DIABETES, PERNICIOUS = condition("Type 2 diabetes mellitus"), condition("Pernicious anaemia")
NEUROLOGY = condition("Subacute combined degeneration of the cord")


def actions(made: list[Json], kind: str) -> Iterator[Json]:
    for card in made:
        for suggestion in card.get("suggestions", ()):
            yield from (a["resource"] for a in suggestion["actions"] if a["type"] == kind)


def drafted(**more: object) -> Json:
    return order("Metformin 500 mg tablets", 1000, "mg", route=ORAL, every=(2, 1, "d"), **more)


def test_what_is_made_is_a_draft_of_an_order(cards: Cards) -> None:
    """R4 has a proposal for what a system thinks of; what a clinician takes up is an order."""
    record = (PERNICIOUS, NEUROLOGY, egfr(40))
    made = cards("vitamin-b12-patient-view", call("patient-view", *record))
    made += cards("metformin-patient-view", call("patient-view", DIABETES, egfr(65)))
    body = call("order-sign", DIABETES, egfr(65), orders=(drafted(),))
    made += cards("metformin-order-sign", body)
    found = list(actions(made, "create"))
    assert {r["resourceType"] for r in found} == {"MedicationRequest", "ServiceRequest"}
    for resource in found:
        assert (resource["status"], resource["intent"]) == ("draft", "order")
        assert resource["subject"] == {"reference": "Patient/p1"}
        assert "id" not in resource


def test_what_was_written_of_the_old_dose_is_not_kept(cards: Cards) -> None:
    draft = drafted(
        note=[{"text": "take 5 g"}, {"text": "twice a day"}, {"text": "patient prefers mornings"}],
        text={"status": "generated", "div": "<div>1000 mg twice a day</div>"},
        reasonCode=[{"text": "Type 2 diabetes"}],
        dispenseRequest={
            "initialFill": {"quantity": {"value": 14}},
            "quantity": {"value": 120},
            "numberOfRepeatsAllowed": 3,
        },
    )
    draft["dosageInstruction"][0]["patientInstruction"] = "two tablets, morning and night"
    body = call("order-sign", DIABETES, egfr(65), orders=(draft,))
    found = list(actions(cards("metformin-order-sign", body), "update"))
    assert found
    for resource in found:
        assert resource["id"] == draft["id"]
        assert resource["note"] == [{"text": "patient prefers mornings"}]
        assert "text" not in resource
        assert resource["dispenseRequest"] == {"numberOfRepeatsAllowed": 3}
        assert resource["reasonCode"] == draft["reasonCode"]
        for instruction in resource["dosageInstruction"]:
            assert "patientInstruction" not in instruction
            assert instruction["doseAndRate"][0]["doseQuantity"]["value"] in (500, 850)


def test_a_route_by_mouth_is_kept_where_the_source_names_none(cards: Cards) -> None:
    body = call("order-sign", DIABETES, egfr(65), orders=(drafted(),))
    made = cards("metformin-order-sign", body)
    for resource in actions(made, "update"):
        for instruction in resource["dosageInstruction"]:
            assert instruction["route"]["coding"][0]["code"] == ORAL
        again = {**resource, "status": "draft"}
        body = call("order-sign", DIABETES, egfr(65), orders=(again,))
        assert cards("metformin-order-sign", body) == [], "what was offered is right"
