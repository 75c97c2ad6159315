"""The claims of an answer's JSON, each once, with every place in which it is shown."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from osler.domain import Dosage
from osler.dosage import from_json

BOTTOM_LINE = "bottom line"
DISAGREEMENT = "where sources disagree"

_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


@dataclass(frozen=True)
class Shown:
    """A claim of the contract, and the titles under which a reader meets it."""

    claim: Mapping[str, Any]
    places: tuple[str, ...]

    @property
    def text(self) -> str:
        """The claim's words."""
        return str(self.claim.get("text") or "")

    @cached_property
    def statements(self) -> frozenset[str]:
        """The ids of the statements that it cites."""
        return frozenset(c["statement_id"] for c in self.claim.get("citations") or ())

    @cached_property
    def dosages(self) -> tuple[Dosage, ...]:
        """What it states of doses."""
        return tuple(from_json(d) for d in self.claim.get("dosages") or ())

    @cached_property
    def substances(self) -> frozenset[str]:
        """The drugs that its doses are of."""
        return frozenset(d.substance.lower() for d in self.dosages if d.substance)

    @property
    def group(self) -> str:
        """Whom it is for, in lower case."""
        return str(self.claim.get("group") or "").lower()

    @cached_property
    def figures(self) -> tuple[str, ...]:
        """The numbers that stand outside its doses, which are compared as doses."""
        text = self.text
        for dosage in self.dosages:
            text = text.replace(dosage.text, " ", 1) if dosage.text else text
        return tuple(sorted(_NUMBER.findall(text)))

    @property
    def disputed(self) -> bool:
        """Whether it is one position of a conflict."""
        return DISAGREEMENT in self.places

    @property
    def opens(self) -> bool:
        """Whether it stands in the bottom line."""
        return BOTTOM_LINE in self.places

    @cached_property
    def fingerprint(self) -> str:
        """What orders claims, whichever of two answers they stand in."""
        return json.dumps([self.claim, self.places], sort_keys=True, default=str)


def shown(body: Mapping[str, Any]) -> tuple[Shown, ...]:
    """Every claim of an answer, in the order in which a reader meets them."""
    found: dict[str, tuple[Mapping[str, Any], list[str]]] = {}
    for place, claim in _placed(body):
        cited = sorted(c["statement_id"] for c in claim.get("citations") or ())
        key = json.dumps([claim.get("text"), cited, claim.get("group")])
        _, places = found.setdefault(key, (claim, []))
        if place not in places:
            places.append(place)
    return tuple(Shown(claim, tuple(places)) for claim, places in found.values())


def _placed(body: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for claim in body.get("bottom_line") or ():
        yield BOTTOM_LINE, claim
    for section in body.get("sections") or ():
        for claim in section["claims"]:
            yield section["title"], claim
    for conflict in body.get("conflicts") or ():
        for position in conflict["positions"]:
            yield DISAGREEMENT, position["claim"]
