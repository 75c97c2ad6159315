"""Which things drawn on a PDF page may be text that no eye sees. They are suspicions only.

Text is suspected where it is drawn in no ink (text rendering mode 3), in next to white or
transparent ink, in the colour of a field behind it, beneath a field or picture that is drawn
later, or outside what it is clipped to. Text that a program is told to read in place of what is
drawn (ActualText) is suspected where it holds digits. What stands outside the page or in minute
type is told with its words, for not every extractor gives them.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from osler.reading.markup.colours import is_near

Box = tuple[float, float, float, float]  # left, bottom, right, top, in points

SMALLEST = 1.5  # points
_NEAR_WHITE = 232  # of 255, in every channel
_FAINTEST = 25  # of 255: opacity
_FIELD = 4.0  # points: what is lower is a line
_LINE = 3.0  # points, with the half widths that PDFium adds: what is higher is a field
_NO_INK = (pdfium_c.FPDF_TEXTRENDERMODE_INVISIBLE, pdfium_c.FPDF_TEXTRENDERMODE_CLIP)
_LONGEST = 2000  # characters of a text that is told


@dataclass(slots=True)
class Drawn:
    """What of a page's drawing matters to whether its words are seen."""

    suspected: list[Box] = field(default_factory=list)  # text that may leave no mark
    inkless: list[Box] = field(default_factory=list)  # those of them that are drawn in no ink
    replaced: list[Box] = field(default_factory=list)  # text that is read as another
    lines: list[Box] = field(default_factory=list)  # level ones, that may strike text out
    outside: list[str] = field(default_factory=list)  # texts outside the page, or minute


def drawn_on(page: pdfium.PdfPage, text_page: Any) -> Drawn:
    """Go through the page's objects once, in the order in which they are drawn."""
    found = Drawn()
    texts: list[Box] = []
    fields: list[tuple[Box, tuple[int, int, int]]] = []
    visible: Box = page.get_cropbox()
    for index in range(pdfium_c.FPDFPage_CountObjects(page)):
        each = pdfium_c.FPDFPage_GetObject(page, index)
        kind = pdfium_c.FPDFPageObj_GetType(each)
        if kind == pdfium_c.FPDF_PAGEOBJ_TEXT:
            box = bounds(each)
            texts.append(box)
            colour = _colour(each)
            drowned = any(overlap(box, on) and is_near(colour[:3], under) for on, under in fields)
            if drowned or _leaves_no_mark(each, colour) or _is_clipped(each, box):
                found.suspected.append(box)
            if pdfium_c.FPDFTextObj_GetTextRenderMode(each) in _NO_INK:
                found.inkless.append(box)
            if _is_replaced(each):
                found.replaced.append(box)
            if box[3] - box[1] <= SMALLEST or not overlap(box, visible):
                found.outside.append(_text(each, text_page))
        elif kind == pdfium_c.FPDF_PAGEOBJ_FORM:
            if any(True for _ in _suspected_in(each, 3)):
                # its inner places are the form's own; the picture decides
                found.suspected.append(bounds(each))
        else:
            box = bounds(each)
            height = box[3] - box[1]
            if height >= _FIELD and (kind != pdfium_c.FPDF_PAGEOBJ_PATH or _is_filled(each)):
                found.suspected += [text for text in texts if overlap(text, box)]
                fields.append((box, _colour(each)[:3]))
            elif height <= _LINE and kind == pdfium_c.FPDF_PAGEOBJ_PATH:
                found.lines.append(box)
    return found


