"""Whether a question describes one patient, or asks for whoever is like that."""

from __future__ import annotations

from osler.domain import Patient
from osler.domain.identifier import hidden_kinds
from osler.statements import read_group, read_patient


def describes_one(question: str) -> bool:
    """Whether it named someone, or gives an age together with a value that was measured.

    A condition, a pregnancy or an age alone is a heading of a formulary, and so is a bound
    ("eGFR below 30"): whoever is like that is meant.
    """
    if hidden_kinds(question):
        return True
    patient = read_patient(question)
    if patient.age_years is None:
        return False
    bounds = read_group(question).attributes
    return any(name not in bounds for name in _measured(patient))


def _measured(patient: Patient) -> set[str]:
    """What was measured, by the names that the criteria of a group have."""
    values = {
        "weight": patient.weight_kg,
        "height": patient.height_cm,
        "bmi": patient.bmi,
        "egfr": patient.egfr,
        "crcl": patient.crcl,
        "creatinine": patient.creatinine_umol_l,
        **dict(patient.measurements),
    }
    return {name for name, value in values.items() if value is not None}
