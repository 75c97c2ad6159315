"""The gate: is this claim supported by this passage?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from osler.checking import (
    affinity,
    amounts,
    avoidances,
    conditions,
    counted,
    denials,
    ends,
    groups,
    indications,
    likeness,
    manner,
    polarity,
    relations,
    strength,
    substances,
    times,
    totals,
    wording,
)
from osler.checking.clauses import Part, Sentence, sentences
from osler.checking.evidence import Evidence, Scope
from osler.checking.tokens import Kind, Token
from osler.domain import Problem, ProblemKind, Statement, Verdict
from osler.statements.groups.forbidding import behind, forbidding


def check(claim: str, evidence: Statement | Sequence[Statement]) -> Verdict:
    """Whether `claim` is supported by at least one of the statements.

    If none supports it, the verdict is that of the statement with the fewest problems.
    """
    statements = (evidence,) if isinstance(evidence, Statement) else tuple(evidence)
    if not statements:
        raise ValueError("a claim is checked against at least one statement")
    verdicts = []
    for statement in statements:
        context = "\n".join(part.quote for part in statement.context)
        verdict = check_text(claim, statement.text or statement.quote, context)
        if verdict.supported:
            return verdict
        verdicts.append(verdict)
    return min(verdicts, key=lambda verdict: len(verdict.problems))


@lru_cache(maxsize=8192)  # a statement is worded the same in answer after answer
def check_text(claim: str, passage: str, context: str = "") -> Verdict:
    """Whether `passage`, standing under `context` (title and headings), supports `claim`.

    Every sentence of the claim is compared with the passage: amounts, units, routes and
    timing of each dose with one dose of the passage; who it is for; what is negated and in
    which direction; the drug; and each remaining content word. The problems found name the
    words of the claim and those of the passage that disagree.
    """
    passage = behind(forbidding(context.replace(" > ", "\n").splitlines()), passage)
    evidence = Evidence.of(passage, context)
    problems: list[Problem] = []
    claimed = sentences(claim)
    for sentence in claimed:
        for part in sentence.parts:
            problems += _best(part, sentence, evidence)
        problems += affinity.check(sentence, evidence)
        problems += relations.check(sentence, evidence)
        problems += denials.check(sentence, evidence)
        problems += ends.check(sentence, evidence)
        problems += strength.check(sentence, evidence)
        problems += times.check(sentence, evidence)
        problems += counted.check(sentence, evidence)
        problems += avoidances.check(sentence, evidence)
        problems += indications.check(sentence, evidence)
    problems += wording.check(claimed, evidence)
    problems += likeness.check(claimed, evidence)
    if any(_is_of_order(problem) for problem in problems) and all(
        relations.keeps_order(sentence, evidence) for sentence in claimed
    ):
        problems = [problem for problem in problems if not _is_of_order(problem)]
    return Verdict(tuple(dict.fromkeys(problems)))


def _is_of_order(problem: Problem) -> bool:
    return problem.claim.lower() in ("before", "after")


@dataclass(frozen=True, slots=True)
class _Fit:
    """How well a scope fits, the smallest `rank` best, and what was found on the way."""

    rank: tuple[int, int, int, int, int]
    scope: Scope
    problems: list[Problem]  # of dose and group
    unlike: list[Problem]  # of drugs


def _best(part: Part, sentence: Sentence, evidence: Evidence) -> list[Problem]:
    """The problems of `part` against the part of the passage that it fits best."""
    keys = _content(part.tokens)
    measures = {token.key for token in part.tokens if token.quantity is not None}

    def fit(scope: Scope) -> _Fit:
        problems = [*_of_dose(part, sentence, scope), *groups.check(part, scope)]
        unlike = substances.check(part, scope)
        theirs = _content(scope.part.tokens)
        words = {token.key for token in scope.sentence.tokens} & every
        shared = -len(measures & theirs), -len(keys & theirs), -len(words)
        return _Fit((len(problems), len(unlike), *shared), scope, problems, unlike)

    if not evidence.scopes:
        return [Problem(ProblemKind.UNSUPPORTED, part.tokens[0].text, "")]
    every = {token.key for token in part.tokens}
    perfect = (0, 0, -len(measures), -len(keys), -len(every))
    best = fit(evidence.scopes[0])
    for other in evidence.scopes[1:]:
        if best.rank == perfect:
            break
        best = min(best, fit(other), key=lambda found: found.rank)
    return [
        *best.problems,
        *polarity.check(part, sentence, best.scope),
        *conditions.check(part, sentence, best.scope),
        *totals.check(part, sentence, best.scope),
        *best.unlike,
    ]


def _of_dose(part: Part, sentence: Sentence, scope: Scope) -> list[Problem]:
    return [*amounts.check(part, sentence, scope), *manner.check(part, scope)]


def _content(tokens: tuple[Token, ...]) -> set[str]:
    """What tokens state; "avoid" and "do not" are one and the same."""
    return {
        "not" if token.kind is Kind.NEGATION else token.key
        for token in tokens
        if token.kind not in (Kind.MARK, Kind.NEUTRAL)
    }
