"""What a pathway has for this patient, as changes that a draft may be offered."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from osler.dosage import format_dosage
from osler.pathways.applying import Reason, Step
from osler.pathways.hooks.agreeing import Wanted
from osler.pathways.hooks.cards import Deck, is_choice
from osler.pathways.hooks.doses import ceiling_in
from osler.pathways.hooks.suggestions import LONGEST_LABEL, Draft, changes, dose_of, labelled
from osler.pathways.orders import Order, read_made


@dataclass(frozen=True, slots=True)
class Position:
    """An order that an action makes for this patient; `group` is the choice that it stands in."""

    step: Step
    group: Step
    reasons: tuple[Reason, ...]
    order: Order
    request: dict[str, Any]

    @property
    def wanted(self) -> Wanted:
        """The order, with the title that may say its form."""
        return Wanted(self.order, self.step.title)


def positions(
    deck: Deck, steps: Sequence[Step], group: Step | None = None, why: tuple[Reason, ...] = ()
) -> Iterator[Position]:
    """The drugs that the steps that were taken order, in the order of the plan."""
    for step in steps:
        if not step.taken or not deck.is_for_hook(step):
            continue
        reasons = (*why, *step.reasons)
        order = read_made(step.request) if step.request is not None else None
        if order is not None and step.request is not None:
            yield Position(step, group or step, reasons, order, step.request)
        within = group or (step if is_choice(step) else None)
        yield from positions(deck, step.steps, within, reasons)


def maxima(steps: Sequence[Step]) -> Iterator[tuple[str, Order]]:
    """The most that the words of steps that were taken state of a drug, by the step's id."""
    for step in steps:
        if not step.taken:
            continue
        most = ceiling_in(step.description)
        if most is not None:
            yield step.id, most
        yield from maxima(step.steps)


def offers(deck: Deck, draft: Draft, listed: Iterable[Position]) -> Iterator[dict[str, Any]]:
    """A suggestion for each dose among positions: the draft changed, or another order made."""
    offered: set[str] = set()
    for one in listed:
        # The same dose in other words is offered once, in the words of the first.
        same = f"{one.order.name} {', '.join(map(format_dosage, one.order.dosages))}"
        if not one.order.dosages or same in offered:
            continue
        offered.add(same)
        dose = f"{one.order.name} {dose_of(one.request)}"
        title = one.step.title
        actions = changes(draft, one.request, title)
        verb = "Change" if actions[0]["type"] == "update" else "Take another product and change"
        said = f"{verb} to {dose}"
        longer = f"{said} ({title})" if title else said
        yield {
            "label": labelled(longer if len(longer) <= LONGEST_LABEL else said),
            "uuid": str(deck.id_of(f"offer {draft.reference} {dose}")),
            "actions": actions,
        }
