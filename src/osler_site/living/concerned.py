"""Which claims of an article a finding is about."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from osler_site.living.models import Finding, FindingKind


def concerns(finding: Finding, claim: Any) -> bool:
    """Whether a claim (the value of its block) may no longer be right because of a finding."""
    if finding.kind == FindingKind.OVERDUE:
        return False
    detail = finding.detail
    if detail.get("whole"):  # the answer as a whole is another one
        return True
    if claim["text"] in _texts(detail):
        return True
    sources = set(_sources(detail))
    return any(cited["source_id"] in sources for cited in claim["citations"])


def _texts(detail: dict[str, Any]) -> set[str]:
    return {*detail.get("claims", ()), *(side["text"] for side in _sides(detail))}


def _sources(detail: dict[str, Any]) -> Iterator[str]:
    """The source that it is about, or those of the claims that changed."""
    if "source_id" in detail:
        yield detail["source_id"]
    for side in _sides(detail):
        yield from (cited["source_id"] for cited in side.get("citations", ()))


def _sides(detail: dict[str, Any]) -> Iterator[Any]:
    """What is no longer, and what is now, of each claim that changed."""
    for change in detail.get("changes", ()):
        yield from (side for side in (change["before"], change["after"]) if side)
