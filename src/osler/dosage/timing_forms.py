"""The forms in which texts say how often, as one pattern of named alternatives."""

# ruff: noqa: E501  (an alternative of a pattern reads best on one line)

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from osler.domain.dosage import Frequency
from osler.dosage.numbers import DASH, NUMBER, UPPER
from osler.dosage.numbers import WORDS as NUMBER_WORDS
from osler.dosage.units import TIME, UNIT
from osler.patterns import lazy


def per(count: int, period: int, unit: str, high: int | None = None) -> Frequency:
    """`count`(–`high`) times in each `period` `unit`."""
    number = Decimal(period)
    return Frequency(count, high, number, number, unit)


_DAILY = per(1, 1, "d")
_NIGHT = replace(_DAILY, when=("HS",))
_MORNING = replace(_DAILY, when=("MORN",))
_EVENING = replace(_DAILY, when=("EVE",))
LATIN = {
    "od": _DAILY, "qd": _DAILY, "bd": per(2, 1, "d"), "bid": per(2, 1, "d"), "bds": per(2, 1, "d"),
    "tds": per(3, 1, "d"), "tid": per(3, 1, "d"), "tad": per(3, 1, "d"), "qds": per(4, 1, "d"),
    "qid": per(4, 1, "d"), "om": _MORNING, "mane": _MORNING, "nocte": _NIGHT, "noct": _NIGHT,
    "hs": _NIGHT, "qhs": _NIGHT, "qam": _MORNING, "qpm": _EVENING, "qod": per(1, 2, "d"),
    "eod": per(1, 2, "d"), "qow": per(1, 2, "wk"), "qw": per(1, 1, "wk"), "tiw": per(3, 1, "wk"),
    "prn": Frequency(as_needed=True), "stat": Frequency(once=True),
}  # fmt: skip
ADVERB = {
    "hourly": per(1, 1, "h"), "daily": _DAILY, "nightly": _NIGHT, "weekly": per(1, 1, "wk"),
    "fortnightly": per(1, 2, "wk"), "monthly": per(1, 1, "mo"), "quarterly": per(1, 3, "mo"),
    "yearly": per(1, 1, "a"), "annually": per(1, 1, "a"), "every morning": _MORNING,
    "every evening": _EVENING, "every night": _NIGHT, "each morning": _MORNING,
    "each evening": _EVENING, "each night": _NIGHT, "every bedtime": _NIGHT,
    "each bedtime": _NIGHT, "every quarter": per(1, 3, "mo"), "each quarter": per(1, 3, "mo"),
}  # fmt: skip
ORDINALS = {"other": 2, "alternate": 2, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6,
            "seventh": 7, "eighth": 8, "ninth": 9, "tenth": 10, "twelfth": 12}  # fmt: skip
PARTS_OF_A_DAY = {"morning": "MORN", "evening": "EVE", "night": "HS", "bedtime": "HS"}
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
DAY = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:days?)\b"
# FHIR's event-timing codes: before (AC), after (PC) or with (C) a meal, and which one.
SIDES = {"before": "AC", "after": "PC", "with": "C", "during": "C", "at": "C"}
MEALS = {"br": "M", "lu": "D", "di": "V", "su": "V", "ev": "V"}
# What may stand between the ends of a range of numbered days.
TO = r"[-‐‑‒–—−]|to|through"

