"""The checks that are due: of these alone whoever orders the drug is told."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from osler.pathways.applying import Reason, Step
from osler.pathways.fhirpath.moments import Moment, moment_of, today_of
from osler.pathways.hooks.cards import Card, Deck, is_check
from osler.pathways.hooks.doses import same_substance
from osler.pathways.hooks.suggestions import requests_of


def due(deck: Deck, steps: Sequence[Step], now: datetime) -> Iterator[Card]:
    """A card with the checks that are due now, for drafts of what the pathway orders.

    A check that was done in time is not, nor is one of which it is not known whether it is for
    this patient: who orders a drug rightly is told nothing.
    """
    mine = [
        draft
        for draft in deck.drafts
        if any(same_substance(draft.order, known) for known in deck.known.values())
    ]
    found = list(_due(deck, steps, now)) if mine else []
    if found:
        yield deck.together(None, found)


def _due(
    deck: Deck, steps: Sequence[Step], now: datetime, why: tuple[Reason, ...] = ()
) -> Iterator[Step]:
    for step in steps:
        if not step.taken or not deck.is_for_hook(step):
            continue
        reasons = (*why, *step.reasons)
        checks = not step.steps and is_check(step) and not step.action.get("trigger")
        pressing = checks and any(_is_due(request, now) for request in requests_of(step))
        if pressing and (deck.deciding is None or deck.deciding.is_settled(reasons)):
            yield step
        yield from _due(deck, step.steps, now, reasons)


def _is_due(request: dict[str, object], now: datetime) -> bool:
    """Whether the first time at which a check is to be done has come."""
    timing, period = request.get("occurrenceTiming"), request.get("occurrencePeriod")
    events = timing.get("event", []) if isinstance(timing, dict) else []
    first = period.get("start") if isinstance(period, dict) else None
    times = (*events[:1], first, request.get("occurrenceDateTime"))
    moments = [Moment.read(str(time)) for time in times if time]
    return any(m is not None and _has_come(m, now) for m in moments)


def _has_come(moment: Moment, now: datetime) -> bool:
    until = today_of(now) if len(moment.parts) <= 3 else moment_of(now)
    return moment.compare(until) in (-1, 0)
