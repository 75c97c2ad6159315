"""Whether a draft, with all that follows in it, is what a pathway recommends."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Any

from osler.domain.dosage import Dosage
from osler.pathways.daily import in_turn
from osler.pathways.hooks.doses import is_within_ceiling
from osler.pathways.hooks.suggestions import Draft, agrees
from osler.pathways.orders import Order


def is_recommended(
    draft: Draft, wanted: Sequence[dict[str, Any]], known: Collection[Order]
) -> bool:
    """Whether a draft begins as a request recommends and goes on as one does.

    What follows may be of another request ("…, then every 3 months" is maintenance). Where the
    pathway states a maximum instead ("at most 2,550 mg a day"), it is enough to stay below.
    """
    first, later = _turns(draft)
    return any(agrees(_of(draft, first), request) for request in wanted) and all(
        is_within_ceiling(step, draft.order, known)
        or any(agrees(_of(draft, (step,)), request) for request in wanted)
        for step in later
    )


def _turns(draft: Draft) -> tuple[tuple[Dosage, ...], tuple[Dosage, ...]]:
    """The doses that a draft begins with, and those that follow later."""
    doses, listed = draft.order.dosages, draft.placed.resource.get("dosageInstruction", [])
    numbers = [i.get("sequence") for i in listed]
    follow = len(doses) == len(listed) > 1 and in_turn(listed) and numbers == sorted(set(numbers))
    steps = tuple(step for d in doses for step in d.steps)
    return (doses[:1], (*doses[1:], *steps)) if follow else (doses, steps)


def _of(draft: Draft, doses: tuple[Dosage, ...]) -> Draft:
    return replace(draft, order=replace(draft.order, dosages=doses))
