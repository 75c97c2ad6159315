"""A claim in nearly the passage's own words must agree with it word for word where it counts.

Independent of what belongs to what: the critical tokens of the two sentences are counted, and
a count that differs is a change.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from decimal import Decimal

from osler.checking import arithmetic, levels, totals
from osler.checking.amounts import are_shares_alike, describes_patient, includes
from osler.checking.clauses import Sentence
from osler.checking.evidence import Evidence
from osler.checking.tokens import FREE_DIRECTIONS, GROUP_KINDS, Kind, Quantity, Token, are_as_long
from osler.domain import Problem, ProblemKind

_ONE = Quantity(Decimal(1), Decimal(1))
_ALIKE = 0.65
_NEARLY_THE_SAME = 0.8  # from here on a claim is the sentence itself, and may leave nothing out
_AS_GOOD = 0.02
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


@dataclass(frozen=True, slots=True)
class _Around:
    """What a claim may take from around the sentence that it is like."""

    context: Counter[tuple[Kind, str]]
    drugs: frozenset[str]
    trends: frozenset[str]
    of_columns: frozenset[Kind]  # kinds of group that the columns of a row set apart


def check(claim: tuple[Sentence, ...], evidence: Evidence) -> list[Problem]:
    """Critical words put in or left out, against the sentences of the passage most like them."""
    problems = [p for sentence in claim for p in _against(sentence.tokens, 1, evidence)]
    if len(claim) > 1 and not problems:
        whole = tuple(token for sentence in claim for token in sentence.tokens)
        problems = _against(whole, len(claim), evidence)
    return problems


def _against(claim: tuple[Token, ...], length: int, evidence: Evidence) -> list[Problem]:
    """Compare with each run of `length` sentences, and with the passage as a whole."""
    ours = _counted(claim)
    runs = [
        tuple(
            token
            for sentence in evidence.sentences[first : first + length]
            for token in sentence.tokens
        )
        for first in range(max(1, len(evidence.sentences) - length + 1))
    ]
    if len(runs) > 1:
        runs.append(evidence.tokens)
    ranked = [(similarity(ours, _counted(tokens)), tokens) for tokens in runs]
    best = max((alike for alike, _ in ranked), default=0.0)
    if best < _ALIKE:
        return []
    # sentences that are equally like it (the rows of a table) are equally good evidence
    patients = tuple(
        token
        for sentence in evidence.sentences
        if not sentence.has_dose
        for token in sentence.tokens
        if token.quantity and describes_patient(token.quantity)
    )
    around = _Around(
        _critical((*evidence.context, *patients)),
        frozenset(t.key for t in (*evidence.tokens, *evidence.context) if t.kind is Kind.SUBSTANCE)
        | levels.named_in(evidence.context),
        evidence.trends,
        GROUP_KINDS if any(map(_has_columns, evidence.sentences)) else frozenset(),
    )
    found = [
        _compare(claim, tokens, around, whole=alike >= _NEARLY_THE_SAME)
        for alike, tokens in ranked
        if alike > best - _AS_GOOD
    ]
    return min(found, key=len)


def _has_columns(sentence: Sentence) -> bool:
    """Whether it is written as "header: cell; header: cell"."""
    marks = [token.text for token in sentence.tokens if token.text in (":", ";")]
    return marks.count(":") > 1 and ";" in marks


def similarity(ours: Counter[str], theirs: Counter[str]) -> float:
    """Dice's coefficient of two multisets."""
    total = ours.total() + theirs.total()
    return 2 * (ours & theirs).total() / total if total else 0.0


def _counted(tokens: tuple[Token, ...]) -> Counter[str]:
    return Counter(token.key for token in tokens if token.kind is not Kind.MARK)


def _critical(tokens: tuple[Token, ...]) -> Counter[tuple[Kind, str]]:
    return Counter(_identity(token) for token in tokens if token.kind in _KINDS)


def _identity(token: Token) -> tuple[Kind, str]:
    """Every negation counts as one and the same: "avoid" and "do not"."""
    return token.kind, "" if token.kind is Kind.NEGATION else token.key


def _replaces(kind: Kind, key: str) -> tuple[Kind, str]:
    """What may stand in place of what: a direction only for one of its own axis."""
    return kind, key[:-1] if kind is Kind.DIRECTION else ""


def _fits(token: Token, ours: tuple[Token, ...], stated: tuple[Token, ...]) -> bool:
    """Whether a quantity is another one in other words: a patient's value, other units."""
    q = token.quantity
    if q is None:
        return False
    if describes_patient(q) and (
        arithmetic.uses_size(token, stated)
        or any(other.quantity and includes(other.quantity, q) for other in stated)
    ):
        return True
    if totals.is_total(token, ours, stated) or q == _ONE:
        return True  # "one infusion": the check of amounts judges it
    if any(
        other.quantity and (are_shares_alike(q, other.quantity) or are_as_long(q, other.quantity))
        for other in stated
    ):
        return True
    return arithmetic.is_worked_out(q, ours, stated) or any(
        levels.agrees(token, ours, other, stated) for other in stated if other.quantity
    )


def _compare(
    ours: tuple[Token, ...],
    theirs: tuple[Token, ...],
    around: _Around,
    *,
    whole: bool,
) -> list[Problem]:
    claimed, stated = _critical(ours), _critical(theirs)
    put_in, left_out = claimed - stated, stated - claimed
    problems = []
    replaced = {_replaces(kind, key) for kind, key in left_out}
    for kind, key in put_in:
        # a heading "Contraindications" negates what stands over it, unless that is negated itself
        by_heading = kind is not Kind.NEGATION or not stated[kind, key]
        if (kind, key) in around.context and _replaces(kind, key) not in replaced and by_heading:
            continue
        token = next(t for t in reversed(ours) if _identity(t) == (kind, key))
        if totals.makes_up_a_day(token, ours, theirs) or totals.is_a_day(token, theirs):
            continue
        if _fits(token, ours, theirs) or (
            (key in FREE_DIRECTIONS or key.startswith("order"))
            and not key.startswith("bound")
            and _replaces(kind, key) not in replaced
        ):
            continue
        if key in around.trends:
            continue
        axis = _replaces(kind, key)
        judged = kind is Kind.DIRECTION and not key.startswith("bound")
        if judged and not any(_replaces(*other) == axis for other in stated):
            continue  # nothing of its axis is stated: the check of words judges it
        if kind is Kind.TIMING and key[-1].isdecimal():
            continue  # "week 12": the check of times judges it
        if key in around.drugs and (kind, "") not in replaced:
            continue  # "it" is the drug of the sentence before, or of the title's condition
        other = next((t for t in theirs if t.kind is kind and _identity(t) in left_out), None)
        problems.append(Problem(_KINDS[kind], token.text, other.text if other else ""))
    if problems or not whole:
        return problems
    for kind, key in left_out:
        if kind in around.of_columns and any(
            k is kind and stated[k, other] for k, other in claimed
        ):
            continue  # the column for others: "Adult: …; Child: …" told as "Child: …"
        if kind in _MUST_STAY:
            token = next(t for t in theirs if _identity(t) == (kind, key))
            problems.append(Problem(_KINDS[kind], "", token.text))
    return problems
