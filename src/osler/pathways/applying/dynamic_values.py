"""Dynamic values of activities and actions: an expression whose result goes to a path."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from osler.domain.issue import Issue, Severity
from osler.pathways.applying.paths import set_path
from osler.pathways.expressions import Environment
from osler.pathways.fhirpath.budget import size_of
from osler.pathways.fhirpath.errors import ExpressionError, TooCostly
from osler.pathways.fhirpath.values import json_of

ACTION = "RequestGroup.action"


def set_by(definition: Mapping[str, Any]) -> frozenset[str]:
    """The elements of a request that the dynamic values of an action set ("payload")."""
    paths = (d.get("path", "").replace("%", "") for d in definition.get("dynamicValue", []))
    return frozenset(path.partition(".")[0].partition("[")[0] for path in paths)


def set_dynamic_values(
    definition: Mapping[str, Any],
    path: str,
    environment: Environment,
    request: dict[str, Any] | None,
    resolved: dict[str, Any] | None,
    issues: list[Issue],
) -> None:
    """Set every dynamic value of a definition (an ActivityDefinition, or an action of a plan).

    A path that begins with "action." is of the action of the RequestGroup (`resolved`), as is
    every path where there is no request; "%" before a path is allowed.
    """
    for i, dynamic in enumerate(definition.get("dynamicValue", [])):
        where = f"{path}.dynamicValue[{i}]"
        try:
            _set(dynamic, where, environment, request, resolved, issues)
        except TooCostly as error:
            issues.append(Issue(Severity.ERROR, "too-costly", str(error), f"{where}.expression"))
        except ExpressionError as error:
            issues.append(Issue(Severity.ERROR, "exception", str(error), f"{where}.path"))


def _set(
    dynamic: Mapping[str, Any],
    where: str,
    environment: Environment,
    request: dict[str, Any] | None,
    resolved: dict[str, Any] | None,
    issues: list[Issue],
) -> None:
    target = dynamic.get("path", "").replace("%", "")
    found = environment.evaluate(dynamic.get("expression"))
    if found.problem:
        issues.append(Issue(Severity.ERROR, found.code, found.detail, f"{where}.expression"))
        return
    if not found.values:
        said = f"“{target}” is left out: its expression has no value for this patient."
        issues.append(Issue(Severity.WARNING, "incomplete", said, f"{where}.expression"))
        return
    values = [json_of(value) for value in found.values]
    environment.budget.make(size_of(values))
    if request is None or target.startswith("action."):
        if resolved is None:
            raise ExpressionError(f"“{target}”: there is no action to set it on")
        set_path(resolved, ACTION, target.replace("action.", ""), values)
    else:
        set_path(request, request["resourceType"], target, values)
