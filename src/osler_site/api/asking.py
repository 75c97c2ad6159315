"""Asking: an answer as JSON, or as a stream of its parts."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Iterator
from typing import TYPE_CHECKING, Annotated, Any, Literal

from asgiref.sync import sync_to_async
from django.http import HttpRequest, HttpResponseBase, JsonResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from ninja import Path, Router
from pydantic import BaseModel, ConfigDict, Field

from osler.answering.contract import AnswerOut, KeptAnswerOut
from osler.domain.errors import UsageError
from osler.privacy.threads import reading_to_json
from osler.readers import languages
from osler_site.answers.asking import LONGEST_PATIENT, LONGEST_QUESTION, ask
from osler_site.answers.events import event
from osler_site.answers.following import follow_questions
from osler_site.answers.models import UID_LENGTH, RawAnswer
from osler_site.answers.since import with_since
from osler_site.answers.streaming import wants_stream
from osler_site.answers.suggesting import with_suggestions
from osler_site.answers.writer import site_writer
from osler_site.answers.written import written
from osler_site.api.access import Bearer
from osler_site.api.described import AS_FHIR, refusals
from osler_site.api.parameters import FhirRelease, Format
from osler_site.api.scopes import Scope
from osler_site.citing import fhir

if TYPE_CHECKING:
    from osler.writing.model import Writer

MOST_BEFORE = 20  # questions

router = Router(tags=["ask"])


class AskIn(BaseModel):
    """A question."""

    model_config = ConfigDict(extra="forbid")

    question: str = Field(
        min_length=1,
        max_length=LONGEST_QUESTION,
        pattern=r"[A-Za-z0-9]",
        description="In a sentence or two. Do not name a patient.",
        examples=["What is the maintenance dose of vitamin B12 after loading?"],
    )
    audience: Literal["physician", "pharmacist", "nurse", "student", "patient"] = "physician"
    language: str = Field(
        default="en",
        min_length=2,
        max_length=12,
        json_schema_extra={"enum": list(languages())},
        description="Of what is ours in the answer; the sources' sentences stay English.",
    )
    writer: bool | None = Field(
        default=None,
        description="Whether a language model words the answer, and reads the question and checks "
        "the answer where the site lets it; by default where the site has one. It may take some "
        "seconds; `writing` in the answer says how it went.",
    )
    patient: str = Field(
        default="",
        max_length=LONGEST_PATIENT,
        description="What is known of the patient, as on the command line.",
        examples=["age=78,sex=female,weight=61,egfr=24"],
    )
    after: list[Annotated[str, Field(min_length=1, max_length=LONGEST_QUESTION)]] = Field(
        default=[],
        max_length=MOST_BEFORE,
        description="Questions asked before, the first first, each as it was typed or as the name "
        "of its answer (the last part of Content-Location). What the question leaves out is taken "
        "from the last; `thread` says how it was understood.",
        examples=[["What is the maintenance dose of vitamin B12 after loading?"]],
    )


@router.post(
    "/ask",
    auth=Bearer(Scope.ASK),
    response={200: AnswerOut, **refusals(422, 503)},
    operation_id="ask",
    openapi_extra={
        "responses": {
            200: {
                "content": {
                    **AS_FHIR,
                    "text/event-stream": {
                        "schema": {
                            "type": "string",
                            "description": "Events: understood, bottom_line, section, conflicts, "
                            "safety_notices, boxes, references, follow_ups (each with its "
                            "JSON), and last of all `answer` with the whole.",
                        }
                    },
                },
                "headers": {
                    "Content-Location": {
                        "description": "Where the answer stays.",
                        "schema": {"type": "string"},
                    }
                },
            }
        }
    },
)
def ask_question(
    request: HttpRequest,
    body: AskIn,
    format: Format = "json",  # noqa: A002
    release: FhirRelease = "R4",
) -> HttpResponseBase:
    """Answer a question from the library.

    With `Accept: application/fhir+json` or `format=fhir` it is a FHIR document. With
    `Accept: text/event-stream` the parts come one by one, the bottom line first. The same
    question to the same library has the same answer, under the same address; so have a question
    that goes on from others (`after`) and the full question that it stands for. Each of its
    `follow_ups` was asked, and is answered with something that this answer does not show.
    """
    question, thread, spent = body.question, {}, None
    writer = _writer(body.writer)
    if body.after:
        reading = follow_questions(question, body.after, writer)
        question, spent = reading.resolved.full, reading.written
        thread = {"thread": reading_to_json(reading)}
    found = ask(
        question,
        audience=body.audience,
        language=body.language,
        patient=body.patient,
        through="api",
        writer=writer,
        spent=spent,
    )
    if writer is not None:
        found = written(found, writer)
    location = {"Content-Location": reverse("api-v1:answer", args=[found.uid])}
    wanted = fhir.wanted(request)
    if wanted is not None:
        return fhir.response(fhir.answer_document(found, wanted), wanted, location)
    if wants_stream(request):
        return StreamingHttpResponse(
            _stream(found, thread),
            content_type="text/event-stream",
            headers={**location, "Cache-Control": "no-store", "X-Accel-Buffering": "no"},
        )
    return JsonResponse({**with_suggestions(found), **thread}, headers=location)


@router.get(
    "/answers/{uid}",
    auth=Bearer(Scope.ASK),
    response={200: KeptAnswerOut, **refusals(404, 422)},
    operation_id="answer",
    url_name="answer",
    openapi_extra={"responses": {200: {"content": AS_FHIR}}},
)
def answer(
    request: HttpRequest,
    uid: Annotated[str, Path(pattern=rf"^[a-z2-7]{{{UID_LENGTH}}}$", description="Its address.")],
    format: Format = "json",  # noqa: A002
    release: FhirRelease = "R4",
) -> JsonResponse:
    """An answer that was given before, as it was given then, with what happened since.

    Its `follow_ups` are what was found beside it then, and were not asked.
    """
    found = get_object_or_404(RawAnswer, uid=uid)
    wanted = fhir.wanted(request)
    if wanted is not None:
        return fhir.response(fhir.answer_document(found, wanted), wanted)
    return JsonResponse(with_since(found))


def _writer(wanted: bool | None) -> Writer | None:
    writer = site_writer() if wanted is not False else None
    if writer is None and wanted:
        raise UsageError(
            "no language model is configured", help="Leave `writer` out, or configure one."
        )
    return writer


async def _stream(found: RawAnswer, thread: dict[str, Any]) -> AsyncIterator[str]:
    for name, part in _parts(found.body):
        yield _event(name, part)
    body = await sync_to_async(with_suggestions)(found)  # they are asked while the rest is read
    yield _event("follow_ups", body["follow_ups"])
    yield _event("answer", {**body, **thread})


def _event(name: str, part: Any) -> str:
    return event(name, json.dumps(part, ensure_ascii=False))


def _parts(body: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    yield "understood", body["understood"]
    yield "bottom_line", body["bottom_line"]
    for section in body["sections"]:
        yield "section", section
    for name in ("conflicts", "safety_notices", "boxes", "references"):
        yield name, body.get(name, [])
