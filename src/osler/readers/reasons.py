"""Why a claim applies to a patient, in another language: what the engine says of facts and bounds.

"78 years: adult", "eGFR 24 < 60" and "weight 13 within 12–15.9" are the engine's own words about
the patient's facts (`osler.statements.groups.applicability`); the numbers are kept as they are,
decimals with the language's sign. Names of illnesses and drugs, and whatever is not known here,
stay.
"""

from __future__ import annotations

import re
from collections.abc import Callable

Translate = Callable[[str], str]
_STAGES = ("adult", "child", "adolescent", "infant", "neonate", "older")
_STATES = (
    "pregnant", "not pregnant", "breastfeeding", "female", "male", "mild", "moderate", "severe",
    "first trimester", "second trimester", "third trimester", "dialysis",
)  # fmt: skip
_MEASURES = (
    "eGFR", "creatinine clearance", "weight", "height", "BMI", "potassium", "sodium", "gestation",
    "risk", "age", "renal function",
)  # fmt: skip
_UNITS = ("years", "months", "weeks", "days")
_WITHIN_WORDS = "{fact} within {low} to {high}"
_NOT = "not {what}"
TEXTS = (*_STAGES, *_STATES, *_MEASURES, *_UNITS, _WITHIN_WORDS, _NOT)
"""Every text, for whoever translates them."""

_NUMBER = r"\d+(?:\.\d+)?"
_AGED = re.compile(rf"(?P<number>{_NUMBER}) (?P<unit>years|months|weeks|days): (?P<what>.+)")
_COMPARED = re.compile(rf"(?:(?P<name>[^\d]+) )?(?P<sum>{_NUMBER} [<>≤≥=] {_NUMBER})")
_WITHIN = re.compile(
    rf"(?:(?P<name>[^\d]+) )?(?P<number>{_NUMBER}) within (?P<low>{_NUMBER})–(?P<high>{_NUMBER})"
)
_TWICE = re.compile(r"(?P<one>[\w ]+): (?P=one)")


def reason_said(reason: str, t: Translate) -> str:
    """The reason in the language of `t`; the reason itself where one part of it is not known."""
    if t(_WITHIN_WORDS) == _WITHIN_WORDS:  # English
        return reason
    if match := _TWICE.fullmatch(reason):
        reason = match["one"]
    if reason in _STAGES or reason in _STATES:
        return t(reason)
    if match := _AGED.fullmatch(reason):
        what = match["what"]
        bare = what.removeprefix("not ")
        if bare not in _STAGES:
            return reason
        stage = t(bare) if bare == what else t(_NOT).format(what=t(bare))
        return f"{_number(match['number'])} {t(match['unit'])}: {stage}"
    if match := _COMPARED.fullmatch(reason):
        name = _name(match["name"], t)
        return reason if name is None else f"{name}{_number(match['sum'])}"
    if match := _WITHIN.fullmatch(reason):
        name = _name(match["name"], t)
        if name is None:
            return reason
        return t(_WITHIN_WORDS).format(
            fact=f"{name}{_number(match['number'])}",
            low=_number(match["low"]),
            high=_number(match["high"]),
        )
    return reason


def _name(name: str | None, t: Translate) -> str | None:
    """What was measured, with a blank behind it; "" for an age, None where it is not known."""
    if name is None:
        return ""
    return f"{t(name)} " if name in _MEASURES else None


def _number(text: str) -> str:
    return re.sub(r"(?<=\d)\.(?=\d)", ",", text)
