"""The doses, durations and days that a claim advises."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from osler.answering.advice import UNBOUNDED, Advice, Respect
from osler.answering.steps import phase_of
from osler.domain import (
    BlockKind,
    Claim,
    Comparator,
    Dosage,
    DosageRole,
    Duration,
    Maximum,
    Phase,
    Polarity,
    StatementKind,
)
from osler.dosage import find_durations, per_day, to_base
from osler.dosage.numbers import NUMBER, read_number
from osler.patterns import lazy
from osler.statements.cues import polarity_of
from osler.statements.substances import find_substances

DAYS = {
    "h": Decimal(1) / 24,
    "d": Decimal(1),
    "wk": Decimal(7),
    "mo": Decimal(30),
    "a": Decimal(365),
}


_TOO = lazy(r"\btoo (?:weak|low|small|little|high|much)\b|\bnot enough\b|\binsufficient\b", re.I)
# "Fentanyl 25 micrograms/hour is equal to 90 mg of morphine": how two compare, not what to give.
_EQUALS = lazy(
    r"\b(?:is|are|being)\s(?:\w+\s){0,2}(?:equal|equivalent)\s(?:in\s\w+\s)?to\b|\bequals\b", re.I
)
_ELEMENTAL = lazy(r"\belemental\b", re.I)


def doses_given(claim: Claim) -> list[Dosage]:
    """The doses that a claim tells to give: none of a clause that denies."""
    if not any(d.role is DosageRole.DOSE for d in claim.dosages) or _TOO.search(claim.text):
        return []
    if _EQUALS.search(claim.text):
        return []
    denied = _denied_spans(claim)
    return [
        d
        for d in claim.dosages
        if d.role is DosageRole.DOSE
        and d.low is not None
        and not any(start <= d.amount_start < end for start, end in denied)
        and not _ALREADY.search(claim.text[: d.amount_start])
        and not _is_cap(claim, d)
        and _under_a_maximum(claim, d) is None
        and not _NO_DOSE.search(claim.text[: d.amount_start])
    ]


# "Raise by 50 mg", "may exceed 300 mg a day": a step or a bound, not what to give.
_NO_DOSE = lazy(
    r"\b(?:up|down|rais\w+|increas\w+|reduc\w+|lower\w*|cut|decreas\w+|steps?)\b[^.;:,]{0,30}"
    r"\b(?:by|of)\s(?:up to |as much as |at most )?(?:\d[\d.]*\s?\w*\s?(?:-|–|to|or)\s?)?$|"
    r"\(by\s$|(?<!not\s)\b(?:exceeds?|exceeding|more than|above|over)\s$",
    re.I,
)
_UP_TO = lazy(r"\b(?:up to|to a maximum of|no more than|not more than)\s*$", re.I)


def _is_cap(claim: Claim, dosage: Dosage) -> bool:
    """Whether it bounds a dose by weight: "0.1 units/kg, up to 10 units"."""
    return (
        dosage.per is None
        and _UP_TO.search(claim.text[: dosage.amount_start]) is not None
        and any(
            d.per == "kg" and d.unit == dosage.unit and d.amount_end <= dosage.amount_start
            for d in claim.dosages
        )
    )


# "… only for patients who have received 60 mg of oral morphine a day": whom, not what to give.
_ALREADY = lazy(
    r"\b(?:who|those|patients?|people)\b[^.;:,]{0,40}\b(?:received|receiving|been on|been given|"
    r"taken|already (?:on|taking))\b(?:[^.;:,(]|\([^()]*)*$",
    re.I,
)
_CLAUSE = lazy(r"(?:[^;:.]|[;:.](?!\s))+")


def _denied_spans(claim: Claim) -> list[tuple[int, int]]:
    if not denies(claim):
        return []
    clauses = [m.span() for m in _CLAUSE.finditer(claim.text)]
    return [
        (start, end)
        for start, end in clauses
        if polarity_of(claim.text[start:end]) is Polarity.NEGATIVE
    ]


def denies(claim: Claim) -> bool:
    """Whether a claim as a whole says what not to do."""
    return any(s.polarity is Polarity.NEGATIVE for s in claim.statements)


def dose_advice(claim: Claim, weight_kg: Decimal | None) -> Iterator[Advice]:
    """How much a day (or a time, where nothing says how often), and how much at most."""
    for dosage in doses_given(claim):
        amount = _amount(claim, dosage, weight_kg)
        if amount is not None:
            low, high, unit = amount
            names, routes = _named(dosage), _by(dosage)
            by_weight = dosage.per == "kg" and "/kg" not in unit
            yield Advice(
                Respect.DOSE, low, high, unit, True, names, routes, phase_of(claim, dosage),
                by_weight=by_weight,
            )  # fmt: skip
    for dosage in claim.dosages:
        ceiling = _ceiling(dosage, weight_kg) or _under_a_maximum(claim, dosage)
        if ceiling is not None:
            most, unit = ceiling
            yield Advice(Respect.MAXIMUM, most, most, unit, True, _named(dosage), _by(dosage))


_VOLUMES = frozenset({"mL", "L"})


def infusion_advice(claim: Claim) -> Iterator[Advice]:
    """Over how long one dose runs in, each with the dose that it belongs to."""
    for dosage in doses_given(claim):
        over = dosage.over
        if over is None or over.low is None or over.unit not in ("h", "min"):
            continue
        minutes = Decimal(60 if over.unit == "h" else 1)
        low, high = over.low * minutes, (over.high or over.low) * minutes
        if over.comparator in (Comparator.AT_LEAST, Comparator.GREATER):
            high = UNBOUNDED
        if over.comparator in (Comparator.AT_MOST, Comparator.LESS):
            low = Decimal(0)
        # "5 g in 500 mL over 6 hours" is of the 5 g.
        of = [d for d in doses_given(claim) if d.unit not in _VOLUMES] or [dosage]
        for dose in of if dosage.unit in _VOLUMES else [dosage]:
            yield Advice(
                Respect.OVER, low, high, "min", True, _named(dose), _by(dose),
                phase_of(claim, dose), _amount(claim, dose, None),
            )  # fmt: skip


def _named(dosage: Dosage) -> frozenset[str]:
    return frozenset({dosage.substance}) if dosage.substance else frozenset()


def _by(dosage: Dosage) -> frozenset[str]:
    return frozenset(dosage.routes or ([dosage.route] if dosage.route else []))


def _amount(
    claim: Claim, dosage: Dosage, weight_kg: Decimal | None
) -> tuple[Decimal, Decimal, str] | None:
    """A day's total, or a dose where nothing says how often; elemental iron is no iron salt."""
    within_hours = dosage.frequency is not None and dosage.frequency.period_unit == "min"
    amount = None if within_hours else per_day(dosage)
    each = ""
    if amount is None:
        if dosage.low is None or dosage.unit is None or dosage.per_time:
            return None
        once = dosage.frequency is not None and dosage.frequency.once
        if dosage.frequency is not None and not (once or within_hours):
            return None
        row = any(s.block is BlockKind.ROW for s in claim.statements)
        told = once or dosage.route or dosage.over or dosage.per or row
        if not told and dosage.phase is not Phase.LOADING:
            return None  # "the 400 microgram dose may be bought" tells nobody to take it
        low, unit = to_base(dosage.low, dosage.unit)
        high, _ = to_base(dosage.high or dosage.low, dosage.unit)
        amount, each = (low, high, f"{unit}/{dosage.per}" if dosage.per else unit), " a dose"
    low, high, unit = amount
    if unit.endswith("/kg") and weight_kg is not None:
        low, high, unit = low * weight_kg, high * weight_kg, unit.removesuffix("/kg")
    most = dosage.maximum
    if most is not None and not most.per and (most.per_time is None) == bool(each):
        top, top_unit = to_base(most.amount, most.unit)
        if top_unit == unit:
            low, high = min(low, top), min(high, top)
    near = claim.text[max(0, dosage.amount_start - 18) : dosage.amount_end + 14]
    if _ELEMENTAL.search(near):
        each += " elemental"
    return low, high, unit + each


