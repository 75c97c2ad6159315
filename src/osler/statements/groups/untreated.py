"""Whether a patient has never taken what a text is on: "opioid-naive patients"."""

from __future__ import annotations

from osler.domain import Patient
from osler.statements.groups.within import Outcome
from osler.statements.vocabulary.substances import belongs_to


def never_had(value: str, patient: Patient) -> Outcome:
    """Judge whether a drug, or all of a class, was never taken; who takes one has had it."""
    taken = next((drug for drug in patient.drugs if belongs_to(drug, value)), None)
    if taken is not None:
        return False, f"takes {taken}"
    never = any(belongs_to(value, name) for name in patient.never_had)
    return (True, f"never had {value}") if never else (None, "")
