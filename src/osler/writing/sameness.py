"""Do two sentences say the same in almost the same words?

The gate asks whether a passage supports a claim, and a claim may say less than its passage. Here
nothing may be lost either: every figure, unit, route, frequency, drug, negation and direction as
often and as written, every other word at least once on both sides, or a word of the closed list
(`neutral`) that may stand for it. What a wording is free in are the order, as far as nothing
changes places (`places_kept`), and the small words between.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from osler.checking import lexicon
from osler.checking.clauses import is_dose, sentences
from osler.checking.tokens import Kind, Token
from osler.writing.neutral import acts, exchanges, small, told_apart

# Words that join, each kind as often on both sides: "or" is not "and", and an "if" is not lost.
_JOINING = {
    "or": "or",
    **dict.fromkeys(("if", "when", "where", "while", "whenever"), "if"),
    **dict.fromkeys(("because", "since", "so"), "because"),
}
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_PER_DOSE = re.compile(r"\b(?:per|each|every|a|same|first|last)\s+dose\b", re.I)
_IRREGULAR = {"given": "give", "taken": "take", "gave": "give", "took": "take", "kept": "keep"}
# They hold for the very next word: a "not", an order, a degree.
_BINDING = frozenset(("not", "order+", "order-", "level+", "level-", "change+", "change-"))
_OF_NOUNS = ("no", "without")  # they deny what follows, never what is done
# As often on both sides; a drug may be named again, and a word come again.
COUNTED = frozenset(
    (Kind.QUANTITY, Kind.RATE, Kind.TIMING, Kind.ROUTE, Kind.NEGATION, Kind.DIRECTION)
)
_TOLD_APART = (Kind.NEGATION, Kind.DIRECTION, Kind.TIMING)
_TIME = re.compile(r"hour|day|week|month|year|minute|second", re.I)
_BY = re.compile(r"\bby\s+\d", re.I)
_TO = re.compile(r"(?<![\d\s])\s+to\s+\d", re.I)  # not "2 to 3"
_PRONOUN = re.compile(r"\b(?:it|they|them)\b", re.I)
_AND = re.compile(r"\band\b", re.I)
_APART = re.compile(r"\band\b|[,;:(]|\.\s", re.I)
# What may be read as a "because", or as an "if", and need not.
_AS = re.compile(r"\bas\b|:\s+(?:it|they|this|these)\b", re.I)
_WHO = re.compile(r"\bwho(?:se|m)?\b", re.I)
_HEAD = re.compile(r"\bwho(?:se|m)?\b|:", re.I)


def same_words(wording: str, claim: str, *, heads: int = 0) -> bool:
    """Whether two texts have the same words, but for small ones, in whatever order.

    `heads` are those of a claim that is the row of a table: a wording may put an "if" for each.
    """
    ours, theirs = tokens_of(wording), tokens_of(claim)
    return (
        sorted(_NUMBER.findall(wording)) == sorted(_NUMBER.findall(claim))
        and len(_PER_DOSE.findall(wording)) == len(_PER_DOSE.findall(claim))
        and _by_and_to(wording, claim)
        and _its_own_pronoun(wording, claim)
        and len(_AND.findall(claim)) <= len(_APART.findall(wording))  # "in A and in B"
        and _bound(ours) == _bound(theirs)
        and _joined_alike(wording, claim, heads)
        and same_tokens(ours, theirs)
    )


def same_tokens(ours: Sequence[Token], theirs: Sequence[Token]) -> bool:
    """Whether tokens say the same, in whatever order: figures as often, and the same words."""
    return (
        _counts(ours) == _counts(theirs)
        and _named(ours) == _named(theirs)
        and _words(ours) == _words(theirs)
    )


@lru_cache(maxsize=4096)
def tokens_of(text: str) -> tuple[Token, ...]:
    """The tokens of a text without its marks; acts left out where these go without saying."""
    tokens = tuple(t for s in sentences(text) for t in s.tokens if t.kind is not Kind.MARK)
    denied = (t.text.lower() for t in tokens if t.kind is Kind.NEGATION)
    if any(map(is_dose, tokens)) and all(word in _OF_NOUNS for word in denied):
        return tuple(t for t in tokens if t.text.lower() not in acts())
    return tokens


def content_of(token: Token) -> str | None:
    """What a word is compared by; None for a small or a joining one."""
    word = token.text.lower()
    if token.kind is Kind.WORD:
        stem = token.key
    elif token.kind is not Kind.NEUTRAL or word in small() or word in _JOINING or word == "as":
        return None
    elif word in acts():
        return "act"
    else:
        stem = lexicon.stem(_IRREGULAR.get(word, word))
    return exchanges().get(stem, stem)


def _counts(tokens: Iterable[Token]) -> Counter[tuple[Kind, str, str]]:
    return Counter((t.kind, t.key, _precisely(t)) for t in tokens if t.kind in COUNTED)


def _precisely(token: Token) -> str:
    """What the key does not tell: the very direction, and the unit that a time is written in.

    "1–4" may be years and may be months.
    """
    if token.kind in _TOLD_APART:
        return told_apart(token.text)
    if token.kind is not Kind.QUANTITY:
        return ""
    found = _TIME.search(token.text)
    return found.group().lower() if found else ""


def _named(tokens: Iterable[Token]) -> set[tuple[Kind, str]]:
    """What is named at least once: groups by what they are, drugs by the very name."""
    others = (*COUNTED, Kind.WORD, Kind.NEUTRAL)
    return {(t.kind, name) for t in tokens if t.kind not in others for name in _names(t)}


def _names(token: Token) -> Iterator[str]:
    if token.kind is Kind.SUBSTANCE:
        yield token.text.lower()
        return
    yield token.key
    if token.kind is Kind.SEX:  # mothers are not all women
        yield told_apart(token.text)
    if token.kind in _ORGANS:  # one key for all: "renal failure" is worse than "dysfunction"
        words = (lexicon.stem(word) for word in token.text.lower().split())
        yield from (word for word in words if word not in _OF_ORGANS)


_ORGANS = (Kind.RENAL, Kind.HEPATIC)
_OF_ORGANS = frozenset(map(lexicon.stem, ("renal", "kidney", "hepatic", "liver", "function")))


def _words(tokens: Iterable[Token]) -> set[str]:
    return {content for token in tokens if (content := content_of(token)) is not None}


def _bound(tokens: Sequence[Token]) -> Counter[tuple[str, str]]:
    """What each "no", "before", "high" or "severe" stands before: it may not move to another."""
    telling = [
        (token, content_of(token) or token.key)
        for token in tokens
        if token.kind not in (Kind.WORD, Kind.NEUTRAL) or content_of(token) is not None
    ]
    following = [*(name for _, name in telling[1:]), ""][: len(telling)]
    return Counter(
        (token.key, after)
        for (token, _), after in zip(telling, following, strict=True)
        if token.key in _BINDING or token.kind is Kind.SEVERITY
    )


def _by_and_to(wording: str, claim: str) -> bool:
    """Whether a dose goes up or down by as much, or to as much, as in the claim.

    A claim may leave open which ("Step up: 500 mg"); the doses are then compared as they are read.
    """
    by, to = len(_BY.findall(claim)), len(_TO.findall(claim))
    same_by = len(_BY.findall(wording)) == by
    return len(_TO.findall(wording)) == to and (same_by or by == to == 0)


def _its_own_pronoun(wording: str, claim: str) -> bool:
    """Whether an "it" that stands for a drug not named in the claim has not become another's."""
    return not _pronoun_first(claim) or _pronoun_first(wording)