def _ceiling(dosage: Dosage, weight_kg: Decimal | None) -> tuple[Decimal, str] | None:
    most = dosage.maximum
    if most is None and dosage.role is DosageRole.MAXIMUM and dosage.unit and dosage.high:
        day = per_day(dosage)
        if day is not None:
            return _weighed(day[1], f"{day[2]} a day", weight_kg)
        most = Maximum(dosage.high, dosage.unit, dosage.per, dosage.per_time)
    if most is None or most.per_time not in (None, "d"):
        return None
    amount, unit = to_base(most.amount, most.unit)
    unit = f"{unit}/{most.per}" if most.per else unit
    return _weighed(amount, f"{unit} a day" if most.per_time else f"{unit} a dose", weight_kg)


# "Maximum a day; adults: 40 mg": the words over a column or table say what its amounts are.
_MAXIMUM_A_DAY = lazy(
    r"\b(?:max(?:imum)?\.?(?:\s+dose)?\s+(?:a|per|in a)\s+day|max(?:imum)?\s+daily(?:\s+dose)?|"
    r"daily\s+max(?:imum)?(?:\s+dose)?|max(?:imum)?\s+in\s+24\s*h(?:ours)?)\b[^.]*$",
    re.I,
)


def _under_a_maximum(claim: Claim, dosage: Dosage) -> tuple[Decimal, str] | None:
    """The most a day, where only the words over a dose of a row say that it is that."""
    row = any(s.block is BlockKind.ROW for s in claim.statements)
    plain = dosage.role is DosageRole.DOSE and not dosage.per_time
    if not (row and plain and dosage.unit and dosage.low):
        return None
    if not _MAXIMUM_A_DAY.search(claim.text[: dosage.amount_start]):
        return None
    amount, unit = to_base(dosage.high or dosage.low, dosage.unit)
    return amount, f"{unit}/{dosage.per} a day" if dosage.per else f"{unit} a day"


