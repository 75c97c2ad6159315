"""Chosen claims → an Answer: sections, numbered references, conflicts, follow-ups."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from osler import __version__
from osler.answering.composing.compose import Composed, number_references, numbered, sections
from osler.answering.composing.grading import graded
from osler.answering.follow_ups import follow_ups
from osler.answering.notices import notices_for
from osler.answering.selecting.missing import missing_facts
from osler.answering.selecting.select import Selection
from osler.domain import (
    Abstention,
    Answer,
    Audience,
    Claim,
    Conflict,
    Position,
    Question,
    Section,
    Source,
)

Arrange = Callable[[Iterable[Composed], Question], tuple[Section, ...]]


def stamp(question: Question, *, abstention: Abstention | None = None) -> Answer:
    """An answer with nothing in it yet; the engine fills in versions and time."""
    return Answer(
        question=question,
        bottom_line=(),
        sections=(),
        conflicts=(),
        references=(),
        follow_ups=(),
        safety_notices=notices_for(question),
        abstention=abstention,
        audience=Audience.PHYSICIAN,
        ranking="lexical",
        library_version=0,
        engine_version=__version__,
        elapsed_ms=0.0,
    )


def assemble(
    question: Question,
    selection: Selection,
    opening: tuple[Composed, ...],
    rest: Iterable[Composed],
    conflicts: tuple[Conflict, ...],
    composed: Iterable[Composed],
    arrange: Arrange = sections,
) -> Answer:
    """Put an answer together; references are numbered as the reader meets them.

    `arrange` puts the rest under titles. `composed` is all from which opening, rest and
    conflicts were taken: a conflict may show a claim for which the rest had no room.
    """
    body_items = tuple(rest)
    body = arrange(body_items, question)
    shown = [
        *(c.claim for c in opening),
        *(claim for section in body for claim in section.claims),
        *(p.claim for conflict in conflicts for p in conflict.positions),
    ]
    source_of = _sources(composed)
    numbers, references = number_references(shown, source_of)

    def finished(claim: Claim) -> Claim:
        return graded(numbered(claim, numbers), source_of)

    missing = missing_facts(
        [c.claim for c in opening], [c.claim for c in body_items if c.claim.dosages], question
    )
    base = stamp(question)
    return Answer(
        question=question,
        bottom_line=tuple(finished(c.claim) for c in opening),
        sections=tuple(Section(s.title, tuple(finished(c) for c in s.claims)) for s in body),
        conflicts=tuple(_finished(conflict, finished) for conflict in conflicts),
        references=references,
        follow_ups=follow_ups(question, selection, {s.title for s in body}, missing),
        safety_notices=base.safety_notices,
        abstention=None,
        audience=base.audience,
        ranking=base.ranking,
        library_version=base.library_version,
        engine_version=base.engine_version,
        elapsed_ms=base.elapsed_ms,
        missing=tuple(fact.name for fact in missing),
    )


def _sources(items: Iterable[Composed]) -> dict[str, Source]:
    return {source.id: source for item in items for source in item.sources}


def _finished(conflict: Conflict, finish: Callable[[Claim], Claim]) -> Conflict:
    positions = []
    for position in conflict.positions:
        claim = finish(position.claim)
        references = tuple(dict.fromkeys(c.reference for c in claim.citations))
        positions.append(Position(claim, references))
    return replace(conflict, positions=tuple(positions))
