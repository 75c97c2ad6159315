"""Issues as a FHIR `OperationOutcome`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from osler.domain.issue import Issue


def operation_outcome(issues: Iterable[Issue], *, id: str | None = None) -> dict[str, Any]:  # noqa: A002
    """An R4 `OperationOutcome` (https://hl7.org/fhir/R4/operationoutcome.html).

    `issue.expression` holds the FHIRPath of each fault that lies in an element. Without an issue
    there is one that says that all is well, since R4 wants at least one.
    """
    outcome: dict[str, Any] = {"resourceType": "OperationOutcome"}
    if id is not None:
        outcome["id"] = id
    outcome["issue"] = [_issue(issue) for issue in issues] or [
        {"severity": "information", "code": "informational", "details": {"text": "No issues."}}
    ]
    return outcome


def _issue(issue: Issue) -> dict[str, Any]:
    result: dict[str, Any] = {
        "severity": issue.severity.value,
        "code": issue.code,
        "details": {"text": issue.details},
    }
    if issue.path:
        result["expression"] = [issue.path]
    return result
