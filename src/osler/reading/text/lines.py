"""The logical lines of plain text: wrapped lines joined, bullets and columns told apart."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from osler.reading.blocks.chatter import is_chatter
from osler.reading.blocks.outline import is_label, opens_with_patients, says_how_much
from osler.reading.blocks.subscripts import with_subscripts
from osler.reading.text.bullets import with_bullets_in_front, with_labels_above
from osler.reading.text.columns import Row, rows_of
from osler.reading.text.delimited import delimited_of
from osler.reading.text.frames import ENDS_BOX, OPENS_BOX, without_frames, words_in_rule
from osler.reading.text.grids import Grid, grids_of
from osler.reading.text.headings import LABEL, OPEN_END, Line
from osler.reading.text.newspaper import in_reading_order
from osler.reading.text.pages import without_page_marks
from osler.reading.text.records import Record, records_of
from osler.reading.text.wrapping import FULL, goes_on, joined, words_of, wrap_width

_BULLETS = (
    "•●▪■◼□▫◦○◘‣⁃►▶▸➢➤➔→❖✓✔✦·∙‧・⚫⇒⇨➜➡⮚»◆◇★☆✗✘☐☑❑◻\uf0b7\uf0a7\uf0d8\uf0fc\uf0a8\uf076\uf071"
)
# Which of them is typed, or read from print, is chance.
_ONE_GLYPH = {**dict.fromkeys("・●·∙‧", "•"), "◼": "■", "◘": "○", "☑": "☐", "☒": "☐"}
_BULLET = re.compile(rf"(\s*)(?:([{_BULLETS}])\s*|([-–—*+o])(?:\s+|$))(.*)", re.S)
_ROUND = "•●▪■・"  # that stand for nothing else, between two names as "·" does
_BEFORE_BULLET = re.compile(rf"(?<=\S)\s+(?=[{_ROUND}]\s*\S)")
_QUESTION = re.compile(r"(?:Q(?:uestion)?\s?\d{0,2}\s?[.:)]|>)\s*[A-Za-z].*\?", re.I)
_ANSWER = re.compile(r"(\s*)(A(?:nswer)?\s?\d{0,2}:)\s+(.*)")
_SECTION = re.compile(r"\[(?!\d)[\w ,/()-]{3,60}\]")
_MANNER = re.compile(  # of giving, which names no drug
    r"\b(?:inject\w+|infusions?|oral\w*|intra\w+|sub\w+|iv|im|sc|bolus|dos\w+|initial\w*|"
    r"loading|maintenance|slow\w*|or|then)\b",
    re.I,
)
_FEW = 4  # letters of a line, or lines of a text, that tell little
_BULLET_AFTER = re.compile(rf"(\S.*\S)\s+([{_BULLETS}])")
_NUMBERED = re.compile(
    r"(\s*)((?![A-Z]\.\s+[a-z])\(?(?:\d{1,2}|[a-zA-Z]|[ivx]{1,4})[.)])\s+(.*)", re.S
)
_UNDERLINE = re.compile(r"(=|-|_|~|\*){3,}\s*")
_MARKDOWN_HEADING = re.compile(r"#{1,6}\s+(\S.*)|\*{1,2}([A-Z][^*]{2,60}?)\*{1,2}")
CONNECTOR = re.compile(r"(?:or|and|plus|then|and/or|followed by|either)[:.,]?", re.I)


def logical_lines(text: str) -> Iterator[Line]:
    """Join what was wrapped, part what was not, and take the marks off."""
    lines = _prepared(text)
    words = words_of(text)
    width = wrap_width(lines)
    loud = _is_loud(lines)
    rows = rows_of(lines)
    grids = grids_of(rows)
    grids |= delimited_of(lines, rows)
    records = records_of(lines, rows)
    current: Line | None = None
    after_blank = True
    behind = 0  # the first line that no table or record has taken
    edges = ""  # of drawn boxes, since the last line
    for number, physical in enumerate(lines):
        stripped = physical.strip()
        edges += physical if physical in (OPENS_BOX, ENDS_BOX) else ""
        if number < behind:
            continue
        block = grids.get(number) or records.get(number)
        if block is not None:
            if current is not None and current.text:
                yield current
            for each in _lines_of(block, rows[number], after_blank=after_blank):
                yield _at_edges(each, edges)
                edges = ""
            current, after_blank, behind = None, True, block.stop
            continue
        if not stripped or is_chatter(stripped):
            after_blank = after_blank or not stripped
            continue
        if rows[number].rule or _UNDERLINE.fullmatch(stripped):
            if current and not after_blank and current.may_be_underlined:
                current.heading = 1 if stripped[0] == "=" else 2
                yield current
                current = None
            after_blank = True
            continue
        line = _marked(physical, rows[number], current)
        line.after_blank = after_blank
        line.loud = loud
        line.widths.append(len(physical.rstrip()))
        bare = current is not None and current.mark and not current.text
        if current is not None and (
            bare
            or (
                not after_blank
                and goes_on(current, line, width)
                and not _opens_list(current.text, line.text, lines, number + 1)
            )
        ):
            current.add(joined(current.last, line.text, words), len(physical.rstrip()))
        else:
            if current is not None and current.text:
                yield current
            current = _at_edges(line, edges)
        after_blank, edges = False, ""
    if current is not None and current.text:
        yield current


def _at_edges(line: Line, edges: str) -> Line:
    line.opens_box = edges.endswith(OPENS_BOX)
    line.behind_box = ENDS_BOX in edges
    return line


def _prepared(text: str) -> list[str]:
    """The lines of a text without what was drawn or printed around its words."""
    lines = without_page_marks(with_subscripts(without_frames(text.splitlines())))
    lines = in_reading_order(lines)
    lines = with_labels_above(with_bullets_in_front(lines))
    return [part for line in lines for part in _parted(line)]


def _is_loud(lines: Sequence[str]) -> bool:
    """Whether most of a text is in capitals, so that they show no headings."""
    worded = [line for line in lines if sum(map(str.isalpha, line)) > _FEW]
    return len(worded) > _FEW and 2 * sum(map(str.isupper, worded)) > len(worded)


def _lines_of(block: Grid | Record, first: Row, *, after_blank: bool) -> Iterator[Line]:
    words = " ".join(cell.text for cell in first.cells)
    if isinstance(block, Grid):
        yield Line(words, first.indent, after_blank=after_blank, table=block.table)
        return
    for record in block.rows:
        yield Line(words, first.indent, after_blank=after_blank, record=record)


def _parted(line: str) -> list[str]:
    """A line with bullets inside as one line a bullet: "Drug Treatment • Drugone • Drugtwo"."""
    if not any(bullet in line for bullet in _ROUND):
        return [line]
    parts = [part for part in _BEFORE_BULLET.split(line) if part.strip()]
    first = parts[0].strip()
    if len(parts) > 1 and (first[0] in _ROUND or (len(first) < FULL and first[-1] not in ".,;")):
        return parts
    return [line]


def typed_item(line: str) -> str | None:
    """The words of a line that opens with a typed bullet or number; None for other lines."""
    found = _BULLET.fullmatch(line)
    if found:
        return found[4].strip()
    return found[3] if (found := _NUMBERED.fullmatch(line)) else None


def _marked(physical: str, row: Row, before: Line | None) -> Line:
    """A line by itself: its mark, and what stands beside its words in a column of their own."""
    if words := words_in_rule(physical):
        return Line(words, heading=2)
    cells = row.cells
    if len(cells) == 1:
        return _without_mark(physical, before)
    line = _without_mark(" " * cells[0].start + cells[0].text, before)
    line.value = " ".join(cell.text for cell in cells[1:])
    line.column = cells[1].start
    return line


def _without_mark(physical: str, before: Line | None) -> Line:
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
            and before.widths[-1] > FULL
        )
        if not wrapped_range:
            return Line(rest, indent, _ONE_GLYPH.get(mark, mark))
    found = _NUMBERED.fullmatch(physical.rstrip()) or _ANSWER.fullmatch(physical.rstrip())
    if (
        found
        and not _QUESTION.fullmatch(physical.strip())
        and not (
            before
            and not before.mark
            and before.text[-1:].islower()
            and before.widths[-1] > FULL
            and not before.after_blank
        )
    ):
        return Line(found[3].strip(), indent, found[2])
    text = physical.strip()
    if text[-1] in _BULLETS and (found := _BULLET_AFTER.fullmatch(text)):
        return Line(found[1], indent, _ONE_GLYPH.get(found[2], found[2]))
    if _QUESTION.fullmatch(text) or _SECTION.fullmatch(text):
        return Line(text, indent, heading=LABEL)
    if found := _MARKDOWN_HEADING.fullmatch(text):
        return Line(found[1] or found[2], indent, heading=4)
    return Line(text, indent)


def _opens_list(before: str, text: str, lines: Sequence[str], at: int) -> bool:
    """Whether a line that may go on with a full one stands by itself and opens what follows.

    "Or:" does, and so do a label in capitals and a few words ("Methotrexate") before a list
    of patients or doses; `at` is the place of the line after `text`.
    """
    if not text[0].isupper() or OPEN_END.search(before[-12:]):
        return False
    if CONNECTOR.fullmatch(text):
        return True
    if text.count(" ") > 5 or text[-1] in ".,;)" or at >= len(lines):
        return False
    item = typed_item(lines[at].strip())
    if item is None:
        named = is_label(text) and not _MANNER.search(text)
        return named and says_how_much(lines[at].strip())
    return text.endswith(":") or opens_with_patients(item)
