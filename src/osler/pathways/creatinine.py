"""Whether a creatinine goes with an eGFR of 60 or above, by the equation of CKD-EPI of 2021.

Inker and others 2021, N Engl J Med 385:1737-1749: eGFR = 142 * min(Scr/k, 1)^a * max(Scr/k, 1)^-1.2
* 0.9938^age * 1.012 (if female), of mL/min per 1.73 m2, Scr in mg/dL, k 0.7 (female) or 0.9 (male).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from osler.pathways.quantities import Quantity, less

_MICROMOL = 88.42  # µmol/L in one mg/dL of creatinine (113.1 g/mol)
_FEMALE, _MALE = (0.7, 1.012), (0.9, 1.0)
_ADULT = 18  # years: the equation is of adults


def is_of_60(value: Mapping[str, Any], patient: Mapping[str, Any], now: datetime) -> bool:
    """Whether a creatinine (a FHIR Quantity) surely goes with an eGFR of 60 or above.

    By the lower of both sexes where it is not known; false where age or unit is not known, and of
    a patient under 18 years.
    """
    read, born = Quantity.from_fhir(value), str(patient.get("birthDate", ""))
    if read is None or read.value <= 0 or not born[:4].isdigit():
        return False
    age = now.year - int(born[:4])  # rounded up, which lowers the eGFR
    if age <= _ADULT:
        return False
    kappa, factor = _MALE if patient.get("gender") == "male" else _FEMALE
    most = kappa * (142 * 0.9938**age * factor / 60) ** (1 / 1.2)
    if most < kappa:
        return False  # so old that no creatinine goes with it for sure
    mass, molar = round(Decimal(most), 3), round(Decimal(most * _MICROMOL), 1)
    return less(read, Quantity(mass, "mg/dL")) is True or (
        less(read, Quantity(molar, "umol/L")) is True
    )
