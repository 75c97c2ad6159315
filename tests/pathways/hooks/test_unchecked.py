"""What could not be checked is said on one card."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID

from osler.domain.issue import Issue, Severity
from osler.pathways.applying import Application, Reason, Step
from osler.pathways.hooks import Hook, Service
from osler.pathways.hooks.cards import Deck
from osler.pathways.hooks.evidence import Evidence
from osler.pathways.hooks.unchecked import undecided

UNKNOWN = Reason("%egfr < 30", "The eGFR is below 30", "empty")
NO = Reason("%use = 'taking'", "Metformin is being taken", "false")
STOP = Step("stop", "Stop metformin", "", False, (UNKNOWN,), (), None, {"priority": "stat"}, None)
NOTHING = Application({}, {}, (), (STOP,), {}, {})


def told(services: dict[str, Service], **change: Any) -> list[dict[str, Any]]:
    service = services["metformin-order-sign"]
    evidence = Evidence(service.pathway, "https://osler.example")
    deck = Deck(evidence, UUID(int=1), (), dict(service.known), Hook.ORDER_SIGN)
    return list(undecided(deck, replace(NOTHING, **change)))


def test_an_urgent_action_that_is_not_decided_is_told(services: dict[str, Service]) -> None:
    (card,) = told(services)
    assert card["indicator"] == "warning"
    assert "this could not be checked" in card["summary"]
    for words in ("Stop metformin", "The eGFR is below 30", "/pathways/metformin/"):
        assert words in card["detail"]


def test_what_does_not_apply_anyway_or_does_not_press_is_not(services: dict[str, Service]) -> None:
    assert told(services, steps=(replace(STOP, reasons=(UNKNOWN, NO)),)) == []
    assert told(services, steps=(replace(STOP, action={"priority": "routine"}),)) == []
    elsewhere = {"priority": "stat", "trigger": [{"type": "named-event", "name": "patient-view"}]}
    assert told(services, steps=(replace(STOP, action=elsewhere),)) == []


def test_every_error_is_on_the_one_card_with_its_path(services: dict[str, Service]) -> None:
    issues = [
        Issue(Severity.ERROR, "exception", "cannot compare", f"PlanDefinition.action[{n}]")
        for n in range(30)
    ]
    issues.append(Issue(Severity.WARNING, "value", "of no weight", ""))
    (card,) = told(services, issues=tuple(issues), steps=())
    assert "cannot compare" in card["detail"]
    assert "and 10 more" in card["detail"]
    assert "of no weight" not in card["detail"]
