"""Doses that are told by another one: halved, cut by a third, divided to change drugs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from osler.dosage import find_routes
from osler.patterns import lazy
from osler.statements.vocabulary.substances import find_substances

_PART = r"(?P<{0}>half|(?:a |one )?third|two thirds|(?:a |one )?quarter|\d+(?:\.\d+)?\s?%)"
_PERCENT = r"(?P<low>\d+(?:\.\d+)?)\s?%?\s?(?:-|–|to)\s?(?P<high>\d+(?:\.\d+)?)\s?%"
_LESS = r"\b(?:cut|reduc\w+|lower\w*|decreas\w+)\b(?:[^.;:,]{0,40}?\s)?"
_CHANGE = lazy(
    rf"\b(?P<halve>halv(?:e|ed|ing))\b|\b(?P<double>doubl(?:e|ed|ing))\b(?!\s(?:the\s)?(?:risk|half))"
    rf"|\b(?P<treble>trebl(?:e|ed)|tripl(?:e|ed)|three times (?:the|your) (?:usual|normal|daily))"
    rf"|\b(?:give|use) {_PART.format('of')} of (?:the|its|their) "
    rf"|\b{_PART.format('usual')}(?: of)? the (?:usual|normal|standard|full) (?:\w+ )?dose\b"
    rf"|{_LESS}by (?:{_PERCENT}|{_PART.format('by')})|{_LESS}to {_PART.format('to')}",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Change:
    """By which factor (`low` to `high`) a dose is changed; `drug` where the clause names it."""

    low: Decimal
    high: Decimal
    drug: str


def find_changes(text: str) -> Iterator[Change]:
    """The factors by which a text changes a dose: "halve the dose" is 0.5."""
    for m in _CHANGE.finditer(text):
        if m["halve"] or m["double"] or m["treble"]:
            factor = Decimal("0.5") if m["halve"] else Decimal(2 if m["double"] else 3)
            bounds = factor, factor
        elif m["low"]:
            bounds = 1 - Decimal(m["high"]) / 100, 1 - Decimal(m["low"]) / 100
        elif m["by"]:
            bounds = 1 - _part(m["by"]), 1 - _part(m["by"])
        else:
            part = _part(m["of"] or m["to"] or m["usual"])
            bounds = part, part
        yield Change(*bounds, _drug_changed(text, m.start(), m.end()))


_CONVERSION = lazy(
    r"(?:^|[.;:]\s)(?:from:?\s)?(?P<one>[^.;:,]{3,60}?)(?:;\sto:|\sto)\s(?P<other>[^.;:,]{3,60})"
    r"[;:,][^.]{0,40}?\b(?P<how>divide|multiply)\b[^.;]{0,40}?\bby:?\s(?P<by>\d+(?:\.\d+)?)",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Conversion:
    """The factor by which the dose of one drug and route becomes that of another."""

    factor: Decimal
    drugs: frozenset[str]
    pair: str  # "oral morphine as oral oxycodone"


def find_conversions(text: str) -> Iterator[Conversion]:
    """The factors to change drugs by: "oral morphine to oral oxycodone: divide by 2" is 0.5."""
    for m in _CONVERSION.finditer(text):
        ends = [(_by_route(m[end]), find_substances(m[end])) for end in ("one", "other")]
        if any(len({d.name for d in drugs}) != 1 for _, drugs in ends) or not Decimal(m["by"]):
            continue
        factor = Decimal(m["by"]) if m["how"].lower() == "multiply" else 1 / Decimal(m["by"])
        named = [f"{route} {drugs[0].name}".strip() for route, drugs in ends]
        yield Conversion(factor, frozenset(d[0].name for _, d in ends), " as ".join(named))


def _by_route(text: str) -> str:
    return next((found.value for found in find_routes(text)), "")


def _drug_changed(text: str, start: int, end: int) -> str:
    """The drug named in the clause: within or after the words of the change, else before."""
    after = find_substances(re.split(r"[.;:,]|\bwhen\b|\bif\b", text[start : end + 60])[0])
    before = find_substances(re.split(r"[.;:,]|\band\b", text[:start])[-1])
    return after[0].name if after else before[-1].name if before else ""


def _part(words: str) -> Decimal:
    if words.endswith("%"):
        return Decimal(words.rstrip("% ")) / 100
    last = words.lower().split()[-1]
    parts = {"half": Decimal(1) / 2, "third": Decimal(1) / 3, "thirds": Decimal(2) / 3}
    return parts.get(last, Decimal(1) / 4)
