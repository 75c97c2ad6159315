"""For how long: "for 7 days", "5/7", "for life", "until …", "six injections", "over 30 minutes"."""

from __future__ import annotations

import re
from decimal import Decimal

from osler.domain.dosage import Comparator, Duration
from osler.dosage.numbers import DASH, NUMBER, UPPER, WORDS, plain, read_number
from osler.dosage.spans import Found, scan
from osler.dosage.units import read_time_unit
from osler.patterns import lazy

_TIME = r"(?:seconds?|secs?|minutes?|mins?|hours?|hrs?|days?|weeks?|wks?|months?|mths?|years?|yrs?)"
_COMPARATORS = {
    "at least": Comparator.AT_LEAST, "a minimum of": Comparator.AT_LEAST,
    "no less than": Comparator.AT_LEAST, "not less than": Comparator.AT_LEAST,
    "more than": Comparator.GREATER, "longer than": Comparator.GREATER,
    "less than": Comparator.LESS, "up to": Comparator.AT_MOST, "no more than": Comparator.AT_MOST,
    "not more than": Comparator.AT_MOST, "a maximum of": Comparator.AT_MOST,
    "about": Comparator.ABOUT, "approximately": Comparator.ABOUT,
}  # fmt: skip
_COMPARED = "|".join(c.replace(" ", r"\s+") for c in _COMPARATORS)
_LEAD = (
    rf"(?:\bfor|\bover(?:\s+a\s+period\s+of)?|\bx|×|\bduring|\bcontinue(?:d)?\s+for|\blasting)\s*"
    rf"(?:(?P<compared>{_COMPARED})\s+)?(?:(?:a|the)\s+)?(?:(?:further|another|total(?:\s+of)?|first|next|period\s+of|minimum(?:\s+of)?|maximum(?:\s+duration)?(?:\s+of)?"
    rf"|additional|remaining|initial)\s+)*"
)
_DURATION = lazy(
    rf"(?P<span>{_LEAD}(?:(?P<n1>{NUMBER}|{UPPER})(?:\s*(?P<u0>{_TIME}))?(?:{DASH}(?P<n2>{UPPER}))?)?[\s-]*"
    rf"(?P<unit>{_TIME})\b(?!\s+(?:old|of\s+age))(?!\s+(?:before|after|later|prior)\b))"
    rf"|(?P<notation>(?:\bfor|\bx|×)\s*(?P<count>\d{{1,2}})/(?P<base>7|52|12)\b)"
    rf"|(?P<course>(?P<c1>{NUMBER})(?:{DASH}(?P<c2>{UPPER}))?[\s-]*(?P<cu>days?|weeks?|months?)[\s-]+(?:course|treatment))"
    rf"|(?P<doses>(?:\bfor\s+|\bx\s*|×\s*)?(?P<d1>{NUMBER})(?:{DASH}(?P<d2>{UPPER}))?\s+(?:(?:loading|initial)\s+)?(?:doses|injections)\b(?!\s*(?:daily|a\s|per|each|in\b|every)))"
    r"|(?P<life>\b(?:for\s+life|life-?\s?long|indefinitely|for\s+the\s+rest\s+of\s+(?:their|your|the)\s+li(?:fe|ves)))"
    r"|(?P<until>\b(?:until|till)\s+(?P<what>[^,;.()|\n]+?)(?=\s*(?:[,;()|\n]|\.(?:\s|$)|$|\s(?:then|and\s+then|followed)\b)))",
    re.I,
)
_BEGIN = frozenset(
    {
        *[
            "0",
            "×",
            "for",
            "over",
            "x",
            "during",
            "continue",
            "continued",
            "lasting",
            "life",
            "lifelong",
            "indefinitely",
            "until",
            "till",
        ],
        *(w.split()[0] for w in WORDS),
    }
)
_NOTATION = {"7": "d", "52": "wk", "12": "mo"}


def find_durations(text: str) -> tuple[Found[Duration], ...]:
    """Every statement of how long, in reading order."""
    found = []
    for m in scan(_DURATION, _BEGIN.__contains__, text):
        value = _read(m)
        if value is not None:
            found.append(Found(value, m.start(), m.end()))
    return tuple(found)


def _read(m: re.Match[str]) -> Duration | None:
    text = m.group()
    if m["life"]:
        return Duration(for_life=True, text=text)
    if m["until"]:
        return Duration(until=" ".join(m["what"].split()), text=text)
    if m["notation"]:
        number = Decimal(m["count"])
        return Duration(number, number, _NOTATION[m["base"]], text=text)
    if m["course"]:
        return _of(m["c1"], m["c2"], read_time_unit(m["cu"].lower()), None, text)
    if m["doses"]:
        return _of(m["d1"], m["d2"], "{dose}", None, text)
    if not m["n1"] and not re.search(r"\b(?:an?|another)\b", text, re.I):
        return None  # "over days", "for weeks"
    compared = _COMPARATORS[" ".join(m["compared"].lower().split())] if m["compared"] else None
    if compared is None and re.search(r"\bminimum\b", text, re.I):
        compared = Comparator.AT_LEAST
    if compared is None and re.search(r"\bmaximum\b", text, re.I):
        compared = Comparator.AT_MOST
    unit = read_time_unit(m["unit"].lower())
    if unit in ("mo", "a") and re.match(r"over\s+(?!a\s+period)", text, re.I):
        return None  # "children over 2 years"
    if m["u0"] and read_time_unit(m["u0"].lower()) != unit:
        return None
    return _of(m["n1"] or "1", m["n2"], unit, compared, text)


def _of(low: str, high: str | None, unit: str, compared: Comparator | None, text: str) -> Duration:
    first = plain(read_number(low))
    return Duration(
        first, plain(read_number(high)) if high else first, unit, None, False, compared, text
    )
