"""How often: Latin abbreviations, intervals, counts a period, weekdays, meals, as needed."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

from osler.domain.dosage import Frequency
from osler.dosage.numbers import plain, read_number
from osler.dosage.spans import Found, scan
from osler.dosage.timing_forms import (
    ADVERB,
    DAY,
    DAYS,
    FREQUENCY,
    LATIN,
    MEALS,
    ORDINALS,
    PARTS_OF_A_DAY,
    SIDES,
    TO,
    may_begin,
    per,
)
from osler.dosage.units import read_time_unit
from osler.patterns import lazy

_ONE = Decimal(1)
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
_CHANGED = lazy(r"\b(?:increas|repeat|adjust|reduc|titrat|doubl|rais)\w*(?:[^.;]|\.(?=\d))*$", re.I)
# What is repeated so often as needed: "repeat every 12 hours as needed".
_REPEATED_SO = lazy(r"\brepeat\w*\b[^.;]*\b(?:every|\w*hourly)\b", re.I)
_AGAIN = lazy(
    r"\b(?:repeat\w*|again|re-?dos\w+|than)\s+(?:(?:it|this|the|same|dose|only|up\s+to)\s+)*$", re.I
)
_CHANGES = lazy(
    r"\s*,?\s*(?:the\s+)?(?:daily\s+)?(?:dos\w+\s+)?(?:may|can|should|increas|adjust|reduc|titrat)",
    re.I,
)
_WORD_COUNTS = {"once": 1, "twice": 2, "thrice": 3}


def find_frequencies(text: str) -> tuple[Found[Frequency], ...]:
    """Every statement of how often, in reading order; parts of one ("daily", "at night") apart."""
    found = []
    for m in scan(FREQUENCY, may_begin, text):
        kind = next(k for k in _READERS if m.group(k) is not None)
        if kind == "needed" and _CHANGES.match(text, m.end()):
            continue  # "if necessary, the dose may be increased"
        before = text[max(0, m.start() - 60) : m.start()]
        if kind == "needed" and _CHANGED.search(before) and not _REPEATED_SO.search(before):
            continue  # "increased if necessary" is not "taken if necessary"
        if kind == "once" and _AGAIN.search(text, max(0, m.start() - 40), m.start()):
            continue  # "repeat once" makes two of it
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
        weekdays=tuple(d for d in DAYS if d in weekdays),
        when=tuple(sorted(when)),
        on=numbered.on,
        on_unit=numbered.on_unit,
    )


_PARTS = frozenset({*PARTS_OF_A_DAY.values(), "NOON"})


def by_part_of_day(f: Frequency) -> Frequency:
    """ "At night" and "in the morning" are once a day each, where nothing else says how often."""
    untimed = not (f.period_unit or f.once or f.weekdays or f.on or f.as_needed)
    if not (untimed and f.when and _PARTS.issuperset(f.when)):
        return f
    return replace(f, count=len(f.when), period_low=_ONE, period_high=_ONE, period_unit="d")


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
    if word == "on":  # "four times on day 1"
        return _ONE, "d"
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
    when = ("HS",) if m["period"].lower().endswith(("night", "nightly")) and unit == "d" else ()
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
    when = PARTS_OF_A_DAY.get(said)
    _, unit = _unit_of_period("day" if when else said)
    number = Decimal(_ordinal(m["ordinal"]))
    return Frequency(1, None, number, number, unit, when=(when,) if when else ())


def _ordinal(word: str) -> int:
    return ORDINALS.get(word.lower()) or int(word[:-2])


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
    return LATIN.get(word)


def _adverb(m: re.Match[str]) -> Frequency:
    return ADVERB[" ".join(m["adverb"].lower().split())]


def _weekday(m: re.Match[str]) -> Frequency:
    words = m["weekday"].lower()
    said = [DAYS.index(d[:3]) for d in re.findall(DAY, words)]
    if words.endswith("weekdays"):
        said = list(range(5))
    elif len(said) == 2 and _SPAN_OF_DAYS.search(words) and said[0] < said[1]:
        said = list(range(said[0], said[1] + 1))
    days = tuple(d for at, d in enumerate(DAYS) if at in said)
    return Frequency(len(days), None, _ONE, _ONE, "wk", weekdays=days)


def _meal(m: re.Match[str]) -> Frequency | None:
    side = ""
    codes: dict[str, None] = {}
    for word in re.findall(r"[a-z]+", m["meal"].lower()):
        if word in SIDES:
            side = word
        elif word not in ("each", "every", "a", "the", "main", "or", "and", "time", "times"):
            codes[SIDES[side] + MEALS.get(word[:2], "")] = None
    return Frequency(when=tuple(sorted(codes)))


_SPAN_OF_DAYS = lazy(r"\bto\b|through|[-–]")
# What is spaced: "two doses 4 hours apart", and not "4 hours apart from iron".
_SPACED = lazy(
    r"\b(?:doses|injections|infusions|times|twice|repeat\w*|intervals?)\b[^.;]{0,25}$", re.I
)
_DIVIDED = lazy(r"\bin\s+\S+\s+(?:equal\s+|divided\s+)*doses\b[^.;]{0,20}$", re.I)
_OF_TWO_THINGS = lazy(r"\s+from\b", re.I)


def _apart(m: re.Match[str]) -> Frequency | None:
    """The time that doses are apart is how often they are given."""
    spaced = m["apart"].lower().endswith("apart")
    if spaced and (
        _SPACED.search(m.string, max(0, m.start() - 45), m.start()) is None
        or _DIVIDED.search(m.string, max(0, m.start() - 60), m.start())
        or _OF_TWO_THINGS.match(m.string, m.end())
    ):
        return None
    return _interval(m["a1"], m["a2"], m["au"])


def _parts(m: re.Match[str]) -> Frequency | None:
    """Two parts of a day are twice a day."""
    when = {PARTS_OF_A_DAY[m[part].lower()] for part in ("pa", "pb")}
    return replace(per(2, 1, "d"), when=tuple(sorted(when))) if len(when) == 2 else None


def _counted_from(m: re.Match[str]) -> Frequency:
    """The hours, days, weeks or months of a course, counted from its first dose."""
    points = sorted({int(number) for number in re.findall(r"\d+", m["f1"] or m["f2"])})
    return Frequency(on=tuple(points), on_unit=read_time_unit((m["fu1"] or m["fu2"]).lower()))


def _on(m: re.Match[str]) -> Frequency | None:
    """The days of a course by number; None for what is an age or a time since something."""
    points: dict[int, None] = {}
    for first, last in re.findall(rf"(\d{{1,3}})(?:\s*(?:{TO})\s*(\d{{1,3}}))?", m["points"]):
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
        found.group().strip().lower() == "from" and re.search(TO, m["points"]) is not None
    )


def _on_the(m: re.Match[str]) -> Frequency | None:
    first = 1 if m["which"].lower() == "first" else _ordinal(m["which"])
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
    "apart": _apart,
    "q": _q,
    "latin": _latin,
    "parts": _parts,
    "adverb": _adverb,
    "on": _on,
    "from": _counted_from,
    "weekday": _weekday,
    "bare": lambda m: _interval(None, None, m["bu"]),
    "night": lambda m: Frequency(when=("EVE" if "even" in m["night"].lower() else "HS",)),
    "morning": lambda m: Frequency(when=("MORN",)),
    "meal": _meal,
    "needed": lambda m: Frequency(as_needed=True),
    "once": lambda m: Frequency(once=True),
}
