"""Whether a patient has never taken what a text is on: "opioid-naive patients"."""

from __future__ import annotations

from osler.domain import Patient
from osler.statements.groups.within import Outcome
from osler.statements.vocabulary.substances import belongs_to


def never_had(value: str, patient: Patient) -> Outcome:
    """Judge whether a drug, or all of a class, was never taken; who takes one has had it."""
    if any(belongs_to(value, name) for name in patient.never_had):
        return True, f"never had {value}"
    taken = next((drug for drug in patient.drugs if belongs_to(drug, value)), None)
    return (None, "") if taken is None else (False, f"takes {taken}")
