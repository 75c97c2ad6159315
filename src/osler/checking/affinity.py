"""What stands with what: an amount, rate or duration among the words of another one.

"Adults 500 mg, children 250 mg" holds every word of "adults 250 mg, children 500 mg". The
words around a measure of the claim must not be nearer to a part of the passage that states
another measure in its place.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise

from osler.checking.amounts import describes_patient
from osler.checking.clauses import Part, Sentence, is_dose, is_rate, is_span
from osler.checking.evidence import Evidence, Scope
from osler.checking.tokens import GROUP_KINDS, Kind, Token
from osler.domain import Problem, ProblemKind

Measure = Callable[[Token], bool]
_INHERITED = GROUP_KINDS | {Kind.SUBSTANCE}
# Words that say which dose of a course it is: the first, or one that comes later.
_FIRST = frozenset(("course+", "load"))
_LATER = frozenset(
    ("then", "change+", "change-", "course=", "mainten", "target", "targets", "goal")
)


def check(sentence: Sentence, evidence: Evidence) -> list[Problem]:
    """Measures of a claim that stand in the surroundings of another measure."""
    found: list[Problem | None] = []
    several = sum(part.dose is not None for part in sentence.parts) > 1
    found += _out_of_order(sentence, evidence)
    for part in sentence.parts:
        if several:
            found.append(_misplaced(part, _is_given, ProblemKind.AMOUNT, evidence, _own))
        elif not any(t.quantity and describes_patient(t.quantity) for t in part.tokens):
            found.append(_misplaced(part, _is_given, ProblemKind.AMOUNT, evidence, _with_subject))
        found.append(_misplaced(part, is_rate, ProblemKind.TIMING, evidence, _with_subject))
        found.append(_misplaced(part, is_span, ProblemKind.DURATION, evidence, _with_subject))
        found += [_out_of_phase(part, evidence)]
    return [problem for problem in found if problem]


def _is_given(token: Token) -> bool:
    """Whether a token is a dose and no bound of one."""
    return is_dose(token) and token.quantity is not None and not token.quantity.comparator


def _misplaced(
    part: Part,
    measure: Measure,
    kind: ProblemKind,
    evidence: Evidence,
    around: Callable[[Scope, Measure], frozenset[str]],
) -> Problem | None:
    stated = next((token for token in part.tokens if measure(token)), None)
    if stated is None:
        return None
    ours = _surroundings(part.tokens, measure)
    at_home = -1
    nearest, closest = None, -1
    for scope in evidence.scopes:
        keys = {token.key: token for token in scope.part.tokens if measure(token)}
        if not keys:
            continue
        shared = len(ours & around(scope, measure))
        if stated.key in keys:
            at_home = max(at_home, shared)
        elif shared > closest:
            nearest, closest = next(iter(keys.values())), shared
    if at_home < 0 or nearest is None or closest <= at_home:
        return None
    return Problem(kind, stated.text, nearest.text)


def _own(scope: Scope, measure: Measure) -> frozenset[str]:
    return _surroundings(scope.part.tokens, measure)


def _with_subject(scope: Scope, measure: Measure) -> frozenset[str]:
    """The part's words, and those that open its sentence and hold for every part of it.

    A drug or a group of the opening holds only for parts that name none of their own.
    """
    own = scope.part.tokens
    kinds = {token.kind for token in own}
    opening = []
    for token in scope.sentence.tokens:
        if measure(token):
            break
        if token.kind not in _INHERITED or token.kind not in kinds:
            opening.append(token)
    return _surroundings((*own, *opening), measure)


def _surroundings(tokens: tuple[Token, ...], measure: Measure) -> frozenset[str]:
    return frozenset(
        token.key
        for token in tokens
        if token.kind not in (Kind.MARK, Kind.NEUTRAL) and not measure(token)
    )


def _out_of_phase(part: Part, evidence: Evidence) -> Problem | None:
    """A dose said to be the first that the passage gives only as a later step, or the reverse."""
    dose = part.dose
    ours = _in_course(part)
    phase = _phase(ours)
    if dose is None or phase is None:
        return None
    other = None
    for scope in evidence.scopes:
        if scope.part.dose is None or scope.part.dose.key != dose.key:
            continue
        theirs = _in_course(scope.part)
        if _phase(theirs) in (None, phase):
            return None
        other = theirs[0]
    return Problem(ProblemKind.COMPARISON, ours[0].text, other.text) if other else None


def _in_course(part: Part) -> list[Token]:
    """Words that say which dose it is; "falls below 14" tells of a level, not of a dose."""
    following = (*part.tokens[1:], part.tokens[-1])
    return [
        token
        for token, after in zip(part.tokens, following, strict=True)
        if token.key in _FIRST | _LATER
        and not (after.quantity and after.quantity.comparator in ("<", ">"))
    ]


def _phase(tokens: list[Token]) -> bool | None:
    """True for the first dose, False for a later one, None where it is not said or both."""
    phases = {token.key in _FIRST for token in tokens}
    return phases.pop() if len(phases) == 1 else None


def _out_of_order(sentence: Sentence, evidence: Evidence) -> Iterator[Problem]:
    """ "2 hours before, 6 hours after" with its times exchanged."""
    stated = dict[str, set[str]]()
    for other in evidence.sentences:
        for time, order in _ordered(other):
            stated.setdefault(time.key, set()).add(order.key)
    for time, order in _ordered(sentence):
        if order.key not in stated.get(time.key, {order.key}):
            text = f"{time.text} {order.text}"
            yield Problem(ProblemKind.COMPARISON, text, time.text)


def _ordered(sentence: Sentence) -> Iterator[tuple[Token, Token]]:
    """Times with "before" or "after" right behind them."""
    for first, second in pairwise(sentence.tokens):
        if first.quantity and first.quantity.unit in ("h", "mo") and second.key[:-1] == "order":
            yield first, second
