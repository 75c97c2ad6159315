"""Footnotes of plain text: a sign stuck to a word or dose, and the line below that it opens.

"Colchicine 5 mg* daily" and, after the list, "* In adults only"; "5 mg2" and "2 In adults only".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from osler.reading.blocks.tables import Table
from osler.reading.text.headings import Line

_SIGN = r"\*{1,3}|[†‡§¶]{1,2}"
_SIGNS = "*†‡§¶"
_MAY_USE = re.compile(r"[*†‡§¶]|\d ?(?:mc?g|g|ml)\d")
# A figure marks a note only where it is stuck to the unit of a dose: never in "mg/m2" or "B12".
_DOSE = r"(?:(?<=\dmg)|(?<=\d mg)|(?<=\dg)|(?<=\d g)|(?<=\dmcg)|(?<=\d mcg)|(?<=\dml)|(?<=\d ml))"
_USED = re.compile(rf"(?:(?<=[\w)%])(?:{_SIGN})|{_DOSE}\d(?:,\d)*)(?=[\s.,;:)]|$)")
_OPENS = re.compile(rf"({_SIGN}|\d(?=\s))\s*(?=[A-Z(\"“])")


def mark_notes(lines: Sequence[Line]) -> None:
    """Tell the lines that are notes and those that refer to them; signs go from their texts.

    A sign that opens several lines is a bullet. A line refers to the next note with its sign.
    """
    notes = [(sign, place) for place, line in enumerate(lines) if (sign := _sign_of(line))]
    if not notes:
        return
    used = [set().union(*map(_used_in, _texts_of(line))) for line in lines]
    wanted = set().union(*used)
    notes = [(sign, place) for sign, place in notes if sign in wanted]
    for sign, place in notes:
        before = max((at for other, at in notes if other == sign and at < place), default=-1)
        users = [at for at in range(before + 1, place) if sign in used[at]]
        if not users:
            continue
        line = lines[place]
        line.note = f"{sign}:{place}"
        line.text = line.text if line.mark else line.text[len(sign) :].lstrip()
        for at in users:
            lines[at].refers_to = (*lines[at].refers_to, line.note)
    for at, line in enumerate(lines):
        if line.table is not None and line.refers_to:
            _mark_cells(line.table, line.refers_to)
        elif line.refers_to and used[at] <= {note.split(":")[0] for note in line.refers_to}:
            line.text = _without_signs(line.text)
            line.value = _without_signs(line.value)


def _texts_of(line: Line) -> Iterator[str]:
    """What of a line may refer to notes: its words, or each cell of its table."""
    if line.table is None:
        yield line.text
        yield line.value
        return
    for row in line.table.rows:
        for cell in row:
            yield cell.text


def _mark_cells(table: Table, notes: Sequence[str]) -> None:
    """Let the cells of a table, and not all of it, refer to the notes whose signs they bear."""
    for row in table.rows:
        for column, cell in enumerate(row):
            signs = _used_in(cell.text)
            named = tuple(note for note in notes if note.split(":")[0] in signs)
            if named and len(named) == len(signs):
                row[column] = replace(cell, text=_without_signs(cell.text), notes=named)


def _without_signs(text: str) -> str:
    return " ".join(_USED.sub("", text).split())


def _used_in(text: str) -> set[str]:
    """The signs of the notes that a text may refer to."""
    if not _MAY_USE.search(text):
        return set()
    return {sign for found in _USED.finditer(text) for sign in found[0].split(",")}


def _sign_of(line: Line) -> str:
    """The sign that a line opens with, "" where it opens with none that may mark a note."""
    if line.mark:
        return line.mark if line.mark in _SIGNS else ""
    if line.text[0] not in _SIGNS and not line.text[0].isdigit():
        return ""
    found = _OPENS.match(line.text)
    return found[1] if found else ""
