"""What the page of a pathway shows for what was sent: the form, and the result or the faults."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest, QueryDict
from django.utils import timezone

from osler.domain.errors import InvalidResource
from osler.domain.issue import Issue, Severity
from osler.pathways import Application, Pathway, Record
from osler_site.pathways.answering import Read, answers_in, read_form, response_to
from osler_site.pathways.enabling import asked
from osler_site.pathways.evaluating import answers_of_nobody, evaluate, record_of
from osler_site.pathways.fields import FieldSection, fields_of
from osler_site.pathways.listing import purpose
from osler_site.pathways.naming import in_words
from osler_site.pathways.plain import plain
from osler_site.pathways.questions import Json, Question, questions_of, sections_of
from osler_site.pathways.result import result_of
from osler_site.pathways.shown import Given, Origin

_LONGEST_RECORD = 1_500_000  # characters


@dataclass(frozen=True, slots=True)
class Sent:
    """What was sent, and what came of it; `applied` is None where it could not be worked with."""

    pathway: Pathway
    now: datetime
    questions: tuple[Question, ...]
    read: Read
    record_text: str
    issues: tuple[Issue, ...]  # of the record, and where answers contradict it
    refused: bool  # whether the record cannot be used
    applied: Application | None
    record: Record | None = None

    @property
    def is_blank(self) -> bool:
        """Whether nothing is known of a patient: all that would follow rests on assumptions."""
        return not self.read.answers and not self.record_text.strip()

    @property
    def wrong(self) -> bool:
        """Whether something must be mended first."""
        return self.applied is None


def sent(pathway: Pathway, request: HttpRequest) -> Sent:
    """Read a form and apply the pathway to it; an address alone is an empty form."""
    return answered(pathway, request.POST, _record_text(request))


def answered(
    pathway: Pathway, form: QueryDict, record_text: str = "", now: datetime | None = None
) -> Sent:
    """Apply the pathway to a form and the text of a record, at this moment where none is given."""
    now = now or timezone.localtime()
    questions = questions_of(pathway.questionnaire)
    read = read_form(questions, form)
    applied: Application | None = None
    issues: tuple[Issue, ...] = ()
    refused = False
    record: Record | None = None
    try:
        record = record_of(record_text, now)
        issues = record.issues if record_text.strip() else ()
        if not read.errors:
            applied = _applied(pathway, record, questions, read, now)
            issues += tuple(i for i in applied.issues if _is_of_answers(i))
    except InvalidResource as error:
        issues, refused = error.issues, True
    return Sent(pathway, now, questions, read, record_text, issues, refused, applied, record)


def _is_of_answers(issue: Issue) -> bool:
    """Whether an answer is told of that the record contradicts."""
    return issue.code == "conflict" and issue.path.startswith("QuestionnaireResponse")


def _applied(
    pathway: Pathway, record: Record, questions: tuple[Question, ...], read: Read, now: datetime
) -> Application:
    response = response_to(pathway.questionnaire, questions, read.answers)
    return evaluate(pathway, record, response, now)


def _record_text(request: HttpRequest) -> str:
    """The record as it was pasted, or else the file; kept in the form and nowhere else."""
    file = request.FILES.get("file")
    if file is not None and file.size:
        return file.read(_LONGEST_RECORD).decode("utf-8", errors="replace")
    return request.POST.get("record", "")[:_LONGEST_RECORD]


def context(s: Sent) -> dict[str, Any]:
    """Everything the page shows."""
    answers = answers_in(s.applied.answers) if s.applied else s.read.answers
    there = asked(s.questions, answers)
    given = _given(s, answers, there)
    result = None
    if s.applied:
        result = result_of(s.pathway, s.applied, given, s.now, is_blank=s.is_blank)
    fields = fields_of(
        sections_of(s.pathway.questionnaire),
        s.read,
        {g.link_id: g for g in given},
        there,
        {w.field for w in result.wanted} if result else (),
    )
    return {
        "pathway": s.pathway,
        "purpose": purpose(s.pathway.plan),
        "sections": fields,
        "errors": _errors(fields),
        "record": s.record_text,
        "issues": s.issues,
        "refused": s.refused,
        "result": result,
        "text": plain(result) if result else "",
    }


def _given(
    s: Sent, answers: Mapping[str, Sequence[Json]], asked: Collection[str]
) -> tuple[Given, ...]:
    """What the pathway went by, in the order of the questions."""
    recorded = s.applied is not None and s.record_text.strip() != ""
    assumed = answers_of_nobody(s.pathway, s.now) if recorded else answers
    return tuple(
        Given(
            q.link_id,
            q.text,
            ", ".join(in_words(v, q) for said in answers[q.link_id] for v in said.values()),
            Origin.ANSWERED
            if q.link_id in s.read.answers
            else Origin.ASSUMED
            if answers[q.link_id] == assumed.get(q.link_id)
            else Origin.RECORD,
        )
        for q in s.questions
        if q.link_id in answers and q.link_id in asked
    )


def _errors(sections: tuple[FieldSection, ...]) -> list[tuple[str, str, str]]:
    """What is wrong with the answers: the field's id, its question, and how to mend it."""
    return [(f.id, f.question.text, f.error) for s in sections for f in s.fields if f.error]


def faults(s: Sent) -> tuple[Issue, ...]:
    """All that is wrong, of the record and of the answers."""
    of_answers = (
        Issue(Severity.ERROR, "value", error, f"QuestionnaireResponse.item.where(linkId='{link}')")
        for link, error in s.read.errors.items()
    )
    return (*s.issues, *of_answers)
