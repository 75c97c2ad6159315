"""The first page, asking, and the permanent address of an answer."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from asgiref.sync import sync_to_async
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseRedirect,
    JsonResponse,
    StreamingHttpResponse,
)
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_POST, require_safe

from osler.domain.errors import OslerError
from osler_site.answers import first_page, recent, steps
from osler_site.answers.asking import ask, uid_for
from osler_site.answers.conversation import conversation
from osler_site.answers.following import Put, earlier_answer, put
from osler_site.answers.models import RawAnswer
from osler_site.answers.rewording import keep_place
from osler_site.answers.showing import context_of
from osler_site.answers.since import since, with_since
from osler_site.answers.streaming import parts, wants_stream
from osler_site.answers.suggesting import suggestions
from osler_site.answers.writer import site_writer
from osler_site.answers.written import in_words_of
from osler_site.environment import environment
from osler_site.history.keeping import keep_turn
from osler_site.operations.limits import limited, limited_sync
from osler_site.patient_facts import compose
from osler_site.reader import language_of, reader_of
from osler_site.speaking import speaking


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The first page: one box."""
    context = first_page.context(request, question=request.GET.get("q", "")[:2000])
    return render(request, "osler/home.html", context)


@require_POST
@limited("ask", lambda: environment().asks_per_minute)
async def ask_view(request: HttpRequest) -> HttpResponseBase:
    """Answer a question: a redirection to its address, or a stream of its parts.

    `after` names an answer that it goes on from; with `alone` it is asked as typed all the same.
    """
    question, patient = request.POST.get("q", ""), compose(request.POST)
    reader = reader_of(request)
    if wants_stream(request):
        asked = await sync_to_async(_put)(request, question, patient)
        stream = StreamingHttpResponse(
            parts(request, question, patient, reader, asked),
            content_type="text/event-stream",
            headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"},
        )
        if asked is not None:
            await sync_to_async(_remember)(request, stream, asked)
        return stream
    writer = await sync_to_async(site_writer)()
    try:
        asked = await sync_to_async(put)(question, patient, request.POST, writer)
        answer = await sync_to_async(ask)(
            asked.question,
            audience=reader.audience,
            language=language_of(request),
            patient=asked.patient,
            writer=writer,
            spent=asked.spent,
        )
    except OslerError as error:
        return await sync_to_async(_refused)(request, question, patient, error)
    await sync_to_async(keep_turn)(
        request.user,
        answer,
        request.POST.get("thread", ""),
        typed=asked.typed,
        after=asked.after,
        read_by=asked.read_by,
    )
    response = HttpResponseRedirect(answer.get_absolute_url())
    await sync_to_async(_note)(request, response, answer.root, asked)
    return response


def _note(request: HttpRequest, response: HttpResponseBase, uid: str, asked: Put) -> None:
    recent.add(request, response, uid)
    steps.add(request, response, uid, asked)


def _put(request: HttpRequest, question: str, patient: str) -> Put | None:
    """What is asked; None where something is wrong with it, which the stream says."""
    with suppress(OslerError):
        return put(question, patient, request.POST, site_writer())
    return None


def _remember(request: HttpRequest, stream: StreamingHttpResponse, asked: Put) -> None:
    """Remember a question before it is answered: headers go before the stream."""
    with suppress(OslerError):  # the stream says what is wrong with it
        words = {"audience": reader_of(request).audience, "language": language_of(request)}
        uid = uid_for(asked.question, patient=asked.patient, **words)
        _note(request, stream, uid, asked)


def _refused(request: HttpRequest, question: str, patient: str, error: OslerError) -> HttpResponse:
    """The first page again, with what was typed, what it goes on from, and what is wrong."""
    typed = {
        "question": question[:2000],
        "patient": patient[:500],
        "error": error,
        "after": earlier_answer(request.POST.get("after", "")),
        "alone": request.POST.get("alone"),
        "thread": request.POST.get("thread", "")[:20],
    }
    return render(request, "osler/home.html", first_page.context(request, **typed), status=400)


@require_safe
def answer_view(request: HttpRequest, uid: str) -> HttpResponse:
    """An answer under its permanent address, as it was given then."""
    return _page(request, get_object_or_404(RawAnswer, uid=uid))


@require_POST
@limited_sync("ask", lambda: environment().asks_per_minute)
def words_view(request: HttpRequest, uid: str) -> HttpResponse:
    """The answer in the words of the site's language model, for whoever asks by a plain request.

    A redirection to its address; where the model wrote nothing that may be shown, the answer as
    composed, which says why. It takes as long as the model may.
    """
    answer = get_object_or_404(RawAnswer, uid=uid, kind="answer")
    writer = site_writer()
    found = in_words_of(answer, writer) if writer is not None else answer
    if found.uid == answer.uid and found.body != answer.body:
        return _page(request, found)
    response = HttpResponseRedirect(found.get_absolute_url())
    keep_place(request, response, answer, found)
    return response


@require_safe
@limited_sync("follow-ups", lambda: environment().asks_per_minute)
def follow_ups_view(request: HttpRequest, uid: str) -> HttpResponse:
    """The answer with what could be asked next; with `part=1` these questions alone."""
    answer = get_object_or_404(RawAnswer, uid=uid, kind="answer")
    found = suggestions(answer)
    if request.GET.get("part"):
        context = {"raw": answer, "suggestions": found}
        with speaking(answer.language):
            return render(request, "osler/parts/suggestions.html", context)
    return _page(request, answer, suggestions=found, suggested=True)


def _page(request: HttpRequest, answer: RawAnswer, **more: Any) -> HttpResponse:
    """An answer's page, which speaks the answer's language."""
    context = {
        **context_of(answer),
        "since": since(answer),
        "conversation": conversation(request, answer),
        **more,
    }
    with speaking(answer.language):
        return render(request, "osler/answer.html", context)


@require_safe
def answer_json(request: HttpRequest, uid: str) -> JsonResponse:
    """The answer as JSON, as the command line prints it, with what happened since."""
    return JsonResponse(with_since(get_object_or_404(RawAnswer, uid=uid)))
