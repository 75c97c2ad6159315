"""Tables that part an amount from its unit: "250" under "Amount" beside "mg/kg" under "Unit"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from osler.reading.blocks.tables import Cell

_NUMBER = re.compile(r"[<>≤≥~]?\s*\d[\d.,]*(?:\s?(?:[-–—]|to)\s?\d[\d.,]*)?")
_MASS = (
    r"(?:mg|mcg|µg|μg|ng|g|kg|micrograms?|milligrams?|grams?|ml|litres?|l|iu|miu|units?|u|mmol|"
    r"micromol|meq|tablets?|capsules?|drops?|puffs?|sachets?|sprays?)"
)
_UNIT = re.compile(rf"{_MASS}(?:\s?(?:/|per)\s?[\w²]+)*", re.I)


def with_units_beside(rows: Sequence[list[Cell]]) -> list[list[Cell]]:
    """The rows of a table's body, each number and its unit in the cell beside it as one cell."""
    found = [list(row) for row in rows]
    width = min(map(len, found), default=0)
    if any(cell.columns > 1 or cell.rows > 1 for row in found for cell in row):
        return found
    for column in range(width - 2, -1, -1):
        pairs = [(row[column].text.strip(), row[column + 1].text.strip()) for row in found]
        filled = [(number, unit) for number, unit in pairs if number and unit]
        if filled and all(
            _NUMBER.fullmatch(number) and _UNIT.fullmatch(unit) for number, unit in filled
        ):
            for row, (number, unit) in zip(found, pairs, strict=True):
                if number and unit:
                    row[column : column + 2] = [
                        replace(
                            row[column],
                            text=f"{number} {unit}",
                            columns=2,
                            notes=(*row[column].notes, *row[column + 1].notes),
                        )
                    ]
    return found
