"""understand → retrieve → select → compose → check, in one visible line."""

from __future__ import annotations

import time
from dataclasses import replace

from osler import __version__
from osler.answering import bottom_line
from osler.answering.abstain import abstain
from osler.answering.agreement import find_conflicts
from osler.answering.assemble import assemble, stamp
from osler.answering.compose import Composed, compose_claims
from osler.answering.relevance import prepare
from osler.answering.retrieve import retrieve
from osler.answering.select import Selection, facets_of, select
from osler.answering.support import choose_support
from osler.answering.understand import understand
from osler.domain import Answer, Audience, Patient, Question
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
    selection = select(retrieve(library, question), prepare(question, library.idf))
    composed = compose_claims(selection.core, question)
    if composed:
        answer = _answered(question, selection, composed)
    else:
        answer = stamp(question, abstention=abstain(question, selection))
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
    return assemble(question, selection, opening, (*rest, *support), conflicts)


def merge_patients(read: Patient, given: Patient) -> Patient:
    """What was given explicitly, over what the question says."""
    empty = Patient()
    changes = {
        name: getattr(given, name)
        for name in Patient.__dataclass_fields__
        if getattr(given, name) != getattr(empty, name)
    }
    return replace(read, **changes)
