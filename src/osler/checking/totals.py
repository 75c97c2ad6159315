"""A day's total is no single dose: "60 mg/kg a day in divided doses" against "60 mg/kg a dose"."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

from osler.checking.clauses import Part, Sentence, is_dose, is_rate
from osler.checking.evidence import Scope
from osler.checking.tokens import Kind, Quantity, Token, number_text
from osler.domain import Problem, ProblemKind

Tokens = tuple[Token, ...]
_A_DAY = "24 h"
_DAYS = frozenset(("daily", "a day", "per day", "/day", "/ day", "each day", "every day", "/d"))
_OF_A_DOSE = frozenset(("dose", "dosage", "of", ":", "is", "total"))
_PER_DOSE = frozenset(("per", "each", "every", "single"))
_DOSE = frozenset(("dose", "doses", "administration", "time", "injection"))


def check(part: Part, sentence: Sentence, scope: Scope) -> list[Problem]:
    """Amounts that the passage gives for a day, divided, and the claim for each dose.

    `sentence` is the claim's sentence that `part` belongs to.
    """
    problems = []
    for token in part.tokens:
        if not is_dose(token) or _is_daily(part.tokens) or _is_divided(token, sentence.tokens):
            continue
        same = [t for t in scope.sentence.tokens if is_dose(t) and t.key == token.key]
        divided = bool(same) and all(_is_divided(t, scope.sentence.tokens) for t in same)
        if divided and (_is_per_dose(part.tokens) or any(is_rate(t) for t in part.tokens)):
            problems.append(Problem(ProblemKind.UNIT, token.text, f"{same[0].text} a day"))
    return problems


def makes_up_a_day(token: Token, ours: Tokens, stated: Tokens) -> bool:
    """Whether a claim's "a day" or "divided" tells of the passage's doses added up.

    "600 mg a day in three doses" is 200 mg three times a day.
    """
    if token.kind is Kind.TIMING and token.key == "divided":
        return _parted(ours) in _rates(stated)
    return token.key == _A_DAY and any(is_total(t, ours, stated) for t in ours)


def is_a_day(token: Token, stated: Tokens) -> bool:
    """Whether "a day" is what the passage calls 24 hours: "in 24 hours", "the 24-hour dose"."""
    if token.key != _A_DAY or not is_rate(token) or any(is_rate(t) for t in stated):
        return False
    lengths = (t.quantity for t in stated if t.quantity and t.quantity.role in ("for", ""))
    return any(q.low == q.high == 24 and q.unit == "h" for q in lengths)


def is_total(token: Token, ours: Tokens, stated: Tokens) -> bool:
    """Whether a claim's amount a day is that of a stated dose, times how often it is given."""
    q, often = token.quantity, _parted(ours)
    if q is None or not is_dose(token) or often is None or often not in _rates(stated):
        return False
    times = 24 / Decimal(often.split()[0])
    return any(
        t.quantity is not None
        and (t.quantity.unit, t.quantity.per) == (q.unit, q.per)
        and (t.quantity.low * times, t.quantity.high * times) == (q.low, q.high)
        and t.quantity.comparator == q.comparator
        for t in stated
        if is_dose(t)
    )


def is_number_of_doses(q: Quantity, stated: Tokens) -> bool:
    """Whether a bare number is that of the doses a day: "split into three"."""
    if q != Quantity(q.low, q.low) or q.low < 2:
        return False
    return f"{number_text(24 / q.low)} h" in _rates(stated)


def _parted(tokens: Tokens) -> str | None:
    """How often a claim that speaks of a day's amount parts it: "12 h"."""
    rates = _rates(tokens)
    parted = [key for key in rates if key != _A_DAY and "–" not in key and _is_within_a_day(key)]
    return parted[0] if _A_DAY in rates and parted else None


def _rates(tokens: Tokens) -> list[str]:
    return [t.key for t in tokens if is_rate(t)]


def _is_daily(tokens: tuple[Token, ...]) -> bool:
    """Whether a claim says of an amount that it is a day's, or that it is divided."""
    if any(t.kind is Kind.TIMING and t.key == "divided" for t in tokens):
        return True
    return any(t.key == _A_DAY and is_rate(t) for t in tokens) or "divid" in {t.key for t in tokens}


def _is_divided(dose: Token, tokens: tuple[Token, ...]) -> bool:
    """Whether an amount stands right beside "a day", with the doses that make it up."""
    at = tokens.index(dose)
    after = tokens[at + 1] if at + 1 < len(tokens) else None
    before = [t for t in tokens[max(0, at - 4) : at] if t.text.lower() not in _OF_A_DOSE]
    beside = [t for t in (after, *before[-1:]) if t is not None]
    if not any(is_rate(t) and t.text.lower() in _DAYS for t in beside):
        return False
    return any(
        (t.kind is Kind.TIMING and t.key == "divided")
        or t.key == "divid"
        or (is_rate(t) and t.key != _A_DAY and _is_within_a_day(t.key))
        for t in tokens
    )


def _is_within_a_day(key: str) -> bool:
    """Whether an interval between doses is shorter than a day."""
    amount, base = key.split()
    return base == "h" and float(amount.split("–")[0]) < 24


def _is_per_dose(tokens: tuple[Token, ...]) -> bool:
    words = [token.text.lower() for token in tokens]
    return any(a in _PER_DOSE and b in _DOSE for a, b in pairwise(words))
