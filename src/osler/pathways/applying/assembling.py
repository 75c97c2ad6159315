"""The two shapes of a result: a CarePlan that contains everything, and a Bundle."""

from __future__ import annotations

from typing import Any

from osler.pathways.applying.extensions import MESSAGES, PERTAINS_TO_GOAL, reference_extension
from osler.pathways.applying.plans import Applied


def careplan_of(applied: Applied) -> dict[str, Any]:
    """The CarePlan, with the RequestGroup, goals, requests and outcome contained."""
    group = _containing(applied.group)
    lifted = group.pop("contained", [])
    plan: dict[str, Any] = {"resourceType": "CarePlan", "id": group["id"]}
    outcomes = [r for r in lifted if r["resourceType"] == "OperationOutcome"]
    if outcomes:
        plan["extension"] = [reference_extension(MESSAGES, f"#{r['id']}") for r in outcomes]
    made = [_containing(resource) for resource in applied.made]
    inner = [r for resource in made for r in resource.pop("contained", [])]
    plan["contained"] = [group, *applied.goals, *made, *lifted, *inner]
    for name in ("instantiatesCanonical", "status", "intent", "subject", "encounter", "author"):
        if name in group:
            plan[name] = group[name]
    if applied.goals:
        plan["goal"] = [{"reference": f"#{goal['id']}"} for goal in applied.goals]
    plan["activity"] = [{"reference": {"reference": f"#{group['id']}"}}]
    return plan


def bundle_of(applied: Applied) -> dict[str, Any]:
    """The Bundle: the RequestGroup, then goals and requests."""
    group = dict(applied.group)
    if applied.goals:
        pertains = [
            reference_extension(PERTAINS_TO_GOAL, f"Goal/{goal['id']}") for goal in applied.goals
        ]
        messages = [e for e in group.get("extension", []) if e["url"] == MESSAGES]
        others = [e for e in group.get("extension", []) if e["url"] != MESSAGES]
        group["extension"] = [*others, *pertains, *messages]
    resources = [group, *applied.goals, *applied.made]
    entries = [{"resource": resource} for resource in resources]
    return {"resourceType": "Bundle", "id": group["id"], "type": "collection", "entry": entries}


def _containing(resource: dict[str, Any]) -> dict[str, Any]:
    """A resource as one that is contained: its actions refer to others beside it."""
    result = dict(resource)
    if resource["resourceType"] == "RequestGroup" and "action" in resource:
        result["action"] = [_with_local(action) for action in resource["action"]]
    return result


def _with_local(action: dict[str, Any]) -> dict[str, Any]:
    result = dict(action)
    reference = action.get("resource", {}).get("reference", "")
    if reference and ":" not in reference:
        result["resource"] = {"reference": f"#{reference.rpartition('/')[2]}"}
    if "action" in action:
        result["action"] = [_with_local(child) for child in action["action"]]
    return result
