"""Which lines of plain text go on in the next: wrapped prose, cells and hanging paragraphs."""

from __future__ import annotations

import re
from collections.abc import Container, Sequence

from osler.reading.blocks.outline import is_of_patients
from osler.reading.text.headings import (
    OPEN_END,
    SECTION_WORDS,
    Line,
    is_named_heading,
)

FULL = 45  # characters: a line that may go on in the next
_DEEPER = 2  # columns
_NARROWEST = 60  # characters to which a text is wrapped
_BROKEN = re.compile(r"(?<![\w-])([^\W\d_]{2,})-$")
_NUMBERED = re.compile(r"\d{1,2}(?:\.\d{1,2})+\.?\s+[A-Z]")
# "adult: 5 mg", "adult = 5 mg"
_PAIR = re.compile(r"[^\W\d_][^:=.,;]{0,30}?(?: ?:| =)\s+\S|[^\W\d_][^:=.,;]{0,30}:$")
_WORD = re.compile(r"\w+")
_LOWER = re.compile(r"[a-z]{2,}")
# Words that begin no dose, name or sentence of their own.
_WITHIN = re.compile(
    r"(?:or|and|then|plus|with|without|if|when|until|unless|for|in|at|to|by|of|on|as|per|from|after|"
    r"before|during|over|up|once|twice|daily|every|each|max(?:imum)?|but|not|than|that|which|who|"
    r"is|are|was|has|have|may|should|be|the|a|an|given|where|while|followed)\b"
)


def goes_on(before: Line, line: Line, width: int) -> bool:
    """Whether a line right under a logical line goes on with it, by where and how it opens."""
    if line.mark or line.value or line.heading or line.record:
        return False
    if _NUMBERED.match(line.text) and not before.is_open:
        return False
    if _PAIR.match(line.text) and _PAIR.match(before.text) and not before.mark:
        return False
    deeper = line.indent - before.edge
    text = line.text
    if before.value:
        if deeper < -1:  # not in the column of the value
            return (text[0].islower() or before.is_open) and _is_full(before, text, width)
        return _goes_on_in_place(before, line, width)
    if before.mark:
        hangs = deeper > -_DEEPER or before.indent < _DEEPER or line.indent < before.indent
        return (hangs or not text[0].isupper() or before.is_open) and _continues(
            before, line, width
        )
    if deeper >= _DEEPER:  # a hanging paragraph, or the first of what the line heads
        if before.heading or before.text.endswith(":"):
            return False
        return before.is_open or (not text[0].isupper() and _is_full(before, text, width))
    if deeper <= -_DEEPER:  # the end of a block, or the second line of a paragraph
        within = text[0].islower() or before.is_open or len(before.widths) == 1
        if not (within and _is_full(before, text, width)) or _PAIR.match(text):
            return False
    if min(line.indent, before.indent) >= _DEEPER:
        return _goes_on_in_place(before, line, width)
    return _continues(before, line, width)


def _goes_on_in_place(before: Line, line: Line, width: int) -> bool:
    """Whether a line of an indented block goes on with the line above it.

    In a block each line may be a dose of its own: a short one goes on only in words that open
    none.
    """
    text = line.text
    if _PAIR.match(text) and not before.is_open:
        return False
    if before.is_open or before.last.endswith(";"):
        return not line.in_capitals
    if before.last.endswith((".", "!", "?")) and not _is_full(before, text, width):
        return False
    if text[0] == "(" and not before.last.endswith((":", ".")):
        return True
    if text[0].islower() and not _is_full(before, text, width):
        return _WITHIN.match(text) is not None and not before.last.endswith((":", "."))
    return _continues(before, line, width)


def _is_full(before: Line, text: str, width: int) -> bool:
    """Whether the next word found no room on the line before."""
    return before.widths[-1] + 1 + len(text.split(None, 1)[0]) > 0.9 * width


def _continues(before: Line, line: Line, width: int) -> bool:
    """Whether an unmarked line goes on with the logical line before it."""
    text = line.text
    headed = not (before.mark or before.value) and before.in_capitals
    if before.heading or line.in_capitals or headed:
        return False
    if OPEN_END.search(before.last[-12:]) or text[0].islower():
        return True
    if is_of_patients(text):
        return False
    if text[0].isupper() and len(text) <= 90 and SECTION_WORDS.match(text):
        return False
    if before.last.endswith(":") or is_named_heading(before.last):
        return False
    last = before.widths[-1]
    if not text[0].isupper():
        return len(before.last) > 40 or text[0] in ")]%/"
    if before.last.endswith((".", "!", "?")):
        if text.endswith(":") and text.count(" ") < 3:
            return False  # a label, though the line before is full
        return last >= 0.75 * width
    first_word = text.split(None, 1)[0]
    return last >= 0.8 * width and last + 1 + len(first_word) > 0.95 * width


def words_of(text: str) -> frozenset[str]:
    """The words of a text in small letters, by which a broken one is known."""
    return frozenset(_WORD.findall(text.lower()))


def joined(before: str, after: str, words: Container[str]) -> str:
    """Two lines as one; a word broken between them is made whole.

    Its hyphen goes where the `words` of the whole text have it without one.
    """
    broken = _BROKEN.search(before, max(len(before) - 40, 0)) if before.endswith("-") else None
    rest = _LOWER.match(after)
    if broken is None or rest is None:
        return f"{before} {after}".strip()
    unbroken = f"{broken[1]}{rest[0]}".lower() in words
    return f"{before[:-1] if unbroken else before}{after}"


def wrap_width(lines: Sequence[str]) -> int:
    """The column at which the text is wrapped: nearly the longest of the common lines."""
    lengths = sorted(len(line.rstrip()) for line in lines if 30 < len(line) <= 130)
    return max(lengths[int(len(lengths) * 0.9)], _NARROWEST) if lengths else 80