def _weighed(amount: Decimal, unit: str, weight_kg: Decimal | None) -> tuple[Decimal, str]:
    if "/kg" in unit and weight_kg is not None:
        return amount * weight_kg, unit.replace("/kg", "")
    return amount, unit


_TOTAL = lazy(r"\ba total of\s$", re.I)
_UNTIL = lazy(r"\buntil\b", re.I)


_THEN_MORE = lazy(r"\b(?:then|followed by)\b", re.I)


def course_advice(claim: Claim) -> Iterator[Advice]:
    """Whether a drug is given once or as a course; nothing where a claim has both, or no end."""
    repeated: dict[str, set[str]] = {}
    for dosage in doses_given(claim):
        if dosage.substance is None or dosage.per_time:
            continue
        once = dosage.frequency is not None and dosage.frequency.once
        once = once or _TOTAL.search(claim.text[: dosage.amount_start]) is not None
        lasts = dosage.duration is not None or _UNTIL.search(claim.text[dosage.amount_end :])
        if once or per_day(dosage) is not None:
            kind = "once" if once else "course" if lasts else "open"
            repeated.setdefault(dosage.substance, set()).add(kind)
    for drug, kinds in repeated.items():
        then = _THEN_MORE.search(claim.text) is not None  # "1 g once, then 500 mg daily for 2 days"
        if kinds in ({"once"}, {"course"}) or (kinds == {"once", "course"} and then):
            yield Advice(Respect.COURSE, yes="course" in kinds, names=frozenset({drug}))


_DAYS_OF_A_COURSE = lazy(r"\bdays?\W{1,3}(\d{1,3})\s*(?:-|–|to)\s*(\d{1,3})\b", re.I)


def duration_advice(claim: Claim, weight_kg: Decimal | None) -> Iterator[Advice]:
    """For how many days, each with the dose that it belongs to."""
    if denies(claim):
        return
    course = _DAYS_OF_A_COURSE.search(claim.text)
    days = Decimal(int(course[2]) - int(course[1]) + 1) if course else None
    doses = doses_given(claim)
    for dosage in doses:
        amount = _amount(claim, dosage, weight_kg)
        span = (days, days) if days else _days(dosage.duration)
        if span is not None:
            yield Advice(
                Respect.DURATION, span[0], span[1], "d", True, _named(dosage), _by(dosage),
                phase_of(claim, dosage), amount,
            )  # fmt: skip
    if not doses and not any(s.kind is StatementKind.MONITORING for s in claim.statements):
        for found in find_durations(claim.text):
            span = _days(found.value)
            if span is not None:
                yield Advice(
                    Respect.DURATION, *span, "d", names=drugs_of(claim), phase=_whole(claim)
                )


