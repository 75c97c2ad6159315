"""Build one normalised text and its blocks; every reader writes through this.

>>> from osler.reading.files.raw import RawFile
>>> builder = DocumentBuilder()
>>> _ = builder.heading("Seizures", level=1)
>>> _ = builder.paragraph("Give one of:")
>>> _ = builder.item("Diazepam 10 mg intravenously")
>>> document = builder.build(RawFile("s.md", "s.md", b""), "markdown")
>>> document.text
'Seizures\\n\\nGive one of:\\n\\n- Diazepam 10 mg intravenously\\n'
>>> lead_in = document.blocks[2].context[0]
>>> document.text[lead_in.start:lead_in.end]
'Give one of:'
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from osler.domain import Block, BlockKind, Document, Span, Suspicion
from osler.reading.blocks.lead_ins import lead_in
from osler.reading.blocks.open_items import OpenItems
from osler.reading.blocks.shared import with_what_is_shared
from osler.reading.blocks.sourcing import source_of
from osler.reading.files.raw import RawFile
from osler.reading.suspicions.beside import BESIDE, is_worth_telling
from osler.reading.suspicions.concealed import HIDDEN, concealed
from osler.reading.suspicions.marking import suspicions_in
from osler.reading.suspicions.normalise import normalise

_WORDS = re.compile(r"[^\W_]+")
_FEWEST_WORDS = 3  # of hidden text that is worth listing
_DETAIL = 300  # characters of it that are listed


OpenHeadings = tuple[tuple[int, str, Span], ...]  # level, words, and where they stand


class DocumentBuilder:
    """Append blocks in reading order, then `build`.

    Every method normalises its text and ignores one that is empty. `notes` are the markers of
    the footnotes that a block refers to; they join its context when `footnote` gives them, be
    it before or after. Blank lines stand between blocks, items start with "- ", cells are
    parted by " | "; the spans of the blocks leave these marks out.
    """

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._length = 0
        self._blocks: list[Block] = []
        self._notes: list[tuple[str, ...]] = []  # markers that each block refers to
        self._footnotes: dict[str, Span] = {}
        self._suspicions: list[Suspicion] = []
        self._headings: list[tuple[int, str, Span]] = []
        self._path: tuple[str, ...] = ()
        self._heading_spans: tuple[Span, ...] = ()
        self._page: int | None = None
        self._list = OpenItems()
        self._table: tuple[Span, ...] = ()  # what every row of the open table needs
        self._ended: tuple[Span, ...] = ()  # and of the one before

    @property
    def empty(self) -> bool:
        """Whether nothing but headings was written."""
        return all(block.kind is BlockKind.HEADING for block in self._blocks)

    @property
    def headed(self) -> bool:
        """Whether anything at all was written."""
        return bool(self._blocks)

    @property
    def level(self) -> int:
        """The level of the innermost open heading; 0 where there is none."""
        return self._headings[-1][0] if self._headings else 0

    def page(self, number: int | None) -> None:
        """What follows stands on page `number`, counted from 1."""
        self._page = number

    def heading(self, text: str, level: int, *, notes: Iterable[str] = ()) -> Span | None:
        """A heading of `level` from 1; it closes those of the same level and deeper."""
        raw, text = text, normalise(text)
        if not text:
            return None
        level = max(1, level)
        while self._headings and self._headings[-1][0] >= level:
            self._headings.pop()
        self._refresh_path()
        self._list.end()
        span = self._append(BlockKind.HEADING, text, level=level, notes=notes)
        self._examine(raw, span.start)
        self._headings.append((level, text, span))
        self._refresh_path()
        return span

    def leave(self, level: int) -> None:
        """Close the headings of `level` and deeper: a section has ended, its parent goes on."""
        self.return_to(tuple(each for each in self._headings if each[0] < level))

    @property
    def headings(self) -> OpenHeadings:
        """The open headings, from the outermost on, for `return_to`."""
        return tuple(self._headings)

    def return_to(self, headings: OpenHeadings) -> None:
        """What follows stands under these headings again: what stood between them has ended."""
        self._headings = list(headings)
        self._refresh_path()
        self._list.end()

    def title(self, text: str, *, notes: Iterable[str] = ()) -> Span | None:
        """A line that leads in all that follows it, up to the next one or the next heading."""
        self._list.end()
        title = self.paragraph(text, notes=notes)
        self._list.clear()
        self._list.title = title
        return title

    def paragraph(
        self,
        text: str,
        *,
        depth: int | None = None,
        leads_in: bool = True,
        notes: Iterable[str] = (),
    ) -> Span | None:
        """A paragraph; with `depth`, one that continues the open list item of that depth.

        It becomes the lead-in of the list or table that follows at once when it ends in a
        colon, or is a few words without a full stop ("Diazepam"), but for `leads_in`.
        """
        raw, text = text, normalise(text)
        if not text:
            return None
        if depth is None:
            self._list.clear()
        else:
            self._list.close(depth + 1, also_lead_in=True)
        span = self._append(BlockKind.PARAGRAPH, text, context=self._list.context(), notes=notes)
        self._examine(raw, span.start)
        if leads_in and (leading := lead_in(text, span)) is not None:
            self._list.open(0 if depth is None else depth + 1, leading, leads_in=True)
        return span

    def close(self, depth: int, *, also_lead_in: bool = False) -> None:
        """The items of `depth` and deeper have ended; the lead-in at `depth` may go on."""
        self._list.close(depth, also_lead_in=also_lead_in)

    def item(
        self, text: str, depth: int = 0, *, mark: str = "-", notes: Iterable[str] = ()
    ) -> Span | None:
        """A list item of `depth` from 0; its lead-in and its parent items are its context."""
        raw, text = text, normalise(text)
        if not text:
            return None
        self._list.close(depth)
        context = self._list.context()
        span = self._append(
            BlockKind.ITEM,
            text,
            level=depth,
            mark=f"{'  ' * depth}{mark} ",
            context=context,
            notes=notes,
        )
        self._examine(raw, span.start)
        self._list.open(depth, span)
        return span

    def begin_table(self, caption: str = "", *, notes: Iterable[str] = ()) -> None:
        """Rows of a new table follow; its caption and lead-in are context of each.

        So is an item right before it that ends in a colon: "- Children, twice a day:".
        """
        led_in = bool(self._parts) and self._parts[-1].rstrip().endswith(":")
        if not led_in and self._list.in_an_item:
            self._list.clear()
        self._table = self._list.context()
        self._list.clear()
        span = self.caption(caption, notes=notes)
        if span is not None:
            self._table = (*self._table, span)

    def resume_table(self) -> None:
        """Rows of the table that ended last follow, as on the next page of a print."""
        self._list.clear()
        self._table = self._ended

    def row(
        self,
        cells: Sequence[str],
        header: Sequence[Span | None] | None = None,
        *,
        context: Sequence[Span] = (),
        notes: Iterable[str] = (),
    ) -> tuple[Span, ...]:
        """A table row; returns where its cells stand, so that a header row can be pointed at.

        `header` has one entry a cell. `context` is what this row needs beside the table's
        caption: a row that spans the table ("Adults") above it, for instance.
        """
        texts = [normalise(cell) for cell in cells]
        if not any(texts):
            return ()
        if header is not None and len(header) != len(texts):
            raise ValueError(f"{len(texts)} cells under {len(header)} header cells")
        joined = " | ".join(texts)
        line = joined.strip()
        start = self._begin(BlockKind.ROW, "")
        spans: list[Span] = []
        at = start - (len(joined) - len(joined.lstrip()))
        for text in texts:
            first = min(max(at, start), start + len(line))
            spans.append(Span(first, first + len(text)))
            at += len(text) + 3
        heads = header if header is not None else (None,) * len(texts)
        self._finish_row(line, spans, heads, (*self._table, *context), notes)
        for cell, span in zip(cells, spans, strict=True):
            self._examine(cell, span.start)
        return tuple(spans)

    def labelled(
        self, label: str, value: str, depth: int = 0, *, notes: Iterable[str] = ()
    ) -> tuple[Span, ...]:
        """A label and what stands beside it: a row of no table, in the place of an item."""
        self._list.close(depth)
        return self.row((label, value), context=self._list.context(), notes=notes)

    def record(
        self, pairs: Sequence[tuple[str, str]], depth: int = 0, *, notes: Iterable[str] = ()
    ) -> None:
        """Keys with their values ("Route: oral"): a row whose header cells stand within it."""
        said = [(normalise(key), normalise(value)) for key, value in pairs]
        self._list.close(depth)
        line = " | ".join(f"{key}: {value}" for key, value in said)
        at = self._begin(BlockKind.ROW, "")
        keys: list[Span] = []
        values: list[Span] = []
        for key, value in said:
            keys.append(Span(at, at + len(key)))
            at += len(key) + 2
            values.append(Span(at, at + len(value)))
            at += len(value) + 3
        self._finish_row(line, values, keys, self._list.context(), notes)
        for (key, value), over, span in zip(pairs, keys, values, strict=True):
            self._examine(key, over.start)
            self._examine(value, span.start)

    def caption(self, text: str, *, notes: Iterable[str] = ()) -> Span | None:
        """The caption of a figure, or a row that spans a table."""
        raw, text = text, normalise(text)
        if not text:
            return None
        span = self._append(BlockKind.CAPTION, text, context=self._table, notes=notes)
        self._examine(raw, span.start)
        return span

    def end_table(self) -> None:
        """What follows is not part of the table."""
        self._table, self._ended = (), self._table

    def footnote(self, text: str, marker: str = "") -> Span | None:
        """A note; the blocks that refer to `marker`, before or after, have it as context.

        Markers are names: a reader makes them unique where a document numbers its notes anew
        in each table, for example with `f"{table}:{marker}"`.
        """
        raw, text = text, normalise(text)
        if not text:
            return None
        span = self._append(BlockKind.FOOTNOTE, text)  # a list may go on after it
        self._examine(raw, span.start)
        if marker:
            self._footnotes[marker] = span
        return span

    def suspect(self, span: Span, reason: str, detail: str = "") -> None:
        """The characters of `span` must not carry a claim until a person has looked."""
        self._suspicions.append(Suspicion(span.start, span.end, reason, detail, self._page))

    def left_out(self, text: str, reason: str = HIDDEN) -> None:
        """Words that stand here and that no reader sees: kept from the text, listed as hidden.

        The suspicion is of no width: it holds back nothing that is seen.
        """
        detail = normalise(text)
        if len(_WORDS.findall(detail)) >= _FEWEST_WORDS or is_worth_telling(detail):
            self.tell(detail, reason)

    def beside(self, text: str, what: str) -> None:
        """Words of the file that belong to no page (a comment, a title): listed if they matter.

        `what` names them. They matter if they state an amount or speak to a program.
        """
        if is_worth_telling(text):
            self.tell(f"{what}: {normalise(text)}", BESIDE)

    def tell(self, detail: str, reason: str) -> None:
        """List something of what stands here; it holds back nothing."""
        found = Suspicion(self._length, self._length, reason, detail[:_DETAIL], self._page)
        if found not in self._suspicions:
            self._suspicions.append(found)

    def build(self, raw: RawFile, format: str, *, title: str = "", **known: Any) -> Document:  # noqa: A002
        """The document; `known` are further fields of `Source`.

        Without `title`, the first heading is the title, else the file's name without ending.
        """
        text = "".join(self._parts)
        if text:
            text += "\n"
        title = normalise(title) or self._first_heading(text) or raw.stem
        source, doubts = source_of(raw, format, title, text, known)
        blocks = self._blocks
        if self._footnotes:
            blocks = [self._with_notes(*pair) for pair in zip(blocks, self._notes, strict=True)]
        blocks = with_what_is_shared(text, blocks)
        suspicions = (*doubts, *self._suspicions, *suspicions_in(text, blocks))
        return Document(source, text, tuple(blocks), suspicions)

    def _examine(self, raw: str, at: int) -> None:
        """Look for what `normalise` dropped from `raw`, the words of the block or cell at `at`."""
        if not (raw.isascii() and raw.isprintable()):
            for start, end, reason, detail in concealed(raw):
                self.suspect(Span(at + start, at + end), reason, detail)

    def _append(
        self,
        kind: BlockKind,
        text: str,
        *,
        level: int = 0,
        mark: str = "",
        context: tuple[Span, ...] = (),
        notes: Iterable[str] = (),
    ) -> Span:
        start = self._begin(kind, mark)
        end = start + len(text)
        block = Block(kind, start, end, self._path, level, self._page, context, self._heading_spans)
        self._finish(block, text, notes)
        return Span(start, end)

    def _begin(self, kind: BlockKind, mark: str) -> int:
        """Write what parts a block from the one before, and its mark; return where it starts."""
        if self._blocks:
            before = self._blocks[-1].kind
            joined = kind in (BlockKind.ITEM, BlockKind.ROW) and before is kind
            mark = ("\n" if joined else "\n\n") + mark
        if mark:
            self._parts.append(mark)
            self._length += len(mark)
        return self._length

    def _finish_row(
        self,
        line: str,
        cells: Sequence[Span],
        header: Sequence[Span | None],
        context: tuple[Span, ...],
        notes: Iterable[str],
    ) -> None:
        block = Block(
            BlockKind.ROW,
            self._length,
            self._length + len(line),
            section=self._path,
            page=self._page,
            context=context,
            headings=self._heading_spans,
            cells=tuple(cells),
            header=tuple(header),
        )
        self._finish(block, line, notes)

    def _finish(self, block: Block, text: str, notes: Iterable[str]) -> None:
        self._parts.append(text)
        self._length += len(text)
        self._blocks.append(block)
        self._notes.append(tuple(notes))

    def _refresh_path(self) -> None:
        self._path = tuple(text for _, text, _ in self._headings)
        self._heading_spans = tuple(span for _, _, span in self._headings)

    def _first_heading(self, text: str) -> str:
        for block in self._blocks:
            if block.kind is BlockKind.HEADING:
                return text[block.start : block.end]
        return ""

    def _with_notes(self, block: Block, notes: tuple[str, ...]) -> Block:
        found = [self._footnotes[note] for note in notes if note in self._footnotes]
        if not found:
            return block
        return replace(block, context=tuple(dict.fromkeys((*block.context, *found))))
