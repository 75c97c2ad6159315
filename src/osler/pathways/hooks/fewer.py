"""Not more cards than are read: what is most important first, what decides is asked first."""

from __future__ import annotations

from collections.abc import Sequence

from osler.pathways.hooks.cards import ASKS, Card, Deck
from osler.pathways.hooks.request import Hook
from osler.pathways.hooks.wording import escaped

MOST = 5


def asking_first(deck: Deck, cards: Sequence[Card]) -> list[Card]:
    """One card that asks, for choices that hold only as an input that is not known may be.

    Two schedules side by side would be one too many: each is for another patient. So it is when a
    record is opened; whoever orders is told of both.
    """
    marked = [(card, card.pop(ASKS, ())) for card in cards]
    if deck.hook is not Hook.PATIENT_VIEW:
        return [card for card, _ in marked]
    rivals: dict[str, list[Card]] = {}
    texts: dict[str, set[str]] = {}
    for card, asks in marked:
        for link, text in asks:
            if "suggestions" in card:
                texts.setdefault(link, set()).add(text)
            if card not in rivals.setdefault(link, []):
                rivals[link].append(card)
    left = [card for card, _ in marked]
    for link, found in rivals.items():
        choices = [card for card in found if "suggestions" in card and card in left]
        if len(choices) < 2 or len(texts[link]) < 2:
            continue
        left.insert(left.index(choices[0]), _question(deck, link, choices))
        left = [card for card in left if card not in found]
    return left


def few(deck: Deck, cards: Sequence[Card]) -> list[Card]:
    """The most important cards, and one that names the rest. None is left out that is critical."""
    kept = max(MOST, sum(card["indicator"] == "critical" for card in cards))
    if len(cards) <= kept + 1:
        return list(cards)
    rest = cards[kept:]
    lines = "\n".join(f"- {escaped(card['summary'])}" for card in rest)
    title = deck.evidence.pathway.title
    page = f"All of it is on the [page of the pathway]({deck.evidence.page})."
    made = deck.card("rest", f"{title}: {len(rest)} more", "info", [lines, page], ())
    if any(card["indicator"] == "warning" for card in rest):
        made["indicator"] = "warning"
    return [*cards[:kept], made]


def _question(deck: Deck, link: str, rivals: Sequence[Card]) -> Card:
    assert deck.deciding is not None
    lines = "\n".join(f"- {escaped(card['summary'])}" for card in rivals)
    page = f"Answer it on the [page of the pathway]({deck.evidence.page})."
    title = deck.headed(deck.deciding.inputs[link])
    return deck.card(f"ask {link}", title, "info", ["It decides between", lines, page], ())
