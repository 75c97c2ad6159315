"""Footnotes of plain text: a sign stuck to a word or dose, and the line below that it opens.

"Colchicine 5 mg* daily" and, after the list, "* In adults only"; "5 mg2" and "2 In adults only".
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from osler.reading.text_headings import Line

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
    used = [_used_in(line.text) | _used_in(line.value) for line in lines]
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
        if line.refers_to and used[at] <= {note.split(":")[0] for note in line.refers_to}:
            line.text = " ".join(_USED.sub("", line.text).split())
            line.value = " ".join(_USED.sub("", line.value).split())


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
