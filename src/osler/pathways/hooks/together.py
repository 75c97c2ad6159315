"""A draft beside what is taken or drafted already: the same drug twice may be too much."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from osler.dosage.wording import format_amount
from osler.pathways.hooks.cards import Card, Deck
from osler.pathways.hooks.doses import ceilings_a_day
from osler.pathways.hooks.service import Service
from osler.pathways.hooks.suggestions import Draft
from osler.pathways.hooks.wording import escaped
from osler.pathways.medicines import in_force
from osler.pathways.orders import Codes, read_order
from osler.pathways.record import Record
from osler.statements.substances import base_of

_MICROGRAMS = 1000  # in a milligram


def taken_together(service: Service, deck: Deck, record: Record) -> Iterator[Card]:
    """A card for each drug of which drafts, and what is in force, are too much together.

    Only of a drug with a maximum a day: the sum is held against the highest of them. What a draft
    says that it replaces (`priorPrescription`) is not added. Of two drafts of such a drug whose
    doses cannot be added, that is said.
    """
    for drug, most in service.ceilings.items():
        drafts = [d for d in deck.drafts if drug in map(base_of, d.order.substances)]
        if not drafts:
            continue
        known = [d.order.most_a_day for d in drafts if not d.order.is_combined]
        amounts = [amount for amount in known if amount is not None]
        if len(amounts) < len(drafts):
            if len(drafts) > 1:
                yield _not_added(deck, drug, drafts)
            continue
        taken = _taken(record, drug, drafts, service.codes)
        total = sum(amounts, Decimal(0)) + taken
        if taken and total * _MICROGRAMS > most:
            yield _too_much(deck, drug, drafts, taken, total, most / _MICROGRAMS)


def _taken(record: Record, drug: str, drafts: Sequence[Draft], codes: Codes) -> Decimal:
    """Milligrams a day of what is in force and is not replaced.

    A prescription and a statement of it are one medicine: the larger sum of the two counts.
    """
    replaced = {_replaced_by(d.placed.resource) for d in drafts}
    sums: dict[str, Decimal] = {}
    for statement in in_force(record, record.now):
        for source in statement.get("derivedFrom", ()):
            reference = source["reference"]
            held = record.referred(reference)
            order = read_order(_as_request(held), codes) if held else None
            if order is None or order.is_combined or reference in replaced:
                continue
            if drug in map(base_of, order.substances) and order.most_a_day is not None:
                kind = reference.partition("/")[0]
                sums[kind] = sums.get(kind, Decimal(0)) + order.most_a_day
    return max(sums.values(), default=Decimal(0))


def _replaced_by(request: Mapping[str, Any]) -> str:
    prior = request.get("priorPrescription")
    reference = prior.get("reference") if isinstance(prior, Mapping) else None
    return "/".join(str(reference).split("/")[-2:])


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
            _listed(drafts),
            f"{said[taken]} a day of {escaped(drug)} is in force by the record; with what is "
            f"drafted it is {said[total]} a day. The highest maximum of the pathway is "
            f"{said[most]}.",
            "If the draft replaces what is in force, end that; else lower the dose.",
        ],
        deck.evidence.cited(_stating(deck, drug, most)),
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
        [_listed(drafts), "Add up what they come to in a day before they are signed."],
        (),
    )


def _listed(drafts: Sequence[Draft]) -> str:
    return "\n".join(f"- {escaped(draft.order.name)}" for draft in drafts)
