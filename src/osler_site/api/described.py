"""How an operation describes the ways in which it may refuse."""

from __future__ import annotations

from typing import Any

from osler_site.api.problems import ProblemDetails

AS_FHIR: dict[str, Any] = {
    "application/fhir+json": {
        "schema": {"type": "object", "description": "A FHIR document: a Bundle (docs/fhir.md)."}
    }
}
_ALWAYS = (400, 401, 403, 429)


def refusals(*more: int) -> dict[int, Any]:
    """The statuses that tell a problem: those that every operation may answer with, and `more`."""
    return dict.fromkeys((*_ALWAYS, *more), ProblemDetails)
