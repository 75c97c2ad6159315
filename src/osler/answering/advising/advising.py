"""A claim → what it advises, in values that can be compared."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache

from osler.answering.advising.advice import IN_THOSE, OF_THE_DOSE, UNBOUNDED, Advice, Respect
from osler.answering.advising.advised_doses import (
    denies,
    dose_advice,
    doses_given,
    drugs_of,
    infusion_advice,
    without_end,
)
from osler.answering.advising.advised_times import (
    course_advice,
    duration_advice,
    series_advice,
    timing_advice,
)
from osler.answering.advising.checks import check_advice
from osler.answering.advising.relative_doses import find_changes, find_conversions
from osler.answering.advising.thresholds import threshold_advice
from osler.answering.advising.waiting import waiting_advice
from osler.answering.cues import cues
from osler.domain import Claim, Criterion, Polarity, StatementKind, Target, Verdict
from osler.dosage import find_routes, parse_targets
from osler.patterns import lazy
from osler.statements.sentences.cues import polarity_of
from osler.statements.vocabulary.analytes import analyte_units, factor_of
from osler.statements.vocabulary.substances import find_substances

KIDNEYS = frozenset({"egfr", "crcl", "creatinine"})


def advice_of(claim: Claim, weight_kg: Decimal | None = None) -> tuple[Advice, ...]:
    """Everything that a claim advises; amounts per kg are worked out where the weight is known."""
    said = Claim(claim.text, (), Verdict(), dosages=claim.dosages, statements=claim.statements)
    return _advice_of(said, weight_kg)


@lru_cache(maxsize=4096)
def _advice_of(claim: Claim, weight_kg: Decimal | None) -> tuple[Advice, ...]:
    """What follows from a claim's words, doses and statements alone."""
    return (
        *dose_advice(claim, weight_kg),
        *course_advice(claim),
        *duration_advice(claim, weight_kg),
        *timing_advice(claim, weight_kg),
        *series_advice(claim),
        *infusion_advice(claim),
        *_targets(claim),
        *check_advice(claim),
        *_uses(claim),
        *_changes(claim),
        *_choices(claim),
        *_routes(claim),
        *threshold_advice(claim),
        *waiting_advice(claim),
    )


_NO_LONGER = lazy(r"\bno longer\b|\bnot (?:be )?(?:recommended|advised|used|needed)\b", re.I)


def _targets(claim: Claim) -> Iterator[Advice]:
    aims = any(s.kind is StatementKind.TARGET for s in claim.statements)
    aims = aims or _AIM_LABEL.search(claim.text) is not None
    if not aims and not _UNTIL.search(claim.text):
        return
    yes = not (_NO_LONGER.search(claim.text) or denies(claim))
    for target in parse_targets(claim.text):
        if target.analyte is None or (target.low is None and target.high is None):
            continue
        if not aims and not _UNTIL.search(claim.text[: target.start]):
            continue
        low = target.low if target.low is not None else Decimal(0)
        high = target.high if target.high is not None else UNBOUNDED
        low, high, unit = _in_one_unit(claim, target, low, high)
        yield Advice(Respect.TARGET, low, high, unit, yes, drugs_of(claim))


_UNTIL = lazy(r"\buntil\b", re.I)
_AIM_LABEL = lazy(r"(?:^|[;:]\s)[^;:]*\b(?:targets?|troughs?|goals?|aims?)\b[^;:]*:\s*\d", re.I)
_FASTING = lazy(r"\bfasting\b", re.I)


def _in_one_unit(
    claim: Claim, target: Target, low: Decimal, high: Decimal
) -> tuple[Decimal, Decimal, str]:
    """Bounds and what they are of, in the first unit of its analyte; fasting values apart."""
    said, unit = (target.analyte or "").lower(), target.unit or ""
    fasting = _FASTING.search(claim.text[max(0, target.start - 20) : target.end]) is not None
    name = next((name for name in analyte_units() if re.search(rf"\b{name}\b", said)), None)
    if name is None and fasting and unit in ("mmol/L", "mg/dL"):
        name = "glucose"
    factor = factor_of(name, unit) if name else None
    if name is None or factor is None:
        return low, high, f"{said} {unit}".strip()
    high = high if high == UNBOUNDED else high * factor
    return low * factor, high, f"{'fasting ' if fasting else ''}{name} {analyte_units()[name]}"


