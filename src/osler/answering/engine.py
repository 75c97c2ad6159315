"""understand → retrieve → select → compose → check, in one visible line."""

from __future__ import annotations

import time
from dataclasses import replace

from osler import __version__
from osler.answering import bottom_line
from osler.answering.abstain import abstain
from osler.answering.agreement import find_conflicts
from osler.answering.compose import (
    Composed,
    compose_claims,
    number_references,
    numbered,
    sections,
)
from osler.answering.follow_ups import follow_ups
from osler.answering.notices import notices_for
from osler.answering.relevance import prepare
from osler.answering.retrieve import retrieve
from osler.answering.select import Selection, facets_of, select
from osler.answering.support import choose_support
from osler.answering.understand import understand
from osler.domain import (
    Answer,
    Audience,
    Claim,
    Conflict,
    Patient,
    Position,
    Question,
    Section,
)
from osler.library import Library


def ask(
    library: Library,
    text: str,
    *,
    audience: Audience = Audience.PHYSICIAN,
    patient: Patient | None = None,
) -> Answer:
    """Answer a question from a library, or abstain.

    `patient` adds to (and overrides) what the question says of the patient. The same
    question on the same library version gives the same answer, but for `elapsed_ms`.

    Raises EmptyQuestion and UsageError (see `understand`) and LibraryError.
    """
    started = time.perf_counter()
    question = understand(text, frequency_of=library.frequency)
    if patient is not None:
        question = replace(question, patient=merge_patients(question.patient, patient))
    asked = prepare(question, library.idf)
    selection = select(retrieve(library, question), asked)
    composed = compose_claims(selection.core, question.patient)
    answer = (
        _answered(question, selection, composed)
        if composed
        else _silent(question, selection)
    )
    return replace(
        answer,
        audience=audience,
        ranking=library.ranking,
        library_version=library.version,
        engine_version=__version__,
        elapsed_ms=round((time.perf_counter() - started) * 1000, 1),
    )


def _answered(question: Question, selection: Selection, composed: tuple[Composed, ...]) -> Answer:
    opening = bottom_line.choose(composed, facets_of(question))
    rest = [c for c in composed if c not in opening]
    support = choose_support(question, selection, composed)
    subject = next((t.name for t in question.terms if t.kind == "substance"), "")
    conflicts = find_conflicts(tuple(c.claim for c in composed), subject)
    body = sections([*rest, *support])
    shown = [
        *(c.claim for c in opening),
        *(claim for section in body for claim in section.claims),
    ]
    sources = {
        c.scored.candidate.source.id: c.scored.candidate.source for c in (*composed, *support)
    }
    for item in (*composed, *support):  # merged claims cite sources of other candidates
        for citation in item.claim.citations:
            sources.setdefault(citation.source_id, item.scored.candidate.source)
    by_id = {s.candidate.source.id: s.candidate.source for s in (*selection.core, *selection.support)}
    numbers, references = number_references(shown, {**sources, **by_id})
    return Answer(
        question=question,
        bottom_line=tuple(numbered(c.claim, numbers) for c in opening),
        sections=tuple(
            Section(s.title, tuple(numbered(c, numbers) for c in s.claims)) for s in body
        ),
        conflicts=tuple(_numbered_conflict(c, numbers) for c in conflicts),
        references=references,
        follow_ups=follow_ups(question, selection, {s.title for s in body}),
        safety_notices=notices_for(question),
        abstention=None,
        **_STAMPED_LATER,
    )


def _silent(question: Question, selection: Selection) -> Answer:
    return Answer(
        question=question,
        bottom_line=(),
        sections=(),
        conflicts=(),
        references=(),
        follow_ups=(),
        safety_notices=(),
        abstention=abstain(question, selection),
        **_STAMPED_LATER,
    )


_STAMPED_LATER = {
    "audience": Audience.PHYSICIAN,
    "ranking": "lexical",
    "library_version": 0,
    "engine_version": __version__,
    "elapsed_ms": 0.0,
}


def _numbered_conflict(conflict: Conflict, numbers: dict[str, int]) -> Conflict:
    positions = []
    for position in conflict.positions:
        claim: Claim = numbered(position.claim, numbers)
        references = tuple(dict.fromkeys(c.reference for c in claim.citations))
        positions.append(Position(claim, references))
    return Conflict(conflict.about, tuple(positions))


def merge_patients(read: Patient, given: Patient) -> Patient:
    """What was given explicitly, over what the question says."""
    empty = Patient()
    changes = {
        name: getattr(given, name)
        for name in Patient.__dataclass_fields__
        if getattr(given, name) != getattr(empty, name)
    }
    return replace(read, **changes)


