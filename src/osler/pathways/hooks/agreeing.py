"""Whether a draft, with all that follows in it, is what a pathway recommends."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Any

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
    return any(agrees(draft, request) for request in wanted) and all(
        is_within_ceiling(step, draft.order, known)
        or any(
            agrees(replace(draft, order=replace(draft.order, dosages=(step,))), request)
            for request in wanted
        )
        for dosage in draft.order.dosages
        for step in dosage.steps
    )
