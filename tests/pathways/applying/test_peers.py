"""The reference engine's own fixtures come out exactly."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from osler.pathways import Definitions, apply, read_record
from osler.pathways.reading import from_json

_ABOVE = (parent / "shared" / "data" / "cqf_apply" for parent in Path(__file__).resolve().parents)
PEERS = next((folder for folder in _ABOVE if folder.is_dir()), Path("cqf_apply"))
NOW = datetime(2026, 3, 31, tzinfo=UTC)
pytestmark = pytest.mark.skipif(not PEERS.is_dir(), reason="the peers' fixtures are not here")


def peer(name: str) -> Any:
    return from_json((PEERS / name).read_bytes())


@pytest.mark.parametrize("shape", ["careplan", "bundle"])
def test_child_routine_visit_is_exactly_theirs(shape: Any) -> None:
    definitions = Definitions.from_json(peer("child_routine_visit_plan_definition.json"))
    record = read_record(peer("child_routine_visit_patient.json"), now=NOW)
    result = apply(definitions, record, now=NOW)
    assert result.resource(shape) == peer(f"child_routine_visit_{shape}.json")


def test_the_plan_is_the_context_of_a_message_that_its_action_sets() -> None:
    plan = peer("PlanDefinition-DischargeInstructionsPlan.json")
    activity = peer("ActivityDefinition-SendMessageActivity.json")
    record = read_record(peer("Bundle-DischargeInstructions-Patient-Data.json"), now=NOW)
    result = apply(Definitions.from_resources(plan, activity), record, now=NOW)
    request = result.bundle["entry"][1]["resource"]
    assert request["payload"] == [{"contentString": "Provide patient discharge instructions Alice"}]


def test_an_activity_alone_is_its_own_context() -> None:
    activity = peer("ActivityDefinition-SendMessageActivity.json")
    record = read_record(peer("Bundle-DischargeInstructions-Patient-Data.json"), now=NOW)
    request = apply(Definitions.from_json(activity), record, now=NOW).careplan
    assert request["resourceType"] == "CommunicationRequest"
    assert request["payload"] == [
        {
            "contentString": "Greeting: Hello! Alice Message: Example Activity Definition for a "
            "recommendation to send a message CommunicationRequest Practitioner: Michael"
        }
    ]
