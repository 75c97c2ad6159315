"""On which side of a time: within 6 hours is not after 6 hours, nor by week 2 from week 2 on.

Which side a time is on is read from the word before it ("within", "by", "after", "from"), from
its comparator, and from a negation: "do not start within 6 hours" says after 6 hours.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from osler.checking.clauses import Sentence
from osler.checking.evidence import Evidence
from osler.checking.polarity import content_of
from osler.checking.tokens import Kind, Token
from osler.domain import Problem, ProblemKind

_EARLY = frozenset(("within", "before", "by", "prior to"))
_LATE = frozenset(("after", "from", "beyond", "past", "following"))
_IN = frozenset(("in", "during", "within"))
_PASSED_OVER = frozenset(("the", "a", "an", "first", "about", "approximately", "of", "age"))
_ENDS = frozenset(",;:.|()\n") | frozenset(("but", "then", "while", "whereas", "and", "or"))
_CONDITIONAL = frozenset(("if", "when", "unless", "where", "in case"))
# "No response within 6 hours" and "no response after 6 hours" are one and the same.
_FAILING = frozenset(("fail", "persist", "inadequ", "insuffici", "remain", "unresolv", "still"))
# "Delay by 6 hours" says how long.
_CHANGES = frozenset(("change", "length", "early"))
PUTTING_OFF = frozenset(("delay", "delayed", "wait", "postpone", "postponed", "defer", "deferred"))
_EXTENDING = frozenset(
    ("extend", "postpon", "prolong", "advanc", "shift", "move", "separ", "space")
)


@dataclass(frozen=True, slots=True)
class _Time:
    token: Token
    side: str  # "early", "late", or "" where it is not told
    said: str
    around: frozenset[str]


def check(sentence: Sentence, evidence: Evidence) -> list[Problem]:
    """Times that a claim puts on the other side than the passage does."""
    ours = [time for time in _times(sentence) if time.side]
    if not ours:
        return []
    stated = [time for other in evidence.sentences for time in _times(other)]
    problems = []
    for time in ours:
        same = [other for other in stated if _amount(other.token) == _amount(time.token)]
        most = max((len(other.around & time.around) for other in same), default=0)
        nearest = [other for other in same if len(other.around & time.around) == most]
        if nearest and all(other.side and other.side != time.side for other in nearest):
            problems.append(Problem(ProblemKind.COMPARISON, time.said, nearest[0].said))
    return problems


def _amount(token: Token) -> tuple[object, ...]:
    q = token.quantity
    return (q.low, q.high, q.unit) if q is not None else ()


def _times(sentence: Sentence) -> Iterator[_Time]:
    tokens = sentence.tokens
    for at, token in enumerate(tokens):
        q = token.quantity
        if q is None or q.unit not in ("h", "mo") or q.role in ("for", "age", "every") or q.per:
            continue
        start = max((n + 1 for n in range(at) if tokens[n].text.lower() in _ENDS), default=0)
        stop = next(
            (n for n in range(at + 1, len(tokens)) if tokens[n].text.lower() in _ENDS), len(tokens)
        )
        side, marker = _side(tokens, start, at)
        around = frozenset(content_of([*tokens[start:at], *tokens[at + 1 : stop]]))
        said = f"{marker.text} {token.text}" if marker is not None else token.text
        yield _Time(token, _turned(side, token, marker, tokens[start:stop]), said, around)


def _side(tokens: tuple[Token, ...], start: int, at: int) -> tuple[str, Token | None]:
    """The side of the time at a place, and the word before it that says so."""
    clause = tokens[start:at]
    before = at - 1
    is_first = False
    while before >= start and tokens[before].text.lower() in _PASSED_OVER:
        is_first = is_first or tokens[before].text.lower() == "first"
        before -= 1
    marker = tokens[before] if before >= start else None
    word = marker.text.lower() if marker is not None else ""
    quantity = tokens[at].quantity
    comparator = quantity.comparator.strip("~") if quantity is not None else ""
    if comparator and word not in ("until", "till"):
        return ("early" if "<" in comparator else "late"), None
    if word == "by" and (
        any(t.kind is Kind.DIRECTION and t.key[:-1] in _CHANGES for t in clause)
        or any(t.key in _EXTENDING for t in clause)
    ):
        return "", marker
    if word in ("until", "till"):
        put_off = any(t.text.lower() in PUTTING_OFF for t in clause)
        denied = any(t.kind is Kind.NEGATION for t in clause)
        return ("late" if put_off or denied else ""), marker
    if word in _EARLY or (is_first and word in _IN):
        return "early", marker
    if word in _LATE:
        return "late", marker
    if quantity is not None and quantity.role == "within":
        return "early", None
    return "", marker


def _turned(side: str, token: Token, marker: Token | None, clause: tuple[Token, ...]) -> str:
    """The side, with what denies it."""
    if not side:
        return ""
    denied = any(t.kind is Kind.NEGATION for t in clause)
    conditional = any(t.text.lower() in _CONDITIONAL for t in clause)
    if any(t.key in _FAILING for t in clause) or (conditional and denied):
        return ""
    if not denied or (marker is not None and marker.text.lower() in ("until", "till")):
        return side
    if token.quantity is not None and token.quantity.comparator.strip("~"):
        return ""  # the comparator may have been turned by the same negation
    if any(t.text.lower() in ("no", "without") for t in clause if t.kind is Kind.NEGATION):
        return ""
    return "late" if side == "early" else "early"
