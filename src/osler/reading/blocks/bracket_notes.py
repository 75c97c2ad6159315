"""Notes that a Markdown text marks by a letter in brackets: "500 micrograms[b]" … "[b] 300 …".

At the end of a table's cell a letter in round brackets or a sign is such a mark, too: "5 mg (a)"
over "(a) With food.", "10 mg †" over "† Not in pregnancy.".
"""

from __future__ import annotations

import re

from osler.patterns import lazy

# The lines of a note, up to a blank one or the start of another block.
_NOTE = lazy(
    r"^(?:\[(?P<mark>[a-z]|\*|†|‡)\]|(?P<sign>\([a-z]\)|\\\*|[†‡§¶]))[ \t]+"
    r"(?P<text>\S.*(?:\n(?![ \t]*$|[ \t]*[\[|#>*+-]|\d+[.)]).+)*)",
    re.MULTILINE,
)
# A mark that refers to one: directly behind a word or number, and no link.
_MARK = lazy(r"(?<=[^\s\[\](|])\[([a-z]|\*|†|‡)\](?![(:\[])")
_IN_TABLE = lazy(r"^\|.*\|[ \t]*$", re.MULTILINE)
_SIGN = r"\([a-z]\)|\\\*|[†‡§¶]"
_AT_CELLS_END = lazy(rf"(?<=[^\s|])[ \t]?({_SIGN})(?=(?:[ \t]?(?:{_SIGN}))*[ \t]*\|)")


def with_bracket_notes(body: str) -> str:
    """The text with these marks and notes in Markdown's own form, "[^b]" and "[^b]: …".

    A mark belongs to the first note of its letter behind it; a note that nothing refers to, and
    a mark without a note, are left as they are.
    """
    notes = list(_NOTE.finditer(body))
    if not notes:
        return body
    marks = list(_MARK.finditer(body))
    for line in _IN_TABLE.finditer(body):
        marks += _AT_CELLS_END.finditer(body, line.start(), line.end())
    edits: list[tuple[int, int, str]] = []
    ends: dict[str, int] = {}  # where the note before of each letter ends
    for number, note in enumerate(notes, start=1):
        letter = note["mark"] or note["sign"]
        since = ends.get(letter, 0)
        own = [m for m in marks if m[1] == letter and since <= m.start() < note.start()]
        ends[letter] = note.end()
        if not own:
            continue
        name = f"[^note{number}]"
        edits += [(mark.start(), mark.end(), name) for mark in own]
        text = note["text"].replace("\n", "\n  ")
        edits.append((note.start(), note.end(), f"\n{name}: {text}"))
    pieces, at = [], 0
    for start, end, words in sorted(edits):
        if start < at:
            continue  # a mark within a note
        pieces += [body[at:start], words]
        at = end
    return "".join(pieces) + body[at:]
