"""The measured value from which a claim has something done: "start if TSH is above 10"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from osler.answering.advising.advice import Advice, Respect
from osler.answering.advising.advised_doses import denies, drugs_of
from osler.domain import Claim, Polarity, Question
from osler.dosage import parse_targets
from osler.patterns import lazy
from osler.statements.sentences.cues import polarity_of
from osler.statements.vocabulary.analytes import analyte_units, factor_of

_ACTIONS = {
    "stop": lazy(r"\b(?:stop(?:ped)?|discontinued?|withh[eo]ld|withdrawn?)\b", re.I),
    "less": lazy(r"\b(?:halved?|reduced?|lower(?:ed)?|cut)\b", re.I),
    "start": lazy(
        r"\b(?:treat(?:ed)?|start(?:ed)?|begin|begun|given?|offer(?:ed)?|transfused?)\b", re.I
    ),
}
_PARTS = lazy(r"[;.:]\s")
_CHANGES = lazy(r"\bstop(?:ping)?\b[^.;:]{1,40}\b(?:and|then)\s+(?:start|begin)", re.I)
_NOT_KEPT = lazy(r"\b(?:cannot|can not|is not|not) be kept below\b", re.I)
# "150 mg/L at 4 hours": how much of a drug is in the blood, and when.
_LEVEL = lazy(
    r"(?P<n>\d+(?:\.\d+)?)\s?(?P<unit>mg|mcg|micrograms?|micromol|ng)\s?/\s?(?P<per>L|mL)\s"
    r"at\s(?P<hours>\d+)\s?h(?:ours?|rs?)?\b",
    re.I,
)
_HOURS = lazy(r"\b(\d+)\s?-?(?:hours?|hrs?|h)\b", re.I)
_AMOUNT = lazy(
    r"(?P<n>\d+(?:\.\d+)?)\s?(?P<unit>mg|mcg|micrograms?|micromol|ng)\s?/\s?(?P<per>L|mL)\b", re.I
)


def threshold_advice(claim: Claim) -> Iterator[Advice]:
    """What is to be done from which value on, where a claim names one thing to do."""
    actions = [name for name, words in _ACTIONS.items() if words.search(claim.text)]
    if actions == ["stop", "start"] and _CHANGES.search(claim.text):
        actions = ["start"]  # "stop warfarin and start rivaroxaban once …" is of the second
    if len(actions) != 1:
        return
    action = "not start" if actions == ["start"] and _is_denied(claim) else actions[0]
    named = frozenset(name for s in claim.statements for name in s.substances)
    names = (drugs_of(claim) - analyte_units().keys()) or (named - analyte_units().keys())
    for side, bound, of in _bounds(_NOT_KEPT.sub("above", claim.text)):
        yield Advice(Respect.THRESHOLD, bound, bound, f"{side} {of}", names=names, action=action)
    level = _LEVEL.search(claim.text)
    if level is not None:
        bound = Decimal(level["n"])
        unit = f"from {_named(level)}"
        yield Advice(Respect.THRESHOLD, bound, bound, unit, action=action)


def _is_denied(claim: Claim) -> bool:
    """Whether not starting is what a claim says; "do not operate below 50; transfuse first"."""
    parts = [part for part in _PARTS.split(claim.text) if _ACTIONS["start"].search(part)]
    return denies(claim) and all(polarity_of(part) is Polarity.NEGATIVE for part in parts)


def _bounds(text: str) -> Iterator[tuple[str, Decimal, str]]:
    """Each value that something begins at, in the first unit of its analyte.

    "5.5 to 5.9: halve" begins at 5.5.
    """
    for target in parse_targets(text):
        said = (target.analyte or "").lower()
        name = next((name for name in analyte_units() if re.search(rf"\b{name}\b", said)), None)
        factor = factor_of(name, target.unit or "1") if name else None
        bound = target.high if target.low is None else target.low
        if name and factor and bound is not None:
            yield ("below" if target.low is None else "from"), bound * factor, name


# "At what INR do I give the first tablet?" asks for the value itself.
_ASKS_FROM = lazy(
    r"\b(?:at|below|above|from|until)\s+(?:what|which)\b|\bwhat\b.{0,25}\bthreshold", re.I
)


def asks_for_a_value(question: str) -> bool:
    """Whether a question asks from which value of a named analyte on something is done."""
    named = any(re.search(rf"\b{re.escape(a)}\b", question, re.I) for a in analyte_units())
    return named and _ASKS_FROM.search(question) is not None


def for_the_value_asked(advice: Advice, question: Question) -> Advice | None:
    """A threshold as it comes out at the value asked about: 1 where it is reached, else 0.

    None where the question names no such value: then it does not ask for a threshold.
    """
    side, _, of = advice.unit.partition(" ")
    value = dict(question.patient.measurements).get(of)
    if value is None:
        value = _level_asked(question.text, of)
    if value is None and _ASKS_FROM.search(question.text):
        named = re.search(rf"\b{re.escape(of)}\b", question.text, re.I)
        return advice if named else None
    if value is None:
        return None
    reached = Decimal(value < advice.low if side == "below" else value >= advice.low)
    return replace(advice, low=reached, high=reached)


def _level_asked(text: str, of: str) -> Decimal | None:
    amount, hours = _AMOUNT.search(text), _HOURS.search(text)
    if amount is None or hours is None or _named(amount, hours[1]) != of:
        return None
    return Decimal(amount["n"])


def _named(level: re.Match[str], hours: str | None = None) -> str:
    return f"{level['unit']}/{level['per']} at {hours or level['hours']} h".lower()
