"""What neighbouring doses state for one another: "500 mg or 850 mg once daily"."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise, takewhile
from typing import Any

from osler.domain.dosage import DosageRole, Maximum, Phase
from osler.dosage.draft import STRONG, Draft, is_total, leaves_brackets
from osler.dosage.durations import find_durations
from osler.dosage.routes import find_routes
from osler.dosage.spans import Found
from osler.dosage.timing import find_frequencies
from osler.patterns import lazy

_CONNECTOR = lazy(
    r"\s*(?:,|/|\()?\s*(?:or|to|and|-|–|and/or)?\s*"
    r"(?:(?:suspension|syrup|solution|elixir|mixture|liquid)\b)?"
    r"\s*(?:\(|even\b|as\s+much\s+as\b)?\s*",
    re.I,
)
_CELL_HEADER = lazy(r"[;|]\s*[^\W\d_][^;:|]{0,40}:\s*$")
_OR = lazy(r"\s*,?\s*or\s+", re.I)
_SAME_DRUG = lazy(
    r"\b(?:then|followed\s+by|thereafter|(?:increas|reduc|rais|titrat)\w*(?:\s+\w+){0,3}\s+to)\s*$",
    re.I,
)
_NEUTRAL = lazy(
    r"(?:[^A-Za-z]|\b(?:child(?:ren)?|adults?|neonates?|infants?|years?|months?|weeks?|days?|over|under|to|and"
    r"|or|then|aged?|above|below|kg|max(?:imum)?|dose|of|followed|by|increased?|increasing|may|be|if|necessary|up"
    r"|a|an|the|daily|reduced?|thereafter|maintenance|initial(?:ly)?|not|exceed|after|with|elderly|old|in)\b)*",
    re.I,
)
_HEADING = lazy(r"^[^.;\n]{0,40}[:–]|^\s*$")
_RATES = frozenset({"s", "min", "h"})
_ANOTHER = lazy(r"\b(?:plus|with)\b", re.I)


def attach_maxima(text: str, drafts: list[Draft]) -> None:
    """Give each ceiling to the nearest dose before it, else after it, that has none."""
    # What bounds the amount goes before what bounds its rate: a dose keeps one ceiling.
    by_rate = sorted(enumerate(drafts), key=lambda each: each[1].amount.per_time in _RATES)
    for place, d in by_rate:
        if d.role is not DosageRole.MAXIMUM:
            continue
        d.phase = Phase.MAXIMUM
        if steps := _own_steps(text, drafts[:place], d):
            for step in steps:
                step.maximum = _maximum(d)
            continue
        others = [
            o
            for o in (*reversed(drafts[:place]), *drafts[place + 1 :])
            if o.role is DosageRole.DOSE
        ]
        # Not a rate's, nor that of a dose in brackets: "10 mg/kg (at most 50 mg/min), maximum 1 g"
        likely = [
            o
            for o in others
            if o.amount.per_time not in _RATES
            and not leaves_brackets(text[o.amount.end : d.amount.start])
        ]
        others = likely or others
        dose = next((o for o in others if o.maximum is None), None)
        if dose is not None:
            dose.maximum = _maximum(d)
            if dose.amount.end <= d.amount.start:
                _give_back(text, dose, d)


def _own_steps(text: str, before: list[Draft], ceiling: Draft) -> list[Draft]:
    """The steps that a ceiling bounds where each has a cell: "Step up: 5 mg; Maximum: 40 mg"."""
    if not _heads_cell(text, ceiling):
        return []
    steps = list(takewhile(lambda d: d.role is DosageRole.STEP, reversed(before)))
    return steps if steps and _heads_cell(text, steps[-1]) else []


def _heads_cell(text: str, d: Draft) -> bool:
    return _CELL_HEADER.search(text[: d.amount.compared_from]) is not None


def _give_back(text: str, dose: Draft, ceiling: Draft) -> None:
    """Give a dose what is said after its ceiling: "15 mg/kg, maximum 1 g, orally every 6 hours".

    A day or a week bounds the ceiling itself ("maximum 4 g daily") and stays with it.
    """
    if STRONG.search(text[dose.amount.end : ceiling.amount.start]):
        return
    said = ceiling.frequency
    if ceiling.routes and not dose.routes and not ceiling.lead_route:
        dose.routes, dose.route_at = list(ceiling.routes), ceiling.route_at
    if said and not dose.frequency and not dose.amount.per_time and not is_total(said):
        dose.frequency, dose.timing_at = said, ceiling.timing_at
    dose.duration = dose.duration or ceiling.duration
    dose.over = dose.over or ceiling.over


def _maximum(d: Draft) -> Maximum:
    per_time = d.amount.per_time or d.per_time
    f = d.frequency
    if per_time is None and f and f.count == 1 and f.period_low == 1 == f.period_high:
        per_time = f.period_unit
    return Maximum(d.amount.high, d.amount.unit, d.amount.per, per_time)


def share_steps(text: str, drafts: list[Draft]) -> None:
    """The alternative of a step is one: "increase by 500 mg weekly, or 850 mg every 2 weeks"."""
    for first, second in pairwise(drafts):
        is_next = first.role is DosageRole.STEP and second.role is DosageRole.DOSE
        if is_next and _OR.fullmatch(text, first.end, second.amount.compared_from):
            second.role = first.role


def share(text: str, drafts: list[Draft]) -> None:
    """Copy between neighbours what the text says once for both."""
    for first, second in reversed(list(pairwise(drafts))):
        if _is_bracketed(text, first, second):
            _copy(first, second)
        gap = text[first.amount.end : second.amount.compared_from]
        if _CONNECTOR.fullmatch(gap) and second.role is first.role:
            _share_back(first, second)
    for first, second in pairwise(drafts):
        if first.routes and not second.routes and _has_same_route(text, first, second):
            second.routes = list(first.routes)
            second.lead_route = first.lead_route
            second.route_at = first.route_at


def _share_back(first: Draft, second: Draft) -> None:
    """The second of two alternatives says what the first leaves out: "500 mg or 850 mg daily"."""
    # "500 mg a week, or 850 mg every 2 weeks": the first says how often by itself.
    timed = first.frequency is not None or _period(first) is not None
    if not timed or _period(first) == _period(second):
        first.frequency = first.frequency or second.frequency
    first.duration = first.duration or second.duration
    first.over = first.over or second.over
    first.routes = first.routes or list(second.routes)
    first.maximum = first.maximum or second.maximum
    if second.is_divided and not first.is_divided:
        first.is_divided, first.divided = True, second.divided
    a, b = first.amount, second.amount
    # "250 mg or 5 mg/kg": what stands per kg is another amount, not the first one's unit.
    if not (a.per or b.per or timed) and a.unit == b.unit:
        first.amount = replace(a, per_time=b.per_time)


def _period(d: Draft) -> str | None:
    """The time that a dose's amount is a total of: "d" for "15 mg a day"."""
    return d.amount.per_time or d.per_time


