"""Reporting a problem with an answer or an article."""

from __future__ import annotations

from typing import Literal

from django.http import Http404, HttpRequest, JsonResponse
from ninja import Router
from pydantic import BaseModel, ConfigDict, Field

from osler_site.api.access import Bearer
from osler_site.api.described import refusals
from osler_site.api.scopes import Scope
from osler_site.operations.nul import NUL
from osler_site.reports.forms import LONGEST
from osler_site.reports.keeping import keep
from osler_site.reports.subjects import subject_at

router = Router(tags=["feedback"])


class ReportIn(BaseModel):
    """What is wrong, and where."""

    model_config = ConfigDict(extra="forbid")

    path: str = Field(
        min_length=1,
        max_length=300,
        description="The page: /answers/…/ or /articles/…/",
        examples=["/articles/vitamin-b12/"],
    )
    claim: str = Field(
        default="", pattern=r"^(c[0-9]{1,4})?$", description='The claim on it, by its name ("c3").'
    )
    kind: Literal["dose", "source", "unclear", "outdated", "other"]
    words: str = Field(
        min_length=1,
        max_length=LONGEST,
        pattern=r"[A-Za-z0-9]",
        description="What was found. Write nothing about a patient who could be recognised.",
    )


class Kept(BaseModel):
    """That the report has arrived."""

    report: int


@router.post(
    "/feedback",
    auth=Bearer(Scope.FEEDBACK),
    response={201: Kept, **refusals(404, 422)},
    operation_id="feedback",
)
def feedback(request: HttpRequest, body: ReportIn) -> JsonResponse:
    """Report a problem; it reaches the editors."""
    subject = subject_at(body.path, body.claim)
    if subject is None:
        raise Http404("There is no such page or claim to report.")
    kept = keep(subject, kind=body.kind, words=body.words.replace(NUL, ""), email="")
    return JsonResponse({"report": kept.pk}, status=201)
