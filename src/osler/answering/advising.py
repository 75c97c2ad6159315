"""A claim → what it advises, in values that can be compared."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from osler.answering.advice import UNBOUNDED, Advice, Respect
from osler.answering.advised_doses import (
    DAYS,
    denies,
    dose_advice,
    doses_given,
    drugs_of,
    duration_advice,
    timing_advice,
)
from osler.answering.cues import cues
from osler.domain import Claim, Criterion, StatementKind
from osler.dosage import find_frequencies, find_routes, parse_targets
from osler.patterns import lazy
from osler.statements.conditions import find_tests
from osler.statements.substances import find_substances

KIDNEYS = frozenset({"egfr", "crcl", "creatinine"})


def advice_of(claim: Claim, weight_kg: Decimal | None = None) -> tuple[Advice, ...]:
    """Everything that a claim advises; amounts per kg are worked out where the weight is known."""
    return (
        *dose_advice(claim, weight_kg),
        *duration_advice(claim, weight_kg),
        *timing_advice(claim, weight_kg),
        *_targets(claim),
        *_checks(claim),
        *_uses(claim),
        *_choices(claim),
        *_routes(claim),
    )


_NO_LONGER = lazy(r"\bno longer\b|\bnot (?:be )?(?:recommended|advised|used|needed)\b", re.I)


def _targets(claim: Claim) -> Iterator[Advice]:
    if not any(s.kind is StatementKind.TARGET for s in claim.statements):
        return
    yes = not (_NO_LONGER.search(claim.text) or denies(claim))
    for target in parse_targets(claim.text):
        if target.analyte is None or (target.low is None and target.high is None):
            continue
        low = target.low if target.low is not None else Decimal(0)
        high = target.high if target.high is not None else UNBOUNDED
        unit = f"{target.analyte.lower()} {target.unit or ''}".strip()
        yield Advice(Respect.TARGET, low, high, unit, yes, drugs_of(claim))


def _checks(claim: Claim) -> Iterator[Advice]:
    """How often something is checked, for each test that is named."""
    if not any(s.kind is StatementKind.MONITORING for s in claim.statements):
        return
    tests = {found.name for found in find_tests(claim.text)}
    tests = tests or {found.name for found in find_substances(claim.text)}  # potassium
    for found in find_frequencies(claim.text):
        every = found.value
        if every.period_unit in DAYS and every.period_low and every.count == 1:
            low = every.period_low * DAYS[every.period_unit]
            high = (every.period_high or every.period_low) * DAYS[every.period_unit]
            for test in sorted(tests):
                yield Advice(Respect.INTERVAL, low, high, f"d {test}", names=drugs_of(claim))


_ALLOWS = lazy(
    r"\b(?:can|may) (?:still )?be (?:used|given|taken|continued|started)\b|\bsafe\b|"
    r"\bis (?:suitable|acceptable|recommended|preferred)\b|\busual dose\b|"
    r"\bno (?:dose |dosage )?(?:adjustment|reduction|change)\b",
    re.I,
)
_ADJUSTS = lazy(r"\b(?:halve|halved|reduc\w+|lower\w*|decreas\w+|half)\b", re.I)
_UNADJUSTED = lazy(
    r"\bno (?:dose |dosage )?(?:adjustment|reduction|change)\w*\b|"
    r"\b(?:not|never) (?:be )?(?:adjusted|reduced|changed)\b",
    re.I,
)
_OF_KIDNEYS = lazy(r"\b(?:renal|kidney|creatinine|egfr|crcl)\b", re.I)


def _uses(claim: Claim) -> Iterator[Advice]:
    """Whether it is used at all, up to which kidney function not, and whether it is adjusted."""
    names, text = drugs_of(claim), claim.text
    criteria = [c for s in claim.statements for c in s.group.criteria]
    bars = cues().bar.search(text) is not None and (denies(claim) or not doses_given(claim))
    if bars:
        for bound in _upper_bounds(criteria):
            yield Advice(Respect.LIMIT, bound, bound, "mL/min", names=names)
    if bars or doses_given(claim) or _ALLOWS.search(text):
        yield Advice(Respect.USE, yes=not bars, names=names)
    if _UNADJUSTED.search(text) and _OF_KIDNEYS.search(text):
        yield Advice(Respect.ADJUSTMENT, yes=False, names=names)
    elif not bars and _upper_bounds(criteria) and (doses_given(claim) or _ADJUSTS.search(text)):
        yield Advice(Respect.ADJUSTMENT, yes=True, names=names)


def _upper_bounds(criteria: list[Criterion]) -> list[Decimal]:
    return [
        c.high
        for c in criteria
        if c.attribute in ("egfr", "crcl") and c.high is not None and not c.negated
    ]


_FIRST = lazy(
    r"\bfirst[-\s](?:line|choice)\b|\b(?:drug|treatment|agent|antibiotic) of choice\b|"
    r"\bpreferred\b|\bis preferred\b",
    re.I,
)


def _choices(claim: Claim) -> Iterator[Advice]:
    if _FIRST.search(claim.text) and not denies(claim):
        named = frozenset(found.name for found in find_substances(claim.text))
        if named:
            yield Advice(Respect.CHOICE, names=named)


_DENIAL = lazy(r"\b(?:not|never|avoid|cannot|no)\b", re.I)
_TABLETS = lazy(r"\b(?:tablets?|capsules?)\b", re.I)


def _routes(claim: Claim) -> Iterator[Advice]:
    """The routes that a claim gives a dose by, or rules out; tablets are the oral route."""
    doses = doses_given(claim)
    given = frozenset(d.route for d in doses if d.route)
    if given:
        yield Advice(Respect.ROUTE, routes=given, names=drugs_of(claim))
    if claim.dosages:
        return  # an amount is denied, not the route
    denied: set[str] = set()
    for statement in claim.statements:
        for clause in re.split(r"[;:.]\s", statement.text):
            if _DENIAL.search(clause):
                denied |= {found.value for found in find_routes(clause)}
                if _TABLETS.search(clause):
                    denied.add("oral")
    if denied:
        yield Advice(Respect.ROUTE, yes=False, routes=frozenset(denied), names=drugs_of(claim))