_ORDINAL = rf"(?:{'|'.join(ORDINALS)}|\d{{1,2}}(?:st|nd|rd|th))"
_FURTHER_DAY = rf"(?:\s*(?:,\s*and|,|and|&|/)\s*{DAY})"
_MEAL = r"(?:(?:breakfast|lunch|dinner|supper)(?:\s?time)?|evening\s+meal)\b"
_AT_MEAL = (
    r"(?:(?:before|after|with|during)\s+(?:(?:each|every|a|the|main|or\s+after)\s+)*"
    rf"(?:{_MEAL}|meals?|food|eating)|at\s+(?:{_MEAL}|(?:each\s+)?meal\s?times?))"
)
_N = NUMBER
_POINT = rf"\d{{1,3}}(?:\s*(?:{TO})\s*\d{{1,3}})?"
_NEXT_POINT = r"\s*(?:,\s*and|,|and|&)\s*"
_PERIOD = (
    r"(?:daily|weekly|fortnightly|monthly|yearly|annually|nightly|(?<!once )on\b(?=\s+days?\s+\d|\s+the\s+(?:first|second|third)\s+day)"
    r"|(?:an?|per|(?:(?:in|over|within|during)\s+)?(?:an?|any|each|every|the)|in|over|within|/)\s*"
    r"(?:24[\s-]*(?:hours?|hrs?|h)(?:\s+period)?|day|week|fortnight|month|year|hour|night)\b"
    r"|(?<=\d [x×] )(?:day|week|month)\b|(?<=\d[x×] )(?:day|week|month)\b)"
)
# "a week", "out of every week", "in 7"
_IN_A_WEEK = (
    r"(?:(?:(?:in|of|out\s+of)\s+)?(?:an?|per|each|every|the)\s+week\b"
    r"|(?:in|out\s+of)\s+(?:(?:the|each|every)\s+)?(?:7|seven)\b(?!\s*(?:weeks|months)))"
)
FREQUENCY = lazy(
    # "three to four times daily", "3 x a week", "twice-weekly", "once monthly"
    rf"(?P<times>\b(?:up\s+to\s+)?(?:(?P<w1>once|twice|thrice)(?:{DASH}(?P<w2>twice|thrice|(?P<n3>{UPPER})\s*times))?"
    rf"|(?P<n1>{_N})(?:{DASH}(?P<n2>{UPPER}))?[\s-]*(?:times|x|×|doses))"
    # also "three times (3x) daily", "three times (daily, as needed)"
    rf"(?:(?:\s*\(\d\s*(?:x|×|times)?\))?(?:,?\s*\(?|-)(?P<period>{_PERIOD})))"
    # "on five days a week", "6 days per week", "5 days out of 7"
    rf"|(?P<ndays>(?:\b(?:on|for)\s+)?(?P<d1>{_N})(?:{DASH}(?P<d2>{UPPER}))?\s*(?:consecutive\s+|separate\s+)?days?\s+{_IN_A_WEEK})"
    # "Times a day: 3", as a table's header has it
    rf"|(?P<counted>\b(?:number\s+of\s+)?(?:times|doses|administrations)\s*(?:/|an?\b|per\b|each\b|every\b|in\b)?\s*(?P<cu>day|daily|week|24\s*h(?:ours?|rs?)?)\)?\s*[:|]\s*(?P<c1>\d{{1,2}})(?:{DASH}(?P<c2>\d{{1,2}}))?(?![\d.,]*\d|\s*{UNIT}|\s*[x×]\s*[a-z]))"
    # "on the first two days", "on the third day"
    rf"|(?P<onth>\bon\s+(?:the\s+)?(?P<which>first|(?!other|alternate){_ORDINAL})\s+(?:(?P<many>{UPPER})\s+)?days?\b(?!\s+of\s+(?:every|each|the\s+month)))"
    # "every other day", "on alternate nights", "every second week"
    rf"|(?P<nth>\b(?:every|each|on|alternate|alternating)?\s*(?:an?\s+)?\b(?P<ordinal>{_ORDINAL})[\s-]*(?P<nu>days?|daily|hours?|weeks?|months?|years?|nights?|mornings?|evenings?)\b)"
    # "every 4-6 hours", "each day"; a bare "every second" is the second of something
    rf"|(?P<every>(?<!out of )\b(?:every|each|at\s+intervals\s+of)\s*(?:(?P<e1>{UPPER})(?:(?:\s*(?:hours?|hrs?|days?|weeks?|months?))?{DASH}(?P<e2>{UPPER}))?[\s-]*|(?!seconds?\b))"
    rf"(?P<eu>{TIME}|fortnight))(?!\s+of\b)"
    # "6 hourly", "12-weekly", "at 3-week intervals"
    rf"|(?P<hourly>(?P<h1>{_N})(?:{DASH}(?P<h2>{UPPER}))?[\s-]*(?:(?P<iu>{TIME})[\s-]+intervals?|(?P<hu>hourly|daily|weekly|monthly|yearly|hrly))\b)"
    # "two doses at least 4 hours apart", "8 hours between doses"
    rf"|(?P<apart>(?P<a1>{_N})(?:{DASH}(?P<a2>{UPPER}))?[\s-]*(?P<au>{TIME})\s+(?:apart\b|between\s+(?:each\s+|the\s+)?(?:dos(?:es?|ing)|injections?)\b))"
    rf"|(?P<q>\bq\.?\s*(?P<q1>\d+)(?:{DASH}(?P<q2>\d+))?[\s-]*(?P<qu>h|hr|hrs|hours?|hourly|d|days?|w|wks?|weeks?|mo|months?)\b)"
    r"|(?P<latin>\b(?:b\.\s?[id]\.?\s?d?|t\.\s?[id]\.\s?[sd]|q\.\s?[id]\.\s?[sd]|o\.\s?d|p\.\s?r\.\s?n|q\.\s?h\.\s?s|q\.\s?d|q\.?\s[ap]\.?m)\b\.?"
    rf"|\b(?:{'|'.join(LATIN)})\b(?!\.\w))"
    rf"|(?P<parts>\b(?:(?:in\s+the|each|every)\s+)?(?P<pa>morning|evening)s?\s+and\s+(?:(?:again\s+)?(?:in\s+the|at|each|every)\s+)?(?P<pb>evening|night|bedtime)s?\b(?!\s+(?:meal|dose)))"
    rf"|(?P<adverb>\b(?:{'|'.join(a.replace(' ', chr(92) + 's+') for a in ADVERB)})\b)"
    # "on days 1, 8 and 15", "days 1-3", "at weeks 0, 2 and 6"
    rf"|(?P<on>(?:\b(?:on|at)\s+)?\b(?P<onu>days?|weeks?)\s*(?P<points>{_POINT}(?:{_NEXT_POINT}(?:days?\s+|weeks?\s+)?{_POINT})*)(?![\d.,]*\d|\s*(?:{UNIT}|hours?|times|years?|weeks?|months?|days?|doses?)\b))"
    # "at 0, 12 and 24 hours", "at months 0, 1 and 6": counted from the first dose
    rf"|(?P<from>\b(?:at\s+)?(?P<f1>0(?:{_NEXT_POINT}\d{{1,3}})+)\s*(?P<fu1>hours|days|weeks|months)\b"
    rf"|\bat\s+(?P<fu2>hours|months)\s+(?P<f2>\d{{1,3}}(?:{_NEXT_POINT}\d{{1,3}})+)(?![\d.,]*\d))"
    # "on Mondays", "Tuesdays and Fridays", "Monday to Friday"
    rf"|(?P<weekday>\b(?:on|every|each)\s+{DAY}(?:\s*(?:to|through|[-–])\s*{DAY}|{_FURTHER_DAY}*)|\b{DAY}(?:\s*(?:to|through|[-–])\s*{DAY}|{_FURTHER_DAY}+)|\bon\s+weekdays\b)"
    r"|(?P<bare>(?<!times )(?<!doses )\b(?:an?|per)\s+(?P<bu>day|week|fortnight|month|year)\b)"
    r"|(?P<night>\b(?:at\s+(?:night|bed\s?time)|(?:before|on\s+going\s+to)\s+bed(?:\s?time)?\b|in\s+the\s+evenings?))"
    r"|(?P<morning>\bin\s+the\s+mornings?)"
    rf"|(?P<meal>\b{_AT_MEAL}(?:\s*(?:,|/|&|and)\s*(?:{_AT_MEAL}|{_MEAL}))*)"
    r"|(?P<needed>\b(?:as|when|if|where)\s+(?:needed|required|necessary))"
    r"|(?P<once>[x×]\s?(?:1|one)(?:\s+dose)?\b(?![./,]?\d|\s*(?:/|daily|a\b|per\b|week|month|day|hour|year))|\b(?:single(?=\s+\d)|once\s+only|(?:as|in)?\s*(?:a\s+|one\s+)?(?:single|one-?off|one\s+time)\s+(?!daily)(?:\w+\s+)?dose|(?:as\s+)?one\s+dose\b"
    r"|as\s+a\s+single\s+(?:injection|infusion|bolus)|one[- ]off|immediately|once(?!\s+(?:the|a|an|it|they|you|he|she|this|that|in|every|again|more|established|there|treatment|stable))(?=\s*[.,;:)(]|\s*$|\s+(?:then|and|orally|only|for|as|by|at|on|before)))\b)",
    re.I,
)
_OPENERS = """
0 a administrations after alternate alternating an as at b before d day days doses during each
evening evenings every for fri friday fridays if immediately in mon monday mondays morning mornings
nightly number o on once one other p per q sat saturday saturdays single sun sunday sundays t
thu thur thurs thursday thursdays thrice times tue tues tuesday tuesdays twice up wed wednesday
wednesdays week weeks when where with x ×
"""
_BEGIN = frozenset(
    {
        *_OPENERS.split(),
        *ORDINALS,
        *(word.split()[0] for word in NUMBER_WORDS),
        *LATIN,
        *(adverb.split()[0] for adverb in ADVERB),
    }
)


def may_begin(word: str) -> bool:
    """Whether a form may begin with a word (as `spans.words` gives it)."""
    return word in _BEGIN
