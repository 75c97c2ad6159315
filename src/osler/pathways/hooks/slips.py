"""The card on a drafted dose that cannot be meant: ten times off, or above the maximum."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from osler.domain.dosage import Dosage, DosageRole
from osler.dosage import format_dosage
from osler.pathways.applying import Step
from osler.pathways.hooks.cards import Card, Deck
from osler.pathways.hooks.contradicting import contradictions
from osler.pathways.hooks.doses import Finding, Slip, ceiling_in, slip_of
from osler.pathways.hooks.suggestions import LONGEST_LABEL, Draft, changes, labelled
from osler.pathways.hooks.wording import escaped
from osler.pathways.orders import Order, read_made


@dataclass(frozen=True, slots=True)
class _Stated:
    """What an action states of a drug: the order that it makes, or a maximum in its words."""

    key: str  # the action's id
    order: Order
    title: str = ""
    request: dict[str, Any] | None = None


def slips(deck: Deck, steps: Sequence[Step]) -> Iterator[tuple[Draft, Card]]:
    """Each draft whose dose cannot be meant, with its card."""
    if not deck.drafts:
        return
    own = list(_stated(steps))
    every = [*own, *(_Stated(key, order) for key, order in deck.known.items())]
    for draft in deck.drafts:
        if draft.order.is_combined:
            continue
        mine = [s for s in own if draft.order.names(s.order)]
        found = slip_of(draft.order, (s.order for s in every), (s.order for s in mine))
        if found is not None:
            keys = [s.key for s in every if found.stated in s.order.dosages]
            yield draft, _card(deck, draft, found, mine, keys)


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
    deck: Deck, draft: Draft, found: Finding, stated: Sequence[_Stated], keys: Sequence[str]
) -> Card:
    title = (
        f"{draft.order.name}: {_short(found.drafted)} is drafted, "
        f"the pathway has {_short(found.stated)}"
    )
    if found.slip is Slip.ABOVE_MAXIMUM:
        title = f"{draft.order.name}: more than the maximum of {_short(found.stated)} is drafted"
    offered = list(_changes(deck, draft, stated))
    if len(offered) == 1 and offered[0]["actions"][0]["type"] == "update":
        offered[0]["isRecommended"] = True
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


def _changes(deck: Deck, draft: Draft, stated: Sequence[_Stated]) -> Iterator[dict[str, Any]]:
    """A suggestion for each dose that the pathway has for this patient."""
    offered: set[str] = set()
    for one in stated:
        doses = ", then ".join(map(format_dosage, one.order.dosages))
        dose = f"{one.order.name} {doses}"
        if one.request is not None and doses and dose not in offered:
            offered.add(dose)
            actions = changes(draft, one.request, one.title)
            verb = "Change" if actions[0]["type"] == "update" else "Take another product and change"
            said = f"{verb} to {dose}"
            longer = f"{said} ({one.title})" if one.title else said
            yield {
                "label": labelled(longer if len(longer) <= LONGEST_LABEL else said),
                "uuid": str(deck.id_of(f"slip {draft.reference} {dose}")),
                "actions": actions,
            }


def _how(found: Finding) -> str:
    if found.slip is Slip.ABOVE_MAXIMUM:
        return "The drafted dose is above the maximum that the sources state."
    assert found.factor is not None
    same = found.drafted.low == found.stated.low and found.drafted.unit != found.stated.unit
    unit = " The number is the same; the unit is another." if same else ""
    if found.slip is Slip.FAR_BELOW:
        return f"The nearest dose that the pathway has is {found.factor:,.0f} times that.{unit}"
    return f"That is {found.factor:,.0f} times the nearest dose that the pathway has.{unit}"


def _stated(steps: Sequence[Step]) -> Iterator[_Stated]:
    """What the steps that were taken order, and which maxima their words state."""
    for step in steps:
        if not step.taken:
            continue
        order = read_made(step.request) if step.request is not None else None
        if order is not None:
            yield _Stated(step.id, order, step.title, step.request)
        most = ceiling_in(step.description)
        if most is not None:
            yield _Stated(step.id, most)
        yield from _stated(step.steps)


def _short(d: Dosage) -> str:
    """The amount alone."""
    return format_dosage(
        replace(
            d, role=DosageRole.DOSE, comparator=None, frequency=None, route=None, routes=(),
            duration=None, over=None, maximum=None, divided=None, steps=(),
        )
    )  # fmt: skip
