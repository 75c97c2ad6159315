"""A text's tokens for those who look for names: words, numbers, marks, and what is hidden."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from osler.domain.identifier import Identifier
from osler.patterns import lazy

_TOKEN = lazy(
    r"(?P<hidden>\[[A-Z][A-Z -]+\])"
    r"|(?P<word>[^\W\d_]+(?:['’.-][^\W\d_]+)*)"
    r"|(?P<number>\d\w*(?:[.,/:-]\w+)*)"
    r"|(?P<mark>\n|[^\s\w]|_)"
)


class TokenKind(StrEnum):
    """What a token is made of."""

    WORD = "word"
    NUMBER = "number"
    MARK = "mark"
    HIDDEN = "hidden"


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of a text; a `HIDDEN` one's text is the placeholder, not what stands there."""

    start: int
    end: int
    kind: TokenKind
    text: str

    @property
    def bare(self) -> str:
        """Without what makes a possessive of it."""
        return self.text.removesuffix("'s").removesuffix("’s")


def tokens_of(text: str, hidden: Iterable[Identifier] = ()) -> list[Token]:
    """The tokens in reading order; each place of `hidden` (apart, sorted) is one token."""
    found: list[Token] = []
    at = 0
    for one in hidden:
        found += _between(text, at, one.start)
        found.append(Token(one.start, one.end, TokenKind.HIDDEN, one.kind.placeholder))
        at = one.end
    return [*found, *_between(text, at, len(text))]


def _between(text: str, start: int, end: int) -> list[Token]:
    return [
        Token(*match.span(), TokenKind(match.lastgroup or ""), match.group())
        for match in _TOKEN.finditer(text, start, end)
    ]
