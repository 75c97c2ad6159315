"""Statements for when a fact is not known: "creatinine not known: 1 mg/kg once"."""

from __future__ import annotations

import re

from osler.domain import Criterion, Patient
from osler.patterns import lazy

NOT_KNOWN = "not known"  # the attribute of such a criterion; its value names the fact
_FACTS: dict[str, tuple[str, ...]] = {  # the fact, and the fields of a patient that give it
    "weight": ("weight_kg",),
    "height": ("height_cm",),
    "age": ("age_years",),
    "kidney function": ("creatinine_umol_l", "crcl", "egfr"),
    "gestation": ("gestation_weeks",),
}
_NAMES = (
    r"(?:(?:(?:exact|actual|body|true|patient['’]s)\s+)*(?P<weight>weight)|(?P<height>height)|"
    r"(?:exact\s+)?(?P<age>age)|(?P<gestation>gestation(?:al\s+age)?)|"
    r"(?P<kidneys>(?:serum\s+)?creatinine(?:\s+clearance)?|cr\s?cl|e?gfr|"
    r"(?:renal|kidney)\s+function))"
)
_STATED = lazy(
    rf"\b{_NAMES}\s+(?:(?:is|are|has|been|result|value|level|yet)\s+)*(?:(?:not|un)(?:\s+yet)?(?:\s+be)?"
    r"[\s-]?(?:known|available|measured|recorded)|cannot\s+be\s+(?:measured|obtained|"
    r"calculated|determined))\b",
    re.IGNORECASE,
)
_UNKNOWN = lazy(rf"\bunknown\s+{_NAMES}\b", re.IGNORECASE)


def find_unknowns(text: str) -> list[tuple[int, int, Criterion]]:
    """Find where a text is for patients of whom something is not known."""
    return [
        (m.start(), m.end(), Criterion(NOT_KNOWN, _fact(m), text=m.group()))
        for pattern in (_STATED, _UNKNOWN)
        for m in pattern.finditer(text)
    ]


def _fact(match: re.Match[str]) -> str:
    name = next(n for n in ("weight", "height", "age", "gestation", "kidneys") if match[n])
    return "kidney function" if name == "kidneys" else name


def is_not_known(fact: str, patient: Patient) -> bool | None:
    """Whether the patient's record lacks a fact: no where it gives it, else open."""
    return False if any(getattr(patient, f) is not None for f in _FACTS[fact]) else None
