"""What one dosage says that another does not, and daily equivalents."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from osler.domain.claim import ProblemKind
from osler.domain.dosage import Comparator, Dosage, DosageRole, Duration, Frequency
from osler.dosage.numbers import plain
from osler.dosage.units import to_base

_HOURS = {"min": Decimal(1) / 60, "h": Decimal(1), "d": Decimal(24), "wk": Decimal(168)}
_MONTHS = {"mo": Decimal(1), "a": Decimal(12)}
_DAYS = {"min": Decimal(1) / 1440, "h": Decimal(1) / 24, "d": Decimal(1), "wk": Decimal(7)}


def differences(claim: Dosage, evidence: Dosage) -> tuple[ProblemKind, ...]:
    """The kinds of thing that the claim states and the evidence does not.

    A claim may state less (no route where the evidence has one), never more and never
    otherwise. Amounts are compared in base units ("1 mg" is "1000 micrograms"); totals a day
    are not worked out: "500 mg twice daily" is not "1 g a day". "Three times a day", "tds" and
    "every 8 hours" are one timing, and so are "weekly" and "every 7 days"; "every 3 months"
    and "every 12 weeks" are not.
    """
    found: dict[ProblemKind, None] = {}
    for kind in (
        *_amount(claim, evidence),
        *_route(claim, evidence),
        *_timing(claim, evidence),
        *_duration(claim.duration, evidence.duration),
        *_duration(claim.over, evidence.over),
        *_maximum(claim, evidence),
    ):
        found[kind] = None
    return tuple(found)


def per_day(d: Dosage) -> tuple[Decimal, Decimal, str] | None:
    """Low and high daily total in the base unit ("ug", "ug/kg"); None where it cannot be known.

    A single dose, a dose as needed and one whose timing is not stated have none. Months are
    taken as 365.25 / 12 days.
    """
    if d.low is None or d.unit is None or d.high is None:
        return None
    low, unit = to_base(d.low, d.unit)
    high, _ = to_base(d.high, d.unit)
    if d.per:
        unit = f"{unit}/{d.per}"
    if d.per_time:
        factor = _per_day_factor(d.per_time)
        return None if factor is None else (plain(low * factor), plain(high * factor), unit)
    f = d.frequency
    if f is None or f.once or f.period_unit is None or not f.period_low:
        return None
    factor = _per_day_factor(f.period_unit)
    if factor is None:
        return None
    longest, shortest = f.period_high or f.period_low, f.period_low
    return (
        plain(low * f.count * factor / longest),
        plain(high * (f.count_high or f.count) * factor / shortest),
        unit,
    )


def _per_day_factor(unit: str) -> Decimal | None:
    if unit in _DAYS:
        return 1 / _DAYS[unit]
    if unit in _MONTHS:
        return 1 / (_MONTHS[unit] * Decimal("365.25") / 12)
    return None


def _amount(claim: Dosage, evidence: Dosage) -> list[ProblemKind]:
    if claim.low is None or claim.unit is None:
        return []
    if evidence.low is None or evidence.unit is None:
        return [ProblemKind.AMOUNT]
    problems = []
    claim_ends = [to_base(n, claim.unit) for n in (claim.low, claim.high or claim.low)]
    evidence_ends = [
        to_base(n, evidence.unit) for n in (evidence.low, evidence.high or evidence.low)
    ]
    same_number = (claim.low, claim.high) == (evidence.low, evidence.high)
    if claim_ends[0][1] != evidence_ends[0][1]:
        problems.append(ProblemKind.UNIT)
    elif claim_ends != evidence_ends:
        problems.append(ProblemKind.UNIT if same_number else ProblemKind.AMOUNT)
    mine, theirs = ([to_base(n, d.unit or "") for n in d.combined] for d in (claim, evidence))
    if mine and mine != theirs:
        problems.append(ProblemKind.AMOUNT)
    if claim.per != evidence.per:
        problems.append(ProblemKind.UNIT)
    if _bound(claim) != _bound(evidence) and not _says_less(claim, evidence):
        problems.append(ProblemKind.COMPARISON)
    return problems


def _bound(d: Dosage) -> Comparator | None:
    if d.comparator is Comparator.ABOUT:
        return None
    if d.role is DosageRole.MAXIMUM:
        return Comparator.AT_MOST
    return d.comparator


def _says_less(claim: Dosage, evidence: Dosage) -> bool:
    # "up to 30 mg" does not support "30 mg", nor the other way round.
    return claim.role is DosageRole.STRENGTH and evidence.role is DosageRole.STRENGTH


def _route(claim: Dosage, evidence: Dosage) -> list[ProblemKind]:
    said = set(claim.routes or ((claim.route,) if claim.route else ()))
    held = set(evidence.routes or ((evidence.route,) if evidence.route else ()))
    return [] if said <= held else [ProblemKind.ROUTE]


def _timing(claim: Dosage, evidence: Dosage) -> list[ProblemKind]:
    problem = [ProblemKind.TIMING]
    mine, theirs = _as_total(claim), _as_total(evidence)
    if mine.per_time != theirs.per_time:
        return problem
    if claim.divided and claim.divided != evidence.divided:
        same = claim.divided == (_count_a_day(evidence.frequency),) * 2
        if not same:
            return problem
    said, held = mine.frequency, theirs.frequency
    if said is None:
        return []
    if held is None:
        return problem
    if said.once != held.once and (said.once or said.period_unit is None):
        return problem
    if said.once and held.period_unit:
        return problem
    if said.as_needed and not held.as_needed:
        return problem
    if said.period_unit and _rate(said) != _rate(held):
        return problem
    if said.weekdays and said.weekdays != held.weekdays:
        return problem
    if not set(said.when) <= set(held.when):
        return problem
    if said.on and (said.on, said.on_unit) != (held.on, held.on_unit):
        return problem
    if said.most and (said.most, said.most_unit) != (held.most, held.most_unit):
        return problem
    return []


def _as_total(d: Dosage) -> Dosage:
    """ "5 mg a day" and "5 mg daily" say the same, unless a total is given in divided doses."""
    f = d.frequency
    if (
        d.per_time in ("d", "wk", "mo", "a")
        and not d.divided
        and (f is None or f.period_unit is None)
    ):
        base = f or Frequency()
        one = Decimal(1)
        return replace(
            d,
            per_time=None,
            frequency=replace(base, period_low=one, period_high=one, period_unit=d.per_time),
        )
    return d


def _count_a_day(f: Frequency | None) -> int:
    if f is None or not f.period_unit:
        return 0
    rate = _rate(f)
    if rate[0] != "h" or rate[1] != rate[2] or not rate[1]:
        return 0
    return int(24 / rate[1])


def _rate(f: Frequency) -> tuple[str, Decimal, Decimal]:
    """The shortest and the longest interval between doses, in hours or in months."""
    if not f.period_unit or not f.period_low:
        return "", Decimal(0), Decimal(0)
    longest = f.period_high or f.period_low
    table, name = (_HOURS, "h") if f.period_unit in _HOURS else (_MONTHS, "mo")
    one = table.get(f.period_unit, Decimal(1))
    shortest = f.period_low * one / (f.count_high or f.count)
    return name, plain(round(shortest, 6)), plain(round(longest * one / f.count, 6))


def _duration(said: Duration | None, held: Duration | None) -> list[ProblemKind]:
    if said is None:
        return []
    if held is None or _length(said) != _length(held):
        return [ProblemKind.DURATION]
    return []


def _length(d: Duration) -> tuple[object, ...]:
    if d.low is None:
        return (d.for_life, (d.until or "").lower())
    unit = d.unit or ""
    table, name = (
        (_HOURS, "h") if unit in _HOURS else (_MONTHS, "mo") if unit in _MONTHS else ({}, unit)
    )
    one = table.get(unit, Decimal(1))
    compared = None if d.comparator is Comparator.ABOUT else d.comparator
    return name, plain(d.low * one), plain((d.high or d.low) * one), compared


def _maximum(claim: Dosage, evidence: Dosage) -> list[ProblemKind]:
    said, held = claim.maximum, evidence.maximum
    if said is None:
        return []
    if held is None:
        return [ProblemKind.AMOUNT]
    if to_base(said.amount, said.unit) != to_base(held.amount, held.unit) or said.per != held.per:
        same_number = said.amount == held.amount
        return [ProblemKind.UNIT if same_number else ProblemKind.AMOUNT]
    if said.per_time is not None and said.per_time != held.per_time:
        return [ProblemKind.TIMING]
    return []
