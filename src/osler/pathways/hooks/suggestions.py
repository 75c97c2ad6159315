"""What a card suggests: orders to make, to change or to take back (CDS Hooks 2.0, "Suggestion")."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid5

from osler.dosage import find_frequencies
from osler.pathways.applying import Step
from osler.pathways.hooks.drafts import reference_of
from osler.pathways.hooks.fitting import fits_product
from osler.pathways.hooks.prefetch import Placed
from osler.pathways.hooks.wording import spoken_date, summary
from osler.pathways.orders import Codes, Order, doses_in, read_made, read_order

LONGEST_LABEL = 250
_DAY = len("2026-11-30")
_OF_OLD_DOSE = ("text", "renderedDosageInstruction")
_DISPENSED_OF_OLD_DOSE = ("initialFill", "quantity", "expectedSupplyDuration", "dispenseInterval")
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


def suggestion(step: Step, seed: UUID) -> dict[str, Any] | None:
    """The orders of a step as one suggestion; None where it makes none."""
    actions = [creation(request) for request in requests_of(step)]
    if not actions:
        return None
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
    dose = dose_of(step.request)
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
    ordered = f"{_what(step.request)} {dose_of(step.request)}".strip()
    return f"{ordered} ({step.title})" if step.title and step.title != ordered else ordered


def dose_of(request: dict[str, Any]) -> str:
    """The dose of a request in its own words, the steps of a sequence in turn."""
    instructions = request.get("dosageInstruction", ())
    return ", then ".join(str(i["text"]) for i in instructions if i.get("text"))


def changes(draft: Draft, request: dict[str, Any], title: str = "") -> list[dict[str, Any]]:
    """The actions by which a draft becomes what a request orders.

    Its dose is changed where its product has that dose; otherwise it is taken back, and the
    request made. What was for the old dose is left out: how much is dispensed, what was written
    of it for the patient, and notes and a narrative that state it.
    """
    wanted = read_made(request)
    if wanted is None or not fits_product(draft.order, wanted, title):
        return [deletion(draft), creation(request)]
    resource = {k: v for k, v in draft.placed.resource.items() if k not in _OF_OLD_DOSE}
    resource["dosageInstruction"] = _by_mouth(draft, request.get("dosageInstruction", []))
    for name, kept in (("dispenseRequest", _dispensed(resource)), ("note", _notes(resource))):
        resource.pop(name, None)
        if kept:
            resource[name] = kept
    description = f"Change the dose of the drafted {draft.order.name}"
    return [{"type": "update", "description": description, "resource": resource}]


def _by_mouth(draft: Draft, instructions: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Instructions that name no route, with the draft's where that is by mouth."""
    drafted = draft.placed.resource.get("dosageInstruction") or [{}]
    if {d.route for d in draft.order.dosages} != {"oral"} or "route" not in drafted[0]:
        return instructions
    return [{"route": drafted[0]["route"], **instruction} for instruction in instructions]


def _dispensed(resource: dict[str, Any]) -> dict[str, Any]:
    held = resource.get("dispenseRequest")
    if not isinstance(held, dict):
        return {}
    return {k: v for k, v in held.items() if k not in _DISPENSED_OF_OLD_DOSE}


def _notes(resource: dict[str, Any]) -> list[Any]:
    """The notes that state neither a dose nor how often."""
    held = resource.get("note")
    texts = [(n, str(n.get("text", ""))) for n in held if isinstance(n, dict)] if held else []
    return [note for note, text in texts if not (doses_in(text) or find_frequencies(text))]


def creation(request: dict[str, Any]) -> dict[str, Any]:
    """The action that makes a request, as a record system keeps what is being ordered: a draft
    of an order (R4, MedicationRequest and ServiceRequest: `status` and `intent`). That it was
    proposed is said by the card; its id is the record system's to give.
    """
    resource = {name: value for name, value in request.items() if name not in _OURS}
    return {
        "type": "create",
        "description": f"Order {_what(request)}",
        "resource": {**resource, "status": "draft", "intent": "order"},
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
