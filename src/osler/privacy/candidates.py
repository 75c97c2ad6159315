"""What may tell where somebody is, where they live, when it was or how old they are, or may not.

"B4" is a bed or a vitamin, "3/11" a day or eleven of something, "94" an age or a saturation. Here
is only the form of such things, as widely as people write them; what stands around each decides
(`osler.privacy.weighing`). What needs no deciding is found by `places` and `dates`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from osler.domain.identifier import IdentifierKind
from osler.patterns import lazy
from osler.privacy.dates import MONTHS, WEEKDAYS
from osler.privacy.lists import listed
from osler.privacy.places import KINDS_OF_STREET
from osler.privacy.wards import HEADS, PLACE_NUMBER, UNITS

_NOT_MEASURED = (
    r"(?!\s?(?:[-–]\s?)?(?:mg|mc?g|micro\w*|[µμ]g|ng|g|kg|ml|l|cm|mm|units?|iu|u|mmol\w*|meq|%|bpm|"
    r"minutes?|mins?|hours?|hrs?|h|days?|d|weeks?|wks?|months?|mths?|tablets?|tabs?|puffs?|drops?|"
    r"percent|times|x|doses?|degrees|lbs?|kilos?|st)\b|\s?[%°]|[.,/:]\d|\s?[-–]\s?\d)"
)
_NUMBER = r"(?<![\w.,/<>=≤≥+-])"
_CODE = lazy(
    rf"{_NUMBER}(?P<value>(?:[A-Z]{{1,2}}\d{{1,2}}|\d{{1,2}}[A-Z])(?:[-/][A-Z]?\d{{1,2}})?|"
    rf"\d{{1,2}}-\d{{1,2}}[A-Z]|\d{{1,2}} (?:North|South|East|West))(?![\w%+]|[.,/-]\d)",
    re.IGNORECASE,
)
_HEADED = lazy(
    rf"(?<![\w-])(?P<value>(?P<head>{HEADS}|{UNITS})[ -]?(?:no\.? ?|number |#)?(?:{PLACE_NUMBER}))"
    rf"(?![\w%+]){_NOT_MEASURED}",
    re.IGNORECASE,
)
_IN_NUMBER = lazy(
    rf"\b(?:in|from|to|on|at|for|of) (?P<value>\d{{1,2}}[A-H]?)\b{_NOT_MEASURED}", re.IGNORECASE
)
_WARD = lazy(
    r"(?<![\w'’-])(?P<value>(?P<head>[^\W\d_]{3,}(?:['’]s)?) (?:ward|wing|unit|suite|lounge))\b",
    re.IGNORECASE,
    holds="ward|wing|unit|suite|lounge",
)
_NTH = r"(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?"
_AFTER_DATE = r"(?:,? (?:last|this|next) year|,? '?\d\d(?!\d))?"
_DAY_MONTH = lazy(
    rf"(?<![\w/.-])(?P<value>(?:{WEEKDAYS},? (?:the )?)?{_NTH}[ -]?(?:of )?(?P<month>{MONTHS})"
    rf"{_AFTER_DATE})(?![\w/])",
    re.IGNORECASE,
)
_MONTH_DAY = lazy(
    rf"(?<![\w/.-])(?P<value>(?:{WEEKDAYS},? )?(?P<month>{MONTHS})[ -]?(?:the )?{_NTH}{_AFTER_DATE})"
    rf"(?![\w/]){_NOT_MEASURED}",
    re.IGNORECASE,
)
_FRACTION = (
    r"(?:(?:0?[1-9]|[12]\d|3[01])(?P<mark>[/.-])(?:0?[1-9]|1[0-2])|(?:0?[1-9]|1[0-2])/(?:1[3-9]|2\d|3[01]))"
    r"(?:(?P=mark)\d\d)?"
)
_DAY_IN_FIGURES = lazy(rf"{_NUMBER}(?P<value>{_FRACTION})(?![\w%-]|[./]\d|\s?(?:mg|mcg|ml|units?)\b)")
_WEEKDAY = lazy(
    rf"(?<![\w/.-])(?P<value>(?P<head>{WEEKDAYS}),? (?:the )?(?:{_NTH}|\d\d?[/.]\d\d?))(?![\w/])"
    rf"{_NOT_MEASURED}",
    re.IGNORECASE,
)
_THE_NTH = lazy(
    r"\b(?P<value>the (?:[1-9]|[12]\d|3[01])(?:st|nd|rd|th))\b", re.IGNORECASE
)
_OLD = lazy(rf"{_NUMBER}(?P<value>9\d|10\d|11\d)(?![\w+]){_NOT_MEASURED}")
_DIGITS = r"(?:one|two|three|four|five|six|seven|eight|nine)"
_OLD_IN_WORDS = lazy(
    rf"\b(?P<value>ninety(?:[- ]{_DIGITS})?|(?:a|one) hundred(?: and {_DIGITS})?|nonagenarian|"
    r"centenarian)\b(?!-?year-?old)" + _NOT_MEASURED,
    re.IGNORECASE,
    holds="ninety|hundred|arian",
)
_WORD = r"[^\W\d_][\w'’-]+"
_STREET = lazy(
    rf"{_NUMBER}(?P<value>(?:(?:flat|apt|unit|no|number) \w{{1,4}},? )?(?:\d{{1,4}}[a-z]?,? |"
    rf"(?:the|{_DIGITS}|ten|eleven|twelve|\w+teen|twenty|thirty|forty|fifty)[ -](?:{_DIGITS} )?)"
    rf"(?:{_WORD} ){{1,3}}?(?P<head>{KINDS_OF_STREET}))\b",
    re.IGNORECASE,
)
_CAPITALS = r"(?:[A-Z][\w'’-]+|St\.?)(?: (?:[A-Z][\w'’-]+|of|the|on|upon|under|le|in)){0,3}"
_TWO_PLACES = lazy(
    rf"(?<![\w'’])(?P<value>(?:The )?{_CAPITALS}, (?:\d{{1,4}} )?{_CAPITALS}(?:, {_CAPITALS})?)(?![\w'’])"
)
_STREET_WITHOUT = lazy(
    rf"(?<![\w'’])(?P<value>(?:[A-Z][\w'’-]+ ){{1,3}}(?P<head>{KINDS_OF_STREET.title()}|House|Housing|"
    r"Lodge|Villas?|Yard|Apartments|Flats|Village|Home))\b"
)
_TOWN = lazy(
    r"(?:\b(?P<head>in|from|to|at|near|of|outside|around|[Ll]ives|[Aa]ddress:?)|,) "
    r"(?P<value>[A-Z][a-zà-ž'’]{2,}(?:[ -](?:on|upon|le|la|in|de|del|[A-Z][a-zà-ž'’]+)){0,3})(?![\w'’])"
)
_TOWN_SMALL = lazy(
    r"\b(?P<head>in|from|lives|living|near|outside) (?P<value>[a-zà-ž]{4,})\b"
    r"(?! (?:home|care|accommodation|house|housing|flat|community|unit))"
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place of a text (characters) and what it may be; `form` and `detail` are evidence."""

    start: int
    end: int
    kind: IdentifierKind
    form: str  # of a few: "code", "day in figures"
    detail: str  # what of it counts besides: the word in front of a number, a month


