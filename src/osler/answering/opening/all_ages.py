"""Texts that dose several ages at once, beside one that says the dose for this patient alone."""

from __future__ import annotations

from osler.answering.composing.compose import Composed
from osler.domain import Applies, Criterion, Dosage

_AGES = frozenset({"age", "life stage"})


def holds_all_ages(item: Composed, all_: list[Composed]) -> bool:
    """Whether it doses several ages at once, and another claim says one of its doses for this
    patient alone."""
    if len(_ages_of(item)) < 2:
        return False
    held = [_amount(d) for d in item.claim.dosages]
    return any(
        other is not item
        and len(other.claim.dosages) < len(held)
        and bool(other.claim.dosages)
        and other.claim.applies is Applies.YES
        and len(_ages_of(other)) < len(_ages_of(item))
        and all(_amount(d) in held for d in other.claim.dosages)
        for other in all_
    )


def _ages_of(item: Composed) -> list[Criterion]:
    criteria = item.claim.statements[0].group.criteria
    members = [m for c in criteria for m in (c, *c.alternatives)]
    return [m for m in members if m.attribute in _AGES]


def _amount(dosage: Dosage) -> tuple[object, ...]:
    return dosage.low, dosage.high, dosage.unit, dosage.per
