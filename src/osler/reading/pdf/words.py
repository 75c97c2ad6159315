"""The words of a PDF page with where and how they stand, grouped into lines.

pdf-oxide gives words with box, size and weight; PDFium is asked for the baseline of small
characters, for pdf-oxide does not say whether one is raised ("50¹ mg", "1.73 m²", "10⁹") or
lowered ("B₁₂"). A raised note marker that stuck to a dose would change it.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import groupby, pairwise
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from osler.reading.pdf.hidden import Sight, seen_letters
from osler.reading.suspicions.beside import STRUCK
from osler.reading.suspicions.concealed import HIDDEN
from osler.reading.suspicions.normalise import superscript

_SMALL = 0.85  # of its neighbours' size: what a raised or lowered character is drawn in
_RAISED = 0.12  # of the size, above the baseline
# Codes without a glyph in WinAnsiEncoding are bullets (ISO 32000-1, Annex D.2, note 3).
_BULLETS = dict.fromkeys((0x7F, 0x81, 0x8D, 0x8F, 0x90, 0x9D), "•")
_WIDE_GAP = 0.9  # of the size: more than any space within a line, less than between columns


@dataclass(slots=True)
class Word:
    """A word; `raw` is what the extractor read, `text` has raised characters made out."""

    x0: float
    x1: float
    y: float  # baseline, from the bottom of the page
    size: float
    bold: bool
    text: str
    raw: str
    notes: tuple[str, ...] = ()


@dataclass(slots=True)
class Line:
    """Words on one baseline with no wide gap between them: a line of a column, or a cell."""

    x0: float
    x1: float
    y: float
    size: float
    bold: bool
    text: str
    raw: str
    words: int
    notes: tuple[str, ...] = ()
    doubts: list[tuple[str, str]] = field(default_factory=list)  # (number, what was read)

    @property
    def width(self) -> float:
        """In points."""
        return self.x1 - self.x0


Row = list[Line]  # what stands on one baseline, from left to right


class PageReader:
    """One page through both extractors. PDFium is not thread-safe: one reader at a time."""

    def __init__(self, page: pdfium.PdfPage, oxide: Any, index: int) -> None:
        self._oxide = oxide
        self._index = index
        self._page = page
        self._text_page = page.get_textpage()
        self.unseen: dict[str, str] = {}  # words that `rows` left out, by the reason
        self.layered = False  # whether words come from a text layer over a picture
        self.outside: list[str] = []  # texts outside the page or in minute type
        self.width, self.height = page.get_size()

    def close(self) -> None:
        """Give PDFium's memory back."""
        self._text_page.close()

    def second_text(self) -> str:
        """The whole page as PDFium reads it."""
        return str(self._text_page.get_text_range())

    def second_text_at(self, line: Line) -> str:
        """What PDFium reads where `line` stands."""
        below, above = line.y - 0.3 * line.size, line.y + 0.95 * line.size
        return str(self._text_page.get_text_bounded(line.x0 - 1, below, line.x1 + 1, above))

    def rows(self) -> list[Row]:
        """The lines of the page from top to bottom; those on one baseline together."""
        sight = Sight(self._page, self._text_page)
        self.outside = sight.outside
        seen: list[Word] = []
        left_out: dict[str, list[str]] = {}
        for word in upright(self._oxide.extract_words(self._index)):
            for part in self._parts(word):
                box = (part.x0, part.y, part.x1, part.y + 0.7 * part.size)
                if sight.hides(box, part.size):
                    left_out.setdefault(HIDDEN, []).append(part.text)
                elif sight.strikes(part.x0, part.x1, part.y, part.size):
                    left_out.setdefault(STRUCK, []).append(part.text)
                elif part.raw == word.text and sight.touches(box):
                    kept, text = self._seen_of(word, part, sight)
                    seen += kept
                    left_out.setdefault(HIDDEN, []).extend(text)
                else:
                    seen.append(part)
        self.layered = sight.layered
        self.unseen = {reason: " ".join(texts) for reason, texts in left_out.items() if texts}
        return [_lines(row) for row in _baselines(seen)]

    def _seen_of(self, word: Any, whole: Word, sight: Sight) -> tuple[list[Word], list[str]]:
        """A word without its letters that are not seen, and what is to be told of those."""
        seen, unseen = seen_letters(word.chars, sight)
        if not unseen or not seen:
            return [whole], []
        kept = _plain(word, seen)
        return [kept], [f"{''.join(each.char for each in unseen)}, hidden in {kept.text}"]

    def _parts(self, word: Any) -> list[Word]:
        """The word; two where a number in the margin, drawn next, was taken for its end."""
        text = word.text
        if len(text) > 2 and text[-1].isdigit() and not text[0].isdigit():
            chars = word.chars
            for i, (a, b) in enumerate(pairwise(chars), 1):
                if b.bbox[0] < chars[0].bbox[0] - a.font_size:
                    return [_plain(word, chars[:i]), _plain(word, chars[i:])]
        return [self._word(word)]

    def _word(self, word: Any) -> Word:
        x, y, width, height = word.bbox
        size, raw = float(height or word.font_size), str(word.text)
        if not raw.isprintable():
            raw = raw.translate(_BULLETS)
        text: str = raw
        notes: tuple[str, ...] = ()
        if word.font_size < size - 0.1 and len(raw) > 1:
            text, notes = self._made_out(word, y, size)
        return Word(x, x + width, y, size, bool(word.is_bold), text, raw, notes)

    def _made_out(self, word: Any, y: float, size: float) -> tuple[str, tuple[str, ...]]:
        """The text of a word drawn in more than one size, and the notes it refers to."""
        text = ""
        notes: list[str] = []
        for small, run in groupby(word.chars, key=lambda c: c.font_size < _SMALL * size):
            chars = list(run)
            inside = "".join(c.char for c in chars)
            if small and self._baseline(chars[0]) - y > _RAISED * size:
                inside, found = superscript(text, inside)
                notes += found
            text += inside
        return text, tuple(notes)

    def _baseline(self, char: Any) -> float:
        x, y, width, height = char.bbox
        page = self._text_page
        index = pdfium_c.FPDFText_GetCharIndexAtPos(
            page, x + width / 2, y + height / 2, width / 2, height
        )
        origin_x, origin_y = ctypes.c_double(), ctypes.c_double()
        if index < 0 or not pdfium_c.FPDFText_GetCharOrigin(page, index, origin_x, origin_y):
            return float(y)
        return float(origin_y.value)


