"""A pathway at one hook, as a CDS service that clients discover."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property
from typing import Any

from osler.pathways.hooks.doses import ceiling_in, ceilings_a_day
from osler.pathways.hooks.drafts import drafts_of, is_to_be_given, selected
from osler.pathways.hooks.prefetch import Template, templates_of
from osler.pathways.hooks.request import Hook, HookRequest
from osler.pathways.hooks.resembling import vocabulary_of
from osler.pathways.loading import Pathway
from osler.pathways.orders import Codes, Drug, Order, codings_in, read_drug, read_order
from osler.statements import find_substances
from osler.statements.vocabulary.substances import base_of

_SPOKEN = {
    Hook.PATIENT_VIEW: "when the record is opened",
    Hook.ORDER_SELECT: "when an order is chosen",
    Hook.ORDER_SIGN: "when orders are signed",
}


@dataclass(frozen=True)
class Service:
    """What is made once for a pathway and a hook, and asked for many patients."""

    pathway: Pathway
    hook: Hook

    @property
    def id(self) -> str:
        """The last part of its address."""
        return f"{self.pathway.id}-{self.hook}"

    @cached_property
    def templates(self) -> tuple[Template, ...]:
        """What it needs of a record."""
        return templates_of(self.pathway.plan, self.pathway.questionnaire)

    @cached_property
    def known(self) -> tuple[tuple[str, Order], ...]:
        """Every order that the pathway can make, with the id of the action that makes it.

        Maxima that an action states in words are orders of theirs, too: what is above those for
        every age is too much for any.
        """
        activities = {f"#{a['id']}": a for a in self._contained("ActivityDefinition")}
        found: dict[str, Order] = {}
        for action in actions_of(self.pathway.plan):
            key = str(action.get("id", ""))
            activity = activities.get(action.get("definitionCanonical", ""))
            order = read_order(_as_request(activity)) if activity else None
            stated = ceiling_in(str(action.get("description", "")))
            if order is not None and stated is not None and order.names(stated):
                order = replace(order, dosages=(*order.dosages, *stated.dosages))
            if order := order or stated:
                found[key] = order
        return tuple(found.items())

    @cached_property
    def codes(self) -> Codes:
        """What the codes of the pathway's own products are, besides those that Osler knows."""
        found: dict[tuple[str, str], tuple[str, ...]] = {}
        for activity in self._contained("ActivityDefinition"):
            order = read_order(_as_request(activity))
            if order is None or order.is_combined:
                continue
            for coding in codings_in(activity.get("productCodeableConcept")):
                found[str(coding.get("system")), str(coding.get("code"))] = order.substances
        return found

    @cached_property
    def substances(self) -> frozenset[str]:
        """What the pathway is about: the drugs that it orders or speaks of."""
        texts = [str(self.pathway.plan.get("title", ""))]
        for action in actions_of(self.pathway.plan):
            texts += [str(action.get(name, "")) for name in ("title", "description")]
        named = {f.name for text in texts for f in find_substances(text)}
        ordered = {s for _, order in self.known for s in order.substances}
        return frozenset(map(base_of, named | ordered))

    @cached_property
    def ceilings(self) -> dict[str, Decimal]:
        """The highest maximum a day of each substance, in micrograms."""
        return ceilings_a_day(order for _, order in self.known)

    @cached_property
    def vocabulary(self) -> tuple[tuple[str, str], ...]:
        """Words that name what it orders, each with its substance."""
        ordered = (base_of(s) for _, order in self.known for s in order.substances)
        return vocabulary_of(frozenset(ordered))

    def concerns(self, request: HookRequest) -> bool:
        """Whether the pathway has to do with what is being ordered.

        Whoever orders something else is not told of it: advice that is beside the point is soon
        switched off. Raises InvalidResource where a draft is not as it should be.
        """
        if not self.hook.holds_orders:
            return True
        drugs = (read_drug(p.resource, self.codes) for p in self.drafts(request))
        return any(self.is_about(drug) for drug in drugs if drug)

    def is_about(self, drug: Drug) -> bool:
        """Whether the pathway orders or speaks of a drug."""
        return not self.substances.isdisjoint(map(base_of, drug.substances))

    @staticmethod
    def drafts(request: HookRequest) -> tuple[Any, ...]:
        """The orders that decision support should look at, without those not to be given."""
        chosen = selected(request.context, drafts_of(request.context, request.prefetch))
        return tuple(filter(is_to_be_given, chosen))

    def described(self) -> dict[str, Any]:
        """The entry of the discovery endpoint (CDS Hooks 2.0, "Discovery")."""
        plan = self.pathway.plan
        return {
            "id": self.id,
            "hook": self.hook.value,
            "title": self.pathway.title,
            "description": str(plan.get("description") or self.pathway.title),
            "prefetch": {t.key: t.query for t in self.templates},
            "usageRequirements": (
                f"Answers {_SPOKEN[self.hook]}. Send the whole prefetch, or fhirServer and "
                "fhirAuthorization with a scope to read it. A drug is recognised by its name, "
                "whether text or display, by its ATC code and by the codes of the pathway's own "
                "products; of a product with several substances or strengths no dose is checked. "
                "Version "
                f"{self.pathway.version}, checked against version {self.pathway.library_version} "
                "of the library."
            ),
        }

    def _contained(self, kind: str) -> Iterator[Mapping[str, Any]]:
        for resource in self.pathway.plan.get("contained", ()):
            if resource.get("resourceType") == kind and "id" in resource:
                yield resource


def services_of(pathways: Iterable[Pathway]) -> dict[str, Service]:
    """A service for each pathway and each hook that an action of it is triggered by, by id."""
    found = {}
    for pathway in pathways:
        triggers = {
            trigger.get("name")
            for action in actions_of(pathway.plan)
            for trigger in action.get("trigger", ())
            if trigger.get("type") == "named-event"
        }
        for hook in Hook:
            if hook.value in triggers:
                service = Service(pathway, hook)
                found[service.id] = service
    return found


def actions_of(holder: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Every action of a plan or an action, outer ones first."""
    for action in holder.get("action", ()):
        yield action
        yield from actions_of(action)


def _as_request(activity: Mapping[str, Any]) -> dict[str, Any]:
    """An ActivityDefinition as the request that it makes of nobody in particular."""
    return {
        "resourceType": activity.get("kind"),
        "medicationCodeableConcept": activity.get("productCodeableConcept"),
        "dosageInstruction": activity.get("dosage", []),
    }
