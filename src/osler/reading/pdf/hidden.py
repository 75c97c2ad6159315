"""Words of a PDF page that are not drawn so that an eye sees them, or are struck out.

What is suspected (`osler.reading.pdf.objects`) is looked for in a picture of the page: where a
scan shows through its invisible text layer, or a dark field lies behind white letters, something
is seen there; where all is one colour, nothing is. Whether what is seen there is the same words
cannot be told without reading the picture.
"""

from __future__ import annotations

import ctypes
from collections.abc import Sequence
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from osler.reading.pdf.objects import SMALLEST, Box, drawn_on, overlap

_CONTRAST = 24  # of 255: grey levels within a word that an eye can tell apart
_SCALE = 2.0  # pixels a point: thin strokes still leave a mark
_THROUGH = (0.12, 0.45)  # of the size above the baseline: where a line strikes a word out
_MOST = 0.8  # of a word's width, that such a line must cover


class Sight:
    """What is seen of a page."""

    def __init__(self, page: pdfium.PdfPage, text_page: Any) -> None:
        self._page = page
        self._visible: Box = page.get_cropbox()
        self._drawn = drawn_on(page, text_page)
        self._drawn_picture: _Picture | None = None
        self.layered = False  # whether words were taken from a text layer over a picture
        self.outside = [text for text in self._drawn.outside if text.strip()]

    def hides(self, box: Box, size: float) -> bool:
        """Whether letters of `size` in a box, in points, are not seen."""
        if size <= SMALLEST or not overlap(box, self._visible):
            return True
        if any(_within(box, each) for each in self._drawn.replaced):
            return True
        if not any(_within(box, each) for each in self._drawn.suspected):
            return False
        shown = self._picture.shows(box)
        self.layered |= shown and any(_within(box, each) for each in self._drawn.inkless)
        return not shown

    def touches(self, box: Box) -> bool:
        """Whether some, but not all of a box may be hidden."""
        return any(
            overlap(box, each) and (each[0] > box[0] + 1 or each[2] < box[2] - 1)
            for each in (*self._drawn.suspected, *self._drawn.replaced)
        )

    def strikes(self, x0: float, x1: float, baseline: float, size: float) -> bool:
        """Whether a line is drawn through a word."""
        low, high = (baseline + part * size for part in _THROUGH)
        return any(
            low <= (line[1] + line[3]) / 2 <= high
            and min(x1, line[2]) - max(x0, line[0]) >= _MOST * (x1 - x0)
            for line in self._drawn.lines
        )

    @property
    def _picture(self) -> _Picture:
        if self._drawn_picture is None:
            self._drawn_picture = _Picture(self._page)
        return self._drawn_picture


def letter_box(char: Any) -> Box:
    """Where a letter of pdf-oxide's stands."""
    x, y, width, height = char.bbox
    return x, y, x + width, y + 0.7 * height


def seen_letters(chars: Sequence[Any], sight: Sight) -> tuple[list[Any], list[Any]]:
    """The letters of a word that are seen, and those that are not."""
    seen: list[Any] = []
    unseen: list[Any] = []
    for char in chars:
        hidden = sight.hides(letter_box(char), float(char.font_size))
        (unseen if hidden else seen).append(char)
    return seen, unseen


def _within(box: Box, around: Box) -> bool:
    """Whether the middle of a box lies in another."""
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return around[0] - 1 <= x <= around[2] + 1 and around[1] - 1 <= y <= around[3] + 1


class _Picture:
    """The page as it is seen, in grey."""

    def __init__(self, page: pdfium.PdfPage) -> None:
        bitmap = page.render(scale=_SCALE, grayscale=True, may_draw_forms=False)
        self._pixels = bitmap.to_numpy().copy().reshape(bitmap.height, bitmap.width, -1)[:, :, 0]
        self._page = page
        bitmap.close()

    def shows(self, box: Box) -> bool:
        """Whether anything stands out where the box is."""
        height, width = self._pixels.shape
        x0, y0 = self._pixel(box[0], box[3], width, height)
        x1, y1 = self._pixel(box[2], box[1], width, height)
        left, right = max(min(x0, x1), 0), min(max(x0, x1) + 1, width)
        top, bottom = max(min(y0, y1), 0), min(max(y0, y1) + 1, height)
        there = self._pixels[top:bottom, left:right]
        return there.size > 0 and int(there.max()) - int(there.min()) > _CONTRAST

    def _pixel(self, x: float, y: float, width: int, height: int) -> tuple[int, int]:
        across, down = ctypes.c_int(), ctypes.c_int()
        pdfium_c.FPDF_PageToDevice(self._page, 0, 0, width, height, 0, x, y, across, down)
        return across.value, down.value
