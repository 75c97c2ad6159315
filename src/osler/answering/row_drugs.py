"""Which drug the cells of a table row are on: that of their column, else that of the row."""

from __future__ import annotations

import re

from osler.statements.substances import belongs_to, find_subjects

_OF_DRUGS = re.compile(
    r"\s*(?:(?:name of )?(?:the )?(?:medicines?|drugs?|agents?|medication|antibiotics?|antidotes?|"
    r"preparations?|products?|generic name|treatment)(?: name)?)\s*$",
    re.IGNORECASE,
)


def drug_of_row(cells: tuple[tuple[str, str], ...]) -> tuple[str, ...]:
    """The drug that a row is on: of the column for drugs, else of the first cell."""
    headed = [text for header, text in cells if _OF_DRUGS.match(header)]
    for text in (*headed[:1], *(text for _, text in cells[:1])):
        named = find_subjects(text)
        if named:
            return (named[0].name,)
    return ()


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
