"""Lists and tables of criteria of which so many must hold: one statement with their lead-in."""

from __future__ import annotations

from dataclasses import dataclass

from osler.domain import Block, BlockKind, Document
from osler.dosage import parse_dosages
from osler.statements.groups.counting import needs_several
from osler.statements.groups.reading import read_group
from osler.statements.tables.rows import row_cells, row_label
from osler.statements.words.wording import readable

_LISTED = frozenset({BlockKind.ITEM, BlockKind.ROW})


@dataclass(frozen=True, slots=True)
class CountedList:
    """The items that a lead-in counts, in order, without the header of a table."""

    lead_end: int
    items: tuple[Block, ...]

    @property
    def end(self) -> int:
        """Where the last of them ends."""
        return self.items[-1].end

    def text(self, text: str, start: int) -> str:
        """The lead-in from `start` with the items after it, as one line."""
        lead = readable(text[start : self.lead_end]).rstrip(" :")
        items = [_item(text, block).strip(" .;,") for block in self.items]
        return f"{lead}: {'; '.join(items)}."


def counted_lists(document: Document) -> dict[int, CountedList]:
    """The counted lists of a document by where their lead-in ends.

    Of the items most must be criteria, and none may state a dose: those are for each its own.
    """
    found: dict[int, CountedList] = {}
    blocks = document.blocks
    for index, block in enumerate(blocks):
        if block.kind in (BlockKind.HEADING, BlockKind.ROW) or index + 1 == len(blocks):
            continue
        if not needs_several(document.text[block.start : block.end]):
            continue
        items = _led_in(document, index)
        texts = [_item(document.text, item) for item in items]
        criteria = sum(bool(read_group(text).criteria) for text in texts)
        if len(items) > 1 and 2 * criteria >= len(items) and not any(map(parse_dosages, texts)):
            found[block.end] = CountedList(block.end, tuple(items))
    return found


def _led_in(document: Document, index: int) -> list[Block]:
    """The items or rows right after a block that have it as their lead-in."""
    lead = document.blocks[index]
    items: list[Block] = []
    headers: set[int] = set()
    for block in document.blocks[index + 1 :]:
        leads = [c for c in block.context if lead.start <= c.start and c.end == lead.end]
        if block.kind not in _LISTED or not leads:
            break
        headers |= {span.start for span in block.header if span is not None}
        items.append(block)
    return [b for b in items if not any(cell.start in headers for cell in b.cells)]


def _item(text: str, block: Block) -> str:
    if block.kind is BlockKind.ROW and block.cells:
        return row_label(row_cells(text, block))
    return readable(text[block.start : block.end])
