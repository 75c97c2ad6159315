"""What a card suggests: orders to make, to change or to take back (CDS Hooks 2.0, "Suggestion")."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid5

from osler.domain.claim import ProblemKind
from osler.domain.dosage import Dosage
from osler.dosage import differences, per_day, to_base
from osler.pathways.applying import Step
from osler.pathways.hooks.drafts import reference_of
from osler.pathways.hooks.prefetch import Placed
from osler.pathways.hooks.wording import summary
from osler.pathways.orders import Order, read_order

_LONGEST_LABEL = 250
_OURS = ("id", "meta", "text", "instantiatesCanonical", "instantiatesUri")


@dataclass(frozen=True, slots=True)
class Draft:
    """An order that is being drafted, and what it orders."""

    placed: Placed
    order: Order

    @property
    def reference(self) -> str:
        """ "MedicationRequest/103"."""
        return reference_of(self.placed)


def read_drafts(placed: Sequence[Placed]) -> tuple[Draft, ...]:
    """The drafts that order a substance."""
    read = ((p, read_order(p.resource)) for p in placed)
    return tuple(Draft(p, order) for p, order in read if order is not None)


def requests_of(step: Step) -> Iterator[dict[str, Any]]:
    """The orders that a step and what was taken below it make."""
    if step.request is not None and step.request["resourceType"] in _SUGGESTED:
        yield step.request
    for below in step.steps:
        if below.taken:
            yield from requests_of(below)


def orders_in(requests: Sequence[dict[str, Any]]) -> list[Order]:
    """What the requests for drugs among these order."""
    return [order for request in requests if (order := read_order(request)) is not None]


def suggestion(
    step: Step, seed: UUID, *, drafts: Sequence[Draft], rivals: Sequence[Draft] = ()
) -> dict[str, Any] | None:
    """The orders of a step as one suggestion; None where it makes none.

    A draft of the same substance is changed; otherwise the order is new. `rivals` are drafts of
    what may be chosen instead: those that this is not the dose of are taken back.
    """
    requests = list(requests_of(step))
    actions = [_action(request, drafts) for request in requests]
    if not actions:
        return None
    actions += [
        {
            "type": "delete",
            "description": f"Take back the drafted {draft.order.name}",
            "resourceId": draft.reference,
        }
        for draft in rivals
        if not any(map(draft.order.names, orders_in(requests)))
    ]
    label = summary(label_of(step), _LONGEST_LABEL)
    return {"label": label, "uuid": str(uuid5(seed, f"suggestion {step.id}")), "actions": actions}


def label_of(step: Step) -> str:
    """What a step orders, the dose in full, and who says so."""
    if step.request is None or step.request["resourceType"] not in _SUGGESTED:
        return step.title or step.description
    instructions = step.request.get("dosageInstruction", ())
    dose = ", then ".join(str(i["text"]) for i in instructions if i.get("text"))
    ordered = f"{_what(step.request)} {dose}".strip()
    return f"{ordered} ({step.title})" if step.title and step.title != ordered else ordered


def changed(draft: Draft, request: dict[str, Any]) -> dict[str, Any]:
    """The action that gives a draft the dosage of a request; all else of it stays.

    The drug changes where the draft names another form of it, or none: each has doses of its own.
    """
    resource = {**draft.placed.resource, "dosageInstruction": request.get("dosageInstruction", [])}
    description = f"Change the dose of the drafted {draft.order.name}"
    wanted = read_order(request)
    if wanted is not None and not set(wanted.substances) & set(draft.order.substances):
        resource.pop("medicationReference", None)
        resource["medicationCodeableConcept"] = request["medicationCodeableConcept"]
        description = f"Change the drafted {draft.order.name} to {wanted.name}"
    return {"type": "update", "description": description, "resource": resource}


def agrees(draft: Draft, request: dict[str, Any]) -> bool:
    """Whether a draft orders what a request recommends, within its ranges."""
    recommended = read_order(request)
    if recommended is None or not draft.order.dosages:
        return False
    if not draft.order.names(recommended):
        return False
    return all(
        any(_within(drafted, stated) for stated in recommended.dosages)
        for drafted in draft.order.dosages
    )


def _within(drafted: Dosage, stated: Dosage) -> bool:
    found = set(differences(drafted, stated))
    if ProblemKind.AMOUNT in found and _in_range(drafted, stated):
        found.discard(ProblemKind.AMOUNT)
    mine, theirs = per_day(drafted), per_day(stated)
    if mine and theirs and mine[2] == theirs[2] and theirs[0] <= mine[0] <= mine[1] <= theirs[1]:
        found.discard(ProblemKind.TIMING)
    return not found


def _in_range(drafted: Dosage, stated: Dosage) -> bool:
    mine, theirs = _base(drafted), _base(stated)
    if mine is None or theirs is None or mine[2] != theirs[2] or drafted.per != stated.per:
        return False
    return theirs[0] <= mine[0] <= mine[1] <= theirs[1]


def _base(d: Dosage) -> tuple[Decimal, Decimal, str] | None:
    if d.low is None or d.unit is None:
        return None
    low, unit = to_base(d.low, d.unit)
    return low, to_base(d.high if d.high is not None else d.low, d.unit)[0], unit


def _action(request: dict[str, Any], drafts: Sequence[Draft]) -> dict[str, Any]:
    order = read_order(request) if drafts else None
    for draft in drafts:
        if order and draft.order.names(order):
            return changed(draft, request)
    resource = {name: value for name, value in request.items() if name not in _OURS}
    return {
        "type": "create",
        "description": f"Order {_what(request)}",
        "resource": {**resource, "status": "draft"},
    }


def _what(request: dict[str, Any]) -> str:
    for name in ("medicationCodeableConcept", "code"):
        concept = request.get(name)
        if isinstance(concept, dict):
            codings = concept.get("coding") or [{}]
            text = concept.get("text") or codings[0].get("display")
            if text:
                return str(text)
    return "what the pathway recommends"


_SUGGESTED = ("MedicationRequest", "ServiceRequest")
