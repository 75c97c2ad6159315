"""Amounts: each quantity of a claim against those of one dose of the passage."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from osler.checking import arithmetic, levels, totals
from osler.checking.clauses import COUNTED, Part, Sentence, is_dose, is_stated_level
from osler.checking.comparators import SIGNS
from osler.checking.evidence import Scope
from osler.checking.numbers import ORDINALS
from osler.checking.tokens import (
    Kind,
    Quantity,
    Token,
    are_as_long,
    in_months,
    is_renal,
    quantity_key,
    rate_key,
)
from osler.domain import Problem, ProblemKind

_TIME = frozenset(("h", "mo"))


def includes(stated: Quantity, claim: Quantity) -> bool:
    """Whether a patient's value lies within a stated range or bound, units alike."""
    if claim.low != claim.high or claim.comparator not in ("", "~"):
        return False
    if claim.role == "age" and stated.unit == "mo":
        claim = in_months(claim)  # six weeks old is between 1 and 2 months
    if claim.unit != stated.unit or _rate_of(claim) != _rate_of(stated):
        return False
    if claim.role == "ago":
        return stated.comparator in (">", ">=", "<", "<=") and _meets(stated, claim.low)
    if claim.role == "age" != stated.role and (stated.unit != "mo" or stated.role):
        return False  # "at least 4 weeks" is no age; "1–4 years" in a cell is
    return _meets(stated, claim.low)


def _meets(stated: Quantity, value: Decimal) -> bool:
    if stated.low != stated.high:
        # "1–4 years" holds until the fifth birthday
        years = stated.unit == "mo" and stated.low >= 12 and not stated.low % 12
        top = stated.high + (11 if years and not stated.high % 12 else 0)
        if "<" in stated.comparator.replace("<=", ""):
            return stated.low <= value < stated.high
        if stated.comparator == ">":
            return stated.low < value <= top
        return stated.low <= value <= top
    match stated.comparator:
        case "<":
            return value < stated.low
        case "<=":
            return value <= stated.high
        case ">":
            return value > stated.high
        case ">=":
            return value >= stated.low
        case _:
            return False


def _rate_of(q: Quantity) -> tuple[str, ...]:
    """Denominators, a filtration rate's body surface left aside."""
    return ("min",) if is_renal(q) else q.per


def describes_patient(q: Quantity) -> bool:
    """Whether a quantity is an age, a weight or a renal function: a patient's own value."""
    return q.role in ("age", "weight", "ago") or is_renal(q)


def check(part: Part, sentence: Sentence, scope: Scope) -> list[Problem]:
    """What the amounts of `part` say that `scope` does not.

    `sentence` is the claim's sentence that `part` belongs to.
    """
    problems = (
        _quantity(token, token.quantity, part, sentence, scope)
        for token in part.tokens
        if token.quantity is not None
    )
    return [problem for problem in problems if problem]


def _quantity(
    token: Token, q: Quantity, part: Part, sentence: Sentence, scope: Scope
) -> Problem | None:
    if is_dose(token):
        own = scope.amounts
    elif describes_patient(q) or any(t.key in _RENAL_WORDS for t in part.tokens):
        own = scope.who
    else:
        own = scope.everything
    if q.role == "age" and {t.text.lower() for t in scope.sentence.tokens} >= _ANY_AGE:
        return None  # "65 years and over, or any age with heart disease"
    stated = [other for other in own if other.quantity is not None]
    if q.comparator == "<=" and _is_bounded_in_row(q, part, scope):
        return None
    for other in stated:
        assert other.quantity is not None
        if _says_the_same(token, q, part, other, other.quantity, scope):
            if _is_of_another_analyte(token, sentence, other, scope):
                continue
            return None
        if describes_patient(q) and includes(other.quantity, q):
            return None
        if levels.agrees(
            token, sentence.tokens, other, scope.sentence.tokens, (*scope.leads, *scope.context)
        ):
            return None
    if _counts_off(q, scope.sentence.tokens):
        return None
    if q.role == "spaced" and any(t.key == rate_key(q) for t in scope.slot(Kind.RATE)):
        return None  # "two hours apart": every two hours
    if q == Quantity(q.low, q.high) and q.low == 1 and _means_one(scope):
        return None
    if _share(q) == (_HALF, "") and any(
        t.text.lower().startswith("hal") for t in scope.sentence.tokens
    ):
        return None  # "cut by half": halved
    if totals.is_total(token, part.tokens, scope.part.tokens):
        return None
    if totals.is_number_of_doses(q, scope.sentence.tokens):
        return None
    if is_dose(token) and arithmetic.is_worked_out(q, sentence.tokens, scope.sentence.tokens):
        return None
    weighed = any(t.quantity and t.quantity.role == "weight" for t in stated)
    if q.role == "weight" and not weighed and arithmetic.uses_size(token, scope.sentence.tokens):
        return None
    return _disagreement(token, q, stated)


def _is_bounded_in_row(q: Quantity, part: Part, scope: Scope) -> bool:
    """Whether a cell "Maximum" of the row bounds the dose of the cell before it."""
    return scope.sentence.is_row and any(
        token.key == quantity_key(q) or _bounded_alike(q, part, token.quantity, cell)
        for cell in scope.sentence.parts
        for token in cell.tokens
        if token.quantity is not None
    )


