"""Lines for a drug that is taken alone, beside one for who takes another drug with it."""

from __future__ import annotations

import re
from collections.abc import Iterable

from osler.answering.candidates.subject import relation
from osler.answering.composing.compose import Composed
from osler.domain import Question
from osler.patterns import lazy

# "Alone; Weeks 1 and 2: 25 mg", "Mania, monotherapy: 15 mg", "Without other drugs: 50 mg".
_ALONE = lazy(
    r"(?:\A|[:;,(]\s*|\bgiven\s|\btaken\s|\bused\s)"
    r"(?:alone|(?:as\s+)?mono-?therapy|without\s+(?:an?\s+|any\s+)?(?:other|interacting|enzyme|inducers?|inhibitors?))\b",
    re.IGNORECASE,
)


def is_for_the_drug_alone(item: Composed, items: Iterable[Composed], question: Question) -> bool:
    """Whether it doses who takes nothing besides, where another line of its table or list names a
    drug that this patient takes: "Alone: 25 mg daily" beside "With valproate: 25 mg every other
    day"."""
    taken = {*question.patient.drugs, *(t.name for t in question.terms if t.kind == "co-drug")}
    if not taken or not _says_alone(item):
        return False
    return any(_names(other, taken) for other in items if _place(other) == _place(item))


def _says_alone(item: Composed) -> bool:
    text = item.claim.text
    first = min((d.amount_start for d in item.claim.dosages), default=0)
    return _ALONE.search(text, 0, first) is not None


def _names(item: Composed, taken: Iterable[str]) -> bool:
    names = item.scored.candidate.own_substances
    return any(
        relation(drug, name) == 1 or relation(name, drug) for drug in taken for name in names
    )


def _place(item: Composed) -> tuple[object, ...]:
    statement = item.scored.candidate.statement
    return statement.source_id, statement.block, statement.section
