"""Numbers that replace no known value: "his eGFR was 50 last year", "she weighs 4 kg less"."""

from __future__ import annotations

import re

from osler.domain import Patient
from osler.patterns import lazy
from osler.statements import read_patient

_WHEN = (
    r"(?:last (?:year|month|summer|winter|autumn|spring|time)|(?:an?|\d+|two|three|some|few|"
    r"several|six|five|four)\s+(?:weeks?|months?|years?)\s+(?:ago|back|earlier)|in (?:19|20)\d\d|"
    r"years ago|months ago|previously|once|formerly|before (?:this|that|the)\b[^,;.?!]*|"
    r"at baseline)"
)
_PAST = lazy(
    rf"(?:^|(?<=[,;.?!]\s))[^,;.?!\d]*\b(?:was|were|weighed|had been|used to (?:be|weigh))\b"
    rf"[^,;?!]*?\d+(?:\.\d+)?[^,;.?!\d]*\b{_WHEN}(?=\s*(?:[,;.?!]|$))|"
    rf"(?:^|(?<=[,;.?!]\s))\W*{_WHEN}\b[^,;.?!\d]*\b(?:was|were|weighed)\b[^,;?!\d]*\d+(?:\.\d+)?"
    r"(?:\s*(?:kg|kilos?|m[lL]/min\S*|%))?(?=\s*(?:[,;.?!]|$))",
    re.IGNORECASE,
)
_DIFFERENCE = lazy(
    r"(?:^|(?<=[,;.?!]\s))[^,;.?!\d]*\d+(?:\.\d+)?\s*(?:kg|kilos?|cm|m[lL]/min\S*|%)?\s+"
    r"(?:less|more|lighter|heavier|lower|higher|down|up)(?:\s+(?:than|now|since)\b[^,;.?!\d]*)?"
    r"(?=\s*(?:[,;.!]|$))",
    re.IGNORECASE,
)
_VALUES = ("weight_kg", "height_cm", "bmi", "egfr", "crcl", "creatinine_umol_l")


def without_past_values(text: str, known: Patient) -> str:
    """The text without a past value, or a difference, of what is known: the known one is newer.

    Where none is known the past one stays: it is the best there is.
    """
    numbers = [*_PAST.finditer(text), *_DIFFERENCE.finditer(text)]
    for past in sorted(numbers, key=lambda found: found.start(), reverse=True):
        of_then = read_patient(past.group())
        told = [name for name in _VALUES if getattr(of_then, name) is not None]
        analytes = {name for name, _ in of_then.measurements} & {n for n, _ in known.measurements}
        if any(getattr(known, name) is not None for name in told) or analytes:
            text = f"{text[: past.start()]}{text[past.end() :].lstrip(' ,;.!')}"
    return text
