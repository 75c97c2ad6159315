"""Cells that tell for whom a drug is not: beside a label or under a header that forbids.

"Contraindications | porphyria, epilepsy" in a table of labels, and a column "Avoid in" in a table
of drugs, say of whom they name what a heading "Contraindications" says of its lines.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from osler.domain import Block, Context, Group, Span
from osler.patterns import lazy
from osler.statements.groups.allowing import allows_all, without_allowed
from osler.statements.groups.forbidding import forbids, forbids_or_warns
from osler.statements.groups.reading import read_group
from osler.statements.tables.rows import Cell, row_text
from osler.statements.vocabulary.substances import find_subjects, find_substances
from osler.statements.words.wording import readable

_FIRST_CLAUSE = lazy(r"[.;:,(–—]")
_DIGIT = lazy(r"\d")
# "None", "–", "See below": a cell that names nobody.
_NAMES_NOBODY = lazy(r"\W*(?:none(?:\s+known)?|nil|no|n/?a|see\b.*)?\W*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class BarredCell:
    """A cell that bars, the row as it is read for it alone, and whom it bars, where known."""

    span: Span
    row: Block
    barred: Group

    def context(self, text: str) -> tuple[Context, ...]:
        """The cells that name what is barred, which head this one as headers do."""
        others = (o for o in self.row.cells if o != self.span and o.end > o.start)
        return tuple(Context(o.start, o.end, text[o.start : o.end], "header") for o in others)


def under_bars(text: str, row: Block) -> tuple[BarredCell, ...]:
    """The cells of a row that stand under a header that forbids, each with the row's label and
    what else names a drug in it."""
    heads = ["" if h is None else readable(text[h.start : h.end]) for h in row.header]
    found = []
    for index, (span, head) in enumerate(zip(row.cells, heads, strict=False)):
        words = readable(text[span.start : span.end])
        if not index or not forbids(head) or _names_nobody(words):
            continue
        kept = [
            i
            for i, other in enumerate(row.cells[: len(heads)])
            if i in (0, index) or (not forbids(heads[i]) and _names_a_drug(text, other))
        ]
        cells = tuple(row.cells[i] for i in kept)
        header = tuple(row.header[i] for i in kept)
        barred = read_group(without_allowed(f"Contraindications: {words}"))
        found.append(BarredCell(span, replace(row, cells=cells, header=header), barred))
    return tuple(found)


def behind_label(cells: Sequence[Cell]) -> str:
    """A row as a sentence where its label forbids, or warns besides: "Contraindications:
    porphyria"; else ""."""
    label = cells[0].text if len(cells) > 1 else ""
    if not (forbids(label) or forbids_or_warns(label)) or _names_nobody(cells[1].text):
        return ""
    said = [replace(c, header=c.header if _tells(c.header) else "") for c in cells[1:]]
    return f"{cells[0].text.rstrip(' :.')}: {row_text(said)}"


def bars_its_label(cells: Sequence[Cell]) -> bool:
    """Whether a cell says that the drug is not for whom its row is: "Porphyria | Avoid"."""
    if len(cells) < 2 or find_substances(cells[0].text):
        return False
    return any(forbids(_FIRST_CLAUSE.split(cell.text)[0]) for cell in cells[1:])


def _names_nobody(cell: str) -> bool:
    return _NAMES_NOBODY.fullmatch(cell) is not None or allows_all(cell)


def _tells(header: str) -> bool:
    """Whether a header tells of whom or of what its cells are, and not only "Details"."""
    return bool(find_substances(header) or read_group(header).criteria)


def _names_a_drug(text: str, span: Span) -> bool:
    words = readable(text[span.start : span.end])
    return not _DIGIT.search(words) and bool(find_subjects(words))
