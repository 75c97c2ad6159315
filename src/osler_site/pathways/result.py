"""A pathway applied to answers → its result as shown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime

import osler
from osler.domain import Severity
from osler.pathways import Application, Pathway
from osler.readers import SOURCE_LANGUAGE
from osler_site.pathways.answering import answers_in
from osler_site.pathways.courses import courses
from osler_site.pathways.enabling import asked
from osler_site.pathways.gathering import Gathered, Sources
from osler_site.pathways.naming import Names
from osler_site.pathways.questions import questions_of
from osler_site.pathways.reasons import branches, flow_steps, wanted
from osler_site.pathways.shown import Given, Result
from osler_site.pictures import Flow
from osler_site.presenting.drawing import picture_view
from osler_site.presenting.view import PictureView
from osler_site.speaking import speaking

_FLOW_NOTE = "What was not taken is gathered; below, every branch stands with its reasons."
_SEVERE = (Severity.FATAL, Severity.ERROR)


def result_of(
    pathway: Pathway,
    applied: Application,
    given: Sequence[Given],
    now: datetime,
    *,
    is_blank: bool = False,
) -> Result:
    """Everything a page shows; `given` is what the pathway went by.

    Where nobody answered anything (`is_blank`) nothing that rests on assumptions is shown.
    """
    questions = questions_of(pathway.questionnaire)
    names = Names.of(pathway.plan, questions)
    there = asked(questions, answers_in(applied.answers))
    found = Gathered(Sources(pathway), names, now.date())
    found.take(applied.steps, ())
    tree = branches(applied.steps, names)
    whole = Result(
        title=pathway.title,
        version=pathway.version,
        library_version=pathway.library_version,
        engine_version=osler.__version__,
        at=now,
        given=tuple(given),
        warnings=tuple(found.warnings),
        treatments=tuple(found.treatments),
        choices=tuple(found.choices),
        checks=tuple(found.checks),
        lines=tuple(found.lines),
        silences=tuple(found.silences),
        wanted=wanted(applied.steps, names, {g.link_id for g in given}, there),
        problems=tuple(dict.fromkeys(i.details for i in applied.issues if i.severity in _SEVERE)),
        branches=tree,
        references=found.sources.used,
        pictures=_pictures(found, Flow("The way through the pathway", flow_steps(tree))),
    )
    return _blank(whole) if is_blank else whole


def _blank(whole: Result) -> Result:
    """What to answer first, and what cannot be worked with."""
    return replace(
        whole, given=(), warnings=(), treatments=(), choices=(), checks=(), lines=(), silences=(),
        branches=(), references=(), pictures=(), is_blank=True,
    )  # fmt: skip


def _pictures(found: Gathered, flow: Flow) -> tuple[PictureView, ...]:
    """In English, as the pathway's own steps and doses are."""
    with speaking(SOURCE_LANGUAGE):
        return tuple(_drawn(found, flow))


def _drawn(found: Gathered, flow: Flow) -> Iterator[PictureView]:
    course = courses(found)
    if course is not None:
        yield picture_view(course, "course", course.table, course.note)
    yield picture_view(flow, "flow", flow.table, _FLOW_NOTE)
