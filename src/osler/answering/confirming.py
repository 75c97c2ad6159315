"""Suggested questions, asked before they are suggested."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from osler.answering.engine import ask
from osler.domain import Answer, Claim
from osler.library import Library


def confirmed(library: Library, answer: Answer) -> Answer:
    """The answer with those suggestions alone that are answered, and not by what it shows already.

    Questions that ask the reader for a fact of the patient stay. Each of the others is asked,
    which takes as long as the answer did: it is for whoever shows suggestions to call this, once
    the answer is there. Raises LibraryError.
    """
    shown = _statements(answer)
    kept = []
    for place, suggestion in enumerate(answer.follow_ups):
        asks_a_fact = place < len(answer.missing)  # these come first (see `follow_ups`)
        if asks_a_fact or tells_more(ask(library, suggestion), shown):
            kept.append(suggestion)
    return replace(answer, follow_ups=tuple(kept))


def claims_shown(answer: Answer) -> Iterator[Claim]:
    """Every claim that a reader sees: bottom line, sections, sides of conflicts."""
    yield from answer.bottom_line
    for section in answer.sections:
        yield from section.claims
    for conflict in answer.conflicts:
        yield from (position.claim for position in conflict.positions)


def _statements(answer: Answer) -> frozenset[str]:
    return frozenset(s.id for claim in claims_shown(answer) for s in claim.statements)


def tells_more(next_answer: Answer, shown: frozenset[str]) -> bool:
    """Whether there is a claim none of whose statements is shown already.

    `shown` are ids of statements.
    """
    return any(
        shown.isdisjoint(s.id for s in claim.statements) for claim in claims_shown(next_answer)
    )
