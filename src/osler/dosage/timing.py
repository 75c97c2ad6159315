"""How often: Latin abbreviations, intervals, counts a period, weekdays, meals, as needed."""

# ruff: noqa: E501  (an alternative of a pattern reads best on one line)

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

from osler.domain.dosage import Frequency
from osler.dosage.numbers import DASH, NUMBER, UPPER, plain, read_number
from osler.dosage.numbers import WORDS as NUMBER_WORDS
from osler.dosage.spans import Found, scan
from osler.dosage.units import TIME, UNIT, read_time_unit
from osler.patterns import lazy

_ONE = Decimal(1)


def per(count: int, period: int, unit: str, high: int | None = None) -> Frequency:
    """`count`(–`high`) times in each `period` `unit`."""
    number = Decimal(period)
    return Frequency(count, high, number, number, unit)


_DAILY = per(1, 1, "d")
_NIGHT = replace(_DAILY, when=("HS",))
_MORNING = replace(_DAILY, when=("MORN",))
_EVENING = replace(_DAILY, when=("EVE",))
_LATIN = {
    "od": _DAILY, "qd": _DAILY, "bd": per(2, 1, "d"), "bid": per(2, 1, "d"), "bds": per(2, 1, "d"),
    "tds": per(3, 1, "d"), "tid": per(3, 1, "d"), "tad": per(3, 1, "d"), "qds": per(4, 1, "d"),
    "qid": per(4, 1, "d"), "om": _MORNING, "mane": _MORNING, "nocte": _NIGHT, "noct": _NIGHT,
    "hs": _NIGHT, "qhs": _NIGHT, "qam": _MORNING, "qpm": _EVENING, "qod": per(1, 2, "d"),
    "eod": per(1, 2, "d"), "qow": per(1, 2, "wk"), "qw": per(1, 1, "wk"), "tiw": per(3, 1, "wk"),
    "prn": Frequency(as_needed=True), "stat": Frequency(once=True),
}  # fmt: skip
_ADVERB = {
    "hourly": per(1, 1, "h"), "daily": _DAILY, "nightly": _NIGHT, "weekly": per(1, 1, "wk"),
    "fortnightly": per(1, 2, "wk"), "monthly": per(1, 1, "mo"), "quarterly": per(1, 3, "mo"),
    "yearly": per(1, 1, "a"), "annually": per(1, 1, "a"), "every morning": _MORNING,
    "every evening": _EVENING, "every night": _NIGHT, "each morning": _MORNING,
    "each evening": _EVENING, "each night": _NIGHT,
}  # fmt: skip
_ORDINALS = {"other": 2, "alternate": 2, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4,
             "4th": 4, "fifth": 5, "5th": 5, "sixth": 6, "6th": 6, "eighth": 8}  # fmt: skip
_BETWEEN = ("other", "alternate")
_PARTS_OF_A_DAY = {"morning": "MORN", "evening": "EVE", "night": "HS"}
_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_DAY = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:days?)\b"
# FHIR's event-timing codes: before (AC), after (PC) or with (C) a meal, and which one.
_SIDES = {"before": "AC", "after": "PC", "with": "C", "during": "C", "at": "C"}
_MEALS = {"br": "M", "lu": "D", "di": "V", "su": "V"}
_MEAL = r"(?:breakfast|lunch|dinner|supper)\b"
_AT_MEAL = (
    r"(?:(?:before|after|with|during)\s+(?:(?:each|every|a|the|main|or\s+after)\s+)*"
    rf"(?:meals?|food|eating|{_MEAL})|at\s+(?:{_MEAL}|(?:each\s+)?meal\s?times?))"
)

