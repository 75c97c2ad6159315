"""The card on a draft that is none of the pathway's schedules: drafted against stated."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from math import prod
from typing import Any

from osler.domain.dosage import Dosage
from osler.dosage import format_dosage
from osler.dosage.wording import format_duration
from osler.pathways.hooks.agreeing import (
    Difference,
    a_day,
    amount,
    differences,
    interval,
    lowest,
    unlike,
)
from osler.pathways.hooks.cards import Card, Deck
from osler.pathways.hooks.doses import BY_ANOTHER_ROUTE, is_within_ceiling, same_substance
from osler.pathways.hooks.offering import Position, offers
from osler.pathways.hooks.regimens import Regimen, regimen_of
from osler.pathways.hooks.suggestions import Draft, full_label_of
from osler.pathways.hooks.wording import LONGEST_SUMMARY, escaped
from osler.pathways.orders import Order

# How many times its dose would be off where a draft is as far from a schedule as by this.
_WEIGHTS = {
    Difference.ROUTE: 10.0, Difference.PRODUCT: 10.0,
    Difference.COURSE: 1.5, Difference.ENDLESS: 1.5,
}  # fmt: skip
_OTHER_DRUG = 5.0
_INCOMPARABLE = 1e6
_LESS = frozenset({Difference.AMOUNT, Difference.TIMING})


@dataclass(frozen=True, slots=True)
class _Near:
    """A schedule beside a drafted dosage, and how far it is from it."""

    position: Position
    drafted: Dosage
    stated: Dosage
    differences: tuple[Difference, ...]
    distance: float


def differing(
    deck: Deck,
    listed: Sequence[Position],
    most: Sequence[tuple[str, Order]],
    said: Collection[str],
    renewed: Collection[str],
    *,
    is_answered: bool,
) -> Iterator[Card]:
    """A card for each draft that is none of the schedules for this patient.

    `listed` is what the pathway has for this patient, `most` the maxima, by the ids of steps. None
    for a draft that was spoken of (`said`, by reference), that agrees, or that is for going on
    with and within the maximum, as one is that renews an order (`renewed`). Where the pathway has
    no dose of the drug for this patient, that is told, unless cards that say more were dealt, or
    the pathway has it lowered as it is drafted (`is_answered`).
    """
    ceilings = [order for _, order in most]
    for draft in deck.drafts:
        regimen = regimen_of(draft)
        if draft.reference in said or draft.order.is_combined or not regimen.dosages:
            continue
        mine = [p for p in listed if same_substance(draft.order, p.order)]
        bounded = any(draft.order.names(order) for order in ceilings)
        other = unlike(draft.order, regimen, [p.wanted for p in mine], ceilings)
        goes_on = draft.reference in renewed and bounded
        if not other or (
            goes_on and all(is_within_ceiling(d, draft.order, ceilings) for d in other)
        ):
            continue
        if mine and all(_is_other_use(d, mine) for d in other):
            yield _silent(deck, draft, regimen, "info")
        elif mine:
            yield _card(deck, draft, replace(regimen, dosages=other), mine, bounded)
        elif not bounded and not is_answered and _is_known(deck, draft.order):
            yield _silent(deck, draft, regimen)


def _is_known(deck: Deck, order: Order) -> bool:
    return any(same_substance(order, known) for known in deck.known.values())


def _is_other_use(drafted: Dosage, listed: Sequence[Position]) -> bool:
    """Whether no dose is by the route of a drafted one, nor within a hundredth of it.

    What is a slip was told; a vial of grams into a vein, sold as that, is for another condition.
    """
    mine, routes = amount(drafted), {drafted.route, *drafted.routes} - {None}
    stated = [d for p in listed for d in p.order.dosages]
    if mine is None or not routes or any(routes & {d.route or "oral", *d.routes} for d in stated):
        return False
    amounts = [found for d in stated if (found := amount(d)) is not None and found[2] == mine[2]]
    return bool(amounts) and all(mine[0] >= BY_ANOTHER_ROUTE * found[1] for found in amounts)


def _silent(deck: Deck, draft: Draft, regimen: Regimen, indicator: str = "warning") -> Card:
    title = f"{draft.order.name}: {regimen} is drafted, the pathway has no dose for this patient"
    if len(title) > LONGEST_SUMMARY:
        title = f"{draft.order.name}: the pathway has no dose of it for this patient"
    return deck.card(
        f"silent {draft.reference}",
        title,
        indicator,
        [
            f"**Drafted**: {escaped(str(regimen))}",
            "It was held against no schedule. What the pathway has, and for whom, is on its "
            f"[page]({deck.evidence.page}).",
        ],
        (),
    )


def _card(
    deck: Deck, draft: Draft, other: Regimen, mine: Sequence[Position], bounded: bool
) -> Card:
    near = [_nearest(draft.order, drafted, mine) for drafted in other.dosages]
    # Of several dosages the one that is farthest off is the one to speak of.
    worst = max(near, key=lambda found: found[0].distance)
    first, keys = worst[0], {id(one.position.group) for one in worst}
    # Positions stand side by side: of the choice that is nearest each is shown.
    shown = [p for p in mine if id(p.group) in keys]
    mild = not other.together and _is_mild(draft.order, near, mine if bounded else ())
    offered = list(offers(deck, draft, shown))
    if len(offered) == 1 and offered[0]["actions"][0]["type"] == "update":
        offered[0]["isRecommended"] = True
    told = [f"**Drafted**: {escaped(str(regimen_of(draft)))}"]
    if other.together:
        told.append("Its instructions are read as taken together: none is numbered after another.")
    told.append(f"**Nearest schedule**: {escaped(full_label_of(first.position.step))}")
    if first.differences:
        told.append(f"**What differs**: {', '.join(first.differences)}")
    reasons = tuple(reason for p in shown for reason in p.reasons)
    values = deck.deciding.values(reasons) if deck.deciding else ()
    why = deck.evidence.why(reasons, values)
    told.append(f"**Why**\n\n{why}" if why else "")
    for one in shown:
        told.append(f"**{escaped(full_label_of(one.step))}**")
        told.append(deck.evidence.quoted(deck.evidence.cited([one.step.id])))
    made = deck.card(
        f"differs {draft.reference}",
        _title(draft, other, first),
        "info" if mild else "warning",
        told,
        (),
        offered,
        "at-most-one",
    )
    cited = deck.evidence.cited(p.step.id for p in shown)
    return made | {"links": deck.evidence.links(cited), "source": deck.evidence.source(cited)}


def _is_mild(order: Order, near: Sequence[Sequence[_Near]], listed: Sequence[Position]) -> bool:
    """Whether each dosage is less than what the sources begin with, or leaves out such an end.

    Where sources state a maximum a drug is stepped up, and beginning lower is a way to do it. A
    course that goes on until something is reached has an end that no order can hold but in words.
    """
    return all(
        any(
            not one.differences or (one.differences == (Difference.ENDLESS,) and _until(one.stated))
            for one in nearest
        )
        or _is_less(order, nearest[0].drafted, listed)
        for nearest in near
    )


def _is_less(order: Order, drafted: Dosage, listed: Sequence[Position]) -> bool:
    """Whether a dosage differs from all that are comparable in being less a day."""
    alike = [
        stated
        for p in listed
        for stated in p.order.dosages
        if not set(differences(order, drafted, p.wanted, stated)) - _LESS
    ]
    day, least = a_day(drafted), lowest(alike)
    return day is not None and least is not None and day[2] == least[1] and day[1] < least[0]


def _until(d: Dosage) -> str | None:
    return d.duration.until if d.duration else None


def _nearest(order: Order, drafted: Dosage, listed: Sequence[Position]) -> list[_Near]:
    """The schedules that a dosage is nearest to, in the order of the plan."""
    found = []
    for position in listed:
        for stated in position.order.dosages:
            different = differences(order, drafted, position.wanted, stated)
            distance = _distance(drafted, stated, different)
            if not order.names(position.order):
                distance *= _OTHER_DRUG
            found.append(_Near(position, drafted, stated, different, distance))
    least = min(one.distance for one in found)
    return [one for one in found if one.distance == least]


def _distance(drafted: Dosage, stated: Dosage, different: Sequence[Difference]) -> float:
    """How many times a drafted dosage is off, by amount and by interval together."""
    total = prod(_WEIGHTS.get(difference, 1.0) for difference in different)
    if Difference.AMOUNT in different:
        mine, theirs = amount(drafted), amount(stated)
        alike = mine is not None and theirs is not None and mine[2] == theirs[2]
        total *= _ratio(mine, theirs) if mine and theirs and alike else _INCOMPARABLE
    if Difference.TIMING in different and drafted.frequency and stated.frequency:
        often, other = interval(drafted.frequency), interval(stated.frequency)
        total *= _ratio(often, other) if often and other else 1.0
    return round(total, 6)


def _ratio(mine: Sequence[Any], theirs: Sequence[Any]) -> float:
    """How many times a range lies above or below another one; 1 where they meet."""
    low, high, least, most = (float(end) for end in (*mine[:2], *theirs[:2]))
    if min(low, high, least, most) <= 0:
        return _INCOMPARABLE
    return max(1.0, low / most, least / high)


def _title(draft: Draft, regimen: Regimen, near: _Near) -> str:
    """What is wrong, as far as it fits: drafted against stated, or in what they differ."""
    name = draft.order.name
    drafted, stated = _short(near.drafted, near), _short(near.stated, near)
    if near.differences == (Difference.ENDLESS,) and near.stated.duration:
        until = format_duration(near.stated.duration)
        titles = [
            f"{name}: {drafted} is drafted without an end, the pathway has it {until}",
            f"{name}: no end of the course is drafted",
        ]
    elif Difference.UNTIMED in near.differences:
        titles = [
            f"{name}: {drafted} is drafted without how often, the pathway has {stated}",
            f"{name}: how often it is given is not drafted",
        ]
    elif not near.differences:
        titles = [f"{name}: {regimen} is drafted, taken together none of the pathway's schedules"]
    else:
        titles = [f"{name}: {drafted} is drafted, the pathway has {stated}"]
    titles.append(f"{name}: another schedule is drafted than the pathway has")
    return next((title for title in titles if len(title) <= LONGEST_SUMMARY), titles[-1])


def _short(d: Dosage, near: _Near) -> str:
    """A dosage without what is not in question."""
    if Difference.ROUTE not in near.differences:
        d = replace(d, route=None, routes=())
    if Difference.COURSE not in near.differences and Difference.ENDLESS not in near.differences:
        d = replace(d, duration=None)
    if near.differences == (Difference.ENDLESS,):
        d = replace(d, duration=None)
    return format_dosage(replace(d, over=None, maximum=None, steps=()))