def _plain(word: Any, chars: Sequence[Any]) -> Word:
    """Some of a word's characters as a word of their own."""
    text = "".join(char.char for char in chars)
    x1 = chars[-1].bbox[0] + chars[-1].bbox[2]
    size = float(word.bbox[3])
    return Word(chars[0].bbox[0], x1, word.bbox[1], size, bool(word.is_bold), text, text)


def upright(words: Sequence[Any]) -> list[Any]:
    """The words of the page's main direction: without a watermark or a title on its side."""
    kept = [word for word in words if abs(word.rotation_degrees) < 1 and word.text.strip()]
    return kept if len(kept) * 2 >= len(words) else [w for w in words if w.text.strip()]


def _baselines(words: Iterable[Word]) -> list[list[Word]]:
    """Words grouped by baseline; a small one a little above or below joins its line."""
    rows: list[list[Word]] = []
    for word in sorted(words, key=lambda w: (-w.y, w.x0)):
        if rows:
            first = rows[-1][0]
            reach = 0.25 * min(first.size, word.size)
            if min(first.size, word.size) < _SMALL * max(first.size, word.size):
                reach = 0.45 * max(first.size, word.size)
            if first.y - word.y <= reach:
                rows[-1].append(word)
                continue
        rows.append([word])
    return [sorted(row, key=lambda w: w.x0) for row in rows]


def _lines(words: list[Word]) -> Row:
    parts = [[words[0]]]
    for word in words[1:]:
        last = parts[-1][-1]
        if word.x0 - last.x1 > _WIDE_GAP * max(word.size, last.size):
            parts.append([word])
        else:
            parts[-1].append(word)
    return [line_of(part) for part in parts]


def line_of(words: Sequence[Word]) -> Line:
    """One line of the words, in the size and weight of most of their characters."""
    main = max(words, key=lambda w: (w.size, len(w.text)))
    bold = sum(len(w.text) for w in words if w.bold)
    text = ""
    notes: list[str] = []
    for before, word in zip([None, *words], words, strict=False):
        close = before is not None and word.x0 - before.x1 < 0.12 * main.size
        inside = word.text
        if close and _is_raised(word, main):
            inside, found = superscript(text, inside)
            notes += found
        elif before is not None and not close:
            inside = f" {inside}"
        text += inside
        notes += word.notes
    return Line(
        x0=words[0].x0,
        x1=max(w.x1 for w in words),
        y=main.y,
        size=main.size,
        bold=2 * bold > sum(len(w.text) for w in words),
        text=text,
        raw=" ".join(w.raw for w in words),
        words=len(words),
        notes=tuple(notes),
    )


def _is_raised(word: Word, main: Word) -> bool:
    return word.size < _SMALL * main.size and word.y - main.y > _RAISED * main.size
