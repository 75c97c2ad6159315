"""All that the library says of one topic, and all that one source recommends."""

from __future__ import annotations

import time
from dataclasses import replace

from osler import __version__
from osler.answering.assemble import assemble, stamp
from osler.answering.candidate import Candidate, Found
from osler.answering.compose import Composed, compose_claims
from osler.answering.conflicts import find_conflicts
from osler.answering.currency import keep_current
from osler.answering.doubts import with_warning
from osler.answering.relevance import judge, prepare
from osler.answering.retrieve import retrieve_topic
from osler.answering.scored import Scored
from osler.answering.select import Selection
from osler.answering.sides import Sides
from osler.answering.understand import understand
from osler.domain import (
    Abstention,
    Answer,
    Applicability,
    Applies,
    Aspect,
    Polarity,
    Question,
    Statement,
    StatementKind,
)
from osler.library import Library

MOST_CLAIMS = 60
_RECOMMENDS = frozenset(StatementKind) - {StatementKind.OTHER}


def _recommends(statement: Statement) -> bool:
    """Whether a statement says what to do; also where it only says what not to do, and for whom."""
    against = statement.polarity is Polarity.NEGATIVE and statement.substances
    return statement.kind in _RECOMMENDS or bool(against and statement.group.criteria)


def overview(library: Library, topic: str) -> Answer:
    """Everything on a drug or condition, by section; abstains where there is nothing.

    Raises EmptyQuestion and LibraryError.
    """
    started = time.perf_counter()
    question = replace(understand(topic, frequency_of=library.frequency), aspects=(Aspect.ANY,))
    asked = prepare(question, library.idf)
    judged = []
    for each in retrieve_topic(library, question):
        relevance = judge(each, asked)
        if relevance is None or not _about(
            relevance.subject, relevance.condition, relevance.overlap
        ):
            continue
        if _recommends(each.candidate.statement):
            judged.append(Scored(each.candidate, relevance))
    judged.sort(key=lambda s: s.key)
    composed, _ = keep_current(compose_claims(judged[:MOST_CLAIMS], question), question)
    return _article(library, question, composed, topic, started)


def _about(subject: float, condition: float, overlap: float) -> bool:
    return subject >= 0.75 or condition >= 0.5 or overlap >= 0.8


def summarize(library: Library, source: str) -> Answer:
    """One source's recommendations, by group, with their strength where it states one.

    `source` is an id, a file name or a title. Raises SourceNotFound and LibraryError.
    """
    started = time.perf_counter()
    found = library.source(source)
    question = Question(text=found.title, understood=f"Summary of {found.title}")
    asked = prepare(question, library.idf)
    chosen = []
    for statement in library.statements_of(found.id):
        candidate = Candidate(statement, found)
        if candidate.usable and _recommends(statement):
            relevance = judge(Found(candidate, 1.0), asked)
            if relevance is not None:
                known = replace(relevance, applicability=Applicability(Applies.UNKNOWN))
                chosen.append(Scored(candidate, known))
    composed, _ = keep_current(compose_claims(chosen, question), question)
    return _article(library, question, composed, found.title, started)


def _article(
    library: Library,
    question: Question,
    composed: tuple[Composed, ...],
    about: str,
    started: float,
) -> Answer:
    if not composed:
        answer = stamp(
            question,
            abstention=Abstention(f"The library holds nothing on {about}.", looked_for=about),
        )
    else:
        composed = tuple(with_warning(library, item) for item in composed)
        conflicts = find_conflicts(composed, (), (), (), Sides(question), about)
        selection = Selection((), (), ())
        answer = assemble(question, selection, (), composed, conflicts, composed)
    return replace(
        answer,
        ranking=library.ranking,
        library_version=library.version,
        engine_version=__version__,
        elapsed_ms=round((time.perf_counter() - started) * 1000, 1),
    )
