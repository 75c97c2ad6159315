"""The orders that are being drafted, as part of the record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from osler.domain.errors import InvalidResource
from osler.domain.issue import Issue, Severity
from osler.pathways.hooks.prefetch import Placed, resources_in
from osler.pathways.hooks.request import SelectContext, SignContext, ViewContext
from osler.pathways.ingredients import ingredients
from osler.pathways.orders import Codes, codings_in, concepts_in, names_in, read_drug
from osler.statements.vocabulary.substances import base_of

_PATH = "context.draftOrders"
_OF_PATIENT = ("NutritionOrder", "VisionPrescription")
_NO_CODES: Codes = {}
_NAMED_BY = (("medicationCodeableConcept", "text"), ("medicationReference", "display"))
_NOT_GIVEN = ("cancelled", "stopped", "completed", "ended", "revoked", "entered-in-error")
_REVISED = ("active", "on-hold", "unknown")


def drafts_of(
    context: ViewContext, prefetch: Mapping[str, Any] | None = None
) -> tuple[Placed, ...]:
    """Every order of the session, for the context's patient.

    A Medication that an order refers to is looked for among the orders and in the prefetch.

    Raises InvalidResource where one is for another patient, or a selection is none of them.
    """
    if not isinstance(context, SignContext):
        return ()
    subject = f"Patient/{context.patient_id}"
    sent = tuple(resources_in(context.draft_orders, _PATH))
    beside = [
        one
        for key, value in (prefetch or {}).items()
        if value is not None
        for one in resources_in(value, f"prefetch.{key}", [])
    ]
    drugs = {reference_of(p): p.resource for p in (*beside, *sent) if _is_drug(p)}
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


def as_drafts(placed: Sequence[Placed], codes: Codes = _NO_CODES) -> tuple[Placed, ...]:
    """Orders as a pathway is to see them.

    One that is signed again, changed, is a draft, too; a drug that a code or a brand says is named
    in words.
    """
    return tuple(Placed(one.path, _in_words(_drafted(one.resource), codes)) for one in placed)


def _drafted(order: dict[str, Any]) -> dict[str, Any]:
    return {**order, "status": "draft"} if order["status"] in _REVISED else order


def _in_words(resource: dict[str, Any], codes: Codes) -> dict[str, Any]:
    drug = read_drug(resource, codes)
    if drug is None:
        return resource
    for element, name in _NAMED_BY:
        named = resource.get(element)
        if not isinstance(named, dict):
            continue
        # Of a reference only the display is said: what it refers to may be a brand alone.
        products = drug.products if name == "text" else (str(named.get(name, "")),)
        said = " ".join(products).lower()
        unsaid = [s for s in drug.substances if base_of(s) not in said and s not in said]
        if not unsaid:
            return resource
        first = " ".join(drug.products[:1])
        more = (s for s in unsaid if s not in first.lower() and base_of(s) not in first.lower())
        text = " ".join(filter(None, (first, *more)))
        return {**resource, element: {**named, name: text}}
    return resource


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
    concepts = list(concepts_in(drugs.get(local(reference.get("reference")), {})))
    names = list(dict.fromkeys(name for concept in concepts for name in names_in(concept)))
    codings = [c for concept in concepts if isinstance(concept, dict) for c in codings_in(concept)]
    held = names[:1] if len(concepts) < 2 else names
    held = held or ingredients((), codings)
    if not held:
        return order
    return {**order, "medicationReference": {**reference, "display": " + ".join(held)}}


def followed_by(request: Mapping[str, Any]) -> frozenset[str]:
    """The prescriptions that an order says it follows ("MedicationRequest/9")."""
    based = request.get("basedOn")
    listed = [request.get("priorPrescription"), *(based if isinstance(based, list) else [])]
    named = (local(one.get("reference")) for one in listed if isinstance(one, Mapping))
    return frozenset(one for one in named if one.startswith("MedicationRequest/"))


def is_to_be_given(placed: Placed) -> bool:
    """Whether an order is one to do something, and not one that was taken back or forbids it."""
    order = placed.resource
    return order["status"] not in _NOT_GIVEN and order.get("doNotPerform") is not True


def local(reference: Any) -> str:
    """ "Medication/9" of "https://record.example/fhir/Medication/9/_history/2"."""
    parts = str(reference).partition("/_history/")[0].split("/")
    return "/".join(parts[-2:])


def reference_of(placed: Placed) -> str:
    """ "MedicationRequest/103"."""
    return f"{placed.resource['resourceType']}/{placed.resource.get('id', '')}"
