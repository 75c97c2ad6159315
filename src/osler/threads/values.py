"""A bare number in a follow-up: "and at 55?" after a clearance of 25."""

from __future__ import annotations

import re

from osler.domain import Patient
from osler.patterns import lazy

_BARE = lazy(
    r"^\W*(?:(?:and|but|or|what|how|about|if|no|actually|sorry|now|it|that|this|he|she|is|was|were|"
    r"drops?|dropped|falls?|fell|rises?|rose|goes|went|to|at|down|up|only)\b\W*)*"
    r"(?P<value>(?:(?:below|under|less than|above|over|more than|[<>]=?)\s*)?\d+(?:\.\d+)?)\W*$",
    re.IGNORECASE,
)


def named_value(text: str, patient: Patient) -> str:
    """The text with its bare number as the one value that is known of the patient.

    Left as it is where no value is known, or several: then nobody can tell which is meant.
    """
    match = _BARE.match(text)
    known = [
        *(["eGFR"] if patient.egfr is not None else []),
        *(["CrCl"] if patient.crcl is not None else []),
        *(["BMI"] if patient.bmi is not None else []),
        *(name.upper() if len(name) <= 3 else name for name, _ in patient.measurements),
    ]
    if match is None or len(known) != 1:
        return text
    return f"{known[0]} {match['value']}?"