_N = NUMBER
_TO = r"[-‐‑‒–—−]|to|through"
_POINT = rf"\d{{1,3}}(?:\s*(?:{_TO})\s*\d{{1,3}})?"
# What a numbered day may not follow: "per day 3", "after day 5", "2 days 1".
_NOT_ON = lazy(
    r"(?:(?<![A-Za-z\d.])\d{1,3}|/|\b(?:start|starting|started|beginning|per|an?|each|every|one|two|three|four|after|by|until|till|from|before|since|to|through|of|the|once|twice|next|first|that|same|times|or|over|for))\s*-?$",
    re.I,
)
_BEGUN = lazy(r"\b(?:start(?:ing|ed)?|beg[iu]n(?:ning)?)\s+$", re.I)
_CEILING = lazy(
    r"\b(?:up\s+to|max(?:imum)?\.?(?:\s+of)?|(?:no|not)\s+more\s+than|(?:not|never)\s+(?:to\s+)?exceed(?:ing)?|at\s+most)\s*$",
    re.I,
)
_PERIOD = (
    r"(?:daily|weekly|monthly|yearly|annually|nightly"
    r"|(?:an?|per|each|every|in\s+an?|in|/)\s*(?:24\s*(?:hours?|hrs?|h)|day|week|fortnight|month|year|hour|night)\b)"
)
_IN_A_WEEK = r"(?:an?|per|each|every|in\s+an?|of\s+(?:the|each|every))\s+week\b"
_FREQUENCY = lazy(
    # "three to four times daily", "3 x a week", "twice weekly", "once monthly"
    rf"(?P<times>\b(?:up\s+to\s+)?(?:(?P<w1>once|twice|thrice)(?:{DASH}(?P<w2>twice|thrice|(?P<n3>{UPPER})\s*times))?"
    rf"|(?P<n1>{_N})(?:{DASH}(?P<n2>{UPPER}))?\s*(?:times|x|×|doses))"
    rf"(?:,?\s*(?P<period>{_PERIOD})))"
    # "on five days a week", "6 days per week"
    rf"|(?P<ndays>(?:\b(?:on|for)\s+)?(?P<d1>{_N})(?:{DASH}(?P<d2>{UPPER}))?\s*days?\s+{_IN_A_WEEK})"
    # "Times a day: 3", as a table's header has it
    rf"|(?P<counted>\b(?:number\s+of\s+)?(?:times|doses|administrations)\s*(?:/|an?\b|per\b|each\b|every\b|in\b)?\s*(?P<cu>day|daily|week|24\s*h(?:ours?|rs?)?)\)?\s*[:|]\s*(?P<c1>\d{{1,2}})(?:{DASH}(?P<c2>\d{{1,2}}))?(?![\d.,]*\d|\s*{UNIT}))"
    # "every 4-6 hours", "every other day", "each day", "6 hourly", "12-weekly", "q6-8h"
    rf"|(?P<every>\b(?:every|each|at\s+intervals\s+of)\s*(?:(?P<e1>{UPPER})(?:(?:\s*(?:hours?|hrs?|days?|weeks?|months?))?{DASH}(?P<e2>{UPPER}))?[\s-]*)?"
    rf"(?P<eu>{TIME}|fortnight))(?!\s+of\b)"
    # "on the first two days", "on the third day"
    rf"|(?P<onth>\bon\s+(?:the\s+)?(?P<which>first|{'|'.join(o for o in _ORDINALS if o not in _BETWEEN)})\s+(?:(?P<many>{UPPER})\s+)?days?\b(?!\s+of\s+(?:every|each|the\s+month)))"
    rf"|(?P<nth>\b(?:every|each|on|alternate|alternating)?\s*(?:an?\s+)?\b(?P<ordinal>{'|'.join(_ORDINALS)})[\s-]*(?P<nu>days?|daily|weeks?|months?|nights?|mornings?|evenings?)\b)"
    rf"|(?P<hourly>(?P<h1>{_N})(?:{DASH}(?P<h2>{UPPER}))?[\s-]*(?:(?P<iu>{TIME})[\s-]+intervals?|(?P<hu>hourly|daily|weekly|monthly|yearly|hrly))\b)"
    rf"|(?P<q>\bq\.?\s*(?P<q1>\d+)(?:{DASH}(?P<q2>\d+))?[\s-]*(?P<qu>h|hr|hrs|hours?|hourly|d|days?|w|wks?|weeks?|mo|months?)\b)"
    r"|(?P<latin>\b(?:b\.\s?[id]\.?\s?d?|t\.\s?[id]\.\s?[sd]|q\.\s?[id]\.\s?[sd]|o\.\s?d|p\.\s?r\.\s?n|q\.\s?d)\b\.?"
    rf"|\b(?:{'|'.join(_LATIN)})\b(?!\.\w))"
    rf"|(?P<adverb>\b(?:{'|'.join(a.replace(' ', chr(92) + 's+') for a in _ADVERB)})\b)"
    # "on days 1, 8 and 15", "days 1-3", "at weeks 0, 2 and 6"
    rf"|(?P<on>(?:\b(?:on|at)\s+)?\b(?P<onu>days?|weeks?)\s*(?P<points>{_POINT}(?:\s*(?:,\s*and|,|and|&)\s*(?:days?\s+|weeks?\s+)?{_POINT})*)(?![\d.,]*\d|\s*(?:{UNIT}|hours?|times|years?|weeks?|months?|days?|doses?)\b))"
    rf"|(?P<weekday>\b(?:on|every|each)\s+(?:{_DAY})(?:\s*(?:,|and|&|/|,\s*and)\s*{_DAY})*)"
    r"|(?P<bare>(?<!times )(?<!doses )\b(?:an?|per)\s+(?P<bu>day|week|fortnight|month|year)\b)"
    r"|(?P<night>\b(?:at\s+(?:night|bed\s?time)|(?:before|on\s+going\s+to)\s+bed(?:\s?time)?\b|in\s+the\s+evenings?))"
    r"|(?P<morning>\bin\s+the\s+mornings?)"
    rf"|(?P<meal>\b{_AT_MEAL}(?:\s*(?:,|/|&|and)\s*(?:{_AT_MEAL}|{_MEAL}))*)"
    r"|(?P<needed>\b(?:as|when|if|where)\s+(?:needed|required|necessary))"
    r"|(?P<once>[x×]\s?(?:1|one)(?:\s+dose)?\b(?![./,]?\d|\s*(?:/|daily|a\b|per\b|week|month|day|hour|year))|\b(?:single(?=\s+\d)|once\s+only|(?:as|in)?\s*(?:a\s+|one\s+)?(?:single|one-?off|one\s+time)\s+(?!daily)(?:\w+\s+)?dose|(?:as\s+)?one\s+dose\b"
    r"|as\s+a\s+single\s+(?:injection|infusion|bolus)|one[- ]off|immediately|once(?!\s+(?:the|a|an|it|they|you|he|she|this|that|in|every|again|more|established|there|treatment|stable))(?=\s*[.,;:)(]|\s*$|\s+(?:then|and|orally|only|for|as|by|at|on|before)))\b)",
    re.I,
)
_BEGIN = frozenset(
    {
        *[
            "0",
            "up",
            "once",
            "twice",
            "thrice",
            "every",
            "each",
            "at",
            "on",
            "for",
            "alternate",
            "alternating",
            "other",
            "second",
            "third",
        ],
        *[
            "fourth",
            "q",
            "b",
            "t",
            "o",
            "p",
            "d",
            "before",
            "in",
            "after",
            "with",
            "during",
            "as",
            "when",
            "if",
            "where",
            "single",
            "one",
            "an",
            "a",
        ],
        *["number", "times", "doses", "administrations"],
        *["per", "immediately", "evening", "morning", "nightly"],
        *["day", "days", "week", "weeks", "x", "×"],
        *(w.split()[0] for w in NUMBER_WORDS),
        *_LATIN,
        *(a.split()[0] for a in _ADVERB),
    }
)
_CHANGED = lazy(r"\b(?:increas|repeat|adjust|reduc|titrat|doubl|rais)\w*(?:[^.;]|\.(?=\d))*$", re.I)
_CHANGES = lazy(
    r"\s*,?\s*(?:the\s+)?(?:daily\s+)?(?:dos\w+\s+)?(?:may|can|should|increas|adjust|reduc|titrat)",
    re.I,
)
_WORD_COUNTS = {"once": 1, "twice": 2, "thrice": 3}