def notes_on(page: pdfium.PdfPage) -> Iterator[str]:
    """The words of the page's annotations, which are not drawn on it."""
    for index in range(pdfium_c.FPDFPage_GetAnnotCount(page)):
        note = pdfium_c.FPDFPage_GetAnnot(page, index)
        length = pdfium_c.FPDFAnnot_GetStringValue(note, b"Contents", None, 0)
        if length > 2:
            buffer = (ctypes.c_ushort * (length // 2))()
            pdfium_c.FPDFAnnot_GetStringValue(note, b"Contents", buffer, length)
            yield bytes(buffer).decode("utf-16-le", "ignore").rstrip("\0")
        pdfium_c.FPDFPage_CloseAnnot(note)


def bounds(drawn: Any) -> Box:
    """Where an object stands, in points."""
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    pdfium_c.FPDFPageObj_GetBounds(drawn, left, bottom, right, top)
    return left.value, bottom.value, right.value, top.value


def overlap(one: Box, other: Box) -> bool:
    """Whether two boxes share some of the page."""
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _suspected_in(drawn: Any, levels: int) -> Iterator[Any]:
    kind = pdfium_c.FPDFPageObj_GetType(drawn)
    if kind == pdfium_c.FPDF_PAGEOBJ_TEXT and _leaves_no_mark(drawn, _colour(drawn)):
        yield drawn
    elif kind == pdfium_c.FPDF_PAGEOBJ_FORM and levels:
        for index in range(pdfium_c.FPDFFormObj_CountObjects(drawn)):
            yield from _suspected_in(pdfium_c.FPDFFormObj_GetObject(drawn, index), levels - 1)


def _leaves_no_mark(text: Any, colour: tuple[int, int, int, int]) -> bool:
    return (
        pdfium_c.FPDFTextObj_GetTextRenderMode(text) in _NO_INK
        or colour[3] <= _FAINTEST
        or (colour[0] >= _NEAR_WHITE and min(colour[:3]) >= _NEAR_WHITE)
    )


def _colour(drawn: Any) -> tuple[int, int, int, int]:
    """Red, green, blue and opacity of an object's filling, from 0 to 255; black where unknown."""
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    if not pdfium_c.FPDFPageObj_GetFillColor(drawn, red, green, blue, alpha):
        return 0, 0, 0, 255
    return red.value, green.value, blue.value, alpha.value


def _is_filled(path: Any) -> bool:
    mode, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium_c.FPDFPath_GetDrawMode(path, mode, stroke)
    return bool(mode.value != pdfium_c.FPDF_FILLMODE_NONE)


def _is_clipped(text: Any, box: Box) -> bool:
    """Whether a text stands outside one of the paths that it is clipped to."""
    clip = pdfium_c.FPDFPageObj_GetClipPath(text)
    for index in range(max(pdfium_c.FPDFClipPath_CountPaths(clip), 0)):
        points = []
        for at in range(pdfium_c.FPDFClipPath_CountPathSegments(clip, index)):
            segment = pdfium_c.FPDFClipPath_GetPathSegment(clip, index, at)
            x, y = ctypes.c_float(), ctypes.c_float()
            pdfium_c.FPDFPathSegment_GetPoint(segment, x, y)
            points.append((x.value, y.value))
        if points:
            across, up = [x for x, _ in points], [y for _, y in points]
            if not overlap(box, (min(across), min(up), max(across), max(up))):
                return True
    return False


def _is_replaced(text: Any) -> bool:
    """Whether other words with digits are to be read in place of a text (ActualText)."""
    for index in range(pdfium_c.FPDFPageObj_CountMarks(text)):
        mark = pdfium_c.FPDFPageObj_GetMark(text, index)
        length = ctypes.c_ulong()
        pdfium_c.FPDFPageObjMark_GetParamStringValue(mark, b"ActualText", None, 0, length)
        if length.value > 2:
            buffer = (ctypes.c_ushort * (length.value // 2))()
            pdfium_c.FPDFPageObjMark_GetParamStringValue(
                mark, b"ActualText", buffer, length.value, length
            )
            said = bytes(buffer).decode("utf-16-le", "ignore")
            if any(each.isdigit() for each in said):
                return True
    return False


def _text(drawn: Any, text_page: Any) -> str:
    length = pdfium_c.FPDFTextObj_GetText(drawn, text_page, None, 0)
    if not 2 < length <= 2 * _LONGEST:
        return ""
    buffer = (ctypes.c_ushort * (length // 2))()
    pdfium_c.FPDFTextObj_GetText(drawn, text_page, buffer, length)
    return bytes(buffer).decode("utf-16-le", "ignore").rstrip("\0")
