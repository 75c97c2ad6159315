"""A draft beside what is taken or drafted already: the same drug twice may be too much."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from osler.dosage.wording import format_amount
from osler.pathways.hooks.cards import Card, Deck
from osler.pathways.hooks.doses import ceilings_a_day
from osler.pathways.hooks.drafts import followed_by, local
from osler.pathways.hooks.fitting import says_form
from osler.pathways.hooks.service import Service
from osler.pathways.hooks.suggestions import Draft
from osler.pathways.hooks.wording import escaped
from osler.pathways.medicines import in_force
from osler.pathways.orders import Codes, Order, read_order, strengths_in
from osler.pathways.preparations import release_of
from osler.pathways.record import Record
from osler.statements.vocabulary.substances import base_of

_MICROGRAMS = 1000  # in a milligram
_SAID_OF = ("basedOn", "derivedFrom")  # of a MedicationStatement: the prescription that it tells of


@dataclass(frozen=True, slots=True)
class _Held:
    """A medicine in force: a prescription or a statement, and what it orders."""

    kind: str  # "MedicationRequest"
    order: Order

    @property
    def most(self) -> Decimal | None:
        """Milligrams a day of the drug; None where that cannot be told."""
        return None if self.order.is_combined else self.order.most_a_day

    @property
    def says_dose(self) -> bool:
        """Whether it states a dose and how often, be it one that cannot be told."""
        order = self.order
        timed = any(d.frequency or d.per or d.per_time for d in order.dosages)
        return bool(order.is_combined or order.unread or timed)


def taken_together(
    service: Service, deck: Deck, record: Record, *, is_lowered: bool = False
) -> Iterator[Card]:
    """A card for each drug of which drafts, and what is in force, are too much together.

    Only of a drug with a maximum a day: the sum is held against the highest of them. What a draft
    says that it follows (`priorPrescription`, `basedOn`) is not added. Of the same product and
    release a draft is read as what replaces it, which is told where both would be too much, but
    not of the same order again, nor where the dose `is_lowered` as the pathway has it. What cannot
    be added, since a dose in force could not be read or is one of a combination, is said.
    """
    for drug, most in service.ceilings.items():
        drafts = [d for d in deck.drafts if drug in map(base_of, d.order.substances)]
        if not drafts:
            continue
        held = _held(record, drug, drafts, service.codes)
        known = [d.order.most_a_day for d in drafts if not d.order.is_combined]
        amounts = [amount for amount in known if amount is not None]
        if len(amounts) < len(drafts):
            if len(drafts) > 1:
                yield _not_added(deck, drug, drafts)
            elif drafts[0].order.is_combined and any(h.most for h in held):
                yield _beside(deck, drug, drafts, held, "info")
            continue
        drafted = sum(amounts, Decimal(0))
        kept, same = _parted(held, drafts)
        if (taken := _sum(kept)) and (drafted + taken) * _MICROGRAMS > most:
            yield _too_much(deck, drug, drafts, taken, drafted + taken, most / _MICROGRAMS)
        elif unknown := [h for h in kept if h.most is None]:
            said = any(h.says_dose for h in unknown)
            yield _beside(deck, drug, drafts, unknown, "warning" if said else "info")
        elif not is_lowered and (drafted + _sum((*kept, *same))) * _MICROGRAMS > most:
            new = [h for h in same if not any(_is_again(d.order, h) for d in drafts)]
            if new:
                yield _replacing(deck, drug, drafts, _sum(same), drafted)


def _held(record: Record, drug: str, drafts: Sequence[Draft], codes: Codes) -> list[_Held]:
    """What is in force of a drug, and no draft says that it follows."""
    replaced = {reference for d in drafts for reference in followed_by(d.placed.resource)}
    found = []
    for statement in in_force(record, record.now):
        for source in statement.get("derivedFrom", ()):
            reference = source["reference"]
            held = record.referred(reference)
            if held is None or reference in replaced or replaced & _told_of(held):
                continue
            order = read_order(_as_request(held), codes)
            if order is not None and drug in map(base_of, order.substances):
                found.append(_Held(reference.partition("/")[0], order))
    return found


def _told_of(resource: Mapping[str, Any]) -> set[str]:
    """The prescriptions that a MedicationStatement tells of."""
    if resource.get("resourceType") != "MedicationStatement":
        return set()
    listed = [one for name in _SAID_OF for one in resource.get(name, ())]
    return {local(one.get("reference")) for one in listed if isinstance(one, Mapping)}


def _parted(
    held: Sequence[_Held], drafts: Sequence[Draft]
) -> tuple[tuple[_Held, ...], tuple[_Held, ...]]:
    """What goes on beside the drafts, and what they are read as replacing.

    A draft that says which prescription it follows replaces no other one.
    """
    silent = [d for d in drafts if not followed_by(d.placed.resource)]
    same = tuple(
        h
        for h in held
        if any(
            _is_same(d.order, h.order)
            for d in (silent if h.kind == "MedicationRequest" else drafts)
        )
    )
    return tuple(h for h in held if h not in same), same


def _is_same(draft: Order, held: Order) -> bool:
    """Whether two are of one product and release; a name alone may be of any."""
    if draft.is_combined or held.is_combined:
        return False
    mine, theirs = _release(draft), _release(held)
    return mine is None or theirs is None or mine == theirs


def _release(order: Order) -> str | None:
    """How a product is released; of one with a form or strength that says nothing, at once."""
    said = release_of(order.products)
    named = says_form(order) or any(True for name in order.products for _ in strengths_in(name))
    return said or ("immediate" if named else None)


def _is_again(draft: Order, held: _Held) -> bool:
    """Whether a draft is the order in force once more: the same product at the same dose."""
    same = draft.name.casefold() == held.order.name.casefold()
    return same and draft.most_a_day == held.most


def _sum(held: Collection[_Held]) -> Decimal:
    """Milligrams a day, as far as known.

    A prescription and a statement of it are one medicine: the larger sum of the two counts.
    """
    sums: dict[str, Decimal] = {}
    for one in held:
        sums[one.kind] = sums.get(one.kind, Decimal(0)) + (one.most or Decimal(0))
    return max(sums.values(), default=Decimal(0))


def _as_request(resource: Mapping[str, Any]) -> dict[str, Any]:
    """A MedicationStatement as the request that it tells of."""
    dosage = resource.get("dosageInstruction", resource.get("dosage", []))
    return {**resource, "resourceType": "MedicationRequest", "dosageInstruction": dosage}


def _too_much(
    deck: Deck,
    drug: str,
    drafts: Sequence[Draft],
    taken: Decimal,
    total: Decimal,
    most: Decimal,
) -> Card:
    said = {n: format_amount(n, n, "mg") for n in (total, taken, most)}
    return deck.card(
        f"together {drug}",
        f"{drug.capitalize()}: {said[total]} a day with what is in force, above {said[most]}",
        "warning",
        [
            _listed(draft.order for draft in drafts),
            f"{said[taken]} a day of {escaped(drug)} is in force by the record; with what is "
            f"drafted it is {said[total]} a day. The highest maximum of the pathway is "
            f"{said[most]}.",
            "If the draft replaces what is in force, end that; else lower the dose.",
        ],
        deck.evidence.cited(_stating(deck, drug, most)),
    )


def _replacing(
    deck: Deck, drug: str, drafts: Sequence[Draft], taken: Decimal, drafted: Decimal
) -> Card:
    said = {n: format_amount(n, n, "mg") for n in (taken, drafted, taken + drafted)}
    return deck.card(
        f"together {drug}",
        f"{drug.capitalize()}: {said[taken]} a day is in force; the draft is read as replacing it",
        "info",
        [
            _listed(draft.order for draft in drafts),
            f"End what is in force: with the draft it would be {said[taken + drafted]} a day, "
            "above the maximum.",
        ],
        (),
    )


def _beside(
    deck: Deck, drug: str, drafts: Sequence[Draft], held: Sequence[_Held], indicator: str
) -> Card:
    """In force are doses that cannot be added: of a combination, or not read."""
    return deck.card(
        f"together {drug}",
        f"{drug.capitalize()} is in force, too; what it comes to with the draft could not be "
        "checked",
        indicator,
        [
            f"**Drafted**\n\n{_listed(draft.order for draft in drafts)}",
            f"**In force**\n\n{_listed(one.order for one in held)}",
            "If the draft replaces it, end that; else add up what they come to in a day.",
        ],
        (),
    )


def _stating(deck: Deck, drug: str, most: Decimal) -> Iterator[str]:
    for key, order in deck.known.items():
        if ceilings_a_day((order,)).get(drug) == most * _MICROGRAMS:
            yield key


def _not_added(deck: Deck, drug: str, drafts: Sequence[Draft]) -> Card:
    return deck.card(
        f"together {drug}",
        f"{drug.capitalize()} is in {len(drafts)} orders; what they come to could not be checked",
        "warning",
        [
            _listed(draft.order for draft in drafts),
            "Add up what they come to in a day before they are signed.",
        ],
        (),
    )


def _listed(orders: Iterator[Order]) -> str:
    return "\n".join(f"- {escaped(order.name)}" for order in orders)
