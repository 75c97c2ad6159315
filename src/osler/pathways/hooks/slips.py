"""The card on a drafted dose that cannot be meant: ten times off, or above the maximum."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from osler.domain.dosage import Dosage, DosageRole
from osler.dosage import format_dosage
from osler.pathways.hooks.cards import Card, Deck
from osler.pathways.hooks.contradicting import contradictions
from osler.pathways.hooks.doses import Finding, Slip, slip_of
from osler.pathways.hooks.offering import Position, offers
from osler.pathways.hooks.suggestions import Draft
from osler.pathways.hooks.wording import escaped
from osler.pathways.orders import Order


def slips(
    deck: Deck, listed: Sequence[Position], most: Sequence[tuple[str, Order]]
) -> Iterator[tuple[Draft, Card]]:
    """Each draft whose dose cannot be meant, with its card.

    `listed` is what the pathway has for this patient, `most` the maxima, by the ids of steps.
    """
    own = [*((p.step.id, p.order) for p in listed), *most]
    every = [*own, *deck.known.items()]
    for draft in deck.drafts:
        if draft.order.is_combined:
            continue
        mine = [order for _, order in own if draft.order.names(order)]
        found = slip_of(draft.order, (order for _, order in every), mine)
        if found is not None:
            keys = [key for key, order in every if found.stated in order.dosages]
            offered = [p for p in listed if draft.order.names(p.order)]
            yield draft, _card(deck, draft, found, offered, keys)


def unread(deck: Deck) -> Iterator[Card]:
    """A card for drafts that the pathway knows and whose dose was not checked, or not all of it."""
    for draft in deck.drafts:
        order = draft.order
        if not any(map(order.names, deck.known.values())):
            continue
        if order.is_combined:
            why = "Its product names more than one substance or strength; no dose is compared."
        elif order.unread:
            why = "Its dosage instruction could not be read in full, and a part is not all."
        elif order.obscure:
            why = "The coded dose was checked; the words beside it could not be read in full."
        elif not order.dosages:
            why = "It has no dosage instruction."
        else:
            continue
        yield deck.card(
            f"unread {draft.reference}",
            f"The drafted dose of {order.name} was not checked",
            "info",
            [why],
            (),
        )


def contradicted(deck: Deck) -> Iterator[Card]:
    """A card for drafts whose coded dose and written instruction are not the same."""
    for draft in deck.drafts:
        for coded, written in contradictions(draft.placed.resource, draft.order):
            yield deck.card(
                f"contradicted {draft.reference}",
                f"{draft.order.name}: {format_dosage(coded)} is coded, "
                f"{format_dosage(written)} is written",
                "warning",
                [
                    f"**Coded**: {escaped(format_dosage(coded))}",
                    f"**Written**: {escaped(format_dosage(written))}",
                    "Make them the same before the order is signed. The coded dose is the one "
                    "that was checked.",
                ],
                (),
            )
            break


def _card(
    deck: Deck, draft: Draft, found: Finding, listed: Sequence[Position], keys: Sequence[str]
) -> Card:
    title = (
        f"{draft.order.name}: {_short(found.drafted)} is drafted, "
        f"the pathway has {_short(found.stated)}"
    )
    if found.slip is Slip.ABOVE_MAXIMUM:
        title = f"{draft.order.name}: more than the maximum of {_short(found.stated)} is drafted"
    offered = list(offers(deck, draft, listed))
    offered.append(deck.taking_back([draft]))
    return deck.card(
        f"slip {draft.reference}",
        title,
        "critical",
        [
            f"**Drafted**: {escaped(format_dosage(found.drafted))}",
            f"**Stated**: {escaped(format_dosage(found.stated))}",
            _how(found),
        ],
        deck.evidence.cited(keys),
        offered,
        "at-most-one",
    )


def _how(found: Finding) -> str:
    if found.slip is Slip.ABOVE_MAXIMUM:
        return "The drafted dose is above the maximum that the sources state."
    assert found.factor is not None
    same = found.drafted.low == found.stated.low and found.drafted.unit != found.stated.unit
    unit = " The number is the same; the unit is another." if same else ""
    if found.slip is Slip.FAR_BELOW:
        return f"The nearest dose that the pathway has is {found.factor:,.0f} times that.{unit}"
    return f"That is {found.factor:,.0f} times the nearest dose that the pathway has.{unit}"


def _short(d: Dosage) -> str:
    """The amount alone."""
    return format_dosage(
        replace(
            d, role=DosageRole.DOSE, comparator=None, frequency=None, route=None, routes=(),
            duration=None, over=None, maximum=None, divided=None, steps=(),
        )
    )  # fmt: skip
