"""A claim in nearly the passage's own words must agree with it word for word where it counts.

Independent of what belongs to what: the critical tokens of the two sentences are counted, and
a count that differs is a change.
"""

from __future__ import annotations

from collections import Counter

from osler.checking.clauses import Sentence
from osler.checking.evidence import Evidence
from osler.checking.tokens import GROUP_KINDS, Kind, Token
from osler.domain import Problem, ProblemKind

_ALIKE = 0.75
_KINDS: dict[Kind, ProblemKind] = {
    Kind.QUANTITY: ProblemKind.AMOUNT,
    Kind.RATE: ProblemKind.TIMING,
    Kind.TIMING: ProblemKind.TIMING,
    Kind.ROUTE: ProblemKind.ROUTE,
    Kind.SUBSTANCE: ProblemKind.SUBSTANCE,
    Kind.NEGATION: ProblemKind.POLARITY,
    Kind.DIRECTION: ProblemKind.POLARITY,
} | dict.fromkeys(GROUP_KINDS, ProblemKind.GROUP)
_MUST_STAY = GROUP_KINDS | {Kind.NEGATION}


def check(sentence: Sentence, evidence: Evidence) -> list[Problem]:
    """Critical words put in or left out, against the sentence of the passage most like it."""
    ours = _counted(sentence.tokens)
    candidates = [(similarity(ours, _counted(s.tokens)), s) for s in evidence.sentences]
    candidates.append((similarity(ours, _counted(evidence.tokens)), Sentence(())))
    if not candidates:
        return []
    best, stated = max(candidates, key=lambda candidate: candidate[0])
    if best < _ALIKE:
        return []
    tokens = stated.tokens or evidence.tokens
    return _compare(sentence.tokens, tokens)


def similarity(ours: Counter[str], theirs: Counter[str]) -> float:
    """Dice's coefficient of two multisets."""
    total = ours.total() + theirs.total()
    return 2 * (ours & theirs).total() / total if total else 0.0


def _counted(tokens: tuple[Token, ...]) -> Counter[str]:
    return Counter(token.key for token in tokens if token.kind is not Kind.MARK)


def _critical(tokens: tuple[Token, ...]) -> Counter[tuple[Kind, str]]:
    return Counter((token.kind, token.key) for token in tokens if token.kind in _KINDS)


def _compare(ours: tuple[Token, ...], theirs: tuple[Token, ...]) -> list[Problem]:
    claimed, stated = _critical(ours), _critical(theirs)
    put_in, left_out = claimed - stated, stated - claimed
    problems = []
    for kind, key in put_in:
        token = next(t for t in reversed(ours) if (t.kind, t.key) == (kind, key))
        other = next((t for t in theirs if t.kind is kind and (kind, t.key) in left_out), None)
        problems.append(Problem(_KINDS[kind], token.text, other.text if other else ""))
    if problems:
        return problems
    for kind, key in left_out:
        if kind in _MUST_STAY:
            token = next(t for t in theirs if (t.kind, t.key) == (kind, key))
            problems.append(Problem(_KINDS[kind], "", token.text))
    return problems