def candidates(text: str) -> Iterator[Candidate]:
    """Every place of the text that may be a bed, an address, a date or an age; they may overlap."""
    has_digits = any(map(str.isdigit, text))
    if has_digits:
        yield from _of(_CODE, text, IdentifierKind.BED, "code")
        yield from _of(_HEADED, text, IdentifierKind.BED, "headed")
        yield from _of(_IN_NUMBER, text, IdentifierKind.BED, "number")
        for pattern, form in ((_DAY_MONTH, "month"), (_MONTH_DAY, "month"), (_WEEKDAY, "weekday"),
                              (_DAY_IN_FIGURES, "figures"), (_THE_NTH, "nth")):  # fmt: skip
            yield from _of(pattern, text, IdentifierKind.DATE, form)
        yield from _of(_OLD, text, IdentifierKind.AGE, "age")
    yield from _of(_WARD, text, IdentifierKind.BED, "ward")
    yield from _of(_OLD_IN_WORDS, text, IdentifierKind.AGE, "age in words")
    for pattern, form in ((_STREET, "street"), (_TWO_PLACES, "two"), (_STREET_WITHOUT, "no number"),
                          (_TOWN, "town"), (_TOWN_SMALL, "town small")):  # fmt: skip
        yield from _of(pattern, text, IdentifierKind.ADDRESS, form)


def _of(
    pattern: re.Pattern[str], text: str, kind: IdentifierKind, form: str
) -> Iterator[Candidate]:
    for match in pattern.finditer(text):
        start, end = match.span("value")
        groups = match.groupdict()
        detail = groups.get("head") or groups.get("month") or groups.get("mark") or ""
        if form in ("code", "nth"):
            detail = match["value"]
        if form.startswith("town") and match["value"].lower() in listed("countries"):
            continue
        yield Candidate(start, end, kind, form, detail.lower())
