"""Doses that are told by another one: halved, cut by a third, doubled."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from osler.patterns import lazy
from osler.statements.substances import find_substances

_PART = r"(?P<{0}>half|(?:a |one )?third|two thirds|(?:a |one )?quarter|\d+(?:\.\d+)?\s?%)"
_PERCENT = r"(?P<low>\d+(?:\.\d+)?)\s?%?\s?(?:-|–|to)\s?(?P<high>\d+(?:\.\d+)?)\s?%"
_LESS = r"\b(?:cut|reduc\w+|lower\w*|decreas\w+)\b(?:[^.;:,]{0,40}?\s)?"
_CHANGE = lazy(
    rf"\b(?P<halve>halv(?:e|ed|ing))\b|\b(?P<double>doubl(?:e|ed|ing))\b(?!\s(?:the\s)?(?:risk|half))"
    rf"|\b(?P<treble>trebl(?:e|ed)|tripl(?:e|ed)|three times (?:the|your) (?:usual|normal|daily))"
    rf"|\b(?:give|use) {_PART.format('of')} of (?:the|its|their) "
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
            part = _part(m["of"] or m["to"])
            bounds = part, part
        yield Change(*bounds, _drug_changed(text, m.start(), m.end()))


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
