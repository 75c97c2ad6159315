"""From a text to its dosages: amounts, and which route, timing and duration belong to each."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from decimal import Decimal
from itertools import pairwise
from typing import Any

from osler.domain.dosage import Dosage, DosageRole, Duration, Frequency, Maximum, Phase
from osler.dosage.amounts import Amount
from osler.dosage.durations import find_durations
from osler.dosage.numbers import DASH, NUMBER, UPPER, WORDS, read_number
from osler.dosage.phases import find_phases
from osler.dosage.roles import amounts_and_roles
from osler.dosage.routes import find_routes
from osler.dosage.spans import Found
from osler.dosage.timing import find_frequencies, merge
from osler.dosage.units import UNIT, to_base
from osler.patterns import lazy

# What may stand between a number and its unit: another number, a scale, an article.
_GAP = (
    r"(?:[\s,.\-–—−‐‑/<]|[0-9½¼¾]|\b(?:an?|to|or|of|and|until|M|million|mega|thousand|billion)\b)*"
)
_DIGIT = lazy(r"[0-9½¼¾]")
_MAY = lazy(rf"[0-9½¼¾]{_GAP}{UNIT}")
_MAY_WORD = lazy(rf"\b(?i:{'|'.join(w.replace(' ', ' +') for w in WORDS)})\b{_GAP}{UNIT}")
# Without one of these no unit stands in a text that has no digit.
_FORM = lazy(
    "tab|caps|puff|inhal|drop|sachet|pair|amp|vial|spray|suppos|pessar|patch|lozenge|spoon|unit|"
    "gram|mill|lit|cent|actuat"
)
_SEGMENT_END = lazy(
    r"(?<=[a-z0-9)%\]][.!?])\s+(?=[A-Z•▪■\-*(])|\n\s*(?=[•▪■·\-–*|]|\d+[.)]\s|\n|[A-Z])|\n\s*\n"
)
_STRONG = lazy(r"[;|\n]|\b(?:then|followed\s+by|thereafter|subsequently|after\s+that)\b", re.I)
_WEAK = lazy(r"[,(:]|\b(?:and|or|plus|with|to)\b", re.I)
_CONNECTOR = lazy(
    r"\s*(?:,|/|\()?\s*(?:or|to|and|then|-|–|and/or)?\s*(?:\(|even\b|as\s+much\s+as\b)?\s*", re.I
)
_SEQUENCE = lazy(r"\b(?:then|followed\s+by|thereafter|subsequently|after\s+that)\b", re.I)
_SAME_DRUG = lazy(
    r"\b(?:then|followed\s+by|thereafter|(?:increas|reduc|rais|titrat)\w*(?:\s+\w+){0,3}\s+to)\s*$",
    re.I,
)
_JOINED = lazy(
    r"\s*(?:(?:injections?|infusions?|bolus|slowly|route)\s*)?[,/&]?\s*(?:and/or|or|and)?\s*(?:by\s+)?(?:deep|slow)?\s*",
    re.I,
)
_NEUTRAL = lazy(
    r"(?:[^A-Za-z]|\b(?:child(?:ren)?|adults?|neonates?|infants?|years?|months?|weeks?|days?|over|under|to|and"
    r"|or|then|aged?|above|below|kg|max(?:imum)?|dose|of|followed|by|increased?|increasing|may|be|if|necessary|up"
    r"|a|an|the|daily|reduced?|thereafter|maintenance|initial(?:ly)?|not|exceed|after|with|elderly|old|in)\b)*",
    re.I,
)
_DIVIDED = lazy(
    rf"\b(?:in|as|into)?\s*(?:(?P<n1>{NUMBER})(?:{DASH}(?P<n2>{UPPER}))?\s+(?:equally\s+|equal\s+)?)?(?:equally\s+)?divided\s+(?:daily\s+)?doses?"
    rf"|\bdivided\s+(?:in|into)\s+(?P<n3>{NUMBER})(?:{DASH}(?P<n4>{UPPER}))?(?:\s+equal)?\s+doses"
    rf"|\bin\s+(?P<n5>{NUMBER})(?:{DASH}(?P<n6>{UPPER}))?\s+(?:equal\s+)?doses\b",
    re.I,
)
Divided = tuple[int, int]


@dataclass(slots=True)
class _Draft:
    """A dosage being put together."""

    amount: Amount
    role: DosageRole
    start: int
    end: int
    amount_end: int
    routes: list[str] = field(default_factory=list)
    frequency: Frequency | None = None
    duration: Duration | None = None
    phase: Phase | None = None
    divided: Divided | None = None
    is_divided: bool = False
    maximum: Maximum | None = None
    maximum_per_time: str | None = None
    lead_route: bool = False
    route_end: int = 0
    steps: list[_Draft] = field(default_factory=list)

    def widen(self, start: int, end: int) -> None:
        self.start, self.end = min(self.start, start), max(self.end, end)


def may_state_dosage(text: str) -> bool:
    """Whether a text may state a dosage: very cheap, and never false where there is one."""
    if _DIGIT.search(text) and _MAY.search(text):
        return True
    return _FORM.search(text.lower()) is not None and _MAY_WORD.search(text) is not None


def parse_dosages(text: str) -> tuple[Dosage, ...]:
    """Every amount with a unit that is a dose, a maximum, a step or a strength, in reading order.

    The later doses of a sequence ("1 mg daily for 2 weeks, then 1 mg monthly") stand both in
    the `steps` of its first and on their own; a maximum both in the `maximum` of the dose it
    bounds and on its own. Never raises; offsets are characters of `text`.
    """
    if not may_state_dosage(text):
        return ()
    drafts = [
        _Draft(amount, role, amount.compared_from, amount.end, amount.end)
        for amount, role in amounts_and_roles(text)
        if role is not None
    ]
    if not drafts:
        return ()
    qualifiers: list[Found[Any]] = [
        *find_routes(text),
        *find_frequencies(text),
        *find_durations(text),
        *_find_divided(text),
        *find_phases(text),
    ]
    qualifiers = [
        q
        for q in _without_overlaps(sorted(qualifiers, key=lambda q: (q.start, -q.end)))
        if not any(d.amount.start < q.end and q.start < d.amount.end for d in drafts)
    ]
    borders = [0, *(m.end() for m in _SEGMENT_END.finditer(text)), len(text) + 1]
    for first, last in pairwise(borders):
        inside = [d for d in drafts if first <= d.amount.start < last]
        if inside:
            _assemble(text, inside, [q for q in qualifiers if first <= q.start < last])
    drafts = [d for d in drafts if not _is_restated(text, drafts, d)]
    return tuple(_finish(text, d) for d in drafts)


def _find_divided(text: str) -> list[Found[Divided | None]]:
    if "dose" not in text:
        return []
    found: list[Found[Any]] = []
    for m in _DIVIDED.finditer(text):
        low, high = m["n1"] or m["n3"] or m["n5"], m["n2"] or m["n4"] or m["n6"]
        value: Any = None
        if low:
            first = int(read_number(low))
            value = (first, int(read_number(high)) if high else first)
        found.append(Found(value or (0, 0), m.start(), m.end()))
    return found


def _without_overlaps(found: list[Found[Any]]) -> list[Found[Any]]:
    kept: list[Found[Any]] = []
    for item in found:
        if kept and item.start < kept[-1].end:
            if isinstance(item.value, tuple) and not isinstance(kept[-1].value, tuple):
                kept[-1] = item
            continue
        kept.append(item)
    return kept


def _assemble(text: str, drafts: list[_Draft], qualifiers: list[Found[Any]]) -> None:
    lone: list[Found[Any]] = []
    for q in qualifiers:
        before = [d for d in drafts if d.amount.end <= q.start]
        while len(before) > 1 and _is_closed(text, before[-1], q):
            before.pop()
        if len(before) > 1 and before[-1].role is DosageRole.STRENGTH is not before[-2].role:
            before.pop()  # "100 mL of sodium chloride 0.9% over 1 hour"
        after = [d for d in drafts if d.amount.start >= q.end]
        if before and after:
            _attach(
                text, q, before[-1] if _is_trailing(text, before[-1], q, after[0]) else after[0]
            )
        elif before:
            if not isinstance(q.value, Phase):
                _attach(text, q, before[-1])
            if _STRONG.search(text, before[-1].amount.end, q.start):
                lone.append(q)
        elif after:
            _attach(text, q, after[0])
    _attach_maxima(drafts)
    _share(text, drafts, lone)
    for first, second in pairwise(drafts):
        gap = text[first.amount.end : second.amount.start]
        if first.role is second.role is DosageRole.DOSE and _SEQUENCE.search(gap):
            head = next((d for d in drafts if first in d.steps), first)
            head.steps.append(second)


def _is_closed(text: str, inner: _Draft, q: Found[Any]) -> bool:
    """Whether an amount stands in brackets that close before q: "1 g (max 4 g) daily"."""
    gap = text[inner.amount.end : q.start]
    return gap.count(")") > gap.count("(") and not _STRONG.search(gap)


def _is_trailing(text: str, before: _Draft, q: Found[Any], after: _Draft) -> bool:
    """Whether a qualifier between two amounts belongs to the first of them."""
    left, right = text[before.amount.end : q.start], text[q.end : after.amount.start]
    if isinstance(q.value, Phase):
        return not _weight(left) and _weight(right) > 0
    return _weight(left) <= _weight(right)


def _weight(gap: str) -> int:
    if _STRONG.search(gap):
        return 2
    return 1 if _WEAK.search(gap) else 0


def _attach(text: str, q: Found[Any], d: _Draft) -> None:
    value = q.value
    if isinstance(value, Phase):
        if d.phase is None and value is not Phase.MAXIMUM:
            d.phase = value
        return
    if isinstance(value, str):
        if value not in d.routes:
            if d.routes and not _JOINED.fullmatch(text, d.route_end, q.start):
                return  # "oral …, after the intramuscular loading phase"
            d.routes.append(value)
        d.route_end = q.end
        d.lead_route = d.lead_route or q.end <= d.amount.start
    elif isinstance(value, Frequency):
        if d.frequency and d.frequency.period_unit and value.period_unit and not value.when:
            return
        d.frequency = merge(d.frequency, value)
    elif isinstance(value, Duration):
        if d.duration is None or (d.duration.unit in ("min", "h", "s") and value.unit != "min"):
            d.duration = value
    elif isinstance(value, tuple):
        d.is_divided = True
        d.divided = value if value[0] else None
    d.widen(q.start, q.end)


def _attach_maxima(drafts: list[_Draft]) -> None:
    for place, d in enumerate(drafts):
        if d.role is not DosageRole.MAXIMUM:
            continue
        d.phase = Phase.MAXIMUM
        others = [
            o
            for o in (*reversed(drafts[:place]), *drafts[place + 1 :])
            if o.role is DosageRole.DOSE
        ]
        dose = next((o for o in others if o.maximum is None), None)
        if dose is not None:
            dose.maximum = _maximum(d)


def _maximum(d: _Draft) -> Maximum:
    per_time = d.amount.per_time
    f = d.frequency
    if per_time is None and f and f.count == 1 and f.period_low == 1 == f.period_high:
        per_time = f.period_unit
    return Maximum(d.amount.high, d.amount.unit, d.amount.per, per_time)


def _share(text: str, drafts: list[_Draft], lone: list[Found[Any]]) -> None:
    """Give an amount what a neighbour states for both: "500 mg or 850 mg once daily"."""
    for q in lone:  # a clause or cell of its own: "…: 60 mg; …: 80 mg; interval: 12 hourly"
        for d in drafts[:-1]:
            if (
                isinstance(q.value, Frequency) and d.frequency is None and not d.amount.per_time
            ) or (isinstance(q.value, str) and not isinstance(q.value, Phase) and not d.routes):
                _attach_quietly(text, q, d)
    for first, second in reversed(list(pairwise(drafts))):
        if _is_bracketed(text, first, second):
            _copy(first, second)
        plain_gap = text[first.amount.end : second.amount.compared_from]
        if _CONNECTOR.fullmatch(plain_gap) and second.role is first.role:
            first.frequency = first.frequency or second.frequency
            first.duration = first.duration or second.duration
            first.routes = first.routes or list(second.routes)
            first.maximum = first.maximum or second.maximum
            if second.is_divided and not first.is_divided:
                first.is_divided, first.divided = True, second.divided
            if (
                not first.amount.per
                and not first.amount.per_time
                and second.amount.unit == first.amount.unit
            ):
                first.amount = replace(
                    first.amount, per=second.amount.per, per_time=second.amount.per_time
                )
    for first, second in pairwise(drafts):
        between = text[first.amount.end : second.amount.start]
        if first.routes and not second.routes and second.role is not DosageRole.STRENGTH:
            trimmed = _without_qualifiers(between)
            if (
                (first.lead_route and not re.search(r"\b(?:plus|with)\b", between, re.I))
                or _NEUTRAL.fullmatch(trimmed)
                or _SAME_DRUG.search(between)
            ):
                second.routes = list(first.routes)
                second.lead_route = first.lead_route


def _is_bracketed(text: str, first: _Draft, second: _Draft) -> bool:
    """Whether the second amount says the first again in brackets: "900 micrograms (3,000 IU)"."""
    gap = text[first.amount.end : second.amount.start]
    follows = text[second.amount.end : second.amount.end + 2].lstrip()
    return second.role is DosageRole.DOSE and gap.strip() == "(" and follows.startswith(")")


def _copy(first: _Draft, second: _Draft) -> None:
    second.frequency = second.frequency or first.frequency
    second.duration = second.duration or first.duration
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


def _attach_quietly(text: str, q: Found[Any], d: _Draft) -> None:
    start, end = d.start, d.end
    _attach(text, q, d)
    d.start, d.end = start, end


def _is_restated(text: str, drafts: list[_Draft], d: _Draft) -> bool:
    """Whether an amount only says again, in another unit, what stands before it."""
    place = next(i for i, o in enumerate(drafts) if o is d)
    if place == 0:
        return False
    before = drafts[place - 1]
    gap = text[before.amount.end : d.amount.start]
    if not re.fullmatch(r"\s*(?:\(|=|\[|/)\s*(?:i\.e\.,?|or|=)?\s*", gap):
        return False
    same = all(
        to_base(a, before.amount.unit) == to_base(b, d.amount.unit)
        for a, b in ((before.amount.low, d.amount.low), (before.amount.high, d.amount.high))
    )
    if same and before.amount.unit != d.amount.unit:
        before.widen(d.start, d.end)
        return True
    return False


def _finish(text: str, d: _Draft) -> Dosage:
    a, frequency = d.amount, d.frequency
    per_time = a.per_time
    daily = Frequency(1, None, Decimal(1), Decimal(1), "d")
    if (
        d.role is DosageRole.MAXIMUM
        and frequency
        and not per_time
        and replace(frequency, when=()) == daily
    ):
        per_time, frequency = "d", None
    if (
        d.is_divided
        and frequency
        and not per_time
        and frequency.count == 1
        and frequency.period_low == 1
    ):
        per_time = frequency.period_unit
        frequency = replace(frequency, period_low=None, period_high=None, period_unit=None)
        if frequency == Frequency():
            frequency = None
    return Dosage(
        text=text[d.start : d.end],
        start=d.start,
        end=d.end,
        amount_start=a.start,
        amount_end=d.amount_end,
        low=a.low,
        high=a.high,
        unit=a.code,
        comparator=a.comparator,
        per=a.per,
        per_time=per_time,
        divided=d.divided,
        route=d.routes[0] if d.routes else None,
        routes=tuple(d.routes),
        frequency=frequency,
        duration=d.duration,
        maximum=d.maximum,
        role=d.role,
        phase=d.phase,
        steps=tuple(_finish(text, s) for s in d.steps),
    )