def find_frequencies(text: str) -> tuple[Found[Frequency], ...]:
    """Every statement of how often, in reading order; parts of one ("daily", "at night") apart."""
    found = []
    for m in scan(_FREQUENCY, _BEGIN.__contains__, text):
        kind = next(k for k in _READERS if m.group(k) is not None)
        if kind == "needed" and _CHANGES.match(text, m.end()):
            continue  # "if necessary, the dose may be increased"
        if kind == "needed" and _CHANGED.search(text[max(0, m.start() - 60) : m.start()]):
            continue  # "increased if necessary" is not "taken if necessary"
        if kind == "on" and _is_point(text, m):
            continue
        value = _READERS[kind](m)
        if value is not None:
            found.append(Found(value, m.start(kind), m.end(kind)))
    return tuple(found)


def merge(first: Frequency | None, second: Frequency) -> Frequency:
    """One frequency from two statements about it ("daily" and "at night")."""
    if first is None:
        return second
    periodic = first if first.period_unit else second
    numbered = first if first.on else second
    when = dict.fromkeys((*first.when, *second.when))
    weekdays = dict.fromkeys((*first.weekdays, *second.weekdays))
    return replace(
        periodic,
        as_needed=first.as_needed or second.as_needed,
        once=(first.once or second.once) and not periodic.period_unit,
        weekdays=tuple(d for d in _DAYS if d in weekdays),
        when=tuple(sorted(when)),
        on=numbered.on,
        on_unit=numbered.on_unit,
    )


