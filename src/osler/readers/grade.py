"""How hard a text is to read: the Coleman–Liau index, which needs no dictionary."""

from __future__ import annotations

import re
from collections.abc import Iterator

from osler.domain import Answer

# As textstat counts them (0.7.13): words are runs without white space that hold a letter or a
# digit; of a word everything but punctuation is a letter; a sentence has more than two words.
_SENTENCE = re.compile(r"\b[^.!?]+[.!?]*")
_FEWEST = 3


def reading_grade(text: str) -> float:
    """The Coleman–Liau index of a text (Coleman and Liau 1975), a school grade.

    0.058 · L − 0.296 · S − 15.8, with L letters and S sentences in a hundred words. 0 for a text
    without words.
    """
    words = [w for w in (re.sub(r"[^\w\s]", "", word) for word in text.split()) if w]
    if not words:
        return 0.0
    letters = sum(len(word) for word in words)
    sentences = max(1, sum(len(s.split()) >= _FEWEST for s in _SENTENCE.findall(text)))
    return 0.058 * 100 * letters / len(words) - 0.296 * 100 * sentences / len(words) - 15.8


def patient_text(answer: Answer) -> str:
    """What a reader of the answer reads as running text: its claims and notices, a line each.

    Titles, marks of references and what is said of the sources are left out.
    """
    return "\n".join(_lines(answer))


def _lines(answer: Answer) -> Iterator[str]:
    yield from answer.safety_notices
    yield from (claim.text for claim in answer.bottom_line)
    for box in answer.boxes:
        yield from box.lines
    for section in answer.sections:
        yield from (claim.text for claim in section.claims)
