"""What a sentence of a pathway may not do, though the gate of answers lets it pass.

An answer may say less than its passage; a protocol that leaves out its "until" goes on for ever.
The gate weighs words by how likely they change the meaning; here a word's opposite is always one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from osler.domain import Problem, ProblemKind

_WORD = re.compile(r"[^\W\d_]+(?:\d\w*)?")
_UNTIL = frozenset({"until", "till"})
_NOT = ("un", "non", "in", "im", "ir", "il", "dis")


def differences_of(claim: str, passage: str, above: str) -> tuple[Problem, ...]:
    """In what a claim differs from a passage (under its title and headings) that supports it."""
    said, held = _words(claim), _words(passage)
    return (*_opposites(said, held + _words(above)), *_without_end(said, held))


def _words(text: str) -> list[str]:
    return [word.lower() for word in _WORD.findall(text)]


def _opposites(said: list[str], held: list[str]) -> Iterable[Problem]:
    """ "Treated" of "untreated"; and a name with another number ("B12")."""
    known = frozenset(held)
    for word in said:
        if word in known:
            continue
        for prefix in _NOT:
            other = word.removeprefix(prefix) if word.startswith(prefix) else prefix + word
            if other in known:
                yield Problem(ProblemKind.POLARITY, word, other)
        if any(character.isdigit() for character in word):
            yield Problem(ProblemKind.SUBSTANCE, word, "")


def _without_end(said: list[str], held: list[str]) -> Iterable[Problem]:
    if _UNTIL & set(held) and not _UNTIL & set(said):
        yield Problem(ProblemKind.DURATION, "", "until")
