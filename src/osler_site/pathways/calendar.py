"""When something that is ordered "every 3 months" falls due, counted from a day."""

from __future__ import annotations

import calendar
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

MOST = 4  # dates that are named; what goes on goes on as these do
_DAYS = {"d": 1, "wk": 7}
_MONTHS = {"mo": 1, "a": 12}
_NAMES = {"d": "day", "wk": "week", "mo": "month", "a": "year"}
_UNTIL = re.compile(r"\buntil\b[^.;:]*[^.;:\s]")
_NUMBERS = {1: "once", 2: "twice"}


@dataclass(frozen=True, slots=True)
class Due:
    """A day, or from the first to the last of them."""

    first: date
    last: date

    def __str__(self) -> str:
        if self.first == self.last:
            return day(self.first)
        return f"{day(self.first)} to {day(self.last)}"


def day(when: date) -> str:
    """ "3 March 2027"."""
    return f"{when.day} {when:%B %Y}"


def after(start: date, count: float, unit: str) -> date | None:
    """A day so much later (UCUM or FHIR's d, wk, mo, a); None for a part of a day.

    The last day of a shorter month stands for a day that it has not.
    """
    if unit in _DAYS:
        return start + timedelta(days=round(float(count) * _DAYS[unit]))
    if unit not in _MONTHS:
        return None
    months = start.month - 1 + round(float(count) * _MONTHS[unit])
    year, month = start.year + months // 12, months % 12 + 1
    return date(year, month, min(start.day, calendar.monthrange(year, month)[1]))


def due_dates(timing: Mapping[str, Any], today: date) -> tuple[Due, ...]:
    """The next days of a FHIR `Timing`; none where it says no day or several times a period.

    The first is its event, where it states one, else one period from today.
    """
    events = sorted(date.fromisoformat(str(event)[:10]) for event in timing.get("event", ()))
    repeat = timing.get("repeat", {})
    low, unit = repeat.get("period"), str(repeat.get("periodUnit", ""))
    if low is None or repeat.get("frequency", 1) != 1 or len(events) > 1:
        return tuple(Due(event, event) for event in events[:MOST])
    high = repeat.get("periodMax", low)
    end = _end(repeat, today)
    found: list[Due] = []
    most = MOST if high == low else 1  # each of a range is counted from the one before it
    count = min(most, int(repeat.get("count", most)))
    if events and events[0] != after(today, low, unit):
        begin, numbers = events[0], range(count)
    else:
        begin, numbers = today, range(1, count + 1)
    for n in numbers:
        first, last = after(begin, n * low, unit), after(begin, n * high, unit)
        if first is None or last is None or (end is not None and first > end):
            break
        found.append(Due(first, last))
    return tuple(found)


def until(timing: Mapping[str, Any], wording: str = "") -> str:
    """Up to when it goes on where only words say so, and what they say of afterwards:
    "until they are stable, and once a year from then on"; "" where it has no such end.

    The words are the timing's own, else those that follow its interval in a sentence about it.
    """
    if "period" not in timing.get("repeat", {}):
        return ""
    found = _UNTIL.search(str(timing.get("code", {}).get("text", "")))
    if found is None:
        _, interval, rest = wording.partition(f"{how_often(timing)} ")
        found = _UNTIL.match(rest) if interval else None
    return found[0] if found else ""


def is_later(timing: Mapping[str, Any], wording: str) -> bool:
    """Whether it begins only once something else is so, "every 3 months until stable, then once a
    year" for what is yearly: its days are not known then.
    """
    return bool(_UNTIL.search(wording)) and not until(timing, wording)


def then(timing: Mapping[str, Any], today: date, named: int, until: str = "") -> str:
    """How it goes on after the days that were named; "" where it does not."""
    repeat = timing.get("repeat", {})
    low, high = repeat.get("period"), repeat.get("periodMax")
    if high is None or high == low:
        going = "and so on" if goes_on(timing, today, named) else ""
        return f"{going} {until}".rstrip() if going else ""
    unit = _NAMES.get(str(repeat.get("periodUnit", "")), "")
    if not named or not unit or int(repeat.get("count", named + 1)) <= named:
        return ""
    span = f"{_plain(f'{low:f}')} to {_plain(f'{high:f}')}"
    return f"then {span} {unit}s after each {until}".rstrip()


def goes_on(timing: Mapping[str, Any], today: date, named: int) -> bool:
    """Whether there are more days than were named."""
    repeat = timing.get("repeat", {})
    if "period" not in repeat:
        return len(timing.get("event", ())) > named
    if "count" in repeat:
        return int(repeat["count"]) > named
    end = _end(repeat, today)
    return end is None and named == MOST


def _end(repeat: Mapping[str, Any], today: date) -> date | None:
    bounds = repeat.get("boundsDuration") or repeat.get("boundsRange", {}).get("high") or {}
    if "value" in bounds:
        return after(today, bounds["value"], str(bounds.get("code") or bounds.get("unit") or ""))
    stated = repeat.get("boundsPeriod", {}).get("end")
    return date.fromisoformat(str(stated)[:10]) if stated else None


def how_often(timing: Mapping[str, Any]) -> str:
    """In words: "every 3 months", "twice a week for 2 weeks"; "" where nothing is said."""
    repeat = timing.get("repeat", {})
    code = timing.get("code", {}).get("text")
    low, unit = repeat.get("period"), _NAMES.get(str(repeat.get("periodUnit", "")))
    if low is None or unit is None:
        return str(code or ("once" if repeat.get("count") == 1 else ""))
    high, times = repeat.get("periodMax", low), int(repeat.get("frequency", 1))
    if low == high == 1:
        said = f"{_NUMBERS.get(times, f'{times} times')} a {unit}"
    else:
        lead = "" if times == 1 else f"{_NUMBERS.get(times, f'{times} times')} "
        span = f"{low:f}" if low == high else f"{low:f}–{high:f}"
        said = f"{lead}every {_plain(span)} {unit}s"
    bounds = repeat.get("boundsDuration", {})
    length = _NAMES.get(str(bounds.get("code", "")))
    if length and "value" in bounds:
        said += f" for {bounds['value']} {length}{'' if bounds['value'] == 1 else 's'}"
    return said


def _plain(span: str) -> str:
    return "–".join(n.rstrip("0").rstrip(".") if "." in n else n for n in span.split("–"))
