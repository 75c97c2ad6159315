"""A streamed answer in a language model's words, after it was shown as composed.

Events: `writing` says which model was asked, `claim` is one claim in its words as HTML, to stand
where the one with the same name stood, `written` (JSON) has the address of the answer as it is
shown at the end and the last line of its page. Each claim has passed every check when it is
sent, so that whatever ends the stream leaves whole claims, composed or checked. Where a sentence
says two claims, the second stays until the end; the last `claim` then has the sections whole.
"""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from typing import TYPE_CHECKING

from asgiref.sync import sync_to_async
from django.http import HttpRequest
from django.template.loader import render_to_string

from osler_site.answers.events import event
from osler_site.answers.models import RawAnswer
from osler_site.answers.writer import site_writer
from osler_site.answers.written import Changed, writing
from osler_site.history.keeping import reworded
from osler_site.presenting.present import present
from osler_site.presenting.view import AnswerView
from osler_site.speaking import speaking

if TYPE_CHECKING:
    from osler.writing.model import Writer


async def worded(request: HttpRequest, raw: RawAnswer) -> AsyncIterator[str]:
    """The events; none where no model is configured, or there is nothing to word."""
    writer = await sync_to_async(site_writer)()
    if writer is None or not raw.answered:
        return
    yield event("writing", _who(writer))
    steps = writing(raw, writer)
    while (step := await sync_to_async(next)(steps, None)) is not None:
        yield await sync_to_async(_told)(request, raw, step)
        if isinstance(step, RawAnswer) and step.uid != raw.uid:
            await sync_to_async(reworded)(request.user, raw, step)


def _who(writer: Writer) -> str:
    return f"{writer.settings.model} ({writer.place.value})"


def _told(request: HttpRequest, raw: RawAnswer, step: Changed | RawAnswer) -> str:
    with speaking(raw.language):
        return _said(request, raw, step)


def _said(request: HttpRequest, raw: RawAnswer, step: Changed | RawAnswer) -> str:
    if isinstance(step, Changed):
        return event("claim", _claim(request, present(step.body), step, raw))
    view = present(step.body)
    if step != raw:  # written before, or just now: every claim as it is kept
        return event("claim", _all(request, view, step, raw)) + _end(request, view, step)
    return _end(request, view, step)


def _all(request: HttpRequest, view: AnswerView, step: RawAnswer, raw: RawAnswer) -> str:
    """Every claim as it is kept; whole sections where fewer claims say the same."""
    claims = [c for s in view.sections for c in s.claims]
    joined = len(claims) < sum(len(section["claims"]) for section in raw.body["sections"])
    alone = view.bottom_line if joined else (*view.bottom_line, *claims)
    shown = "".join(_rendered(request, view, claim.id, step) for claim in alone)
    if joined:
        context = {"raw": step, "answer": view}
        shown += render_to_string("osler/parts/sections.html", context, request)
    return shown


def _end(request: HttpRequest, view: AnswerView, raw: RawAnswer) -> str:
    context = {"raw": raw, "answer": view}
    footer = render_to_string("osler/parts/footer.html", context, request)
    return event("written", json.dumps({"url": raw.get_absolute_url(), "footer": footer}))


def _claim(request: HttpRequest, view: AnswerView, step: Changed, raw: RawAnswer) -> str:
    spot = step.spot
    claims = view.bottom_line if spot.section is None else view.sections[spot.section].claims
    return _rendered(request, view, claims[spot.index].id, raw)


def _rendered(request: HttpRequest, view: AnswerView, name: str, raw: RawAnswer) -> str:
    """The claim of that name as it stands in its list, with the verdict before the first."""
    claims = [*view.bottom_line, *(c for s in view.sections for c in s.claims)]
    claim = next(c for c in claims if c.id == name)
    verdict = view.verdict if claim is claims[0] and view.bottom_line else ""
    context = {"claim": claim, "answer": view, "verdict": verdict, "raw": raw}
    return render_to_string("osler/parts/claim.html", context, request)
