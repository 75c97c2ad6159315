"""Plain text: headings, bullets, lead-ins and wrapped lines, as people type them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from osler.domain import Document
from osler.domain.errors import MalformedDocument
from osler.reading.builder import DocumentBuilder
from osler.reading.chatter import is_chatter
from osler.reading.encoding import decode
from osler.reading.outline import Outline, is_of_patients, opens_with_patients
from osler.reading.raw import RawFile
from osler.reading.subscripts import with_subscripts
from osler.reading.tables import Table, write_table
from osler.reading.text_bullets import with_bullets_in_front
from osler.reading.text_headings import (
    LABEL,
    OPEN_END,
    SECTION_WORDS,
    Line,
    heading_level,
    heads,
    is_capitals,
    is_named_heading,
)
from osler.reading.text_notes import mark_notes
from osler.reading.text_pages import without_page_marks
from osler.reading.text_tables import split_tables

_BULLETS = (
    "•●▪■◼□▫◦○◘‣⁃►▶▸➢➤➔→❖✓✔✦·∙‧・⚫⇒⇨➜➡⮚»◆◇★☆✗✘☐☑❑◻\uf0b7\uf0a7\uf0d8\uf0fc\uf0a8\uf076\uf071"
)
# Which of them is typed, or read from print, is chance.
_ONE_GLYPH = {**dict.fromkeys("・●·∙‧", "•"), "◼": "■", "◘": "○"}
_BULLET = re.compile(rf"(\s*)(?:([{_BULLETS}])\s*|([-–—*+o])(?:\s+|$))(.*)", re.S)
_ROUND = "•●▪■・"  # that stand for nothing else, between two names as "·" does
_BEFORE_BULLET = re.compile(rf"(?<=\S)\s+(?=[{_ROUND}]\s*\S)")
_FULL = 45  # characters: a line that may go on in the next
_BULLET_AFTER = re.compile(rf"(\S.*\S)\s+([{_BULLETS}])")
_NUMBERED = re.compile(
    r"(\s*)((?![A-Z]\.\s+[a-z])\(?(?:\d{1,2}|[a-zA-Z]|[ivx]{1,4})[.)])\s+(.*)", re.S
)
_UNDERLINE = re.compile(r"(=|-|_|~|\*){3,}\s*")
_MARKDOWN_HEADING = re.compile(r"#{1,6}\s+(\S.*)|\*{1,2}([A-Z][^*]{2,60}?)\*{1,2}")
_BROKEN = re.compile(r"(?<![\w-])([^\W\d_]{2,})-$")
_LOWER = re.compile(r"[a-z]{2,}")
_CONNECTOR = re.compile(r"(?:or|and|plus|then|and/or|followed by|either)[:.,]?", re.I)


def read_text(raw: RawFile) -> Document:
    """A plain text file.

    Raises `MalformedDocument` for binary data and for a file without words.
    """
    text, guessed = decode(raw)
    builder = DocumentBuilder()
    write_text(builder, text)
    if builder.empty and not builder.headed:
        raise MalformedDocument(f"cannot read {raw.path}: it holds no text")
    extra = {"encoding": guessed} if guessed else {}
    return builder.build(raw, "text", extra=extra)


def write_text(builder: DocumentBuilder, text: str, *, title: bool = True, level: int = 1) -> None:
    """Write running text with its headings and lists; headings start at `level`.

    With `title`, a short first line is the heading of the whole.
    """
    for piece in split_tables(text):
        if isinstance(piece, Table):
            write_table(builder, piece)
        else:
            _write_lines(builder, list(logical_lines(piece)), title=title, level=level)
        title = False


def _write_lines(builder: DocumentBuilder, lines: list[Line], *, title: bool, level: int) -> None:
    mark_notes(lines)
    outline = Outline(builder)
    label = 0  # the level of the heading that the line before was, where that only names
    for position, line in enumerate(lines):
        following = lines[position + 1] if position + 1 < len(lines) else None
        after = (each.text for each in lines[position + 1 : position + 5] if not _joins(each))
        notes = line.refers_to
        if line.note:
            builder.footnote(line.text, line.note)
            outline.close()
        elif line.mark:
            ahead = next(after, ""), next(after, "")
            outline.item(line.text, line.mark, line.indent, *ahead, notes=notes)
        elif outline.open and is_of_patients(line.text):
            outline.unmarked(line.text, next(after, ""), next(after, ""), notes=notes)
        elif _joins(line) and outline.open:
            outline.connector(line.text)
        elif depth := heading_level(line, following, first=title and position == 0):
            builder.heading(line.text, level + depth - 1, notes=notes)
            outline.close()
        elif heads(lines, position):
            label = max(label + 1, LABEL)
            builder.heading(line.text, level + label - 1)
            outline.close()
            continue
        else:
            builder.paragraph(line.text, notes=notes)
            outline.close()
        label = 0


def _joins(line: Line) -> bool:
    """Whether a line only joins two others: "Or:"."""
    return not line.mark and _CONNECTOR.fullmatch(line.text) is not None


def logical_lines(text: str) -> Iterator[Line]:
    """Join what was wrapped, part what was not, and take the marks off."""
    current: Line | None = None
    width = _wrap_width(text)
    after_blank = True
    physical_lines = without_page_marks(with_subscripts(text.expandtabs(4).splitlines()))
    physical_lines = with_bullets_in_front(physical_lines)
    physical_lines = [part for line in physical_lines for part in _parted(line)]
    for number, physical in enumerate(physical_lines):
        stripped = physical.strip()
        if not stripped or is_chatter(stripped):
            after_blank = after_blank or not stripped
            continue
        if current and _UNDERLINE.fullmatch(stripped) and not after_blank and not current.mark:
            current.heading = 1 if stripped[0] == "=" else 2
            yield current
            current, after_blank = None, True
            continue
        if _UNDERLINE.fullmatch(stripped):
            after_blank = True
            continue
        line = _marked(physical, current)
        line.after_blank = after_blank
        line.widths.append(len(physical.rstrip()))
        bare = current is not None and current.mark and not current.text
        if current is not None and (
            bare
            or (
                not after_blank
                and not line.mark
                and _continues(current, line.text, width)
                and not _opens_list(current.text, line.text, physical_lines, number + 1)
            )
        ):
            current.text = _joined(current.text, line.text, text)
            current.widths.append(len(physical.rstrip()))
        else:
            if current is not None and current.text:
                yield current
            current = line
        after_blank = False
    if current is not None and current.text:
        yield current


def _parted(line: str) -> list[str]:
    """A line with bullets inside as one line a bullet: "Drug Treatment • Drugone • Drugtwo"."""
    if not any(bullet in line for bullet in _ROUND):
        return [line]
    parts = [part for part in _BEFORE_BULLET.split(line) if part.strip()]
    first = parts[0].strip()
    if len(parts) > 1 and (first[0] in _ROUND or (len(first) < _FULL and first[-1] not in ".,;")):
        return parts
    return [line]


def _joined(before: str, after: str, whole: str) -> str:
    """Two lines as one; a word broken between them is made whole.

    Its hyphen goes where the `whole` text has the word without one elsewhere.
    """
    broken = _BROKEN.search(before, max(len(before) - 40, 0)) if before.endswith("-") else None
    rest = _LOWER.match(after)
    if broken is None or rest is None:
        return f"{before} {after}".strip()
    unbroken = re.search(rf"\b{broken[1]}{rest[0]}\b", whole, re.I)
    return f"{before[:-1] if unbroken else before}{after}"


def typed_item(line: str) -> str | None:
    """The words of a line that opens with a typed bullet or number; None for other lines."""
    found = _BULLET.fullmatch(line)
    if found:
        return found[4].strip()
    return found[3] if (found := _NUMBERED.fullmatch(line)) else None


def _marked(physical: str, before: Line | None) -> Line:
    indent = len(physical) - len(physical.lstrip())
    found = _BULLET.fullmatch(physical.rstrip())
    if found:
        mark, rest = found[2] or found[3], found[4].strip()
        # "usual dose 25" / "- 30 mg": a wrapped range, not an item
        wrapped_range = (
            mark in "-–—"
            and rest[:1].isdigit()
            and before is not None
            and before.text[-1:].isdigit()
            and before.widths[-1] > _FULL
        )
        if not wrapped_range:
            return Line(rest, indent, _ONE_GLYPH.get(mark, mark))
    found = _NUMBERED.fullmatch(physical.rstrip())
    if found and not (
        before
        and not before.mark
        and before.text[-1:].islower()
        and before.widths[-1] > _FULL
        and not before.after_blank
    ):
        return Line(found[3].strip(), indent, found[2])
    text = physical.strip()
    if text[-1] in _BULLETS and (found := _BULLET_AFTER.fullmatch(text)):
        return Line(found[1], indent, _ONE_GLYPH.get(found[2], found[2]))
    if found := _MARKDOWN_HEADING.fullmatch(text):
        return Line(found[1] or found[2], indent, heading=4)
    return Line(text, indent)


def _continues(before: Line, text: str, width: int) -> bool:
    """Whether an unmarked line goes on with the logical line before it."""
    if before.heading or is_capitals(text) or (not before.mark and is_capitals(before.text)):
        return False
    if OPEN_END.search(before.text[-12:]) or text[0].islower():
        return True
    if is_of_patients(text):
        return False
    if text[0].isupper() and len(text) <= 90 and SECTION_WORDS.match(text):
        return False
    if before.text.endswith(":") or is_named_heading(before.text):
        return False
    last = before.widths[-1]
    if not text[0].isupper():
        return len(before.text) > 40 or text[0] in ")]%/"
    if before.text.endswith((".", "!", "?")):
        if text.endswith(":") and text.count(" ") < 3:
            return False  # a label, though the line before is full
        return last >= 0.75 * width
    first_word = text.split(None, 1)[0]
    return last >= 0.8 * width and last + 1 + len(first_word) > 0.95 * width


def _opens_list(before: str, text: str, lines: Sequence[str], at: int) -> bool:
    """Whether a line that may go on with a full one stands by itself and opens what follows.

    "Or:" does, and so do a label in capitals and a few words ("Methotrexate") before a list
    of patients or doses; `at` is the place of the line after `text`.
    """
    if not text[0].isupper() or OPEN_END.search(before[-12:]):
        return False
    if _CONNECTOR.fullmatch(text):
        return True
    if text.count(" ") > 5 or text[-1] in ".,;)" or at >= len(lines):
        return False
    item = typed_item(lines[at].strip())
    if item is None:
        return False
    return text.endswith(":") or opens_with_patients(item)


def _wrap_width(text: str) -> int:
    """The column at which the text is wrapped: nearly the longest of the common lines."""
    lengths = sorted(len(line.rstrip()) for line in text.splitlines() if 30 < len(line) <= 130)
    return lengths[int(len(lengths) * 0.9)] if lengths else 80
