"""A stored answer as its page shows it."""

from __future__ import annotations

from typing import Any

from osler_site.answers.models import RawAnswer
from osler_site.answers.writer import site_writer
from osler_site.presenting.present import present
from osler_site.presenting.view import AnswerView


def shown(raw: RawAnswer) -> AnswerView:
    """The view of an answer, with what a language model held back of it, and what it did not
    check although the site asks it to.
    """
    composed = None
    if (raw.body.get("writing") or {}).get("vetoed"):
        composed = RawAnswer.objects.filter(uid=raw.root).first()
    return present(
        raw.body,
        composed=composed.body if composed is not None else None,
        unchecked_by=_unchecked_by(raw),
    )


def context_of(raw: RawAnswer) -> dict[str, Any]:
    """What every part of an answer's page is told."""
    return {"raw": raw, "answer": shown(raw), "can_be_worded": _can_be_worded(raw)}


def _unchecked_by(raw: RawAnswer) -> str:
    writer = site_writer() if raw.kind == "answer" and raw.answered else None
    if writer is None or not writer.settings.vetoes:
        return ""
    done = raw.body.get("writing")
    checked = raw.composed_uid and not (done and done["stopped"] and not done["vetoed"])
    return "" if checked else writer.settings.model


def _can_be_worded(raw: RawAnswer) -> str:
    """The model that may be asked to word it; "" where it was asked, or none is configured."""
    done = raw.body.get("writing")
    if raw.kind != "answer" or (done and (done["kept"] or done["replaced"] or done["stopped"])):
        return ""
    writer = site_writer()
    can = writer is not None and (raw.answered or (writer.settings.reads and not done))
    return writer.settings.model if writer is not None and can else ""
