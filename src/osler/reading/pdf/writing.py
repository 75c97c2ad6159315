"""Write the blocks of a PDF through the builder: words rejoined, doubts marked."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from osler.domain import Span
from osler.reading.blocks.builder import DocumentBuilder
from osler.reading.pdf.agreement import REASON, states_dose
from osler.reading.pdf.blocks import MARK, Draft, note_marker
from osler.reading.pdf.tables import Table
from osler.reading.pdf.words import Line, Row
from osler.reading.suspicions.normalise import normalise

LAYERED = "text laid over a picture of the page, which it was not compared with"
_BROKEN_WORD = re.compile(r"(\w+)[-‐\u00ad]$")
_CONTENTS = re.compile(r"\s*(?:table of )?contents\s*", re.I)
_WORD = re.compile(r"[A-Za-z]+(?:-[A-Za-z]+)*")


@dataclass(frozen=True, slots=True)
class Unseen:
    """What a page holds that its reader does not see."""

    words: Mapping[str, str]  # left out, by the reason
    beside: Sequence[str]  # what stands on no page
    layered: bool  # whether what was read is a layer of text over a picture


class Writer:
    """Writes drafts in order; knows the document's words, and the table that may go on."""

    def __init__(
        self, builder: DocumentBuilder, pages: Sequence[list[Row]], unseen: Mapping[int, Unseen]
    ) -> None:
        self._builder = builder
        self._unseen = dict(unseen)  # by page
        self._layered: list[int] = []
        self._known = Counter(
            word.lower()
            for rows in pages
            for row in rows
            for line in row
            for word in _WORD.findall(line.text)
        )
        self._contents: Draft | None = None  # the heading of the table of contents
        self._header: list[str] = []
        self._header_spans: tuple[Span | None, ...] = ()

    def write(self, drafts: Iterable[Draft]) -> None:
        """Write all drafts."""
        for draft in drafts:
            self._turn_to(draft.page)
            if draft.table is not None:
                self._table(draft.table, draft.page)
                continue
            if draft.kind != "footnote":
                self._header, self._header_spans = [], ()
            self._block(draft)
        for page in list(self._unseen):
            self._turn_to(page)
        if self._layered:
            pages = ", ".join(map(str, self._layered[:10])) + ", …" * (len(self._layered) > 10)
            self._builder.page(self._layered[0])
            self._builder.tell(f"pages {pages}", LAYERED)

    def _turn_to(self, page: int) -> None:
        self._builder.page(page)
        if page in self._unseen:
            unseen = self._unseen.pop(page)
            for reason, text in unseen.words.items():
                self._builder.left_out(text, reason)
            if unseen.layered:
                self._layered.append(page)
            for text in unseen.beside:
                self._builder.beside(text, "a note, or outside the page")

    def _block(self, draft: Draft) -> None:
        text = self._joined(draft.lines)
        notes = [f"{draft.page}:{note}" for line in draft.lines for note in line.notes]
        if draft.kind == "heading":
            if self._contents is not None and draft.page > self._contents.page:
                self._builder.leave(self._contents.depth)  # it heads nothing but its own list
                self._contents = None
            if _CONTENTS.fullmatch(text):
                self._contents = draft
            span = self._builder.heading(text, draft.depth, notes=notes)
        elif draft.kind == "item":
            text = text[match.end() :] if (match := MARK.match(text)) else text
            span = self._builder.item(text, draft.depth, mark=draft.mark, notes=notes)
        elif draft.kind == "footnote":
            marker, text = note_marker(text)
            span = self._builder.footnote(text, f"{draft.page}:{marker}" if marker else "")
        else:
            span = self._builder.paragraph(text, notes=notes)
        if span is not None:
            self._suspect(span, normalise(text), draft.lines)

    def _table(self, table: Table, page: int) -> None:
        rows = [[self._joined(cell) for cell in row] for row in table.rows]
        goes_on = len(self._header) == len(rows[0]) > 0
        if goes_on:
            self._builder.resume_table()
        else:
            self._builder.begin_table()
            self._header, self._header_spans = [], (None,) * len(rows[0])
        spanning: list[Span] = []
        for index, (cells, texts) in enumerate(zip(table.rows, rows, strict=True)):
            lines = [line for cell in cells for line in cell]
            notes = [f"{page}:{note}" for line in lines for note in line.notes]
            if index == 0 and goes_on and texts == self._header:
                continue  # the header, printed again on the next page
            is_header = index == 0 and not goes_on and not any(map(states_dose, texts))
            if sum(map(bool, texts)) == 1 and texts[0] and not is_header:
                span = self._builder.caption(texts[0], notes=notes)
                if span is not None:
                    spanning = [span]
                    self._suspect(span, normalise(texts[0]), lines)
                continue
            header = None if is_header else self._header_spans
            spans = self._builder.row(texts, header, context=spanning, notes=notes)
            for span, text, cell in zip(spans, texts, cells, strict=bool(spans)):
                self._suspect(span, normalise(text), cell)
            if is_header and spans:
                self._header = texts
                self._header_spans = tuple(s if s.end > s.start else None for s in spans)
        self._builder.end_table()

    def _suspect(self, span: Span, text: str, lines: Iterable[Line]) -> None:
        """Mark each number in doubt wherever it stands in the block; all of it if nowhere."""
        for number, detail in (doubt for line in lines for doubt in line.doubts):
            pattern = rf"(?<![\d.,]){re.escape(number)}(?!\d)"
            found = [
                Span(span.start + m.start(), span.start + m.end())
                for m in re.finditer(pattern, text)
            ]
            for place in found or [span]:
                self._builder.suspect(place, REASON, detail)

    def _joined(self, lines: Sequence[Line]) -> str:
        """The lines as one text, with words that a line's end broke made whole."""
        text = ""
        for line in lines:
            text = self._with(text, line.text) if text else line.text
        return text

    def _with(self, text: str, more: str) -> str:
        broken = _BROKEN_WORD.search(text)
        if not broken:
            return f"{text} {more}"
        if text[-1] == "\u00ad":
            return text[:-1] + more
        first, rest = broken.group(1), re.match(r"\w+", more)
        if not rest or not first[-1:].isalpha() or not more[:1].islower():
            return text + more
        whole, hyphened = (f"{first}{sign}{rest.group()}".lower() for sign in ("", "-"))
        if self._known[hyphened] > self._known[whole]:
            return text + more
        return text[:-1] + more