_ALLOWS = lazy(
    r"\b(?:can|may) (?:still )?be (?:used|given|taken|continued|started)\b|\bsafe\b|"
    r"\bis (?:suitable|acceptable|recommended|preferred)\b|\busual dose\b|"
    r"\bno (?:dose |dosage )?(?:adjustment|reduction|change)\b|\bcompatible with\b|"
    r"\b(?:no need|(?:need|does|do) not(?: need)?|not necessary) to (?:be )?"
    r"(?:interrupt|stop|avoid|suspend|delay|withh[eo]ld)|\bmay help\b|\bcan be (?:tried|helpful)\b|"
    r"\bis (?:effective|helpful|worth trying|of benefit)\b|"
    r"(?:^|:\s)(?:use|give|apply|offer|start with)\b|\bin (?:all|any)(?: three)? trimesters?\b",
    re.I,
)
_ADJUSTS = lazy(
    # "Is by itself a reason for 2.5 mg".
    r"\b(?:halve|halved|reduc\w+|lower\w*|decreas\w+|half)\b|\breason (?:for|to)\b[^.;:]*?\d",
    re.I,
)
_UNADJUSTED = lazy(
    r"\bno (?:dose |dosage )?(?:adjustment|reduction|change)\w*\b|"
    r"\b(?:not|never) (?:be )?(?:adjusted|reduced|changed)\b|"
    r"\b(?:not|never) (?:in itself |by itself |alone )?(?:change|alter|affect|lower|reduce)s? "
    r"the (?:\w+ )?dose\b|\bdose (?:is|stays|remains|is kept) (?:the same|unchanged)\b",
    re.I,
)
# "Stop if a rash appears" bars nothing yet, and "avoid or raise the dose" leaves a way.
_CONDITIONAL = lazy(
    r"\b(?:if|when|whenever|until|unless|while|before|after|during)\b|"
    r"\bavoid(?:ed)?,?\sor\s(?:else\s)?(?:\w+ly\s)?"
    r"(?:rais|increas|reduc|lower|halv|adjust|monitor|check|watch)",
    re.I,
)
_IN_WHOM = lazy(
    r"\b(?:contra-?indicated|avoid(?:ed)?|not (?:to )?(?:be )?(?:used?|given?|recommended|advised))"
    r"\s+(?:in|with|for)\b|"
    r"\b(?:do not|don't|never|must not be|should not be) (?:us|giv|start)\w*\b[^.;:]{0,40}"
    r"\b(?:patients?|people|persons?|those|anyone|anybody|adults?|children|women|men)\s"
    r"(?:with|who|whose)\b",
    re.I,
)
# A ban on stopping is none on the drug.
_KEEPS = lazy(
    r"\b(?:do not|don't|never|not (?:be|to be)|without) (?:stop|stopp|interrupt|withh[eo]ld|"
    r"discontinu|omit|delay)\w*",
    re.I,
)
_OF_KIDNEYS = lazy(r"\b(?:renal|kidney|creatinine|egfr|crcl)\b", re.I)


def _uses(claim: Claim) -> Iterator[Advice]:
    """Whether it is used at all, up to which kidney function not, and whether it is adjusted."""
    names, text = drugs_of(claim), claim.text
    criteria = [c for s in claim.statements for c in s.group.criteria]
    bars = _bars(text) and (denies(claim) or not doses_given(claim))
    bars = bars and not _KEEPS.search(text)
    if bars:
        names = _of_itself(claim) or names
    least = _lower_bounds(criteria) if _DOWN_TO.search(text) else []
    for bound in least:
        yield Advice(Respect.LIMIT, bound, bound, "mL/min", names=names)
    if least:
        yield Advice(Respect.USE, names=names)
        return
    if bars:
        for bound in _upper_bounds(criteria):
            yield Advice(Respect.LIMIT, bound, bound, "mL/min", names=names)
    changed = any(find_changes(text))  # what is given at half the dose is given
    if bars or doses_given(claim) or changed or _ALLOWS.search(text) or _KEEPS.search(text):
        when = "if" if _CONDITIONAL.search(text) else IN_THOSE if _IN_WHOM.search(text) else ""
        when = when if bars else ""
        yield Advice(Respect.USE, yes=not bars, names=names, action=when)
    if _UNADJUSTED.search(text) and _OF_KIDNEYS.search(text):
        yield Advice(Respect.ADJUSTMENT, yes=False, names=names)
    elif not bars and _upper_bounds(criteria) and (doses_given(claim) or _ADJUSTS.search(text)):
        yield Advice(Respect.ADJUSTMENT, yes=True, names=names)


_TOGETHER = lazy(
    r"\b(?:with|alongside|beside|by|and|or|taking|takes?|on|such as|like|including)\s\Z|"
    r"[,/(]\s?\Z|\be\.g\.,?\s\Z",
    re.I,
)


def _of_itself(claim: Claim) -> frozenset[str]:
    """The drugs of a line that begins with one, and those that it is not to be given with.

    "Miconazole raises the level of warfarin and is avoided" rules warfarin out for nobody.
    """
    text = claim.statements[0].text if claim.statements else ""
    found = find_substances(text)
    if not found or found[0].start:
        return frozenset()
    return frozenset(
        each.name for each in found if not each.start or _TOGETHER.search(text, 0, each.start)
    )


