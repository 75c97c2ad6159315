"""From a text to its dosages: amounts, and which route, timing and duration belong to each."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise
from typing import Any

from osler.domain.dosage import Dosage, DosageRole, Duration, Frequency, Phase
from osler.dosage.amounts import KINDS_OF_FORM
from osler.dosage.columns import outside_asides
from osler.dosage.draft import DAILY, STRONG, Draft, finish, leaves_brackets, weight
from osler.dosage.durations import find_durations
from osler.dosage.numbers import WORDS
from osler.dosage.phases import find_phases
from osler.dosage.referred import is_referred, stands_beside
from osler.dosage.roles import amounts_and_roles
from osler.dosage.routes import find_routes
from osler.dosage.sharing import attach_maxima, said_of_each, share, share_steps
from osler.dosage.spans import Found
from osler.dosage.timing import find_frequencies, is_ceiling, merge, on_days_of
from osler.dosage.totals import Total, find_divided, find_totals
from osler.dosage.units import UNIT, to_base
from osler.patterns import lazy

# What may stand between a number and its unit: another number, a scale, an article, a kind of form.
_GAP = (
    r"(?:[\s,.\-–—−‐‑/<]|[0-9½¼¾⅓⅔]"
    rf"|\b(?:an?|to|or|of|and|until|M|million|mega|thousand|billion|{KINDS_OF_FORM})\b)*"
)
_DIGIT = lazy(r"[0-9½¼¾⅓⅔]")
_MAY = lazy(rf"[0-9½¼¾⅓⅔]{_GAP}{UNIT}")
_MAY_WORD = lazy(rf"\b(?i:{'|'.join(w.replace(' ', ' +') for w in WORDS)})\b{_GAP}{UNIT}")
# Without one of these no unit stands in a text that has no digit.
_FORMS = (
    *("tab", "caps", "puff", "inhal", "drop", "sachet", "pair", "amp", "vial", "spray", "suppos"),
    *("pessar", "patch", "lozenge", "spoon", "unit", "gram", "mill", "lit", "cent", "actuat"),
    *("applic", "nebule", "pastil", "scoop", "implant", "inch"),
)
_SEGMENT_END = lazy(
    r"(?=\s)(?:(?<=[a-z0-9)%\]][.!?])\s+(?=[A-Z•▪■\-*(])"
    r"|(?<=[a-z]{4}\.)(?<!pprox\.)(?<!tabs\.)(?<!caps\.)\s+(?=\d)"
    r"|\n\s*(?=[•▪■·\-–*|]|\d+[.)]\s|\n|[A-Z])|\n\s*\n)"
)
_SEQUENCE = lazy(r"\b(?:then|followed\s+by|thereafter|subsequently|after\s+that)\b", re.I)
_NEXT = lazy(
    r"\b(?:then|followed\s+by|thereafter|subsequently|after\s+that)[\s,]*(?:(?:continued?|repeat(?:ed)?|given?|by)\s+)*(?:the\s+same\s+dose\s+)?$",
    re.I,
)
_JOINED = lazy(
    r"\s*\)?\s*(?:(?:injections?|infusions?|bolus|slowly|route)\s*)?[,/&]?\s*(?:and/or|or|and)?\s*(?:by\s+)?(?:deep|slow)?\s*",
    re.I,
)
_ALTERNATIVE = lazy(r"[\s,)]*(?:and/or|or)\s+(?:by\s+)?(?:deep\s+|slow\s+)?", re.I)
_GENERIC = frozenset({"topical", "parenteral"})  # "transdermal …: applied topically"
_CELL = lazy(r"[;|\n]")
_CLAUSE = lazy(r"[a-z]{3,}", re.I)


@lru_cache(maxsize=16)
def may_state_dosage(text: str) -> bool:
    """Whether a text may state a dosage: very cheap, and never false where there is one."""
    if _DIGIT.search(text) and _MAY.search(text):
        return True
    low = text.lower()
    return any(form in low for form in _FORMS) and _MAY_WORD.search(text) is not None


def parse_dosages(text: str) -> tuple[Dosage, ...]:
    """Every amount with a unit that is a dose, a maximum, a step or a strength, in reading order.

    The later doses of a sequence ("1 mg daily for 2 weeks, then 1 mg monthly") stand both in
    the `steps` of its first and on their own ("then monthly" only in the `steps`); a maximum
    both in the `maximum` of the dose it bounds and on its own. Never raises; offsets are
    characters of `text`.
    """
    if not may_state_dosage(text):
        return ()
    drafts = [
        Draft(amount, role, amount.compared_from, amount.end, amount.end)
        for amount, role in amounts_and_roles(text)
        if role is not None
    ]
    if not drafts:
        return ()
    qualifiers = _qualifiers(text, drafts)
    borders = [0, *(m.end() for m in _SEGMENT_END.finditer(text)), len(text) + 1]
    for first, last in pairwise(borders):
        inside = [d for d in drafts if first <= d.amount.start < last]
        if inside:
            _assemble(text, inside, [q for q in qualifiers if first <= q.start < last])
    drafts = [d for d in drafts if not _is_restated(text, drafts, d)]
    if all(d.role is DosageRole.STRENGTH for d in drafts):
        for d in drafts:
            if d.amount.unit == "%" and d.frequency and d.amount.end <= d.timing_at[0]:
                d.role = DosageRole.DOSE  # "5% cream five times a day"
    return tuple(finish(text, d) for d in drafts)


def _qualifiers(text: str, drafts: list[Draft]) -> list[Found[Any]]:
    found: list[Found[Any]] = [
        *find_routes(text),
        *find_frequencies(text),
        *find_durations(text),
        *find_divided(text),
        *find_totals(text),
        *find_phases(text),
    ]
    outside = [
        q
        for q in sorted(found, key=lambda q: (q.start, -q.end))
        if not any(d.amount.start < q.end and q.start < d.amount.end for d in drafts)
    ]
    own = outside_asides(text, outside, [d.amount.start for d in drafts])
    kept = _without_overlaps(own)
    shares = [m.end() for m in _SHARE.finditer(text)] if "%" in text else []
    return [q for q in kept if not any(_is_of_share(text, drafts, at, q) for at in shares)]


# "0.9 mg/kg: 10% over one minute, the rest over an hour": what a part is given over.
_SHARE = lazy(r"\d\s?%(?=\s+(?:of|as|over|given|in\s+the\s+first|by|immediately)\b)", re.I)


def _is_of_share(text: str, drafts: list[Draft], at: int, q: Found[Any]) -> bool:
    """Whether words tell of a share of a dose that ends at `at`, and of no dose after it."""
    if any(d.amount.start < at <= d.amount.end or at <= d.amount.start < q.start for d in drafts):
        return False
    gap = text[at : q.start]
    return at <= q.start and STRONG.search(gap) is None and len(gap) < 90


def _without_overlaps(found: list[Found[Any]]) -> list[Found[Any]]:
    kept: list[Found[Any]] = []
    for item in found:
        if kept and item.start < kept[-1].end:
            if isinstance(item.value, tuple) and not isinstance(kept[-1].value, tuple):
                kept[-1] = item
            elif isinstance(item.value, Phase) and _is_once(kept[-1].value):
                kept.append(item)  # "a single loading dose" says both
            continue
        kept.append(item)
    return kept


def _is_once(value: object) -> bool:
    return isinstance(value, Frequency) and value.once


def _assemble(text: str, drafts: list[Draft], qualifiers: list[Found[Any]]) -> None:
    lone: list[Found[Any]] = []
    listed: list[Draft] = []
    for q in qualifiers:
        listed = said_of_each(text, drafts, q.start) or listed
        before = [d for d in drafts if d.amount.end <= q.start]
        while len(before) > 1 and _is_closed(text, before[-1], q):
            before.pop()
        given = [d for d in before if d.role is not DosageRole.STRENGTH]
        if given and before[-1].role is DosageRole.STRENGTH:
            before = given  # "1 g in 100 mL of sodium chloride 0.9% over 1 hour"
        after = [d for d in drafts if d.amount.start >= q.end]
        if is_referred(text, q):
            if after and stands_beside(text, q.end, after[0].amount.compared_from):
                _attach(text, q, after[0])
        elif listed and before[-1] is listed[0] and weight(text[listed[0].end : q.start]) < 2:
            for d in listed[1:]:
                _attach_quietly(text, q, d)
            _attach(text, q, listed[0])
        elif before and (not after or _is_trailing(text, before[-1], q, after[0])):
            _attach_after(text, q, before[-1], lone, last=not after)
        elif after:
            _attach(text, q, after[0])
    share_steps(text, drafts)
    attach_maxima(text, drafts)
    for q in lone:  # a clause or cell of its own: "…: 60 mg; …: 80 mg; interval: 12 hourly"
        for d in drafts[:-1]:
            if (isinstance(q.value, Frequency) and not (d.frequency or d.amount.per_time)) or (
                isinstance(q.value, str) and not isinstance(q.value, Phase) and not d.routes
            ):
                _attach_quietly(text, q, d)
    share(text, drafts)
    _link_steps(text, drafts)


def _attach_after(
    text: str, q: Found[Any], d: Draft, lone: list[Found[Any]], *, last: bool
) -> None:
    """Attach what follows a dose: to it, or to a step that states no amount ("then weekly")."""
    if last and isinstance(q.value, Phase):
        return
    gap = text[d.amount.end : q.start]
    same = next((s for s in reversed(d.steps) if s.amount is d.amount), None)
    if isinstance(q.value, Frequency) and q.value.period_unit and d.frequency and _NEXT.search(gap):
        step = Draft(d.amount, d.role, d.start, q.end, d.amount_end, routes=list(d.routes))
        d.steps.append(step)
        same = step
    elif last and STRONG.search(gap) and same is None:
        lone.append(q)
    if last and isinstance(q.value, str) and _is_far(text[d.end : q.start]):
        return
    _attach(text, q, same or d)


def _is_far(gap: str) -> bool:
    """Whether a route or a numbered week stands in another clause than the dose."""
    return weight(gap) > 0 and len(_CLAUSE.findall(gap)) > 4


def _link_steps(text: str, drafts: list[Draft]) -> None:
    # A ceiling between them parts no steps: "1 g until a total of 10 g, then 500 mg".
    for first, second in pairwise(d for d in drafts if d.role is not DosageRole.MAXIMUM):
        gap = text[first.amount.end : second.amount.start]
        if first.role is second.role is DosageRole.DOSE and _SEQUENCE.search(gap):
            head = next((d for d in drafts if any(s is first for s in d.steps)), first)
            head.steps.append(second)


def _is_closed(text: str, inner: Draft, q: Found[Any]) -> bool:
    """Whether an amount stands in brackets that close before q: "1 g (max 4 g) daily"."""
    if inner.role is DosageRole.STEP:
        return False  # "increased (in steps of 150 mg) every 3 days"
    gap = text[inner.amount.end : q.start]
    if inner.role is DosageRole.MAXIMUM and not _CELL.search(gap):
        return leaves_brackets(gap)  # "10 mg/kg (maximum 500 mg) thereafter for 14 days"
    return leaves_brackets(gap) and not STRONG.search(gap)


def _is_trailing(text: str, before: Draft, q: Found[Any], after: Draft) -> bool:
    """Whether a qualifier between two amounts belongs to the first of them."""
    left, right = text[before.amount.end : q.start], text[q.end : after.amount.start]
    if isinstance(q.value, Phase):
        changes = q.value in (Phase.TITRATION, Phase.TAPER)  # "…, increased to": of what follows
        return not changes and not weight(left) and weight(right) > 0
    return weight(left) <= weight(right)


def _attach(text: str, q: Found[Any], d: Draft) -> None:
    value = q.value
    if isinstance(value, Phase):
        if value is not Phase.MAXIMUM and (d.phase is None or q.end <= d.amount.start):
            d.phase = value  # the nearest before it: "increased to a maintenance dose of"
        return
    if isinstance(value, str):
        if not _take_route(text, q, d):
            return
    elif isinstance(value, Frequency):
        if not _take_frequency(text, q, d):
            return
    elif isinstance(value, Duration):
        _take_duration(text, q, d)
    elif isinstance(value, Total):
        adjacent = not text[max(d.end, d.amount.end) : q.start].strip()
        if not value.detached and not adjacent and d.role is not DosageRole.MAXIMUM:
            return
        d.per_time = value.unit
    elif isinstance(value, tuple):
        d.is_divided = True
        d.divided = value if value[0] else None
    d.widen(q.start, q.end)


# "1 pair for 48 hours, then the oral dose": the route is that of what follows.
_AFTERWARDS = lazy(
    r"\b(?:then|followed\s+by|thereafter|afterwards|(?:switch|chang|convert|step)\w*\s+(?:\w+\s+)?to)\b",
    re.I,
)


def _take_route(text: str, q: Found[Any], d: Draft) -> bool:
    at = (q.start, q.end)
    if _AFTERWARDS.search(text, d.amount.end, q.start):
        return False
    if q.value in d.routes:
        d.route_at = at
        return True
    if d.routes and not _is_alternative(text, d, q):
        if q.value in _GENERIC or not d.is_nearer(text, at, d.route_at):
            return False  # "5 mg orally …; intramuscular injections hurt"
        d.routes.clear()
    d.routes.append(q.value)
    d.route_at = at
    d.lead_route = q.end <= d.amount.start
    return True


def _is_alternative(text: str, d: Draft, q: Found[Any]) -> bool:
    """Whether a route is named beside another: "IM or SC", "orally every 6 hours or IV"."""
    if _JOINED.fullmatch(text, d.route_at[1], q.start):
        return True
    start = max(d.end, d.route_at[1])
    return (
        d.route_at[0] > d.amount.start and _ALTERNATIVE.fullmatch(text, start, q.start) is not None
    )


_OF_A_CHANGE = lazy(
    r"\b(?:titrat|adjust|check|review|recheck|monitor|measur|reassess|test)\w*\b[^.;]{0,25}$", re.I
)
# "anti-Xa level on day 3"
_OF_A_TEST = lazy(rf"{_OF_A_CHANGE.pattern}|\b(?:levels?|INR)\b[^.;]{{0,15}}$", re.I)


def _take_frequency(text: str, q: Found[Any], d: Draft) -> bool:
    value, at = q.value, (q.start, q.end)
    if (
        q.start >= d.amount.end
        and (value.period_unit or value.on)
        and (_OF_A_CHANGE if value.period_unit else _OF_A_TEST).search(text, d.amount.end, q.start)
    ):
        return False  # "start at 25 mcg a day and titrate every 6 weeks"
    if value.on and _is_far(text[d.end : q.start] or text[q.end : d.amount.start]):
        return False  # "40 mg … had a response at week 24"
    if d.frequency and d.frequency.period_unit and value.period_unit:
        if is_ceiling(text, q) and value.period_low == value.period_high == 1:
            most = value.count_high or value.count
            d.frequency = replace(d.frequency, most=most, most_unit=value.period_unit)
            return True
        if days := on_days_of(d.frequency, q, text):
            d.frequency = days
            return True
        if d.role is DosageRole.STEP and d.frequency == DAILY:
            # "in steps of 50 micrograms daily every 3 weeks": a daily dose changed every 3 weeks
            d.frequency, d.per_time = value, "d"
            return True
        if q.start >= d.amount.end and d.timing_at[1] <= d.amount.start:
            if not d.is_nearer(text, at, d.timing_at):
                return False
            d.frequency = value
            d.timing_at = at
            return True
        if not value.when:
            return False
    d.frequency = merge(d.frequency, value)
    if value.period_unit:
        d.timing_at = at
    return True


def _take_duration(text: str, q: Found[Any], d: Draft) -> None:
    value = q.value
    short = value.unit in ("s", "min") or (
        value.unit == "h" and text[q.start : q.start + 4].lower() == "over"
    )
    if short and value.low is not None:
        d.over = d.over or value
    else:
        d.duration = d.duration or value


def _attach_quietly(text: str, q: Found[Any], d: Draft) -> None:
    start, end = d.start, d.end
    _attach(text, q, d)
    d.start, d.end = start, end


def _is_restated(text: str, drafts: list[Draft], d: Draft) -> bool:
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
