"""All that the library says of one topic, and all that one source recommends."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from osler import __version__
from osler.answering.articles.topic_opening import opening
from osler.answering.articles.topic_sections import (
    Arranged,
    as_sections,
    by_group,
    by_heading,
    in_reading_order,
)
from osler.answering.assemble import assemble, stamp
from osler.answering.candidates.candidate import Candidate, Found
from osler.answering.composing.compose import Composed, compose_claims
from osler.answering.composing.doubts import with_warning
from osler.answering.disagreeing.conflicts import find_conflicts
from osler.answering.disagreeing.currency import keep_current
from osler.answering.disagreeing.sides import Sides
from osler.answering.judging.families import whole_families, without_bare_leads
from osler.answering.judging.relevance import Relevance, judge, prepare
from osler.answering.judging.scored import Scored
from osler.answering.retrieving.retrieve import retrieve_topic
from osler.answering.selecting.select import Selection
from osler.answering.understanding.understand import understand
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
from osler.statements.vocabulary.conditions import is_a

MOST_CLAIMS = 60
Arrange = Callable[[Sequence[Composed], Question], Arranged]
TOLD_WHOLE = 40  # statements: of a document as short as that a summary leaves nothing out
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
        if relevance is None or not _about(each.candidate, relevance, question):
            continue
        judged.append(Scored(each.candidate, relevance))
    judged.sort(key=lambda s: s.key)
    chosen = [s for s in judged if _recommends(s.candidate.statement)][:MOST_CLAIMS]
    composed = _composed(chosen, judged, question)
    return _article(library, question, composed, topic, by_group, by_group, started)


def _about(candidate: Candidate, relevance: Relevance, question: Question) -> bool:
    """Whether it is on the topic itself: of an illness, on no broader or neighbouring one."""
    if relevance.subject >= 0.75 or relevance.overlap >= 0.8:
        return True
    topics = [term.name for term in question.terms if term.kind != "substance"]
    on_it = any(is_a(name, topic) for name in candidate.conditions for topic in topics)
    return relevance.condition >= 0.5 and (on_it or not topics)


def summarize(library: Library, source: str) -> Answer:
    """One source's recommendations, as it sets them out, with their strength where it states one.

    `source` is an id, a file name or a title. Raises SourceNotFound and LibraryError.
    """
    started = time.perf_counter()
    found = library.source(source)
    question = Question(text=found.title, understood=f"Summary of {found.title}")
    asked = prepare(question, library.idf)
    usable = []
    for statement in library.statements_of(found.id):
        candidate = Candidate(statement, found)
        relevance = judge(Found(candidate, 1.0), asked) if candidate.usable else None
        if relevance is not None:
            known = replace(relevance, applicability=Applicability(Applies.UNKNOWN))
            usable.append(Scored(candidate, known))
    short = len(usable) <= TOLD_WHOLE
    chosen = [s for s in usable if short or _recommends(s.candidate.statement)]
    chosen = [s for s in chosen if not s.candidate.statement.text.rstrip().endswith("?")]
    composed = _composed(chosen, usable, question)
    return _article(library, question, composed, found.title, by_heading, in_reading_order, started)


def _composed(
    chosen: Sequence[Scored], pool: Iterable[Scored], question: Question
) -> tuple[Composed, ...]:
    """Claims of what was chosen, with the rest of its tables and lists, each said once."""
    whole = without_bare_leads(whole_families(chosen, pool))
    composed, _ = keep_current(compose_claims(whole, question, whole_rows=True), question)
    return composed


def _article(
    library: Library,
    question: Question,
    composed: tuple[Composed, ...],
    about: str,
    arrange: Arrange,
    arrange_opening: Arrange,
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
        arranged = arrange(composed, question)
        first = opening(arrange_opening(composed, question), question)
        answer = assemble(
            question,
            Selection((), (), ()),
            first,
            [item for item in composed if item not in first],
            conflicts,
            composed,
            lambda rest, _: as_sections(arranged, rest),
        )
        answer = replace(answer, missing=(), follow_ups=())  # no patient was asked about
    return replace(
        answer,
        ranking=library.ranking,
        library_version=library.version,
        engine_version=__version__,
        elapsed_ms=round((time.perf_counter() - started) * 1000, 1),
    )
