"""Texts of cards: short enough, with every dose whole, and Markdown that says what is meant."""

from __future__ import annotations

import re
from calendar import month_name
from functools import lru_cache

from osler.dosage import parse_dosages
from osler.pathways.fhirpath.moments import Moment
from osler.pathways.orders import doses_in

LONGEST_SUMMARY = 139  # characters: the specification asks for fewer than 140
_SPACE = re.compile(r"\s+")
_SIGNS = re.compile(r"([&\\`*_{}\[\]<>()#+!|~])")
_LIST = re.compile(r"^(\s*)([-+]|\d+[.)])(\s)", re.M)


@lru_cache(maxsize=4096)
def summary(text: str, most: int = LONGEST_SUMMARY) -> str:
    """A text in at most so many characters, cut between words and never inside a dose.

    A dose that does not fit is left out whole, with what follows it.
    """
    text = _SPACE.sub(" ", text).strip()
    if len(text) <= most:
        return text
    stated = doses_in(text)
    for gap in reversed([m.start() for m in _SPACE.finditer(text[:most])]):
        kept = text[:gap].rstrip(" ,;:–-(")
        # A number before the gap may belong to what was cut off.
        if not kept or kept[-1].isdigit() or any(d.start < gap < d.end for d in stated):
            continue
        # What follows a dose may still be a part of it ("2.5 mg … at night").
        if parse_dosages(kept) == tuple(d for d in stated if d.start < gap):
            return f"{kept}…"
    return "See the details."


@lru_cache(maxsize=16_384)
def escaped(text: str) -> str:
    """A text in one line of Markdown, none of its signs meaning anything."""
    return _LIST.sub(r"\1\\\2\3", _SIGNS.sub(r"\\\1", _SPACE.sub(" ", text).strip()))


def spoken_date(text: str) -> str:
    """A date of FHIR in words, as far as it is known: "20 November 2026", "November 2026", "2026".

    Of a date and time it is the day that is written, whatever its zone; what is no date stays.
    """
    moment = Moment.read(text)
    if moment is None:
        return text
    year, month, day = (*(int(part) for part in moment.parts[:3]), 0, 0)[:3]
    return " ".join(filter(None, (f"{day or ''}", month_name[month], f"{year}")))
