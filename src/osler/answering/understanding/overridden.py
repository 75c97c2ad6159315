"""Facts given of a patient that are not what the question says."""

from __future__ import annotations

from decimal import Decimal

from osler.domain import Patient
from osler.statements.groups.ages import age_in_words

_FACTS = {
    "age_years": ("age", "years"),
    "sex": ("sex", ""),
    "weight_kg": ("weight", "kg"),
    "height_cm": ("height", "cm"),
    "egfr": ("eGFR", ""),
    "crcl": ("creatinine clearance", "mL/min"),
    "creatinine_umol_l": ("creatinine", "µmol/L"),
    "gestation_weeks": ("gestation", "weeks"),
    "pregnancy": ("pregnancy", ""),
}


def overridden(said: Patient, given: Patient | None) -> tuple[str, ...]:
    """A notice for each fact that the question gives and `given` contradicts."""
    if given is None:
        return ()
    return tuple(
        f"The question says {name} {_written(said, field, unit)}, the patient given says "
        f"{_written(given, field, unit)}; this answer goes by the latter."
        for field, (name, unit) in _FACTS.items()
        if getattr(said, field) is not None
        and getattr(given, field) is not None
        and getattr(said, field) != getattr(given, field)
    )


def _written(patient: Patient, field: str, unit: str) -> str:
    value = getattr(patient, field)
    if field == "age_years" and isinstance(value, Decimal):
        return age_in_words(value)
    text = f"{value.normalize():f}" if isinstance(value, Decimal) else str(value)
    return f"{text} {unit}".strip()
