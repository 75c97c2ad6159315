"""Whether a patient's value lies beyond the one at which a drug is barred."""

from __future__ import annotations

import re
from dataclasses import replace

from osler.domain import Applies, Combinator, Criterion, Group, Patient
from osler.statements import applies
from osler.statements.vocabulary.substances import find_substances

_WHAT_IS_ABOVE = re.compile(
    r"(?:^|[:;.]\s)(?:do not (?:use|give)|avoid|contra-?indicated|not recommended)\s*[;,:.–—]\s*"
    r"(?:please\s+)?(?:use|give|prescribe|switch to|consider)\b",
    re.IGNORECASE,
)
_PARTS = re.compile(r"[;.]\s")


def bars_what_is_above(text: str) -> bool:
    """Whether a text bars the drug that it stands under, for one that it names: "Do not use; give
    heparin". What names a drug ahead of its bar ("Losartan: contraindicated; use …") bars that."""
    bar = _WHAT_IS_ABOVE.search(text)
    if bar is None:
        return False
    ahead = _PARTS.split(text[: bar.start()])[-1].strip()
    return not any(found.start == 0 for found in find_substances(ahead))


def with_either_estimate(patient: Patient) -> Patient:
    """The patient with an estimate of renal function standing for the other one, unless known.

    Only to bar: who has an eGFR of 24 is not given what is "to be avoided below 35 mL/min".
    """
    return replace(
        patient,
        egfr=patient.egfr if patient.egfr is not None else patient.crcl,
        crcl=patient.crcl if patient.crcl is not None else patient.egfr,
    )


def is_beyond(barred: tuple[Criterion, ...], patient: Patient) -> Applies:
    """Whether the patient's value lies where a statement bars what it else allows."""
    if not barred:
        return Applies.NO
    patient = with_either_estimate(patient)
    return applies(Group(barred, Combinator.ANY), patient).applies
