"""An answer as server-sent events: what was understood, the bottom line, then the rest.

Events (WHATWG HTML, "server-sent events"): `hidden` carries as JSON where in the question, its
words parted by single spaces, what was left out stood (in characters; not what stood there),
`checking` names a language model that has a say before the answer is shown,
`part` a piece of the page as HTML, `done` the permanent address as JSON, `failed` the error as
HTML; where a language model words answers, the events of `rewriting` follow. The pieces are those
that the page itself is made of, so a streamed answer is the page.
"""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from typing import Any

from asgiref.sync import sync_to_async
from django.http import HttpRequest
from django.template.loader import render_to_string

from osler.answering import understand
from osler.domain.errors import OslerError
from osler.privacy import Hidden, hide
from osler_site.answers.asking import ask, on_one_line
from osler_site.answers.conversation import conversation
from osler_site.answers.events import event
from osler_site.answers.following import Put, put
from osler_site.answers.helping import helps
from osler_site.answers.rewriting import worded
from osler_site.answers.showing import context_of
from osler_site.answers.writer import site_writer
from osler_site.engine import engine
from osler_site.history.keeping import keep_turn
from osler_site.reader import Reader, language_of
from osler_site.speaking import speaking

PARTS = (
    "thread",
    "heading",
    "notices",
    "understood",
    "bottom_line",
    "missing",
    "boxes",
    "pictures",
    "sections",
    "conflicts",
    "pathways",
    "references",
    "taking_along",
    "follow_ups",
    "editor_actions",
    "footer",
    "contents",
)


def wants_stream(request: HttpRequest) -> bool:
    """Whether the client asked for server-sent events."""
    return "text/event-stream" in request.headers.get("Accept", "")


async def parts(
    request: HttpRequest, question: str, patient: str, reader: Reader, asked: Put | None = None
) -> AsyncIterator[str]:
    """The answer, piece by piece, and where it stays.

    `asked` is what the form asks; None where something is wrong with it.
    """
    try:
        hidden = await sync_to_async(hide)(on_one_line(question))
        if hidden.identifiers:
            yield event("hidden", json.dumps(_places(hidden)))
        if asked is None:
            asked = await sync_to_async(put)(question, patient, request.POST)
        understood = await sync_to_async(_understood)(hidden, asked)
        yield event("understood", understood)
        writer = await sync_to_async(site_writer)()
        if writer is not None and helps(writer.settings):
            yield event("checking", writer.settings.model)
        answer = await sync_to_async(ask)(
            asked.question,
            audience=reader.audience,
            language=language_of(request),
            patient=asked.patient,
            writer=writer,
            spent=asked.spent,
        )
        thread = request.POST.get("thread", "")
        turn = await sync_to_async(keep_turn)(
            request.user,
            answer,
            thread,
            typed=asked.typed,
            after=asked.after,
            read_by=asked.read_by,
        )
    except OslerError as error:
        yield event("failed", render_to_string("osler/parts/error.html", {"error": error}))
        return
    context: dict[str, Any] = {
        **await sync_to_async(context_of)(answer),
        "conversation": await sync_to_async(conversation)(request, answer, asked),
        "streaming": True,
    }
    for part in PARTS:
        piece = await sync_to_async(_rendered)(part, context, request)
        if piece.strip():
            yield event("part", piece)
    url = answer.get_absolute_url()
    done = {"url": url, "title": answer.question, "language": answer.language}
    if turn is not None:
        done["thread"] = turn.thread.uid
    yield event("done", json.dumps(done))
    async for piece in worded(request, answer):
        yield piece


def _places(hidden: Hidden) -> list[dict[str, Any]]:
    return [{"start": i.start, "end": i.end, "kind": i.kind.value} for i in hidden.identifiers]


def _understood(hidden: Hidden, asked: Put) -> str:
    if asked.typed:
        return hide(asked.question).text
    library = engine().library()
    question = understand(
        hidden.asked, frequency_of=library.frequency, other_names=library.other_names
    )
    return hide(question.understood).text


def _rendered(part: str, context: dict[str, Any], request: HttpRequest) -> str:
    with speaking(context["raw"].language):
        return render_to_string(f"osler/parts/{part}.html", context, request)
