"""Goals of a plan as goals of the patient."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def goal_of(goal: Mapping[str, Any], number: int, subject: str) -> dict[str, Any]:
    """The R4 `Goal` of a PlanDefinition's goal, the `number`th (from 1) of its plan."""
    result: dict[str, Any] = {
        "resourceType": "Goal",
        "id": str(number),
        "lifecycleStatus": "proposed",
    }
    if "category" in goal:
        result["category"] = [goal["category"]]
    for name in ("priority", "description"):
        if name in goal:
            result[name] = goal[name]
    result["subject"] = {"reference": subject}
    if "start" in goal:
        result["startCodeableConcept"] = goal["start"]
    targets = [_target(target) for target in goal.get("target", [])]
    if targets:
        result["target"] = targets
    return result


def _target(target: Mapping[str, Any]) -> dict[str, Any]:
    result = {
        name: value
        for name, value in target.items()
        if name in ("extension", "measure") or name.startswith("detail")
    }
    if "due" in target:
        result["dueDuration"] = target["due"]
    return result
