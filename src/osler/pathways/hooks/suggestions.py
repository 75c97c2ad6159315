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
from osler.pathways.hooks.fitting import fits_product
from osler.pathways.hooks.prefetch import Placed
from osler.pathways.hooks.wording import spoken_date, summary
from osler.pathways.orders import Codes, Order, read_made, read_order

LONGEST_LABEL = 250
_DAY = len("2026-11-30")
_OF_OLD_DOSE = ("quantity", "expectedSupplyDuration")
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


def read_drafts(placed: Sequence[Placed], codes: Codes) -> tuple[Draft, ...]:
    """The drafts that order a substance."""
    read = ((p, read_order(p.resource, codes)) for p in placed)
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
    return [order for request in requests if (order := read_made(request)) is not None]


def suggestion(
    step: Step, seed: UUID, *, drafts: Sequence[Draft], rivals: Sequence[Draft] = ()
) -> dict[str, Any] | None:
    """The orders of a step as one suggestion; None where it makes none.

    A draft of the same substance is changed, or replaced where its product does not have the dose;
    otherwise the order is new. `rivals` are drafts of what may be chosen instead: those that this
    is not the dose of are taken back. Beside a draft of a combination nothing is suggested: what
    else is in it is for whoever orders it.
    """
    requests = list(requests_of(step))
    ordered = orders_in(requests)
    mine = [draft for draft in drafts if any(map(draft.order.names, ordered))]
    if any(draft.order.is_combined for draft in (*mine, *rivals)):
        return None
    actions = [action for request in requests for action in _actions(request, step.title, drafts)]
    if not actions:
        return None
    taken_back = {action.get("resourceId") for action in actions}
    actions += [
        deletion(draft)
        for draft in rivals
        if draft.reference not in taken_back and not any(map(draft.order.names, ordered))
    ]
    label = labelled(label_of(step))
    return {"label": label, "uuid": str(uuid5(seed, f"suggestion {step.id}")), "actions": actions}


def labelled(text: str) -> str:
    """A label that fits; a dose in it is whole, or it is not given at all."""
    return summary(text, LONGEST_LABEL)


def deletion(draft: Draft) -> dict[str, Any]:
    """The action that takes a draft back."""
    return {
        "type": "delete",
        "description": f"Take back the drafted {draft.order.name}",
        "resourceId": draft.reference,
    }


def label_of(step: Step) -> str:
    """What a step orders, the dose in full; who says so where there is no dose."""
    if step.request is None or step.request["resourceType"] not in _SUGGESTED:
        return step.title or step.description
    dose = _dose(step.request)
    return f"{_what(step.request)} {dose}" if dose else check_of(step) or full_label_of(step)


def check_of(step: Step) -> str:
    """ "Order eGFR every 3 months, next on 28 February 2027"; empty where no check is ordered."""
    request = step.request
    if request is None or request["resourceType"] != "ServiceRequest":
        return ""
    timing = request.get("occurrenceTiming", {})
    often = timing.get("code", {}).get("text", "")
    first = next(iter(timing.get("event", ())), "")
    # A check that counts from a month or a year is due in one.
    due = f", next {'on' if len(str(first)) >= _DAY else 'in'} {spoken_date(str(first))}"
    return f"Order {_what(request)} {often}".strip() + (due if first else "")


def full_label_of(step: Step) -> str:
    """What a step orders, the dose in full, and who says so."""
    if step.request is None or step.request["resourceType"] not in _SUGGESTED:
        return step.title or step.description
    ordered = f"{_what(step.request)} {_dose(step.request)}".strip()
    return f"{ordered} ({step.title})" if step.title and step.title != ordered else ordered


def _dose(request: dict[str, Any]) -> str:
    instructions = request.get("dosageInstruction", ())
    return ", then ".join(str(i["text"]) for i in instructions if i.get("text"))


def changes(draft: Draft, request: dict[str, Any], title: str = "") -> list[dict[str, Any]]:
    """The actions by which a draft becomes what a request orders.

    Its dose is changed where its product has that dose; otherwise it is taken back, and the
    request made. How much is dispensed was for the old dose, and is left out.
    """
    wanted = read_made(request)
    if wanted is None or not fits_product(draft.order, wanted, title):
        return [deletion(draft), creation(request)]
    resource = {**draft.placed.resource, "dosageInstruction": request.get("dosageInstruction", [])}
    dispensed = resource.get("dispenseRequest")
    if isinstance(dispensed, dict):
        kept = {k: v for k, v in dispensed.items() if k not in _OF_OLD_DOSE}
        resource |= {"dispenseRequest": kept}
        if not kept:
            del resource["dispenseRequest"]
    description = f"Change the dose of the drafted {draft.order.name}"
    return [{"type": "update", "description": description, "resource": resource}]


def creation(request: dict[str, Any]) -> dict[str, Any]:
    """The action that makes a request, as a draft."""
    resource = {name: value for name, value in request.items() if name not in _OURS}
    return {
        "type": "create",
        "description": f"Order {_what(request)}",
        "resource": {**resource, "status": "draft"},
    }


def agrees(draft: Draft, request: dict[str, Any]) -> bool:
    """Whether a draft orders what a request recommends, within its ranges."""
    recommended = read_made(request)
    if recommended is None or not draft.order.dosages or draft.order.unread:
        return False  # a part of what is ordered is none of what is recommended
    if draft.order.is_combined:
        return False
    if not draft.order.fulfils(recommended):
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


def _actions(request: dict[str, Any], title: str, drafts: Sequence[Draft]) -> list[dict[str, Any]]:
    order = read_made(request) if drafts else None
    for draft in drafts:
        if order and draft.order.names(order):
            return changes(draft, request, title)
    return [creation(request)]


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
