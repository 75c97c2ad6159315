"""The first page, asking, and the permanent address of an answer."""

from __future__ import annotations

from contextlib import suppress

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
from osler_site.answers import first_page, recent
from osler_site.answers.asking import ask, uid_for
from osler_site.answers.models import RawAnswer
from osler_site.answers.since import since, with_since
from osler_site.answers.streaming import parts, wants_stream
from osler_site.environment import environment
from osler_site.history.keeping import keep_turn
from osler_site.operations.limits import limited
from osler_site.patient_facts import compose
from osler_site.presenting.present import present
from osler_site.reader import reader_of


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The first page: one box."""
    context = first_page.context(request, question=request.GET.get("q", "")[:2000])
    return render(request, "osler/home.html", context)


@require_POST
@limited("ask", lambda: environment().asks_per_minute)
async def ask_view(request: HttpRequest) -> HttpResponseBase:
    """Answer a question: a redirection to its address, or a stream of its parts."""
    question, patient = request.POST.get("q", ""), compose(request.POST)
    reader = reader_of(request)
    if wants_stream(request):
        stream = StreamingHttpResponse(
            parts(request, question, patient, reader),
            content_type="text/event-stream",
            headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"},
        )
        await sync_to_async(_remember)(request, stream, question, patient)
        return stream
    try:
        answer = await sync_to_async(ask)(question, audience=reader.audience, patient=patient)
    except OslerError as error:
        return await sync_to_async(_refused)(request, question, patient, error)
    await sync_to_async(keep_turn)(request.user, answer, request.POST.get("thread", ""))
    response = HttpResponseRedirect(answer.get_absolute_url())
    await sync_to_async(recent.add)(request, response, answer.uid)
    return response


def _remember(
    request: HttpRequest, stream: StreamingHttpResponse, question: str, patient: str
) -> None:
    """Remember a question before it is answered: headers go before the stream."""
    with suppress(OslerError):  # the stream says what is wrong with it
        audience = reader_of(request).audience
        recent.add(request, stream, uid_for(question, audience=audience, patient=patient))


def _refused(request: HttpRequest, question: str, patient: str, error: OslerError) -> HttpResponse:
    """The first page again, with what was typed and what is wrong with it."""
    typed = {"question": question[:2000], "patient": patient[:500], "error": error}
    return render(request, "osler/home.html", first_page.context(request, **typed), status=400)


@require_safe
def answer_view(request: HttpRequest, uid: str) -> HttpResponse:
    """An answer under its permanent address, as it was given then."""
    answer = get_object_or_404(RawAnswer, uid=uid)
    context = {"raw": answer, "answer": present(answer.body), "since": since(answer)}
    return render(request, "osler/answer.html", context)


@require_safe
def answer_json(request: HttpRequest, uid: str) -> JsonResponse:
    """The answer as JSON, as the command line prints it, with what happened since."""
    return JsonResponse(with_since(get_object_or_404(RawAnswer, uid=uid)))
