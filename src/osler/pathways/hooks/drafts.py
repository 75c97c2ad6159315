"""The orders that are being drafted, as part of the record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from osler.domain.errors import InvalidResource
from osler.domain.issue import Issue, Severity
from osler.pathways.hooks.prefetch import Placed, resources_in
from osler.pathways.hooks.request import SelectContext, SignContext, ViewContext
from osler.pathways.orders import names_in

_PATH = "context.draftOrders"
_OF_PATIENT = ("NutritionOrder", "VisionPrescription")
_REVISED = ("active", "on-hold", "unknown")


def drafts_of(context: ViewContext) -> tuple[Placed, ...]:
    """Every order of the session, for the context's patient.

    Raises InvalidResource where one is for another patient, or a selection is none of them.
    """
    if not isinstance(context, SignContext):
        return ()
    subject = f"Patient/{context.patient_id}"
    sent = tuple(resources_in(context.draft_orders, _PATH))
    drugs = {
        reference_of(p): p.resource for p in sent if p.resource["resourceType"] == "Medication"
    }
    placed = tuple(
        Placed(one.path, _named(_for(one, subject), drugs)) for one in sent if not _is_drug(one)
    )
    if isinstance(context, SelectContext):
        known = {reference_of(one) for one in placed}
        unknown = [
            Issue(Severity.ERROR, "not-found", f"{chosen} is not among the draftOrders",
                  f"context.selections[{n}]")
            for n, chosen in enumerate(context.selections)
            if chosen not in known
        ]  # fmt: skip
        if unknown:
            raise InvalidResource(unknown)
    return placed


def selected(context: ViewContext, drafts: tuple[Placed, ...]) -> tuple[Placed, ...]:
    """The orders that decision support should look at: of `order-select`, the new ones."""
    if isinstance(context, SelectContext):
        return tuple(one for one in drafts if reference_of(one) in context.selections)
    return drafts


def as_drafts(placed: Sequence[Placed]) -> tuple[Placed, ...]:
    """Orders as a pathway is to see them: one that is signed again, changed, is a draft, too."""
    return tuple(
        Placed(one.path, {**one.resource, "status": "draft"})
        if one.resource["status"] in _REVISED
        else one
        for one in placed
    )


def _is_drug(placed: Placed) -> bool:
    return bool(placed.resource["resourceType"] == "Medication")


def _for(placed: Placed, subject: str) -> dict[str, Any]:
    order = placed.resource
    name = "patient" if order["resourceType"] in _OF_PATIENT else "subject"
    given = order.get(name)
    reference = given.get("reference") if isinstance(given, dict) else None
    if isinstance(reference, str) and not f"/{reference}".endswith(f"/{subject}"):
        details = f"is for another patient than the context's ({subject})"
        path = f"{placed.path}.{name}.reference"
        raise InvalidResource([Issue(Severity.ERROR, "conflict", details, path)])
    return {"status": "draft", name: {"reference": subject}, **order}


def _named(order: dict[str, Any], drugs: Mapping[str, dict[str, Any]]) -> dict[str, Any]:
    """With the name of the drug, where the order refers to one that came beside it."""
    reference = order.get("medicationReference")
    if not isinstance(reference, dict) or isinstance(reference.get("display"), str):
        return order
    drug = drugs.get(str(reference.get("reference")), {})
    for name in names_in(drug.get("code")):
        return {**order, "medicationReference": {**reference, "display": name}}
    return order


def reference_of(placed: Placed) -> str:
    """ "MedicationRequest/103"."""
    return f"{placed.resource['resourceType']}/{placed.resource.get('id', '')}"
