"""Whether an action applies: every condition gives true, and nothing else counts as true."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from osler.domain.issue import Issue, Severity
from osler.pathways.applying.application import Outcome, Reason
from osler.pathways.expressions import Environment, Evaluated
from osler.pathways.fhirpath.values import shown, value_of

_DOUBTFUL: dict[str, tuple[Severity, str]] = {
    "empty": (Severity.WARNING, "incomplete"),
    "not boolean": (Severity.WARNING, "value"),
    "error": (Severity.ERROR, "exception"),
    "unsupported language": (Severity.ERROR, "not-supported"),
}


def judge(
    action: Mapping[str, Any], path: str, environment: Environment, issues: list[Issue]
) -> tuple[bool, tuple[Reason, ...]]:
    """Whether an action applies, with a reason for each of its conditions.

    A condition that has no value, one that is neither true nor false, that fails or that is
    written in another language makes the action not applicable, and an issue names it.
    """
    reasons = []
    for i, condition in enumerate(action.get("condition", [])):
        if condition.get("kind") in ("start", "stop"):
            continue
        reason = _reason(condition.get("expression"), environment)
        reasons.append(reason)
        doubt = _DOUBTFUL.get(reason.outcome)
        if doubt is not None:
            where = f"{path}.condition[{i}].expression"
            severity, code = doubt
            if code == "exception":
                code = environment.evaluate(condition.get("expression")).code
            issues.append(Issue(severity, code, _said(reason), where))
    return all(reason.outcome == "true" for reason in reasons), tuple(reasons)


def _reason(expression: Mapping[str, Any] | None, environment: Environment) -> Reason:
    written = expression or {}
    found = environment.evaluate(written)
    outcome, detail = _outcome(found)
    text = written.get("expression", "")
    return Reason(
        text,
        written.get("description", "") or text,
        outcome,
        detail,
        environment.values(found.variables),
    )


def _outcome(found: Evaluated) -> tuple[Outcome, str]:
    if found.problem == "unsupported language":
        return "unsupported language", found.detail
    if found.problem:
        return "error", found.detail
    if not found.values:
        return "empty", "It has no value for this patient."
    if len(found.values) > 1:
        return "not boolean", f"It has {len(found.values)} values."
    value = value_of(found.values[0])
    if value is True:
        return "true", ""
    if value is False:
        return "false", ""
    return "not boolean", f"It is {shown(value)}."


def _said(reason: Reason) -> str:
    return f"The condition “{reason.text[:200]}” does not apply: {reason.outcome}. {reason.detail}"