def on_days_of(daily: Frequency, days: Found[Frequency], text: str) -> Frequency | None:
    """Daily doses on some days of the week only: "twice daily, 5 days a week" is 10 a week.

    None where `days` are no days of a week ("weekly").
    """
    week = days.value
    said = text[days.start : days.end].lower()
    if "day" not in said or week.weekdays or (daily.period_unit, week.period_unit) != ("d", "wk"):
        return None
    if not daily.period_low == daily.period_high == week.period_low == week.period_high == 1:
        return None
    least, most = daily.count * week.count, (daily.count_high or daily.count)
    high = most * (week.count_high or week.count)
    return replace(daily, count=least, count_high=high if high != least else None, period_unit="wk")


def _number(text: str | None) -> Decimal | None:
    return None if text is None else plain(read_number(text))


def _whole(text: str | None) -> int | None:
    if text is None:
        return None
    if text.lower() in _WORD_COUNTS:
        return _WORD_COUNTS[text.lower()]
    number = read_number(text)
    return int(number) if number == int(number) else None


def _unit_of_period(text: str) -> tuple[Decimal, str]:
    word = text.lower()
    if "fortnight" in word:
        return Decimal(2), "wk"
    for stem, unit in (("24", "d"), ("da", "d"), ("night", "d"), ("week", "wk"), ("month", "mo"),
                       ("hour", "h"), ("year", "a"), ("annu", "a")):  # fmt: skip
        if stem in word:
            return _ONE, unit
    return _ONE, read_time_unit(word)


def _times(m: re.Match[str]) -> Frequency | None:
    count = _whole(m["w1"] or m["n1"])
    high = _whole(m["n3"] or m["w2"] or m["n2"])
    period, unit = _unit_of_period(m["period"])
    if not count:
        return None
    when = ("HS",) if "night" in m["period"].lower() else ()
    return Frequency(count, high, period, period, unit, when=when)


def _days_a_week(m: re.Match[str]) -> Frequency | None:
    count, high = _whole(m["d1"]), _whole(m["d2"])
    return per(count, 1, "wk", high) if count and max(count, high or 0) <= 7 else None


def _counted(m: re.Match[str]) -> Frequency | None:
    count = _whole(m["c1"])
    _, unit = _unit_of_period(m["cu"])
    return Frequency(count, _whole(m["c2"]), _ONE, _ONE, unit) if count else None


def _interval(low: str | None, high: str | None, unit: str) -> Frequency | None:
    word = unit.lower()
    if word == "hrly":
        word = "hourly"
    factor, code = _unit_of_period(word) if len(word) > 3 else (_ONE, read_time_unit(word))
    if word.startswith(("min", "sec")):
        factor, code = _ONE, read_time_unit(word)
    first = (_number(low) or _ONE) * factor
    last = (_number(high) or first / factor) * factor
    return Frequency(1, None, first, last, code) if first else None


def _every(m: re.Match[str]) -> Frequency | None:
    return _interval(m["e1"], m["e2"], m["eu"])


def _nth(m: re.Match[str]) -> Frequency | None:
    lead = m["nth"].lower()
    if m["ordinal"].lower() not in ("alternate",) and not lead.startswith(("every", "each")):
        return None  # "the second day", "other weeks"
    said = m["nu"].lower().removesuffix("s")
    when = _PARTS_OF_A_DAY.get(said)
    _, unit = _unit_of_period("day" if when else said)
    number = Decimal(_ORDINALS[m["ordinal"].lower()])
    return Frequency(1, None, number, number, unit, when=(when,) if when else ())


