"""Facts of a patient in words, and what becomes of them when another is told."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal
from typing import Any

from osler.answering import merge_patients
from osler.answering.cues import cues
from osler.answering.understanding.understand import understand
from osler.domain import Patient
from osler.statements.groups.ages import age_and_unit
from osler.statements.vocabulary.conditions import is_a

_EMPTY = Patient()
FIELDS = tuple(Patient.__dataclass_fields__)
# What passes to someone else: how ill one is with what is treated, and in which country.
OF_NO_BODY = ("severity", "jurisdiction")
_LISTS = tuple(f for f in FIELDS if isinstance(getattr(_EMPTY, f), tuple))
_LABELS = {
    "age_years": "age", "sex": "sex", "weight_kg": "weight", "ideal_weight_kg": "ideal weight",
    "height_cm": "height", "bmi": "BMI", "egfr": "eGFR", "crcl": "creatinine clearance",
    "creatinine_umol_l": "creatinine", "risk_percent": "risk", "gestation_weeks": "gestation",
    "pregnancy": "pregnancy", "breastfeeding": "breastfeeding", "life_stage": "life stage",
    "conditions": "condition", "absent_conditions": "without", "procedures": "procedure",
    "drugs": "takes", "allergies": "allergy", "intolerances": "intolerance",
    "never_had": "never had",
    "reactions": "reaction", "severity": "severity", "measurements": "measured",
    "jurisdiction": "country", "routes_unavailable": "no route",
}  # fmt: skip
_UNITS = {
    "weight_kg": " kg", "ideal_weight_kg": " kg", "height_cm": " cm", "crcl": " mL/min",
    "creatinine_umol_l": " µmol/L", "risk_percent": " %", "gestation_weeks": " weeks",
}  # fmt: skip
_PUBERTY = 10  # years; as in the surveys of the World Health Organization


def facts(patient: Patient, without: Iterable[str] = ()) -> tuple[str, ...]:
    """Each fact as "weight 50 kg"; conditions in `without` are left out."""
    skip = set(without)
    found = []
    for name in FIELDS:
        value = getattr(patient, name)
        if value == getattr(_EMPTY, name):
            continue
        values = value if isinstance(value, tuple) else (value,)
        found += [said(name, v) for v in values if not (name == "conditions" and v in skip)]
    return tuple(found)


def said(name: str, value: object) -> str:
    """One fact in words."""
    if name == "age_years" and isinstance(value, Decimal):
        number, unit = age_and_unit(value)
        return f"age {number} {unit}{'s' * (number != '1')}"
    if name in ("sex", "pregnancy", "life_stage"):
        return str(value)
    if name == "breastfeeding":
        return "breastfeeding" if value else "not breastfeeding"
    if isinstance(value, tuple):
        analyte, amount = value
        return f"{analyte} {amount:f}"
    shown = f"{value:f}" if isinstance(value, Decimal) else str(value)
    return f"{_LABELS[name]} {shown}{_UNITS.get(name, '')}"


def someone_unknown(before: Patient) -> Patient:
    """What stays where another person is asked about: no fact of the one spoken of.

    An allergy or a failing organ of the one is as false of the other as the age.
    """
    return replace(_EMPTY, **{name: getattr(before, name) for name in OF_NO_BODY})


def another_patient(before: Patient) -> Patient:
    """What stays where others are asked about: "in children?", "and a 12-year-old?".

    Beside the severity that is the illness that has been spoken of: what is given after surgery
    in adults is asked about after surgery in children. A failing organ is one patient's.
    """
    ill = tuple(c for c in before.conditions if not is_of_one(c))
    ill = tuple(c for c in ill if c not in cues().features) or ill  # a sign is no illness shared
    procedures = tuple(p for p in before.procedures if not is_of_one(p))
    return replace(someone_unknown(before), conditions=ill, procedures=procedures)


def is_of_one(name: str) -> bool:
    """Whether a condition or procedure is of one person: "renal impairment", "dialysis"."""
    return any(is_a(name, one) for one in _OF_ONE)


# Conditions of one person, which no one else has by being asked about.
_OF_ONE = (
    "renal impairment", "hepatic impairment", "immunocompromised", "bleeding", "neutropenia",
    "g6pd deficiency", "frailty", "obesity", "anaphylaxis", "dialysis", "liver failure",
)  # fmt: skip


def told(before: Patient, new: Patient) -> Patient:
    """What is known once `new` is told: it replaces what it contradicts, lists are added to."""
    kept = before
    expecting = new.pregnancy not in (None, "not pregnant")
    if expecting and kept.sex == "male":
        kept = someone_unknown(kept)
    if new.sex and before.sex and new.sex != before.sex:
        kept = replace(kept, pregnancy=None, breastfeeding=None, gestation_weeks=None)
    kept = _without_old_values(kept, new)
    if new.pregnancy and not new.breastfeeding:
        kept = replace(kept, breastfeeding=None)
    if new.pregnancy and kept.life_stage == "adult":  # who is pregnant need not be called adult
        kept = replace(kept, life_stage=None)
    if expecting and too_young(kept):
        kept = replace(kept, life_stage=None, age_years=None, weight_kg=None)
    if new.pregnancy == "not pregnant":
        kept = replace(kept, gestation_weeks=None)
    if new.breastfeeding and not new.pregnancy:
        kept = replace(kept, pregnancy=None, gestation_weeks=None)
    if new.age_years is not None and not new.life_stage:
        kept = replace(kept, life_stage=None)
    if new.life_stage and new.age_years is None and not is_of_stage(kept, new.life_stage):
        kept = replace(kept, age_years=None)
    if new.egfr is not None or new.crcl is not None:  # a value says it more closely
        poor = () if "renal impairment" in new.conditions else ("renal impairment",)
        kept = replace(kept, conditions=tuple(c for c in kept.conditions if c not in poor))
    if (new.egfr is None) != (new.crcl is None):  # the one told last, "clearance now 18"
        kept = replace(kept, egfr=None, crcl=None)
    if new.egfr is not None or new.crcl is not None or "dialysis" in new.procedures:
        spared = tuple(c for c in kept.absent_conditions if c != "renal impairment")
        kept = replace(kept, absent_conditions=spared)  # "normal kidneys" is told no more
    if "renal impairment" in new.absent_conditions:  # "normal kidneys"
        kept = replace(kept, egfr=None, crcl=None, creatinine_umol_l=None)
    merged = merge_patients(kept, new)
    lists: dict[str, Any] = {
        n: tuple(dict.fromkeys((*getattr(kept, n), *getattr(new, n)))) for n in _LISTS
    }
    lists["measurements"] = _measured(kept, new)
    lists["procedures"] = tuple(
        # "and after gastric bypass?"; "no, not on dialysis"
        p
        for p in new.procedures or kept.procedures
        if not any(is_a(p, absent) for absent in new.absent_conditions)
    )
    gone = {c for c in kept.conditions for absent in new.absent_conditions if is_a(c, absent)}
    there = {*new.conditions, *new.procedures}
    if set(kept.procedures) & set(new.absent_conditions):  # it is gone: no more is to be said
        there |= set(kept.procedures)
    lists["conditions"] = tuple(c for c in lists["conditions"] if c not in gone)
    lists["absent_conditions"] = tuple(c for c in lists["absent_conditions"] if c not in there)
    return replace(merged, **lists)


_NORMAL_EGFR = 60  # mL/min/1.73 m²; below it kidney disease may be said to be there (KDIGO 2024)


def _without_old_values(kept: Patient, new: Patient) -> Patient:
    """Without values that what is told now makes old: an eGFR of 80 in who has renal failure."""
    valued = new.egfr is not None or new.crcl is not None
    if not valued and any(is_a(c, "renal impairment") for c in new.conditions):
        poor = [v for v in (kept.egfr, kept.crcl) if v is not None]
        if poor and max(poor) >= _NORMAL_EGFR:
            kept = replace(kept, egfr=None, crcl=None, creatinine_umol_l=None)
    now = dict(new.measurements)
    for analyte, value in kept.measurements:
        if analyte in now:  # "potassium now 5.6": no longer low
            inferred = understand(f"dose in a patient with {analyte} {value:f}").patient.conditions
            left = tuple(c for c in kept.conditions if c not in inferred)
            kept = replace(kept, conditions=left)
    return kept


_STAGES = {
    "neonate": (Decimal(0), Decimal("0.08")), "infant": (Decimal(0), Decimal(2)),
    "child": (Decimal(0), Decimal(18)), "adolescent": (Decimal(10), Decimal(20)),
    "adult": (Decimal(16), Decimal(150)), "older": (Decimal(60), Decimal(150)),
}  # fmt: skip  # years; wide, for nothing but a plain contradiction counts


def is_of_stage(patient: Patient, stage: str) -> bool:
    """Whether the known age is one of a stage of life: 8 years of "children"."""
    if patient.age_years is None or stage not in _STAGES:
        return False
    low, high = _STAGES[stage]
    return low <= patient.age_years < high


def too_young(patient: Patient) -> bool:
    """Whether someone cannot be pregnant: then it is someone else who is."""
    years = patient.age_years
    return patient.life_stage in ("neonate", "infant", "child") or (
        years is not None and years < _PUBERTY
    )


_GROWN = 16  # years


def is_young(patient: Patient) -> bool:
    """Whether a child is spoken of, whose parents weigh more."""
    years = patient.age_years
    young = patient.life_stage in ("neonate", "infant", "child")
    return young or (years is not None and years < _GROWN)


def _measured(before: Patient, new: Patient) -> tuple[tuple[str, Decimal], ...]:
    return tuple({**dict(before.measurements), **dict(new.measurements)}.items())


def changes(before: Patient, after: Patient) -> tuple[str, ...]:
    """Facts that are no longer as they were: "eGFR 24 → eGFR 42", "weight 61 kg withdrawn"."""
    found = []
    for name in FIELDS:
        old, new, empty = (getattr(p, name) for p in (before, after, _EMPTY))
        if old in (new, empty):
            continue
        if name == "measurements":
            values = dict(new)
            found += [
                f"{said(name, (k, v))} → {values[k]:f}" if k in values else f"{k} withdrawn"
                for k, v in old
                if values.get(k) != v
            ]
        elif isinstance(old, tuple):
            found += [f"{said(name, v)} withdrawn" for v in old if v not in new]
        elif new == empty:
            found.append(f"{said(name, old)} withdrawn")
        else:
            found.append(f"{said(name, old)} → {said(name, new)}")
    return tuple(found)


def not_said(whole: Patient, said: Patient) -> Patient:
    """The facts of a patient that are not said yet."""
    left: dict[str, Any] = {}
    for name in FIELDS:
        ours, theirs = getattr(whole, name), getattr(said, name)
        if isinstance(ours, tuple):
            left[name] = tuple(value for value in ours if value not in theirs)
        else:
            left[name] = getattr(_EMPTY, name) if ours == theirs else ours
    return Patient(**left)
