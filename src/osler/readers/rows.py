"""A table's row as sentences: what the row is about first, then each cell with its header.

"eGFR: under 30; What to do: Stop metformin" is "This is about eGFR under 30. Stop metformin."
Only where the first header is known to say what a row is about, since its cell holds for all
the others, and where every part is a header with a cell of its own.
"""

from __future__ import annotations

import re
from functools import lru_cache

# A first header that is said together with its cell: "This is about age 2–5 years."
_MEASURES = frozenset(
    {"age", "weight", "body weight", "egfr", "crcl", "creatinine clearance", "potassium", "inr"}
    | {"haemoglobin", "blood pressure", "kidney function", "renal function", "gestation"}
    | {"trimester", "platelets", "severity"}
)
# A first header whose cell is the thing itself: "This is about Biguanides."
_THINGS = frozenset(
    {"drug", "drugs", "medicine", "class", "condition", "indication", "illness"}
    | {"disease", "group", "patient", "patients", "person", "people", "who", "for whom"}
    | {"reason", "problem", "situation"}
)
# A header that says nothing which its cell, an order, does not.
_ORDERS = frozenset({"what to do", "action", "actions", "advice", "do"})
_PART = re.compile(r"(?P<head>[^:;]{2,70}):\s+(?P<cell>[^;]*\w[^;]*)")
_POINTS_ELSEWHERE = re.compile(r"\b(?:above|below|same|as for|ditto|see)\b(?!\s*\d)", re.I)
_UNIT = re.compile(r"\s*\([^()]*\)$")


@lru_cache(maxsize=4096)
def as_sentences(text: str) -> str:
    """The row as sentences; the text as it is where it is no such row."""
    parts = _parts(text.rstrip("."))
    if parts is None or len(parts) < 2 or _POINTS_ELSEWHERE.search(" ".join(c for _, c in parts)):
        return text
    head, cell = parts[0]
    lead, _, name = head.rpartition(": ")
    measure = _UNIT.sub("", name).lower()
    if measure in _MEASURES:
        about = f"{_lowered(name)} {_lowered(cell)}"
    elif measure in _THINGS:
        about = cell
    else:
        return text
    sentences = [f"{lead}: this is about {about}" if lead else f"This is about {about}"]
    for head, cell in parts[1:]:
        order = head.strip().lower() in _ORDERS
        said = cell if order else f"{head}: {cell}"
        sentences.append(said[:1].upper() + said[1:])
    return " ".join(s if s[-1:] in ".!?" else f"{s}." for s in sentences)


def _parts(text: str) -> list[tuple[str, str]] | None:
    """The headers and cells of a row; the first header with what leads in to it."""
    found: list[tuple[str, str]] = []
    for number, part in enumerate(re.split(r";\s+(?![^()]*\))", text)):
        match = _PART.fullmatch(part.strip())
        if match is None:
            return None
        head, cell = match["head"], match["cell"].strip()
        inner = _PART.fullmatch(cell)
        while number == 0 and inner is not None:  # "Ondansetron: Weight: 8–15 kg"
            head, cell = f"{head}: {inner['head']}", inner["cell"].strip()
            inner = _PART.fullmatch(cell)
        found.append((head, cell))
    return found


def _lowered(text: str) -> str:
    """The text without the capital that only opens it: "Below 30", not "IV"."""
    return text[:1].lower() + text[1:] if text[1:2].islower() else text
