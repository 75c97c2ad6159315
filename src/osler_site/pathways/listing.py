"""The pathways as their list shows them."""

from __future__ import annotations

from dataclasses import dataclass

from osler.answering import source_to_json
from osler_site.pathways.loaded import Loaded
from osler_site.presenting.present import reference_view
from osler_site.presenting.view import ReferenceView


@dataclass(frozen=True, slots=True)
class Entry:
    """One pathway."""

    id: str
    title: str
    purpose: str
    version: str
    references: tuple[ReferenceView, ...]


def entries(found: Loaded) -> tuple[Entry, ...]:
    """What there is, by title."""
    return tuple(
        Entry(
            id=p.id,
            title=p.title,
            purpose=purpose(p.plan),
            version=p.version,
            references=tuple(
                reference_view({"number": r.number, **source_to_json(r.source)})
                for r in p.references
            ),
        )
        for p in sorted(found.pathways.values(), key=lambda p: p.title)
    )


def purpose(plan: dict[str, object]) -> str:
    """What a plan is for, in its own words."""
    return str(plan.get("description") or plan.get("purpose") or plan.get("subtitle") or "")
