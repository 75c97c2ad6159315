"""What comes before what, what is preferred to what, what is done when: two sides not exchanged.

"Azathioprine is reduced when allopurinol is given" holds every word of "allopurinol is reduced
when azathioprine is given". A sentence is cut at the word that relates its two sides; each side
of a claim must be nearer to the same side of the passage than to the other.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from osler.checking.clauses import Sentence
from osler.checking.evidence import Evidence
from osler.checking.tokens import Kind, Token
from osler.domain import Problem, ProblemKind

_ENDS = frozenset(";:.|()\n") | frozenset(("but", "while", "whereas"))
_WHEN = frozenset(("if", "when", "once", "taking", "receiving"))
_CHOSEN = frozenset(
    (
        "preferred to",
        "preferred over",
        "favoured over",
        "favored over",
        "instead",
        "rather",
        "place",
    )
)
_SIDES = frozenset((Kind.WORD, Kind.SUBSTANCE, Kind.ROUTE))


@dataclass(frozen=True, slots=True)
class _Relation:
    """`first` comes earlier, is preferred, or is done; `second` is the other side."""

    sort: str
    marker: Token
    first: frozenset[str]
    second: frozenset[str]


def check(sentence: Sentence, evidence: Evidence) -> list[Problem]:
    """Relations of a claim whose sides are the passage's exchanged."""
    problems = []
    stated = [relation for other in evidence.sentences for relation in _relations(other)]
    for ours in _relations(sentence):
        same_sort = [theirs for theirs in stated if theirs.sort == ours.sort]
        fits = [_fit(ours, theirs) for theirs in same_sort]
        if fits and min(fits) < 0 and max(fits) <= 0:
            theirs = same_sort[fits.index(min(fits))]
            problems.append(Problem(ProblemKind.COMPARISON, ours.marker.text, theirs.marker.text))
    return problems


def keeps_order(sentence: Sentence, evidence: Evidence) -> bool:
    """Whether "before" stands for "after" with the sides exchanged, and says the same."""
    stated = [r for other in evidence.sentences for r in _relations(other) if r.sort == "order"]
    ours = [relation for relation in _relations(sentence) if relation.sort == "order"]
    return bool(ours) and all(any(_fit(o, t) > 0 for t in stated) for o in ours)


def _fit(ours: _Relation, theirs: _Relation) -> int:
    """Above 0 where the sides agree, below where they are exchanged, 0 where it is not told."""
    first, second = theirs.first - theirs.second, theirs.second - theirs.first
    straight = (len(ours.first & first), len(ours.second & second))
    crossed = (len(ours.first & second), len(ours.second & first))
    if all(crossed) and sum(crossed) > sum(straight):
        return -1
    return int(all(straight) and sum(straight) > sum(crossed))


def _relations(sentence: Sentence) -> Iterator[_Relation]:
    tokens = sentence.tokens
    for number, token in enumerate(tokens):
        sort = _sort(token)
        if not sort:
            continue
        left, right = _sides(tokens, number)
        if token.key == "order+":
            left, right = right, left
        if left and right:
            yield _Relation(sort, token, left, right)


def _sort(token: Token) -> str:
    text = token.text.lower()
    if token.key[:-1] == "order" and token.kind is Kind.DIRECTION:
        return "order"
    if text in _CHOSEN:
        return "choice"
    return "when" if text in _WHEN else ""


def _sides(tokens: tuple[Token, ...], at: int) -> tuple[frozenset[str], frozenset[str]]:
    """The words on both sides of a marker; of one that opens a sentence, before a comma, after."""
    start = max((n + 1 for n in range(at) if tokens[n].key in _ENDS), default=0)
    stop = next((n for n in range(at + 1, len(tokens)) if tokens[n].key in _ENDS), len(tokens))
    before, after = tokens[start:at], tokens[at + 1 : stop]
    left, right = _words(before), _words(after)
    if not left:
        comma = next((n for n, token in enumerate(after) if token.key == ","), None)
        if comma is not None:
            done = after[comma + 1 :]  # up to a relation of its own: "is begun after …"
            end = next((n for n, token in enumerate(done) if _sort(token)), len(done))
            left, right = _words(done[:end]), _words(after[:comma])
    return left, right


def _words(tokens: tuple[Token, ...]) -> frozenset[str]:
    return frozenset(token.key for token in tokens if token.kind in _SIDES)
