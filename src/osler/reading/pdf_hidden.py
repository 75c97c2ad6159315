"""Words of a PDF page that are not drawn so that an eye sees them.

A word is suspected where it is drawn in no ink (text rendering mode 3), in next to white or
transparent ink, outside the page's visible part, or too small to read. What is suspected for its
ink is looked for in a picture of the page: where a scan shows through its invisible text layer, or
a dark field lies behind white letters, something is seen there; where all is one colour,
nothing is. What lies beneath another picture or field is not found out.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

if TYPE_CHECKING:
    from osler.reading.pdf_words import Word

Box = tuple[float, float, float, float]  # left, bottom, right, top, in points

_SMALLEST = 1.5  # points
_NEAR_WHITE = 232  # of 255, in every channel
_FAINTEST = 25  # of 255: opacity
_CONTRAST = 24  # of 255: grey levels within a word that an eye can tell apart
_SCALE = 2.0  # pixels a point: thin strokes still leave a mark
_NO_INK = (pdfium_c.FPDF_TEXTRENDERMODE_INVISIBLE, pdfium_c.FPDF_TEXTRENDERMODE_CLIP)


def parted(words: Sequence[Word], page: pdfium.PdfPage) -> tuple[list[Word], list[Word]]:
    """The words that are seen, and those that are not, each in the order given."""
    visible: Box = page.get_cropbox()
    boxes = list(_suspected(page))
    picture = _Picture(page) if boxes else None
    seen: list[Word] = []
    unseen: list[Word] = []
    for word in words:
        box = (word.x0, word.y, word.x1, word.y + 0.7 * word.size)
        hidden = word.size <= _SMALLEST or not _overlap(box, visible)
        if not hidden and picture is not None and any(_within(box, each) for each in boxes):
            hidden = not picture.shows(box)
        (unseen if hidden else seen).append(word)
    return seen, unseen


def _suspected(page: pdfium.PdfPage) -> Iterator[Box]:
    """Where text stands that may leave no mark, forms included."""
    for index in range(pdfium_c.FPDFPage_CountObjects(page)):
        yield from _suspected_in(pdfium_c.FPDFPage_GetObject(page, index), 3)


def _suspected_in(found: Any, levels: int) -> Iterator[Box]:
    kind = pdfium_c.FPDFPageObj_GetType(found)
    if kind == pdfium_c.FPDF_PAGEOBJ_TEXT and _leaves_no_mark(found):
        yield _bounds(found)
    elif kind == pdfium_c.FPDF_PAGEOBJ_FORM and levels:
        inner = (
            pdfium_c.FPDFFormObj_GetObject(found, index)
            for index in range(pdfium_c.FPDFFormObj_CountObjects(found))
        )
        if any(True for each in inner for _ in _suspected_in(each, levels - 1)):
            yield _bounds(found)  # its inner places are the form's own; the picture decides


def _leaves_no_mark(text: Any) -> bool:
    if pdfium_c.FPDFTextObj_GetTextRenderMode(text) in _NO_INK:
        return True
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    if not pdfium_c.FPDFPageObj_GetFillColor(text, red, green, blue, alpha):
        return False
    return alpha.value <= _FAINTEST or min(red.value, green.value, blue.value) >= _NEAR_WHITE


def _bounds(found: Any) -> Box:
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    pdfium_c.FPDFPageObj_GetBounds(found, left, bottom, right, top)
    return left.value, bottom.value, right.value, top.value


def _overlap(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


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