# "Amoxicillin 1 g and clarithromycin 500 mg, each twice daily"
_SAID_OF_EACH = lazy(
    r"[\s,]*\b(?:each|all|both)\b(?:\s+(?:of\s+(?:them|these)|given|taken))?[\s,]*$", re.I
)
_NEXT_OF_LIST = lazy(r"[^;.|\n]*(?:,|\b(?:and|plus|with)\b)[^;.|\n]*", re.I)


def said_of_each(text: str, drafts: list[Draft], start: int) -> list[Draft]:
    """The doses of a list of which what begins at `start` is said of each of them, or none."""
    before = [d for d in drafts if d.amount.end <= start]
    if len(before) < 2 or not _SAID_OF_EACH.search(text, before[-1].end, start):
        return []
    listed = [before[-1]]
    for one, other in reversed(list(pairwise(before))):
        between = text[one.end : other.amount.compared_from]
        if one.role is not other.role or not _NEXT_OF_LIST.fullmatch(between):
            break
        listed.append(one)
    return listed if len(listed) > 1 else []


_RELEASE = lazy(
    r"[\s-]*(?:\w+\s+)?(?:slow|modified|prolonged|extended|sustained)[\s-]release\b", re.I
)


def _has_same_route(text: str, first: Draft, second: Draft) -> bool:
    """Whether the first dose's route is the second's too, which does not state its own."""
    if second.role is DosageRole.STRENGTH:
        return False
    if _RELEASE.match(text, second.amount.end) and "oral" not in first.routes:
        return False  # "10 mg under the tongue, then 20 mg slow release"
    gap = text[first.amount.end : second.amount.start]
    if _NEUTRAL.fullmatch(_without_qualifiers(gap)) or _SAME_DRUG.search(gap):
        return True
    if first.role is DosageRole.STRENGTH:  # "0.3% eye drops: apply 1 drop"
        return STRONG.search(gap) is None
    if not first.lead_route or _ANOTHER.search(gap):
        return False
    # A route that heads the text ("Oral: …") holds for all of it; one that is said of the first
    # drug ("IV morphine 10 mg; paracetamol 1 g") does not reach past a semicolon.
    lead = text[first.route_at[1] : first.amount.start]
    return STRONG.search(gap) is None or _HEADING.match(lead) is not None


def _is_bracketed(text: str, first: Draft, second: Draft) -> bool:
    """Whether the second amount says the first again in brackets: "900 micrograms (3,000 IU)"."""
    gap = text[first.amount.end : second.amount.start]
    follows = text[second.amount.end : second.amount.end + 2].lstrip()
    return second.role is DosageRole.DOSE and gap.strip() == "(" and follows.startswith(")")


def _copy(first: Draft, second: Draft) -> None:
    second.frequency = second.frequency or first.frequency
    second.duration = second.duration or first.duration
    second.over = second.over or first.over
    second.routes = second.routes or list(first.routes)
    if first.is_divided:
        second.is_divided, second.divided = True, first.divided


def _without_qualifiers(text: str) -> str:
    spans: list[Found[Any]] = [
        *find_routes(text),
        *find_frequencies(text),
        *find_durations(text),
    ]
    out = list(text)
    for s in spans:
        out[s.start : s.end] = " " * (s.end - s.start)
    return "".join(out)
