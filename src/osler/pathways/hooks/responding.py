"""From a request to the cards that answer it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import uuid5

from osler.domain.errors import InvalidResource
from osler.pathways.applying import apply
from osler.pathways.hooks.cards import URGENCY, Card, Deck
from osler.pathways.hooks.deciding import Deciding
from osler.pathways.hooks.differing import differing
from osler.pathways.hooks.drafts import as_drafts, drafts_of, followed_by, reference_of
from osler.pathways.hooks.due import due
from osler.pathways.hooks.evidence import Evidence
from osler.pathways.hooks.fewer import asking_first, few
from osler.pathways.hooks.offering import maxima, positions
from osler.pathways.hooks.prefetch import Gathered, Placed
from osler.pathways.hooks.request import HookRequest
from osler.pathways.hooks.service import Service
from osler.pathways.hooks.slips import contradicted, slips, unread
from osler.pathways.hooks.suggestions import read_drafts
from osler.pathways.hooks.together import taken_together
from osler.pathways.hooks.unchecked import undecided, unrecognised
from osler.pathways.record import Record, read_record

_RELEVANT = "relevant"  # a variable by which a plan says that a patient is none of its business
_LOWERED = "isLowered"  # one by which it says that what is drafted is what it lowers a dose to
_TAKEN = ("active", "on-hold", "completed")
_IN_BUNDLE = re.compile(r"Bundle\.entry\[(\d+)\]\.resource")


def respond(
    service: Service, request: HookRequest, gathered: Gathered, *, now: datetime, base: str
) -> dict[str, Any]:
    """The response of a service (CDS Hooks 2.0, "CDS Service Response"); `base` is the site's.

    Raises InvalidResource with the path in the request of every fault.
    """
    drafted = as_drafts(drafts_of(request.context, request.prefetch), service.codes)
    record = _read(_once((*gathered.resources, *drafted)), now)
    application = apply(service.pathway.definitions, record, now=now)
    chosen = service.drafts(request)
    deck = replace(_deck(service, request, base), drafts=read_drafts(chosen, service.codes))
    if application.variables.get(_RELEVANT) == [False]:
        return {"cards": list(unrecognised(service, deck, chosen))}
    deck = replace(deck, deciding=Deciding.of(service.pathway, application))
    listed = list(positions(deck, application.steps)) if deck.drafts else []
    most = list(maxima(application.steps)) if deck.drafts else []
    wrong = list(slips(deck, listed, most))
    cards = [card for _, card in wrong]
    lowered = application.variables.get(_LOWERED) == [True]
    cards += taken_together(service, deck, record, is_lowered=lowered)
    cards += contradicted(deck)
    cards += undecided(deck, application, gathered.unread)
    cards += unread(deck)
    cards += unrecognised(service, deck, chosen)
    dealt = asking_first(deck, list(deck.deal(application.steps)))
    said = {draft.reference for draft, _ in wrong}
    cards += dealt
    renewed = _renewed(gathered, deck)
    answered = bool(dealt) or lowered
    cards += differing(deck, listed, most, said, renewed, is_answered=answered)
    if deck.hook.holds_orders:
        cards += due(deck, application.steps, now)
    return {"cards": few(deck, _news(sorted(cards, key=_urgency, reverse=True)))}


def respond_beside(service: Service, request: HookRequest, *, base: str) -> dict[str, Any]:
    """The response where the pathway has nothing to do with what is ordered, as far as is known."""
    found = unrecognised(service, _deck(service, request, base), service.drafts(request))
    return {"cards": list(found)}


def _deck(service: Service, request: HookRequest, base: str) -> Deck:
    return Deck(
        Evidence(service.pathway, base.rstrip("/")),
        uuid5(request.hook_instance, service.id),
        (),
        dict(service.known),
        service.hook,
        service.substances,
    )


def _once(placed: Sequence[Placed]) -> list[Placed]:
    """Each resource once; an order that is being drafted as it stands in the session."""
    found: dict[object, Placed] = {}
    for n, one in enumerate(placed):
        identifier = one.resource.get("id")
        key = (one.resource["resourceType"], identifier) if isinstance(identifier, str) else n
        found[key] = one
    return list(found.values())


def _renewed(gathered: Gathered, deck: Deck) -> frozenset[str]:
    """The drafts that stand for an order of the record, or name one that they follow."""
    held = {reference_of(p) for p in gathered.resources if p.resource.get("status") in _TAKEN}
    return frozenset(
        draft.reference
        for draft in deck.drafts
        if draft.reference in held
        or "priorPrescription" in draft.placed.resource
        or held & followed_by(draft.placed.resource)
    )


def _read(placed: Sequence[Placed], now: datetime) -> Record:
    entries = [{"resource": one.resource} for one in placed]
    try:
        return read_record(
            {"resourceType": "Bundle", "type": "collection", "entry": entries}, now=now
        )
    except InvalidResource as error:
        issues = [replace(issue, path=_where(issue.path, placed)) for issue in error.issues]
        raise InvalidResource(issues) from error


def _where(path: str, placed: Sequence[Placed]) -> str:
    """A path in the Bundle as one in the request."""
    found = _IN_BUNDLE.match(path)
    if found is None or int(found.group(1)) >= len(placed):
        return path.replace("Bundle", "prefetch", 1)
    return placed[int(found.group(1))].path + path[found.end() :]


def _news(cards: Sequence[Card]) -> list[Card]:
    """Without cards that suggest nothing, and cite nothing that a more urgent one does not."""
    kept: list[Card] = []
    for card in cards:
        links = {link["url"] for link in card["links"]}
        known = any(links <= {link["url"] for link in before["links"]} for before in kept)
        compared = len(links) > 1  # the first of them is the pathway's page
        if not known or not compared or "suggestions" in card:
            kept.append(card)
    return kept


def _urgency(card: Card) -> int:
    return URGENCY.index(card["indicator"])
