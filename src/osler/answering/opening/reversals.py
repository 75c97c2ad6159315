"""The doses by which a drug is reversed open together: each is for its own time or amount."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from osler.answering.composing.compose import Composed
from osler.answering.understanding.poisoning import poisons_of
from osler.answering.understanding.reversing import reversed_drugs
from osler.domain import Question


def with_doses_beside(
    opening: Sequence[Composed],
    ranked: Sequence[Composed],
    question: Question,
    within: Callable[[list[Composed]], list[Composed]],
) -> list[Composed]:
    """Each dose of an opening with those of its drug that stand under the same words.

    "0.5 mg if more than 8 hours ago" must not be left out behind "1 mg within 8 hours".
    """
    if not (reversed_drugs(question) or poisons_of(question)):
        return list(opening)
    together: list[Composed] = []
    for item in opening:
        beside = [c for c in ranked if c is item or _stands_beside(c, item)]
        beside.sort(key=lambda c: c.claim.citations[0].start)
        together += [c for c in beside if c not in together]
    return within(together)


def _stands_beside(one: Composed, other: Composed) -> bool:
    first, second = one.scored.candidate, other.scored.candidate
    drugs = {d.substance for d in one.claim.dosages} & {d.substance for d in other.claim.dosages}
    return (
        bool(drugs - {None})
        and first.source.id == second.source.id
        and first.statement.context == second.statement.context
    )
