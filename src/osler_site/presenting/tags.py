"""Template tags of the reader's pages: `{% load osler %}`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import template
from django.contrib.auth.models import AnonymousUser

from osler_site.accounts.models import BoardMember, User
from osler_site.accounts.roles import Role, has_role
from osler_site.patient_facts import fields_of

register = template.Library()
_ORDER = ("submitted", "under_review", "approved")
_LABELS = {"submitted": "Submitted", "under_review": "Under Review", "approved": "Approved"}


@dataclass(frozen=True, slots=True)
class Step:
    """One of the three steps; `state` is "done", "now", "approved" or "" (still to come)."""

    label: str
    state: str


@register.simple_tag
def review_steps(status: str) -> tuple[Step, ...]:
    """The three steps of the review as they stand; none for a draft."""
    at = "under_review" if status == "changes_requested" else status
    if at not in _ORDER:
        return ()
    now = _ORDER.index(at)
    states = ("done" if i < now else "now" if i == now else "" for i in range(3))
    steps = [Step(_LABELS[name], state) for name, state in zip(_ORDER, states, strict=True)]
    if at == "approved":
        steps[-1] = Step(_LABELS[at], "approved")
    return tuple(steps)


@register.simple_tag
def patient_form(patient: str = "") -> dict[str, Any]:
    """The fields for one patient, filled from the text of their facts."""
    fields, rest = fields_of(patient or "")
    return {"fields": fields, "rest": rest, "filled": bool(rest or any(f.value for f in fields))}


@register.simple_tag
def board_members() -> tuple[BoardMember, ...]:
    """Who sits on the medical board."""
    return tuple(BoardMember.objects.filter(active=True).select_related("user"))


@register.simple_tag
def work_places(user: User | AnonymousUser) -> tuple[tuple[str, str], ...]:
    """Where this person works, as label and address, by the roles they hold."""
    places = []
    if has_role(user, Role.EDITOR, Role.PUBLISHER, Role.ADMINISTRATOR):
        places.append(("Desk", "/desk/"))
    if has_role(user, Role.REVIEWER):
        places.append(("Review", "/review/"))
    return tuple(places)