def _hourly(m: re.Match[str]) -> Frequency | None:
    if m["iu"]:  # "6–8 week intervals"
        return _interval(m["h1"], m["h2"], m["iu"])
    unit = m["hu"].lower()
    if unit == "daily":  # "3 daily" counts; "2-3 daily" too
        count = _whole(m["h1"])
        return Frequency(count, _whole(m["h2"]), _ONE, _ONE, "d") if count else None
    return _interval(m["h1"], m["h2"], unit)


def _q(m: re.Match[str]) -> Frequency | None:
    return _interval(m["q1"], m["q2"], {"w": "wk", "wks": "weeks"}.get(m["qu"].lower(), m["qu"]))


def _latin(m: re.Match[str]) -> Frequency | None:
    word = re.sub(r"[.\s]", "", m["latin"]).lower()
    if word == "om" and m["latin"] not in ("om", "OM", "o.m."):
        return None
    return _LATIN.get(word)


def _adverb(m: re.Match[str]) -> Frequency:
    return _ADVERB[" ".join(m["adverb"].lower().split())]


def _weekday(m: re.Match[str]) -> Frequency:
    said = {d.lower()[:3] for d in re.findall(_DAY, m["weekday"], re.I)}
    days = tuple(d for d in _DAYS if d in said)
    return Frequency(len(days), None, _ONE, _ONE, "wk", weekdays=days)


def _meal(m: re.Match[str]) -> Frequency | None:
    side = ""
    codes: dict[str, None] = {}
    for word in re.findall(r"[a-z]+", m["meal"].lower()):
        if word in _SIDES:
            side = word
        elif word not in ("each", "every", "a", "the", "main", "or", "and", "time", "times"):
            codes[_SIDES[side] + _MEALS.get(word[:2], "")] = None
    return Frequency(when=tuple(sorted(codes)))


def _on(m: re.Match[str]) -> Frequency | None:
    """The days of a course by number; None for what is an age or a time since something."""
    points: dict[int, None] = {}
    for first, last in re.findall(rf"(\d{{1,3}})(?:\s*(?:{_TO})\s*(\d{{1,3}}))?", m["points"]):
        low, high = int(first), int(last or first)
        if not low <= high <= low + 30:
            return None
        points.update(dict.fromkeys(range(low, high + 1)))
    unit = "wk" if m["onu"].lower().startswith("w") else "d"
    return Frequency(on=tuple(sorted(points)), on_unit=unit)


def _is_point(text: str, m: re.Match[str]) -> bool:
    """Whether a numbered day is a point in time: "after day 5", but not "from day 1 - 28"."""
    lead = text[max(0, m.start() - 16) : m.start()]
    if m.group()[:2].lower() in ("on", "at"):
        return _BEGUN.search(lead) is not None
    found = _NOT_ON.search(lead)
    return found is not None and not (
        found.group().strip().lower() == "from" and re.search(_TO, m["points"]) is not None
    )


def _on_the(m: re.Match[str]) -> Frequency | None:
    first = {"first": 1, **_ORDINALS}[m["which"].lower()]
    many = _whole(m["many"]) or 1
    if many > 30 or (first > 1 and many > 1):
        return None
    return Frequency(on=tuple(range(first, first + many)), on_unit="d")


def is_ceiling(text: str, q: Found[Frequency]) -> bool:
    """Whether a count a period bounds an interval: "every 4–6 hours (up to 4 times daily)"."""
    if text[q.start : q.start + 2].lower() == "up":
        return True
    return _CEILING.search(text[max(0, q.start - 30) : q.start]) is not None


_READERS: dict[str, Callable[[re.Match[str]], Frequency | None]] = {
    "times": _times,
    "ndays": _days_a_week,
    "counted": _counted,
    "every": _every,
    "onth": _on_the,
    "nth": _nth,
    "hourly": _hourly,
    "q": _q,
    "latin": _latin,
    "adverb": _adverb,
    "on": _on,
    "weekday": _weekday,
    "bare": lambda m: _interval(None, None, m["bu"]),
    "night": lambda m: Frequency(when=("EVE" if "even" in m["night"].lower() else "HS",)),
    "morning": lambda m: Frequency(when=("MORN",)),
    "meal": _meal,
    "needed": lambda m: Frequency(as_needed=True),
    "once": lambda m: Frequency(once=True),
}
