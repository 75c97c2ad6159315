"""Who a claim is about: never another group, and no wider one than the passage's."""

from __future__ import annotations

from decimal import Decimal

from osler.checking.amounts import describes_patient, includes
from osler.checking.clauses import Part, is_dose
from osler.checking.evidence import Scope
from osler.checking.tokens import GROUP_KINDS, Kind, Quantity, Token, is_renal
from osler.domain import Problem, ProblemKind

# Age in months that a stage of life covers; None is open.
_AGES: dict[str, tuple[Decimal, Decimal | None]] = {
    "neonate": (Decimal(0), Decimal(1)),
    "infant": (Decimal(0), Decimal(24)),
    "toddler": (Decimal(12), Decimal(36)),
    "child": (Decimal(0), Decimal(215)),
    "adolescent": (Decimal(120), Decimal(227)),
    "adult": (Decimal(216), None),
    "older": (Decimal(780), None),
}


_OF_WOMEN = (Kind.PREGNANCY, Kind.LACTATION)


def check(part: Part, scope: Scope) -> list[Problem]:
    """Groups that `part` names and `scope` does not, or restrictions that it leaves out."""
    problems = []
    for token in part.tokens:
        if token.kind in GROUP_KINDS:
            problem = _named(token, part, scope)
        elif token.quantity is not None and token.quantity.role == "age":
            problem = _aged(token, scope)
        else:
            continue
        if problem:
            problems.append(problem)
    return problems or _widened(part, scope)


def _named(token: Token, part: Part, scope: Scope) -> Problem | None:
    stated = scope.group_slot(token.kind)
    if any(other.key == token.key for other in stated):
        return None
    if token.key == "female" and any(scope.group_slot(k) for k in _OF_WOMEN):
        return None
    if token.key == "pregnant" and any(t.key == "pregnanc" for t in scope.everything):
        return None
    if token.kind is Kind.STAGE and _goes_without_saying(token, part, scope, stated):
        return None
    return Problem(ProblemKind.GROUP, token.text, " / ".join(other.text for other in stated))


def _goes_without_saying(token: Token, part: Part, scope: Scope, stated: tuple[Token, ...]) -> bool:
    """Whether a stage of life follows from an age or a weight, or is the one usually meant.

    "A child aged 8 years": the age decides; "a child of 18 kg" in a table of weights: the
    weight does. A dose that is said for nobody in particular is one for adults.
    """
    if any(_in_stage(other, token.key) for other in part.tokens):
        return True
    if stated or any(t.kind is Kind.STAGE for t in (*scope.everything, *scope.antecedents)):
        return False
    if token.key == "adult":
        return not any(t.quantity and t.quantity.role == "age" for t in scope.everything)
    weighs = (t.quantity for t in part.tokens if t.quantity and t.quantity.role == "weight")
    return token.key in ("child", "infant") and any(
        other.quantity and includes(other.quantity, weight)
        for weight in weighs
        for other in scope.who
    )


def _aged(token: Token, scope: Scope) -> Problem | None:
    """A patient's age against the stage of life that the passage is about."""
    age = token.quantity
    stated = scope.group_slot(Kind.STAGE)
    if age is None or age.unit not in ("mo", "h") or age.low != age.high or age.comparator:
        return None
    if any(_in_stage(token, other.key) for other in stated):
        return None
    if not stated or any(t.quantity and t.quantity.unit == "mo" for t in scope.part.tokens):
        return None
    return Problem(ProblemKind.GROUP, token.text, " / ".join(other.text for other in stated))


def _in_stage(token: Token, stage: str) -> bool:
    """Whether a patient's age lies in a stage of life."""
    age = token.quantity
    if age is None or age.role != "age" or age.low != age.high:
        return False
    months = age.low if age.unit == "mo" else age.low / 730
    low, high = _AGES.get(stage, (Decimal(0), None))
    return low <= months and (high is None or months <= high)


def _is_alternative(token: Token, claimed: Part, stated: Part) -> bool:
    """Whether the claim names another one of those that the passage joins with "or".

    "Who are frail, over 75 or with an eGFR under 30": each of them.
    """
    before = stated.tokens[: stated.tokens.index(stated.dose)] if stated.dose else stated.tokens
    joints = [n for n, other in enumerate(before) if other.text.lower() == "or"]
    if not joints:
        return False
    members: list[list[Token]] = [[]]
    for number, other in enumerate(before):
        if other.text.lower() in (",", "or"):
            if number > joints[-1]:
                break
            members.append([])
        else:
            members[-1].append(other)
    if not any(token in member for member in members):
        return False
    said = {t.key for t in claimed.tokens if t.kind in _NAMING and not is_dose(t)}
    return any(
        token not in member
        and any(t.kind in _NAMING and t.key in said and not is_dose(t) for t in member)
        for member in members
    )


_NAMING = GROUP_KINDS | {Kind.WORD, Kind.QUANTITY}


def _is_usual(token: Token, scope: Scope) -> bool:
    """Whether "adults" sets nobody apart: no other group is named beside them."""
    return token.key == "adult" and not any(
        (t.kind is Kind.STAGE and t.key != "adult") or (t.quantity and t.quantity.role == "age")
        for t in scope.everything
    )


_RESTRICTIVE = GROUP_KINDS - {Kind.SEX}


def _is_patients(q: Quantity, scope: Scope) -> bool:
    """Whether a quantity is a patient's own: 1 mL/min may also be the speed of an infusion."""
    if not is_renal(q):
        return describes_patient(q)
    return any(t.key in _RENAL_WORDS or t.kind is Kind.RENAL for t in scope.everything)


_RENAL_WORDS = frozenset(("egfr", "gfr", "crcl", "clearanc", "creatinin", "filtrat"))


def _widened(part: Part, scope: Scope) -> list[Problem]:
    """A restriction of the passage's own part that the claim leaves out."""
    if part.dose is None or scope.part.dose is None:
        return []
    if any(
        t.kind in GROUP_KINDS or (t.quantity and describes_patient(t.quantity)) for t in part.tokens
    ):
        return []
    left_out = [
        token
        for token in scope.part.tokens
        if token.kind in _RESTRICTIVE or (token.quantity and _is_patients(token.quantity, scope))
        if not _is_usual(token, scope) and not _is_alternative(token, part, scope.part)
    ]
    if not left_out:
        return []
    return [Problem(ProblemKind.GROUP, part.dose.text, left_out[0].text)]
