"""Which drug the cells of a table row are on: that of their column, else that of the row."""

from __future__ import annotations

import re
from collections.abc import Sequence

from osler.answering.dosed import dosed_names
from osler.domain import Dosage
from osler.dosage import may_state_dosage, parse_dosages
from osler.statements.substances import belongs_to, find_subjects

_OF_DRUGS = re.compile(
    r"\s*(?:(?:name of )?(?:the )?(?:medicines?|drugs?|agents?|medication|antibiotics?|antidotes?|"
    r"preparations?|products?|generic name|treatment)(?: name)?)\s*$",
    re.IGNORECASE,
)


# Over these cells stands what is taken besides: "Taken with: valproate".
_OF_COMPANIONS = re.compile(
    r"\s*(?:(?:taken|given|used|combined|together)\s+with|with)\s*$", re.IGNORECASE
)


def drug_of_row(cells: tuple[tuple[str, str], ...]) -> tuple[str, ...]:
    """The drug that a row is on: of the column for drugs, else of the first cell."""
    headed = [text for header, text in cells if _OF_DRUGS.match(header)]
    first = [text for header, text in cells[:1] if not _OF_COMPANIONS.match(header)]
    for text in (*headed[:1], *first):
        named = find_subjects(text)
        if named:
            return (named[0].name,)
    return ()


def drug_above(header: str, of_row: tuple[str, ...]) -> tuple[str, ...]:
    """The drug that the header of a column names, else that of the row; what this is a form of
    ("Elemental iron", of ferrous sulphate) only measures it."""
    headed = tuple(found.name for found in find_subjects(header)[:1])
    measures = headed and of_row and belongs_to(of_row[0], headed[0])
    return of_row if measures or not headed else headed


def cells_of_other_drugs(
    cells: tuple[tuple[str, str], ...], drugs: tuple[str, ...]
) -> tuple[tuple[str, str], ...]:
    """The columns that other drugs head, where one is headed by a drug asked about."""
    headed = {cell: {found.name for found in find_subjects(cell[0])} for cell in cells[1:]}
    own = {
        cell
        for cell, names in headed.items()
        if any(belongs_to(n, d) or belongs_to(d, n) for d in drugs for n in names)
    }
    return tuple(cell for cell, names in headed.items() if names and cell not in own) if own else ()


Cells = tuple[tuple[str, str], ...]
"""The (header, text) pairs of a row."""


def drugs_in_cells(text: str, dosages: Sequence[Dosage], cells: Cells) -> tuple[str | None, ...]:
    """For each dosage of a row's `text` the drug that it is of: named in its cell, else by the
    header of its column, else by the cell for the drug of the row; None where none says."""
    of_row = drug_of_row(cells)
    result = []
    for dosage, named in zip(dosages, dosed_names(text, dosages), strict=True):
        cell = cell_at(text, dosage.start, cells)
        if cell is None:
            result.append(named)
            continue
        own = _named_in(cell[1], dosage)
        above = next(iter(drug_above(cell[0], of_row)), None)
        # "Elemental iron: 65 mg", before the tablets of a salt: they are counted as iron.
        counted = above and named and named != above and belongs_to(above, named)
        result.append(own or (named if counted else above) or named)
    return tuple(result)


def _named_in(cell: str, dosage: Dosage) -> str | None:
    """The drug that a cell names for a dosage, which may have been read in the whole row."""
    alike = [d for d in parse_dosages(cell) if d.low == dosage.low and d.unit == dosage.unit]
    return dosed_names(cell, alike[:1])[0] if alike else None


def cell_at(text: str, position: int, cells: Cells) -> tuple[str, str] | None:
    """The cell of a row's `text` in which a character stands; None outside of them."""
    at = 0
    for header, cell in cells:
        found = text.find(f"{header}: {cell}" if header else cell, at)
        if found < 0:
            continue
        at = found + len(cell) + (len(header) + 2 if header else 0)
        if found <= position < at:
            return header, cell
    return None


def without_other_doses(text: str, position: int, cells: Cells) -> str:
    """A row's `text` without the other cells that state doses: what tells of this one."""
    own = cell_at(text, position, cells)
    if own is None:
        return text
    kept = [own, *(cell for cell in cells if cell != own and not may_state_dosage(cell[1]))]
    return "; ".join(f"{header}: {cell}" for header, cell in kept)
