"""What a question asks, as understood."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from osler.domain.dosage import Phase
from osler.domain.group import UNKNOWN_PATIENT, Patient


class Aspect(StrEnum):
    """What is asked about a drug or condition."""

    DOSE = "dose"
    MONITORING = "monitoring"
    TARGET = "target"
    CHOICE = "choice"
    CAUTION = "caution"
    CONTRAINDICATION = "contraindication"
    INTERACTION = "interaction"
    DURATION = "duration"
    ADJUSTMENT = "adjustment"  # stop, reduce, carry on, switch
    TREATMENT = "treatment"  # what to give for a condition
    INTERVAL = "interval"
    RATE = "rate"  # how fast it is given
    CONVERSION = "conversion"  # how much of one is how much of another, or of another unit
    DEFINITION = "definition"
    RESULT = "result"
    ANY = "any"


class Audience(StrEnum):
    """Who the answer is worded for."""

    PHYSICIAN = "physician"
    PHARMACIST = "pharmacist"
    NURSE = "nurse"
    STUDENT = "student"
    PATIENT = "patient"


@dataclass(frozen=True, slots=True)
class Term:
    """A substance, condition or procedure in a question, with the words that mean the same."""

    name: str  # canonical, lower case
    kind: str  # "substance", "class", "condition", "procedure", "test"
    text: str  # as typed
    synonyms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """A question, what it is about, what it asks and for whom."""

    text: str
    understood: str
    terms: tuple[Term, ...] = ()
    aspects: tuple[Aspect, ...] = ()
    phases: tuple[Phase, ...] = ()
    route: str | None = None
    patient: Patient = UNKNOWN_PATIENT
    yes_no: bool = False
    content_words: tuple[str, ...] = ()
    # (abbreviation, name) as the library's sources write it out, where no lexicon has it
    written_out: tuple[tuple[str, str], ...] = ()
    background: tuple[str, ...] = ()  # conditions the patient has, beside what is to be treated
    purposes: tuple[str, ...] = ()  # index terms of what the drug is for, where no lexicon has it
    corrections: tuple[tuple[str, str], ...] = ()  # (as typed, as understood)
