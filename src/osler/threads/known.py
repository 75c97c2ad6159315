"""What is known of the patient: put into the words of a question, and taken back one by one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from osler.domain import Patient
from osler.library import Library
from osler.threads.candidates import is_understood_as
from osler.threads.facts import FIELDS, not_said, said, told
from osler.threads.patient_words import in_patient
from osler.threads.topic import read, topic_of
from osler.threads.withdrawing import forget
from osler.threads.wording import sentence, worded

_EMPTY = Patient()
_CALLED = {
    "age_years": "age", "life_stage": "age", "sex": "sex", "weight_kg": "weight",
    "ideal_weight_kg": "weight", "height_cm": "height", "bmi": "BMI", "egfr": "eGFR",
    "crcl": "creatinine clearance", "creatinine_umol_l": "creatinine", "risk_percent": "risk",
    "gestation_weeks": "gestation", "pregnancy": "pregnancy", "breastfeeding": "breastfeeding",
    "severity": "severity", "jurisdiction": "country", "measurements": "results",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Known:
    """A fact in words, and the follow-up that takes it back: "forget the weight"; "" for none."""

    fact: str
    forget: str


def known(patient: Patient, without: Iterable[str] = ()) -> tuple[Known, ...]:
    """The facts of a patient, those in `without` left out."""
    skip = set(without)
    found = []
    for name in FIELDS:
        value = getattr(patient, name)
        if value == getattr(_EMPTY, name):
            continue
        found += [
            Known(said(name, each), _taken_back(name, each, patient))
            for each in (value if isinstance(value, tuple) else (value,))
            if each not in skip
        ]
    return tuple(found)


def _taken_back(name: str, value: object, patient: Patient) -> str:
    """The words that take it back; they are tried out, for not every fact has a name."""
    if name == "sex" and patient.pregnancy:
        return ""  # whoever is pregnant stays a woman
    what = _CALLED.get(name) or str(value)
    left = forget(what, patient)
    if left is None or getattr(left, name) == getattr(patient, name):
        return ""
    return f"forget the {what}"


def known_in(text: str, library: Library | None = None) -> tuple[Known, ...]:
    """What a question says of the patient; what is treated is no such fact.

    Raises EmptyQuestion and UsageError (see `understand`).
    """
    question = read(text, library)
    return known(question.patient, {t.name for t in topic_of(question).treated})


def in_words(text: str, patient: Patient, library: Library | None = None) -> str | None:
    """A question with what is known of the patient beside it; None where no words say just that.

    What is known beside the question replaces what it contradicts in the question.
    Raises EmptyQuestion and UsageError (see `understand`).
    """
    topic = topic_of(read(text, library))
    if patient.pregnancy and patient.sex is None:
        patient = replace(patient, sex="female")  # as it is read from words
    target = replace(topic, patient=told(topic.patient, patient))
    extra = not_said(target.patient, topic.patient)
    if extra == _EMPTY and target == topic:
        return text
    beside = sentence(text.rstrip("?.! ") + in_patient(extra))
    for full in (beside, worded(target)):
        if is_understood_as(target, full, library):
            return full
    return None