def _whole(claim: Claim) -> Phase | None:
    return claim.statements[0].phase if claim.statements else None


def drugs_of(claim: Claim) -> frozenset[str]:
    """The drugs that a claim is on: those it opens with ("Drug: …"), else its statements'."""
    opening = claim.text.partition(": ")[0]
    if len(opening) < min(60, len(claim.text)):
        named = frozenset(found.name for found in find_substances(opening))
        if named:
            return named
    return frozenset(name for s in claim.statements for name in s.substances)


def _days(duration: Duration | None) -> tuple[Decimal, Decimal] | None:
    """A course in days; hours are of one administration, and no course."""
    if duration is None:
        return None
    if duration.for_life:
        return UNBOUNDED, UNBOUNDED
    if duration.low is None or duration.unit not in DAYS or duration.unit == "h":
        return None
    low, high = (n * DAYS[duration.unit] for n in (duration.low, duration.high or duration.low))
    if duration.comparator in (Comparator.AT_LEAST, Comparator.GREATER):
        high = UNBOUNDED
    if duration.comparator in (Comparator.AT_MOST, Comparator.LESS):
        low = Decimal(0)
    return low, high


_AWAY = lazy(
    rf"(?P<least>at least\s+|minimum of\s+)?(?:(?P<the>the\s+)|(?P<n>\b{NUMBER})"
    rf"(?:\s*(?:-|–|to)\s*(?P<m>{NUMBER}))?\s*)(?P<unit>hours?|days?|weeks?)\s+"
    r"(?P<where>before|after|prior to)\b",
    re.I,
)
# "Take it at least 2 hours before or 6 hours after antacids": how far apart two are taken.
_APART = lazy(
    r"\b(?:take|taken|taking|give|given|swallow\w*|separat\w+|apart|leave|space\w*)\b", re.I
)


def _gaps(claim: Claim) -> Iterator[Advice]:
    """The shortest time before and after something else is taken, where a claim doses nothing."""
    if not _APART.search(claim.text) or claim.dosages:
        return
    for m in _AWAY.finditer(claim.text):
        if not m["n"] or m["unit"][0].lower() not in "hd":
            continue
        least = read_number(m["n"]) * DAYS["h" if m["unit"][0].lower() == "h" else "d"]
        where = "after" if m["where"].lower() == "after" else "before"
        yield Advice(Respect.TIMING, least, least, f"d {where}, at least", names=drugs_of(claim))


_STOPS = lazy(r"\b(?:stop|stopped|withh[eo]ld|omit|omitted|discontinued?|last dose)\b", re.I)


def timing_advice(claim: Claim, weight_kg: Decimal | None) -> Iterator[Advice]:
    """How long before or after something: when a drug is stopped, on which day it is given."""
    stops = _STOPS.search(claim.text) is not None
    doses = doses_given(claim)
    if not stops and not doses:
        yield from _gaps(claim)
        return
    for m in _AWAY.finditer(claim.text):
        unit = DAYS[{"h": "h", "d": "d", "w": "wk"}[m["unit"][0].lower()]]
        low = read_number(m["n"]) * unit if m["n"] else unit
        high = (
            UNBOUNDED if m["least"] and not stops else read_number(m["m"]) * unit if m["m"] else low
        )
        where = "after" if m["where"].lower() == "after" else "before"
        kept = f"d {where}{' it is stopped' if stops else ''}"
        for dosage in [None] if stops else doses:
            amount = _amount(claim, dosage, weight_kg) if dosage else None
            if amount or stops:
                names = _named(dosage) if dosage else drugs_of(claim)
                yield Advice(Respect.TIMING, low, high, kept, True, names, amount=amount)