_NOT_AVOIDED = lazy(r"\b(?:cannot|can't|can not|could not) be avoided\b", re.I)
# "Both contraindicated (macrolide, quinolone): ceftriaxone": what stands behind is given instead.
_INSTEAD = lazy(r"\w\s(?:is |are )?contra-?indicated[^.;:]*:\s(?=\w)", re.I)
_NOT_GIVEN = lazy(
    r"\b(?:is|are|be|been) (?:not|never)(?: to be)? (?:routinely |usually |generally )?"
    r"(?:given|used|offered|prescribed|added|indicated|needed|required)\b|"
    r"\b(?:do|does|should|must) not (?:routinely )?(?:offer|prescribe|add|help)\b|"
    r"\b(?:has|have|is|are) (?:of )?no (?:place|role|use|benefit|value)\b|"
    r"\b(?:is|are) (?:ineffective|not (?:effective|helpful|worth\w*|of benefit))\b",
    re.I,
)


def _bars(text: str) -> bool:
    """Whether words rule a drug out; what cannot be avoided is not ruled out, nor what is given
    where others are."""
    said = without_end(_INSTEAD.sub(" ", _NOT_AVOIDED.sub(" ", text)))
    return cues().bar.search(said) is not None or _NOT_GIVEN.search(said) is not None


_CLAUSES = lazy(r"[;:.]\s")


def names_barred(claim: Claim) -> frozenset[str]:
    """The drugs that a claim rules out by name: none of "both contraindicated: ceftriaxone"."""
    barring = [part for part in _CLAUSES.split(claim.text) if _bars(part)]
    return frozenset(found.name for part in barring for found in find_substances(part))


def _upper_bounds(criteria: list[Criterion]) -> list[Decimal]:
    return [
        c.high
        for c in criteria
        if c.attribute in ("egfr", "crcl") and c.high is not None and not c.negated
    ]


# "May be used down to an eGFR of 30; avoid below that."
_DOWN_TO = lazy(r"\bdown to\b", re.I)


def _lower_bounds(criteria: list[Criterion]) -> list[Decimal]:
    return [
        c.low
        for c in criteria
        if c.attribute in ("egfr", "crcl") and c.low is not None and not c.negated
    ]


def _changes(claim: Claim) -> Iterator[Advice]:
    """By how much a dose is changed that a claim names no amount of, or is to change drugs."""
    for found in find_conversions(claim.text):
        yield Advice(Respect.CONVERSION, found.factor, found.factor, found.pair, names=found.drugs)
    if not denies(claim):
        for change in find_changes(claim.text):
            names = frozenset([change.drug]) if change.drug else drugs_of(claim)
            yield Advice(Respect.ADJUSTMENT, change.low, change.high, OF_THE_DOSE, names=names)


_FIRST = lazy(
    r"\bfirst[-\s](?:line|choice)\b|\b(?:drug|treatment|agent|antibiotic) of choice\b|"
    r"\bpreferred\b|\b(?:tried|used|given|offered|chosen)\s+first\b|"
    # A cell that holds nothing else: "Step: First; Drug: pregabalin".
    r"(?:^|[:;]\s)(?:first|1st)(?=;\s)|\b(?:step|line|choice):?\s1(?=[;:]\s)",
    re.I,
)
_NOT_FIRST = lazy(
    r"\b(?:no longer|not|never)\b(?:\s(?:a|an|the|be|as|our|to be|been))*\s"
    r"(?:first|preferred|(?:drug|treatment|agent|antibiotic) of choice)\b",
    re.I,
)


_ALLERGY_TO = lazy(
    r"\b[\w-]+\s(?:allerg|hypersensitiv)\w*|\b(?:allerg\w+|hypersensitiv\w+)\sto\s[\w-]+", re.I
)


def _choices(claim: Claim) -> Iterator[Advice]:
    """The drugs that come first, or that a claim says do not come first (any more)."""
    first = _FIRST.search(claim.text)
    if first is None:
        return
    said = _ALLERGY_TO.sub(" ", claim.text)
    named = frozenset(found.name for found in find_substances(said))
    if not named:
        return
    if _NOT_FIRST.search(claim.text):
        yield Advice(Respect.CHOICE, yes=False, names=named)
    elif not denies(claim):
        yield Advice(Respect.CHOICE, names=named)


# "Continuous nebulisation is not recommended" leaves the route.
_A_WAY = lazy(
    r"\b(?:continuous|prolonged|repeated|rapid|routine|bolus|undiluted|mixed)\w*\s(?:\w+\s)?"
    r"(?:nebuli|infus|inject|bolus|intraven|intramus|subcut|oral)",
    re.I,
)
# What is "not for routine use" by a route has that route where it is used.
_ROUTINE = lazy(r"\bnot\b[^.;:]*\broutine(?:ly)?\b", re.I)
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
            leaves = _A_WAY.search(clause) or _ROUTINE.search(clause)
            if polarity_of(clause) is Polarity.NEGATIVE and not leaves:
                denied |= {found.value for found in find_routes(clause)}
                if _TABLETS.search(clause):
                    denied.add("oral")
    if denied:
        names = _of_itself(claim) or drugs_of(claim)
        yield Advice(Respect.ROUTE, yes=False, routes=frozenset(denied), names=names)
