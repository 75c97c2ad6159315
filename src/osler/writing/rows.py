"""The row of a table as a claim: "Age: 1–4 years; Dose: 250 mg", and a sentence read as one."""

from __future__ import annotations

import re
from dataclasses import dataclass

from osler.domain import BlockKind, Claim
from osler.writing.neutral import generic_heads

_CELL = re.compile(r";\s+")
_HEAD = re.compile(r":\s+")
_UNIT = re.compile(r"(?P<name>.*\S)\s+\((?P<unit>[^()]*)\)")
_WORD = re.compile(r"[^\W\d_]+")
_NUMBERS = re.compile(r"(?:[^\W\d_]+\s+)*\d[\d.,]*(?:\s*(?:[-–]|to)\s*\d[\d.,]*)?(?:\s+or\s+\w+)?")


@dataclass(frozen=True, slots=True)
class Cell:
    """A value with the head of its column."""

    head: str
    value: str


@dataclass(frozen=True, slots=True)
class Row:
    """A row's cells, and the lead-in that holds for all of them."""

    lead: str
    cells: tuple[Cell, ...]

    def texts(self, wording: str) -> tuple[str, ...]:
        """Lead-in and cells as a wording has to say them: it may leave out a general head."""
        words = {word.lower() for word in _WORD.findall(wording)}
        said = (
            cell.value
            if cell.head.lower() in generic_heads()
            and words.isdisjoint(word.lower() for word in _WORD.findall(cell.head))
            else f"{cell.head} {cell.value}"
            for cell in self.cells
        )
        return (self.lead, *said)

    def with_units_in_heads(self, wording: str) -> str:
        """The wording with a unit where the row has it: "eGFR (mL/min): 30" for "30 mL/min"."""
        for cell in self.cells:
            head = _UNIT.fullmatch(cell.head)
            if head is None or not _NUMBERS.fullmatch(cell.value):
                continue
            name, unit = head["name"], head["unit"]
            if wording.count(unit) != 1 or f"{name} ({unit})".lower() in wording.lower():
                continue
            value = re.escape(re.sub(r"[-–]", "-", cell.value)).replace(r"\-", "(?:-|–| to )")
            moved = re.sub(rf"({value})\s*{re.escape(unit)}", r"\1", wording, flags=re.I)
            if moved != wording:
                named = rf"(?<!\w){re.escape(name)}(?!\w)"
                wording = re.sub(named, f"{name} ({unit})", moved, count=1, flags=re.I)
        return wording


def row_of(claim: Claim, text: str) -> Row | None:
    """The cells of a claim's text, where all that it cites are rows; None for a sentence."""
    if not claim.statements or any(s.block is not BlockKind.ROW for s in claim.statements):
        return None
    parts: list[str] = []
    for part in _CELL.split(text):
        if parts and not _HEAD.search(part):  # "level at 24 h; no more until below 1 mg/L"
            parts[-1] = f"{parts[-1]}; {part}"
        else:
            parts.append(part)
    first = _HEAD.split(parts[0])
    if len(parts) < 2 or len(first) < 2:
        return None
    parts[0] = ": ".join(first[-2:])
    cells = tuple(Cell(head, value) for head, _, value in (p.partition(": ") for p in parts))
    return Row(": ".join(first[:-2]), cells)
