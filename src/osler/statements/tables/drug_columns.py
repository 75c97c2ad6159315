"""Tables whose columns are drugs: each cell is a statement on the drug of its header alone."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from osler.domain import Block, Context, Dosage, Span
from osler.patterns import lazy
from osler.statements.lines.companions import given_in
from osler.statements.lines.focus import topic_of
from osler.statements.tables.rows import row_cells, row_text
from osler.statements.vocabulary.analytes import analyte_units
from osler.statements.words.wording import readable

# "With valproate" and "If on warfarin" tell beside what another drug is given.
_BESIDE = lazy(r"(?:with|without|on|taking|plus|if|after|before|during|not)\b", re.IGNORECASE)
_SAYS = lazy(r"[^\W_]")


@dataclass(frozen=True, slots=True)
class DrugCell:
    """A cell under the name of a drug, and the row as it is read for that drug.

    The row holds the cell and those that stand under no drug ("Age: 6 to 11 years").
    """

    span: Span
    drug: str
    row: Block

    def context(self, text: str) -> tuple[Context, ...]:
        """The other cells of the row, which head this one as headers do."""
        others = (o for o in self.row.cells if o != self.span and o.end > o.start)
        return tuple(Context(o.start, o.end, text[o.start : o.end], "header") for o in others)

    def own(self, text: str, dosages: tuple[Dosage, ...]) -> tuple[Dosage, ...]:
        """Dosages of the row, those in the cell as the drug's unless the cell itself names one.

        What stands in the cells beside it ("Also give: dexamethasone 4 mg") keeps its own drug.
        """
        if given_in(readable(text[self.span.start : self.span.end])):
            return dosages
        begin, end = self._place(text)
        return tuple(
            replace(dosage, substance=self.drug) if begin <= dosage.amount_start < end else dosage
            for dosage in dosages
        )

    def _place(self, text: str) -> tuple[int, int]:
        """Where the cell and its header stand in the row as it is written out."""
        cells = row_cells(text, self.row)
        index = next(i for i, cell in enumerate(cells) if cell.start == self.span.start)
        end = len(row_text(cells[: index + 1]))
        return end - len(row_text(cells[index : index + 1])), end


def by_drug(text: str, row: Block) -> tuple[DrugCell, ...]:
    """The cells of a row that stand under the names of drugs.

    Empty where fewer than two columns are of different drugs, or the row itself names a drug.
    """
    if len(row.cells) < 3 or given_in(readable(text[row.cells[0].start : row.cells[0].end])):
        return ()
    heads = [None if h is None else readable(text[h.start : h.end]) for h in row.header]
    drugs = [_drug(head) if head and index else None for index, head in enumerate(heads)]
    if len({drug for drug in drugs if drug is not None}) < 2:
        return ()
    found = []
    for index, (cell, drug) in enumerate(zip(row.cells, drugs, strict=True)):
        if drug is not None and _SAYS.search(text, cell.start, cell.end):
            kept = [i for i, other in enumerate(drugs) if other is None or i == index]
            cells = tuple(row.cells[i] for i in kept)
            header = tuple(row.header[i] for i in kept)
            found.append(DrugCell(cell, drug, replace(row, cells=cells, header=header)))
    return tuple(found)


def _drug(header: str) -> str | None:
    """The drug that the header of a column is the name of."""
    if _BESIDE.match(header) and ":" not in header:
        return None
    topic = topic_of(header)
    return None if topic in analyte_units() else topic
