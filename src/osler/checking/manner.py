"""Routes and times: how, when and how often, each against one dose of the passage."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from osler.checking import lexicon, totals
from osler.checking.clauses import Part
from osler.checking.evidence import Scope
from osler.checking.tokens import Kind, Token, are_as_long, rate_key, rate_of
from osler.domain import Problem, ProblemKind

_SAYS_HOW = frozenset((Kind.RATE, Kind.TIMING, Kind.ROUTE))


def check(part: Part, scope: Scope) -> list[Problem]:
    """What the rates, times and routes of `part` say that `scope` does not."""
    problems: list[Problem | None] = []
    for token in part.tokens:
        if token.kind not in _SAYS_HOW:
            continue
        if totals.makes_up_a_day(token, part.tokens, scope.part.tokens) or totals.is_a_day(
            token, scope.everything
        ):
            continue
        if token.kind is Kind.RATE and not _is_rated_elsewhere(token, part, scope):
            if any(_is_apart(token, other) for other in scope.everything):
                continue
            stated = scope.slot(Kind.RATE)
            if any(are_as_long(rate_of(token.key), rate_of(other.key)) for other in stated):
                continue  # "every 12 weeks": quarterly
            problems.append(_slot(token, stated, ProblemKind.TIMING))
        elif token.kind is Kind.TIMING and token.text.lower() != "as soon as":
            problems.append(_slot(token, _times(token, scope), ProblemKind.TIMING))
        elif token.kind is Kind.ROUTE and not _has_route(token, part, scope):
            problems.append(_slot(token, _routes(part, scope), ProblemKind.ROUTE))
    return [problem for problem in problems if problem]


def _is_apart(rate: Token, stated: Token) -> bool:
    """Whether doses that the passage puts so far apart are those of a rate: 6 hours apart."""
    q = stated.quantity
    return q is not None and q.role == "spaced" and not q.comparator and rate_key(q) == rate.key


def _is_rated_elsewhere(token: Token, part: Part, scope: Scope) -> bool:
    """Whether a bound holds for a day, or two rates of a claim are those of one sentence."""
    if token.key == "24 h" and scope.sentence.is_row:
        bounds = (t for t in scope.sentence.tokens if t.quantity and "daily" in t.text.lower())
        keys = {t.key for t in part.tokens if t.quantity}
        if any(bound.key in keys for bound in bounds):
            return True
    several = {t.key for t in part.tokens if t.kind is Kind.RATE}
    stated = {t.key for t in scope.sentence.tokens if t.kind is Kind.RATE}
    return len(several) > 1 and several <= stated and part.dose is None


def _has_route(token: Token, part: Part, scope: Scope) -> bool:
    """Whether another word tells the route: "swallowed", or an infusion, which is into a vein."""
    if any(_is_same_word(token, other) for other in scope.everything):
        return True
    if part.dose is None:  # two routes of a claim are those of one sentence
        several = {t.key for t in part.tokens if t.kind is Kind.ROUTE}
        stated = {t.key for t in scope.sentence.tokens if t.kind is Kind.ROUTE}
        if len(several) > 1 and several <= stated:
            return True
    if token.key != "intravenous" or scope.slot(Kind.ROUTE):
        return False
    return any(other.key in _INTO_VEINS for other in scope.everything)


def _routes(part: Part, scope: Scope) -> tuple[Token, ...]:
    """The routes that hold for a part, but those of a drug not claimed: "before oral X"."""
    claimed = {token.key for token in part.tokens if token.kind is Kind.SUBSTANCE}
    others = {
        first
        for first, second in pairwise(scope.sentence.tokens)
        if second.kind is Kind.SUBSTANCE and second.key not in claimed
    }
    found = scope.slot(Kind.ROUTE)
    return tuple(t for t in found if t not in others) if claimed and others else found


_INTO_VEINS = frozenset(("infus", "drip"))


def _is_same_word(token: Token, other: Token) -> bool:
    """Whether a verb that tells a route stands in the passage: "swallow", "swallowed"."""
    return other.kind is Kind.WORD and other.key == lexicon.stem(token.text.lower())


def _times(token: Token, scope: Scope) -> tuple[Token, ...]:
    """The times that hold for a part and answer the same question as `token`: "with food"."""
    question = _QUESTIONS.get(token.key, token.key)
    return (
        scope.slot(Kind.TIMING, where=lambda t: _QUESTIONS.get(t.key, t.key) == question)
        or scope.slot(Kind.TIMING)
        or tuple(
            replace(t, key=token.key)
            for t in scope.everything
            if _is_week(t, token.key) or (token.key == "at once only" and t.key == "onc")
        )
    )


def _is_week(stated: Token, numbered: str) -> bool:
    """Whether "12 weeks" is the time that a claim calls "week 12"."""
    word, _, number = numbered.partition(" ")
    length = {"week": Decimal(168), "month": Decimal(1), "day": Decimal(24)}.get(word)
    q = stated.quantity
    if length is None or q is None or not number.isdecimal():
        return False
    return q.low == q.high == length * int(number) and q.unit == ("mo" if word == "month" else "h")


_QUESTIONS = {
    **dict.fromkeys(("before food", "after food", "with food"), "food"),
    **dict.fromkeys(("night", "morning", "evening", "noon"), "hour"),
    **dict.fromkeys(("at once only", "divided", "continuous", "intermittent"), "manner"),
}


def _slot(token: Token, stated: tuple[Token, ...], kind: ProblemKind) -> Problem | None:
    if any(token.key == other.key for other in stated):
        return None
    return Problem(kind, token.text, " / ".join(other.text for other in stated))