def _pronoun_first(text: str) -> bool:
    """Whether a text says "it" before it names a drug, or names none."""
    pronoun = _PRONOUN.search(text)
    drug = next((t for t in tokens_of(text) if t.kind is Kind.SUBSTANCE), None)
    return pronoun is not None and (drug is None or pronoun.start() < drug.start)


def _joined_alike(wording: str, claim: str, heads: int) -> bool:
    """Whether the words that join two texts can be read as the same, kind by kind.

    "As" may be a "because", and so may a colon before a pronoun; "patients who" are an "if", and
    a wording may put one for the colon behind a head or a label.
    """
    ours, theirs = _joining(wording), _joining(claim)
    return (
        ours["or"] == theirs["or"]
        and _may_be(theirs["because"] - ours["because"], _AS, wording, claim)
        and _may_be(ours["because"] - theirs["because"], _AS, claim, wording)
        and _may_be(theirs["if"] - ours["if"], _WHO, wording, claim)
        and _may_be(ours["if"] - theirs["if"] - heads, _HEAD, claim, wording)
    )


def _may_be(missing: int, others: re.Pattern[str], text: str, full: str) -> bool:
    """Whether a text has others that may stand for the words of `full` that it misses."""
    return missing <= max(len(others.findall(text)) - len(others.findall(full)), 0)


@lru_cache(maxsize=4096)
def _joining(text: str) -> Counter[str]:
    words = (t.text.lower() for t in tokens_of(text) if t.kind is Kind.NEUTRAL)
    return Counter(_JOINING[word] for word in words if word in _JOINING)
