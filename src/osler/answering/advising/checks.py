"""Which checks a claim has done: whether, at the start or later, and how often."""

from __future__ import annotations

import re
from collections.abc import Iterator

from osler.answering.advising.advice import ANY_TEST, Advice, Respect
from osler.answering.advising.advised_doses import DAYS, drugs_of
from osler.domain import Claim, StatementKind
from osler.dosage import find_frequencies
from osler.patterns import lazy
from osler.statements.vocabulary.analytes import analyte_units
from osler.statements.vocabulary.conditions import find_tests
from osler.statements.vocabulary.substances import find_substances

ONLY_IF = lazy(r"\bonly (?:if|when|in|for)\b[^.;:]*", re.I)
_AT_THE_START = lazy(
    r"\bbaseline\b|\bbefore (?:starting|treatment|the first|it is started)\b", re.I
)
_EVERYONE = lazy(r"\b(?:everyone|all (?:patients|people)|in all cases|routinely)\b", re.I)
_NOT_DONE = lazy(
    r"\bno longer\b|\bnot (?:be )?(?:\w+ )?(?:needed|required|recommended|necessary|done)\b|"
    r"\bno routine\b|\bnot routine(?:ly)?\b|\bneed not\b|\bunnecessary\b",
    re.I,
)
_PART = lazy(r"(?<=[.;])\s")


_TESTS = lazy(
    r"\b(?:tests?|exam\w*|screen\w*|checks?|photographs?|imaging|scans?|measure\w*)\b", re.I
)


# "Measure it every 3 months" is of the drug; "weight at least once a year" is not.
_OF_LEVELS = lazy(r"\b(?:levels?|concentrations?|troughs?|(?:measure|check|repeat)\s+it)\b", re.I)


# "Pregnancy tests: every 4 weeks", "ammonia level": what its own words call a test.
_NAMED_SO = lazy(
    r"\b(?!(?:the|an?|any|each|every|all|this|that|these|its?|his|her|their|no|and|or|of)\b)"
    r"([a-z][\w-]+ (?:test|count|level|function|scan|pressure))s?\b",
    re.I,
)


# "Visual fields are tested every 3 months" has a "field test" done.
_IS_TESTED = lazy(
    r"\b([a-z][\w-]+?)s?\s(?:is|are|should be|must be)\s(?:\w+ly\s)?"
    r"(?:tested|checked|measured|examined)\b",
    re.I,
)


def _told_to_be_tested(text: str) -> set[str]:
    said = {f"{m.group(1).lower()} test" for m in _IS_TESTED.finditer(text)}
    return said - {"it test", "thi test", "the test", "they test"}


def _called_a_test(text: str) -> set[str]:
    said = [m.group(1).lower() for m in _NAMED_SO.finditer(text)]
    known = {found.name for name in said for found in find_tests(name)}
    return known or set(said)


def check_advice(claim: Claim) -> Iterator[Advice]:
    """Whether and how often something is checked, for each test that is named."""
    if claim.dosages:
        return
    text = claim.text
    monitors = any(s.kind is StatementKind.MONITORING for s in claim.statements)
    if not monitors:
        text = text.rpartition(": ")[0]  # "Potassium and renal function: every 6 months"
    substances = {found.name for found in find_substances(text)}
    tests = {found.name for found in find_tests(text)}
    tests |= substances & analyte_units().keys()  # potassium
    tests = tests or _called_a_test(text) or _called_a_test(claim.text)
    tests = tests or _told_to_be_tested(claim.text)
    named = drugs_of(claim).union(*(s.substances for s in claim.statements))
    what = "" if _OF_LEVELS.search(claim.text) else " checks"
    known = tests or ({f"{name}{what}" for name in substances} if monitors else set())
    names = named if monitors and not named <= (tests or substances) else frozenset()
    for found in find_frequencies(claim.text):
        every = found.value
        if every.period_unit in DAYS and every.period_low and every.count == 1:
            low = every.period_low * DAYS[every.period_unit]
            high = (every.period_high or every.period_low) * DAYS[every.period_unit]
            for test in sorted({test.removesuffix(" level") for test in known}):
                yield Advice(Respect.INTERVAL, low, high, f"d {test}", names=names)
    for when, done in _done(claim.text):
        some = when == "at the start" and not tests and _TESTS.search(text) is not None
        for test in sorted(tests) or [ANY_TEST] * some:
            yield Advice(Respect.CHECK, unit=f"{when} {test}", yes=done, names=names)


def _done(text: str) -> Iterator[tuple[str, bool]]:
    """When checks are done or not: at the start or later, as each part of a claim tells."""
    for part in _PART.split(text):
        starts = _AT_THE_START.search(part) is not None
        repeats = bool(find_frequencies(part))
        if ONLY_IF.search(part) or _NOT_DONE.search(part):
            yield ("at the start" if starts and not repeats else "later"), False
            continue
        if starts:
            yield "at the start", True
        if repeats or (_EVERYONE.search(part) and not starts):
            yield "later", True
