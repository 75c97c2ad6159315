"""For how long: "for 7 days", "5/7", "for life", "until …", "six injections", "over 30 minutes"."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from osler.domain.dosage import Comparator, Duration
from osler.dosage.numbers import BEGIN as NUMBER_BEGIN
from osler.dosage.numbers import DASH, NUMBER, UPPER, plain, read_number
from osler.dosage.spans import Found, words
from osler.dosage.units import read_time_unit
from osler.patterns import folded, lazy

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
_SPAN = lazy(
    rf"{_LEAD}(?:(?P<n1>{UPPER})(?:\s*(?P<u0>{_TIME}))?(?:{DASH}(?P<n2>{UPPER}))?)?[\s-]*"
    rf"(?P<unit>{_TIME})\b(?!\s+(?:old|of\s+age))(?!\s+(?:before|after|later|prior)\b)",
    re.I,
)
_NOTATION = lazy(r"(?:\bfor|\bx|×)\s*(?P<count>\d{1,2})/(?P<base>7|52|12)\b", re.I)
_COURSE = lazy(
    rf"(?P<low>{NUMBER})(?:{DASH}(?P<high>{UPPER}))?[\s-]*(?P<unit>days?|weeks?|months?)"
    r"[\s-]+(?:course|treatment)",
    re.I,
)
_DOSES = lazy(
    rf"(?:\bfor\s+|\bx\s*|×\s*)?(?P<low>{NUMBER})(?:{DASH}(?P<high>{UPPER}))?\s+"
    r"(?:(?:loading|initial)\s+)?(?:doses|injections)\b(?!\s*(?:daily|a\s|per|each|in\b|every))",
    re.I,
)
_LIFE = lazy(
    r"\b(?:for\s+life|life-?\s?long|indefinitely|for\s+the\s+rest\s+of\s+(?:their|your|the)\s+li(?:fe|ves))",
    re.I,
)
_UNTIL = lazy(
    r"\b(?:until|till)\s+(?P<what>[^,;.()|\n]+?)"
    r"(?=\s*(?:[,;()|\n]|\.(?:\s|$)|$|\s(?:then|and\s+then|followed)\b))",
    re.I,
)
_UNITS = {"7": "d", "52": "wk", "12": "mo"}


def _read_span(m: re.Match[str]) -> Duration | None:
    text = m.group()
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


def _read_notation(m: re.Match[str]) -> Duration:
    number = Decimal(m["count"])
    return Duration(number, number, _UNITS[m["base"]], text=m.group())


def _read_course(m: re.Match[str]) -> Duration:
    return _of(m["low"], m["high"], read_time_unit(m["unit"].lower()), None, m.group())


def _read_doses(m: re.Match[str]) -> Duration:
    return _of(m["low"], m["high"], "{dose}", None, m.group())


def _read_life(m: re.Match[str]) -> Duration:
    return Duration(for_life=True, text=m.group())


def _read_until(m: re.Match[str]) -> Duration:
    return Duration(until=" ".join(m["what"].split()), text=m.group())


@dataclass(frozen=True, slots=True)
class _Form:
    """One way to say how long: the words that may begin it, pieces of which it holds one."""

    begin: frozenset[str]
    pieces: tuple[str, ...]
    pattern: re.Pattern[str]
    read: Callable[[re.Match[str]], Duration | None]


# In the order in which they are tried. A pattern is compiled where its form may stand, and no
# sooner: together they take a tenth of an `osler ask`.
_FORMS = (
    _Form(
        frozenset({"for", "over", "x", "×", "during", "continue", "continued", "lasting"}),
        ("sec", "min", "hour", "hr", "day", "week", "wk", "month", "mth", "year", "yr"),
        _SPAN,
        _read_span,
    ),
    _Form(frozenset({"for", "x", "×"}), ("/7", "/52", "/12"), _NOTATION, _read_notation),
    _Form(NUMBER_BEGIN, ("course", "treatment"), _COURSE, _read_course),
    _Form(NUMBER_BEGIN | {"for", "x", "×"}, ("doses", "injections"), _DOSES, _read_doses),
    _Form(
        frozenset({"for", "life", "lifelong", "indefinitely"}),
        ("life", "lives", "indefinitely"),
        _LIFE,
        _read_life,
    ),
    _Form(frozenset({"until", "till"}), ("until", "till"), _UNTIL, _read_until),
)


def find_durations(text: str) -> tuple[Found[Duration], ...]:
    """Every statement of how long, in reading order."""
    said = folded(text)
    forms = [form for form in _FORMS if any(piece in said for piece in form.pieces)]
    found = []
    free = 0
    for start, word in words(text) if forms else ():
        if start < free:
            continue
        for form in forms:
            m = form.pattern.match(text, start) if word in form.begin else None
            if m:
                free = m.end()
                value = form.read(m)
                if value is not None:
                    found.append(Found(value, start, free))
                break
    return tuple(found)


def _of(low: str, high: str | None, unit: str, compared: Comparator | None, text: str) -> Duration:
    first = plain(read_number(low))
    return Duration(
        first, plain(read_number(high)) if high else first, unit, None, False, compared, text
    )
