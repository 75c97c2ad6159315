"""Facts taken back: "forget the weight", "she is not pregnant after all"."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from osler.domain import Patient
from osler.patterns import lazy
from osler.statements import find_conditions, find_substances

_FORGET = lazy(
    r"^\W*(?:(?:please|no|ok|okay|and|actually|sorry|oh|just)[\s,]+)*(?:forget|ignore|disregard|"
    r"never ?mind|drop|remove|scrap|withdraw|delete|leave out|leave aside|without)\s+"
    r"(?:about\s+)?(?:(?:the|her|his|their|my|that|about|what i said about|patient['’]s)\s+)*"
    r"(?P<what>[^.;?!]+?)(?=$|[.;?!]|,\s+(?:and|what|how|which|is|can|she|he|for|not|it)\b)",
    re.IGNORECASE,
)
# The words by which each fact is called, whole.
_CALLED = (
    ("age_years life_stage", r"ages?|years|how old"),
    ("sex", r"sex|gender"),
    ("weight_kg ideal_weight_kg", r"weights?|kg|kilos"),
    ("height_cm", r"height"),
    ("bmi", r"bmi|body mass index"),
    ("egfr crcl creatinine_umol_l", r"kidney function|renal function|kidneys|gfr"),
    ("egfr", r"egfr"),
    ("crcl", r"crcl|cr cl|creatinine clearance|clearance"),
    ("creatinine_umol_l", r"creatinine(?! clearance)"),
    ("risk_percent", r"risk|q-?risk\d?"),
    ("pregnancy gestation_weeks", r"pregnan\w+|gestation\w*|trimester"),
    ("breastfeeding", r"breast-?feeding|lactation"),
    ("severity", r"severity|severe|mild|moderate"),
    ("allergies intolerances", r"allerg\w+|intoleran\w+"),
    ("drugs", r"other (?:drugs?|medicines?)|medication|medicines?|interaction"),
    ("jurisdiction", r"country|uk|us|usa|jurisdiction|nigeria"),
    ("measurements", r"lab(?:oratory)? values?|bloods|results?"),
)
_ALL = lazy(r"^(?:(?:patient|facts|everything|all)\b|(?:her|him|them)$)", re.IGNORECASE)
_DENIED = lazy(
    r"\b(?:not|no|never|isn['’]?t|doesn['’]?t|don['’]?t|hasn['’]?t|wasn['’]?t|no longer|"
    r"stopped|off|without|denies)\b[^.;,?!]*",
    re.IGNORECASE,
)
_ALLERGIC = lazy(r"\b(?:allerg\w+|intoleran\w+)", re.IGNORECASE)
_EMPTY = Patient()


def withdraw(text: str, patient: Patient) -> tuple[str, Patient]:
    """The text without what takes facts back, and the patient without these facts."""
    match = _FORGET.search(text)
    if match is not None:
        denies = match.group().lower().rstrip().startswith(("without", "and without"))
        without = forget(match["what"], patient, partly=not denies)
        if without is not None:
            return text[match.end() :].lstrip(" ,.;!"), without
    denied = " ".join(m.group() for m in _DENIED.finditer(text))
    if not denied:
        return text, patient
    drugs = {found.name for found in find_substances(denied)}
    if not drugs and _ALLERGIC.search(denied):
        drugs = {*patient.allergies, *patient.intolerances}  # "he isn't allergic after all"
    if not drugs & {*patient.allergies, *patient.drugs, *patient.intolerances}:
        return text, patient
    # "She is not allergic to penicillin": nothing is asked about penicillin.
    kept = replace(
        patient,
        allergies=tuple(d for d in patient.allergies if d not in drugs),
        drugs=tuple(d for d in patient.drugs if d not in drugs),
        intolerances=tuple(d for d in patient.intolerances if d not in drugs),
    )
    return _DENIED.sub("", text).strip(" ,.;!"), kept


def _called(what: str, known: tuple[str, ...]) -> set[str]:
    """What is called by the last word of its name: "the bypass" of a gastric bypass.

    Nothing where several go by it.
    """
    said = set(re.findall(r"[\w'’-]+", what.lower()))
    meant = {name for name in known if name.lower().split()[-1] in said}
    return meant if len(meant) == 1 else set()


def forget(what: str, patient: Patient, *, partly: bool = True) -> Patient | None:
    """The patient without the facts that go by these words; None where there are none such.

    `partly`: a condition or procedure may be called by the last word of its name.
    """
    if _ALL.match(what):
        return Patient()
    fields = {
        name
        for names, called in _CALLED
        if re.search(rf"\b(?:{called})\b", what, re.IGNORECASE)
        for name in names.split()
    }
    conditions = {found.name for found in find_conditions(what, any_case=True)}
    if partly:
        conditions |= _called(what, (*patient.conditions, *patient.procedures))
    drugs = {found.name for found in find_substances(what)}
    lists = {
        "conditions": conditions,
        "absent_conditions": conditions,
        "procedures": conditions,
        "drugs": drugs,
        "allergies": drugs,
        "intolerances": drugs,
    }
    changes: dict[str, Any] = {name: getattr(_EMPTY, name) for name in fields}
    for name, gone in lists.items():
        kept = tuple(v for v in getattr(patient, name) if v not in gone)
        if kept != getattr(patient, name):
            changes[name] = kept
    if not changes:
        return None
    return replace(patient, **changes)
