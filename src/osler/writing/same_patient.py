"""Whether a proposal tells of the patient what was told: all of it, and nothing else."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from osler.domain import Patient
from osler.writing.taken_back import (
    FIELDS,
    dropped,
    is_replaced,
    is_taken_back,
    someone_else,
    taken_back_by_name,
)

_EMPTY = Patient()
# What our own reading finds of these stays, also where it is new ("she is allergic to it").
_OF_SAFETY = (
    "allergies", "intolerances", "never_had", "pregnancy", "breastfeeding", "egfr", "crcl",
    "creatinine_umol_l",
)  # fmt: skip
_WHO = ("age_years", "life_stage", "sex")


@dataclass(frozen=True, slots=True)
class Known:
    """A turn, what our own readers find in it of the patient, and what was known before.

    `own` is what the full question of our own resolver says.
    """

    turn: str
    told: Patient
    before: Patient
    own: Patient

    @property
    def is_someone_else(self) -> bool:
        """Whether the turn is of another patient: by its words, or by an age or sex of its own."""
        pairs = ((getattr(self.told, name), getattr(self.before, name)) for name in _WHO)
        return someone_else(self.turn) or any(
            told is not None and before is not None and told != before for told, before in pairs
        )


def other_patient(
    now: Patient, known: Known, *, treated: Iterable[str], asked: Iterable[str]
) -> str | None:
    """What is wrong with what a proposal says of the patient; None where nothing is.

    Conditions that it asks a treatment for (`treated`) and drugs that it asks about (`asked`)
    are named with the subject.
    """
    whole = replace(now, conditions=tuple(dict.fromkeys((*now.conditions, *treated))))
    return (
        _added(now, known, frozenset(treated))
        or _lost(whole, known, frozenset(asked))
        or _dropped(whole, known)
    )


def _added(now: Patient, known: Known, treated: frozenset[str]) -> str | None:
    """A fact or value that nobody told; none is the model's, also where figures were said."""
    sources = [known.told, known.own]
    if not known.is_someone_else:
        sources.append(known.before)
    for name in FIELDS:
        value = getattr(now, name)
        if _is_empty(name, value) or _is_implied(name, now):
            continue
        there = [v for patient in sources for v in _each(getattr(patient, name))]
        there += treated if name == "conditions" else ()
        if not set(_each(value)) <= set(there):
            return f"it tells of the patient what nobody told ({name})"
        ours = (*_each(getattr(known.own, name)), *_each(getattr(known.told, name)))
        if any(
            v not in ours
            and (is_taken_back(name, v, known.turn) or is_replaced(name, v, known.told))
            for v in _each(value)
        ):
            return f"it keeps what the turn takes back ({name})"
    return None


def _lost(whole: Patient, known: Known, asked: frozenset[str]) -> str | None:
    """A fact of the turn that is missing, or another value in its place."""
    for name in FIELDS:
        was = _each(getattr(known.before, name))
        said = {
            value
            for value in _each(getattr(known.told, name))
            if not (value in was and taken_back_by_name(value, known.turn))
        }
        if name == "conditions":
            said -= set(known.own.absent_conditions)  # "she has no asthma" in a way of speaking
        if name == "drugs":
            said -= asked
        if not _is_implied(name, whole) and not said <= set(_each(getattr(whole, name))):
            return f"it leaves out what the turn tells of the patient ({name})"
    return None


def _dropped(whole: Patient, known: Known) -> str | None:
    must_stay = known.own if known.is_someone_else else known.before
    found = {name: getattr(known.own, name) for name in _OF_SAFETY}
    gone = (
        *dropped(must_stay, whole, known.turn, known.told),
        *dropped(Patient(**found), whole, known.turn, known.told),
    )
    return f"it drops a fact that nobody took back ({gone[0][0]})" if gone else None


def _each(value: Any) -> tuple[Any, ...]:
    if isinstance(value, tuple):
        return value
    return () if value is None else (value,)


def _is_empty(name: str, value: Any) -> bool:
    return bool(value == getattr(_EMPTY, name))


def _is_implied(name: str, patient: Patient) -> bool:
    """A stage of life by an age, and the sex by a pregnancy."""
    if name == "life_stage":
        return patient.age_years is not None
    return name == "sex" and patient.sex == "female" and patient.pregnancy is not None
