"""Template tags of the reader's pages: `{% load osler %}`."""

from __future__ import annotations

from typing import Any

from django import template
from django.contrib.auth.models import AnonymousUser

from osler_site.accounts.models import User
from osler_site.accounts.roles import Role, has_role
from osler_site.patient_facts import fields_of

register = template.Library()


@register.simple_tag
def patient_form(patient: str = "") -> dict[str, Any]:
    """The fields for one patient, filled from the text of their facts."""
    fields, rest = fields_of(patient or "")
    return {"fields": fields, "rest": rest, "filled": bool(rest or any(f.value for f in fields))}


@register.simple_tag
def work_places(user: User | AnonymousUser) -> tuple[tuple[str, str], ...]:
    """Where this person works, as label and address, by the roles they hold."""
    places = []
    if has_role(user, Role.EDITOR, Role.PUBLISHER, Role.ADMINISTRATOR):
        places.append(("Desk", "/desk/"))
    if has_role(user, Role.REVIEWER):
        places.append(("Review", "/review/"))
    return tuple(places)
