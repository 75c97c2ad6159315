"""A text as canonical tokens, its drugs by name."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

from osler.checking.scanner import Scanner
from osler.checking.tokens import Kind, Token
from osler.patterns import lazy
from osler.statements.vocabulary.conditions import find_conditions
from osler.statements.vocabulary.substances import canonical, find_substances, is_substance

_INVISIBLE = lazy("[\u200b-\u200f\u2060\ufeff\u00ad\u202a-\u202e]")

# "Methicillin-susceptible" says what a germ is, and that nobody is given methicillin.
_OF_A_GERM = lazy(r"[-\s](?:susceptib|sensitiv|resistan)", re.IGNORECASE)


@lru_cache(maxsize=4096)
def read(text: str) -> tuple[Token, ...]:
    """The canonical tokens of `text`, in reading order, with offsets into it.

    Zero-width and direction-override characters hide one text behind another: they become
    a token of their own, so that such a text agrees only with itself.
    """
    tokens = _with_conditions(text, _with_substances(text, Scanner(text).read()))
    hidden = tuple(
        Token(Kind.WORD, f"U+{ord(match.group()):04X}", "", match.start(), match.end())
        for match in _INVISIBLE.finditer(text)
        if match.group() != "\u00ad"
    )
    return tokens + hidden


def _with_substances(text: str, tokens: tuple[Token, ...]) -> tuple[Token, ...]:
    """The tokens, those that name a drug put together under its canonical name."""
    found = [drug for drug in find_substances(text) if not _OF_A_GERM.match(text, drug.end)]
    if not found:
        return tokens
    merged: list[Token] = []
    drugs = iter(found)
    drug = next(drugs, None)
    for token in tokens:
        while drug is not None and drug.end <= token.start:
            drug = next(drugs, None)
        if drug is None or token.end <= drug.start:
            merged.append(token)
        elif not merged or merged[-1].kind is not Kind.SUBSTANCE or merged[-1].end <= drug.start:
            name = drug.name
            if token.kind is Kind.ROUTE and token.end < drug.end:  # "oral iron"
                rest = canonical(text[token.end : drug.end].strip().lower())
                if is_substance(rest):
                    merged.append(token)
                    name = rest
            merged.append(Token(Kind.SUBSTANCE, name, drug.text, drug.start, drug.end))
    return tuple(merged)


def _with_conditions(text: str, tokens: tuple[Token, ...]) -> tuple[Token, ...]:
    """The tokens, each word of a condition or procedure marked with its canonical name."""
    found = find_conditions(text)
    if not found:
        return tokens
    marked = list(tokens)
    position = 0
    for condition in found:
        while position < len(marked) and marked[position].end <= condition.start:
            position += 1
        while position < len(marked) and marked[position].start < condition.end:
            marked[position] = replace(marked[position], condition=condition.name)
            position += 1
    return tuple(marked)
