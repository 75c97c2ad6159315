"""What to ask next under an answer: questions that the library answers with something more.

Each suggestion is asked before it is shown, as it will be asked: of the same patient. That takes
as long as so many answers, so the page fetches it once it is there, and it is kept in the process.
"""

from __future__ import annotations

from typing import Any

from django.core.cache import caches

from osler.domain import Audience
from osler.privacy import hide
from osler_site.answers.following import follow_up
from osler_site.answers.models import RawAnswer
from osler_site.engine import engine
from osler_site.presenting.asked import is_about_the_patient

_SECONDS = 86_400  # of one version of the library it stays the same


def suggestions(raw: RawAnswer) -> tuple[str, ...]:
    """The confirmed ones of an answer's follow-up questions. Raises LibraryError."""
    library = engine().library()
    key = f"suggestions:{raw.uid}:{library.version}"
    kept: tuple[str, ...] | None = caches["process"].get(key)
    if kept is None:
        audience = Audience(raw.audience)
        kept = tuple(
            question
            for question in raw.body["follow_ups"]
            if not is_about_the_patient(question)
            and engine().tells_more(
                follow_up(raw, hide(question)).resolved.full, raw.body, audience
            )
        )
        caches["process"].set(key, kept, _SECONDS)
    return kept


def with_suggestions(raw: RawAnswer) -> dict[str, Any]:
    """The answer's JSON with the confirmed ones alone, after those that ask for a fact.

    Raises LibraryError.
    """
    asks = [question for question in raw.body["follow_ups"] if is_about_the_patient(question)]
    return {**raw.body, "follow_ups": [*asks, *suggestions(raw)]}
