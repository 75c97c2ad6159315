"""A patient in the words of a question: "in a pregnant woman aged 30, weighing 61 kg"."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal

from osler.answering.selecting.missing import ASKED_BY_NAME
from osler.domain import Patient
from osler.patterns import lazy
from osler.statements.groups.ages import age_and_unit

_STAGES = {
    "neonate": ("a", "neonate", "neonates"),
    "infant": ("an", "infant", "infants"),
    "child": ("a", "child", "children"),
    "adolescent": ("an", "adolescent", "adolescents"),
    "adult": ("an", "adult", "adults"),
    "older": ("an", "older person", "older people"),
}
_SHORT = 3  # letters of an analyte that goes by its initials: INR, TSH
_GROWN = 16  # years from which a girl is called a woman
_PLACES = {
    "GB": "the UK", "US": "the US", "NG": "Nigeria", "AU": "Australia", "CA": "Canada",
    "IE": "Ireland", "IN": "India",
}  # fmt: skip
_PREGNANCY = {
    "pregnant": "pregnancy",
    "first trimester": "the first trimester of pregnancy",
    "second trimester": "the second trimester of pregnancy",
    "third trimester": "the third trimester of pregnancy",
}


def in_patient(patient: Patient, treated: Iterable[str] = ()) -> str:
    """What follows a question's subject: who it is for. Empty where nothing is known.

    Conditions in `treated` are named with the subject, and left out here.
    """
    rest = _details(patient, set(treated))
    who, told = _who(patient, bool(rest))
    pieces = [*told, *rest]
    place = f" in {_PLACES[patient.jurisdiction]}" if patient.jurisdiction in _PLACES else ""
    if who and pieces:
        return f" in {who} {_joined(pieces)}{place}"
    if who:
        return f" in {who}{place}"
    if pieces:
        return f" in a patient {_joined(pieces)}{place}"
    return place


def _joined(pieces: list[str]) -> str:
    return ", ".join(pieces)


def _who(patient: Patient, more: bool) -> tuple[str, list[str]]:
    """The person by age, sex and stage, and how far a pregnancy is told besides."""
    stage, sex, age = patient.life_stage, patient.sex, patient.age_years
    expecting = patient.pregnancy in _PREGNANCY or patient.gestation_weeks is not None
    told: list[str] = []
    if expecting and age is None and stage is None and not more and patient.gestation_weeks is None:
        return _PREGNANCY[patient.pregnancy or "pregnant"], told
    if patient.pregnancy == "planning":
        told.append("planning a pregnancy")
    elif patient.gestation_weeks is not None and patient.pregnancy:
        told.append(f"who is {patient.gestation_weeks:f} weeks pregnant")
    elif patient.gestation_weeks is not None:
        told.append(f"born at {patient.gestation_weeks:f} weeks gestation")
    elif expecting and patient.pregnancy != "pregnant":
        told.append(f"in {_PREGNANCY[patient.pregnancy or 'pregnant']}")
    elif expecting:
        told.append("who is pregnant")
    if patient.breastfeeding is not None:
        told.append("breastfeeding" if patient.breastfeeding else "not breastfeeding")
    spared = patient.pregnancy == "not pregnant"
    if stage is None and sex is None and age is None and not spared:
        return "", told
    if age is None and sex is None and stage and not told and not more and not spared:
        return _STAGES[stage][2], told
    article, noun, _ = _STAGES.get(stage or "", ("a", _noun(sex, age), ""))
    if stage == "child" and sex and age is None:
        noun = {"female": "girl", "male": "boy"}[sex]
    elif stage == "adult" and sex:
        noun = f"adult {_noun(sex, None)}"
    elif stage and sex:
        article, noun = "a", f"{sex} {noun}"
    if spared:
        article, noun = "a", f"non-pregnant {noun}"
    if age is None:
        return f"{article} {noun}", told
    number, unit = age_and_unit(age)
    return f"{article} {noun} aged {number} {unit}{'s' * (number != '1')}", told


def _noun(sex: str | None, age: Decimal | None) -> str:
    if sex is None:
        return "patient"
    young = age is not None and age < _GROWN
    return {"female": "girl" if young else "woman", "male": "boy" if young else "man"}[sex]


def of_any_age(text: str, before: str) -> str:
    """The text without the age that "man" tells, where the question `before` was of a son."""
    for young, grown, unknown in _OF_NO_AGE:
        if young.search(before):
            text = grown.sub(unknown, text)
    return text


_OF_NO_AGE = (
    (
        lazy(r"\b(?:son|lad|boy|male patient)\b", re.I),
        lazy(r"\ba man\b(?! aged)"),
        "a male patient",
    ),
    (
        lazy(r"\b(?:daughter|girl|female patient)\b", re.I),
        lazy(r"\ba woman\b(?! aged)"),
        "a female patient",
    ),
)


def _details(patient: Patient, treated: set[str]) -> list[str]:
    sizes = (
        ("weighing {} kg", patient.weight_kg),
        ("ideal weight {} kg", patient.ideal_weight_kg),
        ("height {} cm", patient.height_cm),
    )
    measured = (
        ("BMI {}", patient.bmi),
        ("eGFR {}", patient.egfr),
        ("CrCl {}", patient.crcl),
        ("creatinine {} micromol/L", patient.creatinine_umol_l),
        ("QRISK {}%", patient.risk_percent),
    )
    found = [wording.format(f"{value:f}") for wording, value in sizes if value is not None]
    having = [wording.format(f"{value:f}") for wording, value in measured if value is not None]
    having += [f"{_analyte(name)} {value:f}" for name, value in patient.measurements]
    having += [f"{patient.severity} illness"] if patient.severity and not treated else []
    having += [name for name in patient.conditions if name not in treated]
    found += [f"with {' and '.join(having)}"] if having else []
    spared = ((n, f"without {n}") for n in patient.absent_conditions)
    found += ["with normal kidneys" if n == "renal impairment" else said for n, said in spared]
    found += [f"{_when(name)} {name}" for name in patient.procedures if name not in treated]
    found += [f"taking {' and '.join(patient.drugs)}"] if patient.drugs else []
    tried = patient.intolerances
    found += [f"allergic to {name}" for name in patient.allergies if name not in tried]
    found += [f"intolerant of {name}" for name in tried]
    found += [f"who never had {name}" for name in patient.never_had]
    without = {"oral": "unable to swallow tablets", "intravenous": "no IV access"}
    return [*found, *(without[r] for r in patient.routes_unavailable if r in without)]


def _analyte(name: str) -> str:
    return name.upper() if len(name) <= _SHORT else name


def _when(procedure: str) -> str:
    """ "on dialysis", "after gastric bypass"."""
    asked = ASKED_BY_NAME.get(procedure, "")
    return "on" if "receiving" in asked or " on " in asked else "after"
