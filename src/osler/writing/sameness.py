"""Do two sentences say the same in almost the same words?

The gate asks whether a passage supports a claim, and a claim may say less than its passage. Here
nothing may be lost either: every figure, unit, route, frequency, drug, negation and direction as
often and as written, every other word at least once on both sides; a synonym may stand for a word
that is gone. What a wording is free in are the order and the small words between.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable
from functools import lru_cache

from osler.checking import lexicon
from osler.checking.clauses import sentences
from osler.checking.tokens import Kind, Token

# Words that carry no meaning of their own. "or", "may", "must", "only", "then" and the like do.
_SMALL_WORDS = """
a an the of in on for with by to at from into is are was were be been being has have had having
it its they them their this that these those and what which who whom whose should do does each
any
"""
_SMALL = frozenset(_SMALL_WORDS.split())
# Words that join, each kind as often on both sides: "or" is not "and", and an "if" is not lost.
_JOINING = {
    "or": "or",
    **dict.fromkeys(("if", "when", "where", "while", "whenever"), "if"),
    **dict.fromkeys(("because", "since", "as", "so"), "because"),
}
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_IRREGULAR = {"given": "give", "taken": "take", "gave": "give", "took": "take", "kept": "keep"}
# As often on both sides; a drug may be named again, and a word come again.
_COUNTED = frozenset(
    (Kind.QUANTITY, Kind.RATE, Kind.TIMING, Kind.ROUTE, Kind.NEGATION, Kind.DIRECTION)
)


def same_words(left: str, right: str) -> bool:
    """Whether two texts have the same words, but for small ones, in whatever order."""
    ours, theirs = _tokens(left), _tokens(right)
    return (
        sorted(_NUMBER.findall(left)) == sorted(_NUMBER.findall(right))
        and _counts(ours) == _counts(theirs)
        and _named(ours) == _named(theirs)
        and _exchanged(_words(ours), _words(theirs))
    )


@lru_cache(maxsize=4096)
def _tokens(text: str) -> tuple[Token, ...]:
    return tuple(t for s in sentences(text) for t in s.tokens if t.kind is not Kind.MARK)


def _counts(tokens: Iterable[Token]) -> Counter[tuple[Kind, str]]:
    return Counter((t.kind, t.key) for t in tokens if t.kind in _COUNTED)


def _named(tokens: Iterable[Token]) -> set[tuple[Kind, str]]:
    """What is named at least once: groups by what they are, drugs by the very name."""
    others = (*_COUNTED, Kind.WORD, Kind.NEUTRAL)
    return {
        (t.kind, t.text.lower() if t.kind is Kind.SUBSTANCE else t.key)
        for t in tokens
        if t.kind not in others
    }


def _words(tokens: Iterable[Token]) -> set[str]:
    """The stems of the words that no other kind takes, and how often each kind of joining word."""
    found = set()
    joining: Counter[str] = Counter()
    for token in tokens:
        word = token.text.lower()
        if token.kind is Kind.WORD:
            found.add(token.key)
        elif word in _JOINING:
            joining[_JOINING[word]] += 1
        elif token.kind is Kind.NEUTRAL and word not in _SMALL:
            found.add(lexicon.stem(_IRREGULAR.get(word, word)))
    return found | {f"{kind} × {times}" for kind, times in joining.items()}


def _exchanged(words: set[str], others: set[str]) -> bool:
    """Whether the words of one side alone and those of the other alone are synonyms, each."""
    ours, theirs = words - others, others - words
    return all(any(_meanings(a) & _meanings(b) for b in theirs) for a in ours) and all(
        any(_meanings(a) & _meanings(b) for a in ours) for b in theirs
    )


_meanings: Callable[[str], frozenset[int]] = lru_cache(maxsize=4096)(
    lambda stem: frozenset(lexicon.synonyms().get(stem, ()))
)
