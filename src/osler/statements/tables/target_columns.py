"""Columns of what is to be measured in the end ("Target urine copper"): none is a drug or dose."""

from __future__ import annotations

import re
from collections.abc import Sequence

from osler.domain import Dosage
from osler.patterns import lazy
from osler.statements.tables.rows import Cell, row_text

# "Target (mg twice daily)" is a dose that is worked up to; "target serum iron" is measured.
_TARGET = lazy(
    r"(?:(?:treatment|therapeutic)\s+)?(?:targets?|goals?|aims?)\b[^(]*\b(?:body|serum|plasma|blood|"
    r"urine|urinary|ioni[sz]ed|levels?|concentrations?|saturation)\b",
    re.IGNORECASE,
)


def without_targets(cells: Sequence[Cell]) -> tuple[Cell, ...]:
    """The cells of a row but for those under a header that names a target."""
    return tuple(cell for cell in cells if not _TARGET.match(cell.header))


def outside_targets(dosages: tuple[Dosage, ...], cells: Sequence[Cell]) -> tuple[Dosage, ...]:
    """The dosages of a written row that stand in none of its targets."""
    return tuple(d for d in dosages if not any(a <= d.amount_start < b for a, b in _spans(cells)))


def _spans(cells: Sequence[Cell]) -> list[tuple[int, int]]:
    """Where the targets stand in the text of the row."""
    found = []
    at = 0
    for cell in cells:
        end = at + len(row_text((cell,)))
        if _TARGET.match(cell.header):
            found.append((at, end))
        at = end + 2  # "; "
    return found
