"""What could not be checked, said on a card: silence would pass for approval."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from osler.domain.issue import Issue, Severity
from osler.pathways.applying import Application, Step
from osler.pathways.hooks.cards import Card, Deck
from osler.pathways.hooks.prefetch import Placed
from osler.pathways.hooks.resembling import resembled
from osler.pathways.hooks.service import Service
from osler.pathways.hooks.wording import escaped
from osler.pathways.orders import names_of, read_drug

_PRESSING = frozenset({"urgent", "asap", "stat"})
_MOST_LISTED = 20


def undecided(deck: Deck, application: Application, more: Sequence[Issue] = ()) -> Iterator[Card]:
    """One card for every fault, and for what matters and could not be decided."""
    faults = [i for i in application.issues if i.severity in (Severity.ERROR, Severity.FATAL)]
    told = {
        f"- {escaped(f'{issue.path}: ' if issue.path else '')}{escaped(issue.details)}": None
        for issue in (*faults, *more)
    }
    told |= dict.fromkeys(_open(deck, application.steps))
    if not told:
        return
    lines = list(told)
    left = len(lines) - _MOST_LISTED
    if left > 0:
        lines = [*lines[:_MOST_LISTED], f"- and {left} more"]
    yield deck.card(
        "unchecked",
        f"{deck.evidence.pathway.title}: this could not be checked",
        "warning",
        [
            "\n".join(lines),
            "Look at these values in the record and correct them, or answer by hand on the "
            f"[page of the pathway]({deck.evidence.page}).",
        ],
        (),
    )


def unrecognised(service: Service, deck: Deck, drafts: Collection[Placed]) -> Iterator[Card]:
    """A card where drugs are ordered that nothing here knows, and that may be the pathway's.

    They have codes alone, or a name that is nearly one of a drug of the pathway.
    """
    coded = [p for p in drafts if _is_coded(service, p.resource)]
    alike = {p.path: like for p in drafts if (like := _resembled(service, p.resource))}
    if not coded and not alike:
        return
    lines = [f"- {escaped(placed.path)}" for placed in coded]
    lines += [
        f"- {escaped(f'{path}: “{name}” is not known, and is like a name of {drug}')}"
        for path, (name, drug) in alike.items()
    ]
    advice = []
    if coded:
        advice.append(
            "The order has a code that is not known here, and neither text nor display. Send "
            "one of them, or an ATC code."
        )
    if alike:
        advice.append("If it is that drug, nothing of the order was checked: correct its name.")
    yield deck.card(
        "unrecognised",
        f"{deck.evidence.pathway.title}: not checked, the ordered drug is not recognised",
        "warning" if alike else "info",
        ["\n".join(lines), *advice],
        (),
    )


def _is_coded(service: Service, order: Mapping[str, Any]) -> bool:
    if order.get("resourceType") != "MedicationRequest" or any(names_of(order)):
        return False
    named = order.get("medicationCodeableConcept") or order.get("medicationReference")
    return bool(named) and read_drug(order, service.codes) is None


def _resembled(service: Service, order: Mapping[str, Any]) -> tuple[str, str] | None:
    """The name of an order that is not known, and the drug of the pathway that it is like."""
    if order.get("resourceType") != "MedicationRequest":
        return None
    read = read_drug(order, service.codes)
    if read is not None and service.is_about(read):
        return None
    for name in names_of(order):
        drug = resembled((name,), service.vocabulary)
        if drug is not None:
            return name, drug
    return None


def _open(deck: Deck, steps: Sequence[Step]) -> Iterator[str]:
    for step in steps:
        yield from _open(deck, step.steps)
        doubts = [r for r in step.reasons if r.outcome not in ("true", "false")]
        if step.taken or not doubts or any(r.outcome == "false" for r in step.reasons):
            continue
        if deck.is_for_hook(step) and _is_pressing(step.action):
            for reason in doubts:
                said = f"{step.title or step.id}: it is not known whether this holds: {reason.text}"
                yield f"- {escaped(said)}"


def _is_pressing(action: Mapping[str, Any]) -> bool:
    below = action.get("action", ())
    return action.get("priority") in _PRESSING or any(map(_is_pressing, below))
