"""Template tags of the reader's pages: `{% load osler %}`."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import template
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext

from osler.domain.errors import UsageError
from osler.readers import SOURCE_LANGUAGE, translator
from osler.render import view as words
from osler_site.accounts.models import User
from osler_site.accounts.roles import Role, has_role
from osler_site.engine import patient_of
from osler_site.patient_facts import fields_of

register = template.Library()


@register.simple_tag
def patient_form(patient: str = "") -> dict[str, Any]:
    """The fields for one patient, filled from the text of their facts."""
    fields, rest = fields_of(patient or "")
    return {"fields": fields, "rest": rest}


@register.filter
def in_words(patient: str) -> str:
    """The text of a patient's facts as a person would say them."""
    try:
        known = patient_of(patient or "")
    except UsageError:
        return patient  # typed, and not understood: shown as it was typed
    return " · ".join(words.patient_facts(known)) if known else ""


@register.filter
def parts(text: str) -> str:
    """Words of the engine with dots between them, each in the page's language where it has one."""
    return " · ".join(gettext(part) for part in text.split(" · "))


@register.filter
def marked(text: str, language: str) -> str:
    """A text of the engine; one that it left in English is marked as such (`readers.worded`)."""
    ending = f" ({translator(language)('in English')})"
    if language == SOURCE_LANGUAGE or not text.endswith(ending):
        return text
    return format_html('<span lang="en">{}</span>{}', text.removesuffix(ending), ending)


@register.filter
def took(milliseconds: float) -> str:
    """ "23 ms", "1.4 s"."""
    if milliseconds < 1000:
        return f"{milliseconds:.0f} ms"
    return f"{milliseconds / 1000:.1f} s"


@register.filter
def end_of(text: str, lines: int) -> str:
    """The last lines of what stands before a passage, without empty ones."""
    kept = _lines(text)
    return "\n".join(kept[-lines:]) + ("" if not kept else _gap(text[-1:]))


@register.filter
def moment(iso: str) -> datetime:
    """A time as the library keeps it, for `date` to show in the site's time zone."""
    return timezone.localtime(datetime.fromisoformat(iso))


@register.filter
def days_ago(days: int) -> str:
    """How long ago that is, as one says it."""
    return "today" if not days else f"{days} day{'' if days == 1 else 's'} ago"


@register.filter
def start_of(text: str, lines: int) -> str:
    """The first lines of what stands after a passage, without empty ones."""
    kept = _lines(text)
    return ("" if not kept else _gap(text[:1])) + "\n".join(kept[:lines])


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _gap(edge: str) -> str:
    return "\n" if edge == "\n" else " " if edge.isspace() else ""


@register.simple_tag
def work_places(user: User | AnonymousUser) -> tuple[tuple[str, str], ...]:
    """Where this person works, as label and address, by the roles they hold."""
    places = []
    if has_role(user, Role.EDITOR, Role.PUBLISHER, Role.ADMINISTRATOR):
        places.append(("Desk", "/desk/"))
    if has_role(user, Role.REVIEWER, Role.PUBLISHER, Role.ADMINISTRATOR):
        places.append(("Review", "/review/"))
    return tuple(places)
