"""Whether a dose may stand on an axis beside others, and if not, why."""

from __future__ import annotations

import re

from osler.domain import Comparator, Dosage, DosageRole
from osler.statements import find_substances
from osler.statements.vocabulary.substances import base_of, is_class
from osler_site.pictures.contract import Source, Spoken
from osler_site.pictures.rates import longest_interval

_ROLES = {
    DosageRole.MAXIMUM: "it is a ceiling",
    DosageRole.STEP: "it is a change of dose",
    DosageRole.STRENGTH: "it is the strength of a product",
}
_LIMITS = (Comparator.LESS, Comparator.AT_MOST, Comparator.GREATER)
_BY = re.compile(r"\b(?:by|(?:increments?|steps?) of|an? (?:further|additional|extra))\s*\Z", re.I)
_STEP_CELL = re.compile(
    r"\b(?:step(?:[ -]?(?:up|down))?|increases?|increments?|titration|adjust\w*)\s*:[^:;]*\Z", re.I
)
_BOUND = re.compile(
    r"\b(?:below|above|exceed(?:ing|s)?|more than|less than|up to|maximum|no more than|over|"
    r"instead of|rather than|than|from)(?:\s+of)?\s*\Z",
    re.I,
)
# A sentence that speaks of an amount without advising it.
_NOT_ADVICE = re.compile(
    r"\b(?:harm(?:ful)?|toxic\w*|overdos\w*|poison\w*|avoid(?:ed)?|contraindicated|exceed(?:ed)?|"
    r"caps? |too (?:low|weak|high|much|little)|not absorbed|upset|missed|(?:should|must) not|"
    r"do not|don't|never|from food|in (?:the|their|your) diet|no evidence|ineffective|"
    r"no single dose|contains?|holds?)\b",
    re.I,
)
# What a body needs is not a dose of treatment.
_NEED = re.compile(
    r"\b(?:women|men|adults?|people|children|infants|babies|boys|girls|teenagers|you)\b"
    r"[^.;:]{0,40}\bneeds?\s+(?:about\s+|around\s+|at least\s+)?\Z",
    re.I,
)
# A count before an amount: "2 x 500 mg", "two 500 mg tablets".
_COUNTED = re.compile(r"(?:\b\d+|\b(?:two|three|four|five|six|eight|ten))\s*[x×]?\s*\Z", re.I)
# "Every day except the methotrexate day", "5 days a week", "21 days of a cycle".
_WITH_GAPS = re.compile(
    r"\bexcept\b|\bdays?\s+(?:a|per|each|in|of (?:the|a|an|each|every))\s*(?:\d+-day\s+)?"
    r"(?:week|month|cycle)|\bcycles?\b|\b(?:days?|weeks?) o(?:n|ff)\b|\bdrug[- ]free\b",
    re.I,
)
_APART = re.compile(r"[;.]\s|,\s+(?:and|but)\s")
_OF = re.compile(r"\s+(?:of\s+)?")
_LONGEST = 300  # characters of a claim that says one thing
_BEFORE = 60  # characters before an amount that may say what it is


def why_not(d: Dosage, claim: Spoken, at: int | None, sources: dict[int, Source]) -> str | None:
    """Why a dose cannot be compared as an amount in a time; None where it can."""
    reason = not_advised(d, claim, at, sources)
    if reason or at is None:
        return reason
    return _how_measured(d, claim, at) or _how_often(d) or _how_regular(d, claim, at)


def not_advised(d: Dosage, claim: Spoken, at: int | None, sources: dict[int, Source]) -> str | None:
    """Why an amount is no dose that its claim advises here; None where it is one."""
    if d.role is not DosageRole.DOSE:
        return _ROLES[d.role]
    if claim.applies == "no":
        return "it is not for this patient"
    if claim.doubted:
        return "the answer warns about this amount"
    if any(sources[n].status == "retracted" for n in claim.references if n in sources):
        return "its source is retracted"
    if at is None or d.low is None or d.high is None or not 0 < d.low <= d.high:
        return "its amount could not be read back from the claim"
    return _whose(d, claim, at) or _how_said(d, claim, at)


def _whose(d: Dosage, claim: Spoken, at: int) -> str | None:
    """Of a text that runs on over several drugs, no dose is surely of the one it is filed under."""
    if len(claim.text) > _LONGEST:
        return "its claim says too much at once"
    own, end = base_of(d.substance or ""), at + d.amount_end - d.amount_start
    named = [f for f in find_substances(claim.text) if not is_class(f.name)]
    follows = [f for f in named if f.start >= end and _OF.fullmatch(claim.text[end : f.start])]
    if follows:
        return None if base_of(follows[0].name) == own else "it is of another substance"
    before = [base_of(f.name) for f in named if f.end <= at]
    if before[-1:] == [own] or len({base_of(f.name) for f in named}) < 2:
        return None
    return "its claim names several substances"


def _how_said(d: Dosage, claim: Spoken, at: int) -> str | None:
    before = claim.text[max(0, at - _BEFORE) : at]
    if _BY.search(before) or _STEP_CELL.search(claim.text[:at]):
        return "it is a change of dose"
    if d.comparator in _LIMITS or _BOUND.search(before):
        return "it is a limit and not a dose"
    if _NEED.search(before):
        return "it is what the body needs and not a dose of treatment"
    if _NOT_ADVICE.search(_clause(claim.text, at)):
        return "the claim speaks of it without advising it"
    return None


def _clause(text: str, at: int) -> str:
    start = max((m.end() for m in _APART.finditer(text, 0, at)), default=0)
    after = _APART.search(text, at)
    return text[start : after.start() if after else len(text)]


def _how_measured(d: Dosage, claim: Spoken, at: int) -> str | None:
    unit = d.unit or ""
    if unit.startswith("{") or unit == "%":
        return "it is not stated as an amount of the substance"
    if d.combined:
        return "it is a combination"
    counted = [
        x for x in claim.dosages if (x.unit or "").startswith("{") and x.frequency == d.frequency
    ]
    if any(x.low != 1 or x.high != 1 for x in counted) or _COUNTED.search(claim.text[:at]):
        return "several units are taken at once"
    return None


def _how_often(d: Dosage) -> str | None:
    if d.per_time in ("s", "min", "h"):
        return "it is a rate of infusion"
    f = d.frequency
    if f is not None and f.once and not d.per_time:
        return "it is a single dose"
    if f is not None and f.as_needed:
        return "it is given as needed"
    if f is not None and f.on:
        return "it is given on set days"
    if not longest_interval(d):
        return "how often is not stated"
    return None


def _how_regular(d: Dosage, claim: Spoken, at: int) -> str | None:
    if _WITH_GAPS.search(_clause(claim.text, at)):
        return "it is not given in every interval"
    when = d.frequency.when if d.frequency is not None else ()
    others = [x.frequency.when for x in claim.dosages if x.frequency and x.frequency.when]
    if when and any(other != when for other in others):
        return "it is one part of a day's dose"
    return None
