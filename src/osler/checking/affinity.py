"""What stands with what: an amount, rate or duration among the words of another one.

"Adults 500 mg, children 250 mg" holds every word of "adults 250 mg, children 500 mg". The
words around a measure of the claim must not be nearer to a part of the passage that states
another measure in its place.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise

from osler.checking.amounts import describes_patient
from osler.checking.arithmetic import is_worked_out
from osler.checking.clauses import Part, Sentence, is_dose, is_rate, is_span, is_stated_level
from osler.checking.evidence import Evidence, Scope
from osler.checking.tokens import GROUP_KINDS, Kind, Token, are_as_long
from osler.checking.totals import is_total, makes_up_a_day
from osler.domain import Problem, ProblemKind

Measure = Callable[[Token], bool]
_ENDS = frozenset((",", ";", ".", ":", "then", "and"))
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
        elif _is_worked_out(part, evidence) or not any(
            t.quantity and describes_patient(t.quantity) for t in part.tokens
        ):
            found.append(_misplaced(part, _is_given, ProblemKind.AMOUNT, evidence, _with_subject))
        found.append(_misplaced(part, is_rate, ProblemKind.TIMING, evidence, _with_subject))
        found.append(_misplaced(part, _lasts, ProblemKind.DURATION, evidence, _with_subject))
        found.append(_misplaced(part, is_stated_level, ProblemKind.AMOUNT, evidence, _with_subject))
        found += [_out_of_phase(part, evidence)]
    return [problem for problem in found if problem]


def _is_given(token: Token) -> bool:
    """Whether a token is a dose and no bound of one."""
    return is_dose(token) and token.quantity is not None and not token.quantity.comparator


def _lasts(token: Token) -> bool:
    """Whether a token says for how long, and not what has to have passed."""
    return is_span(token) and not (token.quantity and token.quantity.comparator in ("<", ">"))


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
    if any(_is_one_of_two(stated, part, scope) for scope in evidence.scopes):
        return None
    ours = _surroundings(part.tokens, measure)
    claimed = {token.key for token in part.tokens}
    at_home = -1
    nearest, closest = None, -1
    for scope in evidence.scopes:
        keys = {
            token.key: token
            for token in scope.part.tokens
            if (measure(token) or (measure is _is_given and is_dose(token)))
            and (measure is not is_stated_level or _unit(token) == _unit(stated))
        }
        if not keys or (stated.key not in keys and claimed & keys.keys()):
            continue
        shared = len(ours & around(scope, measure))
        if stated.key in keys or _is_rounded(stated, keys) or _is_product(stated, part, scope):
            at_home = max(at_home, shared)
        elif shared > closest:
            nearest, closest = next(iter(keys.values())), shared
    if at_home < 0 or nearest is None or closest <= at_home:
        return None
    return Problem(kind, stated.text, nearest.text)


def _is_one_of_two(stated: Token, part: Part, scope: Scope) -> bool:
    """Whether a measure stands with its dose before another: "100 mg twice or 200 mg once a day".

    What follows the second ("for 21 days") is of both.
    """
    keys = {token.key for token in scope.part.tokens}
    if part.dose is None or not {stated.key, part.dose.key} <= keys:
        return False
    following = scope.sentence.parts[scope.sentence.parts.index(scope.part) + 1 :][:1]
    return any(p.dose is not None and p.tokens[0].text.lower() == "or" for p in following)


def _is_rounded(stated: Token, keys: dict[str, Token]) -> bool:
    """Whether a time is one of the passage's in months for weeks."""
    q = stated.quantity
    return q is not None and any(t.quantity and are_as_long(q, t.quantity) for t in keys.values())


def _is_product(stated: Token, part: Part, scope: Scope) -> bool:
    if makes_up_a_day(stated, part.tokens, scope.part.tokens):
        return True
    q = stated.quantity
    return q is not None and (
        is_worked_out(q, part.tokens, scope.part.tokens)
        or is_total(stated, part.tokens, scope.part.tokens)
    )


def _is_worked_out(part: Part, evidence: Evidence) -> bool:
    """Whether the part's dose is one per kg times the weight that it gives."""
    dose = part.dose
    return dose is not None and any(_is_product(dose, part, scope) for scope in evidence.scopes)


def _unit(token: Token) -> str | None:
    """What a value is measured in: 48 mmol/mol is no other value than 6.5 %."""
    return token.quantity.unit if token.quantity else None


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
    found = set()
    until = False
    for before, token in zip((None, *tokens), tokens, strict=False):
        # what ends a dose is no more about it than about the one that follows
        until = token.text.lower() in ("until", "till") or (until and token.key not in _ENDS)
        elapsed = before is not None and before.key == "order+" and token.quantity is not None
        if token.kind in (Kind.MARK, Kind.NEUTRAL) or measure(token) or until or elapsed:
            continue
        if is_stated_level(token) and token.quantity and token.quantity.unit in ("ug", "iu"):
            # the strength of a solution
            continue
        found.add(token.key)
    return frozenset(found)


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
        stated = _phase(theirs)
        if stated is None:
            stated, theirs = _by_sequence(scope)
        if stated in (None, phase):
            return None
        other = theirs[0]
    return Problem(ProblemKind.COMPARISON, ours[0].text, other.text) if other else None


def _by_sequence(scope: Scope) -> tuple[bool | None, list[Token]]:
    """The phase of a dose from "then" or "followed" before or after it in its sentence."""
    tokens, dose = scope.sentence.tokens, scope.part.dose
    joints = [token for token in tokens if token.key in ("then", "followed")]
    if dose is None or len(joints) != 1 or scope.sentence.is_row:
        return None, []
    return joints[0].start > dose.start, joints


def _in_course(part: Part) -> list[Token]:
    """Words that say which dose it is; "falls below 14" tells of a level, not of a dose."""
    following = (*part.tokens[1:], part.tokens[-1])
    dose = part.dose
    return [
        token
        for token, after in zip(part.tokens, following, strict=True)
        if token.key in _FIRST | _LATER
        and not (after.quantity and after.quantity.comparator in ("<", ">"))
        # "25 mg a day, then titrate": what comes later is not this dose
        and not (token.key == "then" and dose is not None and token.start > dose.start)
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
