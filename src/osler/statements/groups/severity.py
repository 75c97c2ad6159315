"""How severe an illness is said to be, against whom a text is for."""

from __future__ import annotations

import re

from osler.domain import Patient

_GRADES = re.compile(r"[-\s]+(?:to|or)[-\s]+|/")


def is_so_severe(value: str, patient: Patient) -> tuple[bool | None, str]:
    """Whether a patient's illness is of a severity ("mild to moderate"), and why.

    What is not severe may be mild or moderate, and what is severe may be complicated.
    """
    if patient.severity is None:
        return None, ""
    told = f"{patient.severity}: {value}"
    denied = patient.severity.removeprefix("not ")
    if {value, denied} == {"severe", "complicated"}:
        return None, ""
    if denied == patient.severity:
        return value == denied or denied in _GRADES.split(value), told
    return (False, told) if value == denied else (None, "")
