"""What stands with what: an amount, rate or duration among the words of another one.

"Adults 500 mg, children 250 mg" holds every word of "adults 250 mg, children 500 mg". The
words around a measure of the claim must not be nearer to a part of the passage that states
another measure in its place.
"""

from __future__ import annotations

from collections.abc import Callable

from osler.checking.clauses import Part, Sentence, is_dose, is_rate, is_span
from osler.checking.evidence import Evidence, Scope
from osler.checking.tokens import GROUP_KINDS, Kind, Token
from osler.domain import Problem, ProblemKind

Measure = Callable[[Token], bool]
_INHERITED = GROUP_KINDS | {Kind.SUBSTANCE}
_PHASES = frozenset(("course+", "change+", "change-"))


def check(sentence: Sentence, evidence: Evidence) -> list[Problem]:
    """Measures of a claim that stand in the surroundings of another measure."""
    found: list[Problem | None] = []
    several = sum(part.dose is not None for part in sentence.parts) > 1
    for part in sentence.parts:
        if several:
            found.append(_misplaced(part, is_dose, ProblemKind.AMOUNT, evidence, _own))
        found.append(_misplaced(part, is_rate, ProblemKind.TIMING, evidence, _with_subject))
        found.append(_misplaced(part, is_span, ProblemKind.DURATION, evidence, _with_subject))
        found += [_out_of_phase(part, evidence)]
    return [problem for problem in found if problem]


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
    ours = [token for token in part.tokens if token.key in _PHASES]
    if dose is None or not ours:
        return None
    keys = {token.key for token in ours}
    other = None
    for scope in evidence.scopes:
        if scope.part.dose is None or scope.part.dose.key != dose.key:
            continue
        theirs = [token for token in scope.part.tokens if token.key in _PHASES]
        if not theirs or any(token.key in keys for token in theirs):
            return None
        other = theirs[0]
    return Problem(ProblemKind.COMPARISON, ours[0].text, other.text) if other else None