def _is_of_another_analyte(token: Token, sentence: Sentence, other: Token, scope: Scope) -> bool:
    """Whether a value is stated of one analyte and claimed of another that has its own value."""
    if not (is_stated_level(token) and is_stated_level(other)):
        return False
    theirs = scope.sentence.tokens
    ours = levels.analyte_of(token, sentence.tokens)
    if ours is None or ours == levels.analyte_of(other, theirs):
        return False
    others = (t for t in theirs if t is not other and is_stated_level(t))
    return any(
        levels.analyte_of(t, theirs) == ours
        for t in others
        if t.quantity and other.quantity and t.quantity.unit == other.quantity.unit
    )


def _says_the_same(
    token: Token, q: Quantity, part: Part, other: Token, stated: Quantity, scope: Scope
) -> bool:
    if _is_counted_apart(q, part, stated):
        return True
    if stated.unit == "mmhg" and q == replace(stated, unit=None):
        return True  # "140 over 90"
    if are_shares_alike(q, stated) or are_as_long(q, stated):
        return True
    if other in scope.part.tokens and _is_allowed(q, part, stated, scope):
        return True
    return token.key == other.key or _bounded_alike(q, part, stated, scope.part)


def _is_allowed(q: Quantity, part: Part, stated: Quantity, scope: Scope) -> bool:
    """Whether "may go up to 25 mg" is said as "can be raised to 25 mg"."""
    return (
        stated.comparator == "<=" and replace(q, comparator="<=") == stated and not q.comparator
    ) and all(
        any(t.text.lower() in _MAY for t in tokens) for tokens in (part.tokens, scope.part.tokens)
    )


_MAY = frozenset(("may", "can", "could", "might"))


def _counts_off(q: Quantity, stated: tuple[Token, ...]) -> bool:
    """Whether a bare number says which one: "shock three" is the third shock."""
    return q == Quantity(q.low, q.low) and any(
        ORDINALS.get(token.text.lower()) == q.low for token in stated
    )


def are_shares_alike(q: Quantity, stated: Quantity) -> bool:
    """Whether two quantities are the same part of a whole: half, 50 %."""
    return _share(q) is not None and _share(q) == _share(stated)


def _share(q: Quantity) -> tuple[Decimal, str] | None:
    """What part of a whole a quantity is: a half is 50 %."""
    if q.low != q.high or q.per or q.role:
        return None
    if q.unit == "%":
        return q.low / 100, q.comparator
    return (q.low, q.comparator) if q.unit is None and q.low < 1 else None


def _is_counted_apart(q: Quantity, part: Part, stated: Quantity) -> bool:
    """Whether a count stands apart from what it counts: "four yellow tablets"."""
    unit = stated.unit
    if unit not in COUNTED or q != replace(stated, unit=None, role=""):
        return False
    return any(token.kind is Kind.WORD and token.key.startswith(unit) for token in part.tokens)


def _bounded_alike(ours: Quantity, part: Part, theirs: Quantity, stated: Part) -> bool:
    """Whether a bound stands apart from its number on one side: "the maximum … is 10 mg"."""
    if (ours.low, ours.high, ours.unit, ours.per) != (
        theirs.low,
        theirs.high,
        theirs.unit,
        theirs.per,
    ):
        return False
    if {ours.comparator, theirs.comparator} == {"", "<="} and "within" in (ours.role, theirs.role):
        return True  # "no later than 3 hours after"
    if theirs.comparator and not ours.comparator:
        return _has_bound(part, theirs.comparator)
    return bool(ours.comparator and not theirs.comparator) and _has_bound(stated, ours.comparator)


def _has_bound(part: Part, comparator: str) -> bool:
    return any(token.key == f"bound{SIGNS.get(comparator, '?')}" for token in part.tokens)


def _means_one(scope: Scope) -> bool:
    return any(
        word in _ONE for token in scope.sentence.tokens for word in token.text.lower().split()
    )


_ANY_AGE = frozenset(("any", "age"))
_HALF = Decimal("0.5")
_RENAL_WORDS = frozenset(("egfr", "gfr", "crcl"))
_ONE = frozenset(("a", "an", "one", "single", "first", "once", "each"))


def _disagreement(token: Token, q: Quantity, stated: list[Token]) -> Problem:
    """The problem with a quantity, against the stated one that comes nearest to it."""

    def distance(other: Token) -> tuple[bool, bool, bool]:
        o = other.quantity
        assert o is not None
        return (o.unit != q.unit, o.per != q.per, (o.low, o.high) != (q.low, q.high))

    if not stated:
        return Problem(_kind(q, None), token.text, "")
    nearest = min(stated, key=distance)
    return Problem(_kind(q, nearest.quantity), token.text, nearest.text)


def _kind(q: Quantity, nearest: Quantity | None) -> ProblemKind:
    if nearest is not None and (q.low, q.high, q.unit) == (nearest.low, nearest.high, nearest.unit):
        return ProblemKind.UNIT if q.per != nearest.per else ProblemKind.COMPARISON
    if q.role in ("age", "weight"):
        return ProblemKind.GROUP
    if q.unit in _TIME:
        return ProblemKind.DURATION if q.role in ("for", "within") else ProblemKind.TIMING
    if nearest is not None and q.unit == "ug" == nearest.unit and _thousandfold(q, nearest):
        return ProblemKind.UNIT
    if nearest is not None and q.unit != nearest.unit and q.low == nearest.low:
        return ProblemKind.UNIT
    return ProblemKind.AMOUNT


def _thousandfold(q: Quantity, nearest: Quantity) -> bool:
    larger, smaller = max(q.low, nearest.low), min(q.low, nearest.low)
    return smaller > 0 and larger / smaller in (1000, 1_000_000)
