"""What an answer asks to be told of the patient, as the fields of a form."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from osler_site.patient_facts import FIELDS, field_named
from osler_site.presenting.view import AskedFact

# The engine names a fact in words; these are the keys of a patient's facts.
_KEYS = {
    "age": "age",
    "weight": "weight",
    "height": "height",
    "sex": "sex",
    "eGFR": "egfr",
    "creatinine clearance": "crcl",
    "creatinine": "creatinine",
    "BMI": "bmi",
    "ten-year risk": "risk",
    "gestation": "gestation",
    "pregnancy": "pregnancy",
    "breastfeeding": "breastfeeding",
    "severity": "severity",
}
_ABOUT_THE_PATIENT = re.compile(
    r"\bthe patient\b|^Which trimester|^How severe is it|^Is it a multiple|^Does this hold"
    r"|^Was (the birth weight|.* not tolerated)"
    r"|^What is the (eGFR|creatinine clearance|serum creatinine|ten-year)"
)


def is_about_the_patient(question: str) -> bool:
    """Whether a follow-up asks the reader for a fact instead of asking the library."""
    return _ABOUT_THE_PATIENT.search(question) is not None


def asked_facts(
    missing: list[str], follow_ups: list[str], say: Callable[[str], str] = str
) -> tuple[AskedFact, ...]:
    """The missing facts with the questions that ask for them; both come in the same order.

    `say` puts a question into the answer's language; one that it does not know stays English.
    """
    questions = [q for q in follow_ups if is_about_the_patient(q)]
    if len(questions) != len(missing):
        questions = [f"{name[:1].upper()}{name[1:]}?" for name in missing]
    return tuple(_said(_asked(n, q), say) for n, q in zip(missing, questions, strict=True))


def _said(asked: AskedFact, say: Callable[[str], str]) -> AskedFact:
    question = say(asked.question)
    return replace(asked, question=question, language="en" if question == asked.question else "")


def _asked(name: str, question: str) -> AskedFact:
    key = _KEYS.get(name)
    if key is not None and key in FIELDS:
        field = field_named(key)
        return AskedFact(question, field.kind, key, field.unit, field.choices)
    if name.startswith("tolerance of "):
        drug = name.removeprefix("tolerance of ")
        return AskedFact(question, "yes_no", "", yes=f"intolerance={drug}")
    if question.startswith("Does the patient take "):
        return AskedFact(question, "yes_no", "", yes=f"drug={name}")
    if question.startswith("Is the patient allergic to "):
        return AskedFact(question, "yes_no", "", yes=f"allergy={name}")
    return AskedFact(question, "yes_no", "", yes=f"condition={name}", no=f"no={name}")
