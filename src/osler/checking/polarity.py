"""Do or do not, more or less, before or after."""

from __future__ import annotations

from osler.checking.clauses import Part
from osler.checking.evidence import Scope
from osler.checking.tokens import Kind, Token
from osler.domain import Problem, ProblemKind

_COMPARISONS = frozenset(("bound", "order", "level", "position"))
_CONTENT = frozenset((Kind.WORD, Kind.DIRECTION, Kind.QUANTITY, Kind.ROUTE))
_CLAUSE_ENDS = frozenset(",;:.()|\n") | {"but"}


def check(part: Part, scope: Scope) -> list[Problem]:
    """Directions turned round, and negations put in or left out."""
    return [*_directions(part, scope), *_negations(part, scope)]


def _axis(token: Token) -> tuple[str, str]:
    return token.key[:-1], token.key[-1]


def _directions(part: Part, scope: Scope) -> list[Problem]:
    stated = [token for token in scope.everything if token.kind is Kind.DIRECTION]
    keys = {token.key for token in stated}
    problems = []
    for token in part.tokens:
        if token.kind is not Kind.DIRECTION or token.key in keys:
            continue
        axis, _ = _axis(token)
        opposite = next((other for other in stated if _axis(other)[0] == axis), None)
        kind = ProblemKind.COMPARISON if axis in _COMPARISONS else ProblemKind.POLARITY
        if opposite is not None:
            problems.append(Problem(kind, token.text, opposite.text))
    return problems


def clauses(tokens: tuple[Token, ...]) -> list[list[Token]]:
    """Tokens between the marks that end the reach of a negation."""
    found: list[list[Token]] = [[]]
    for token in tokens:
        if token.key in _CLAUSE_ENDS:
            found.append([])
        else:
            found[-1].append(token)
    return [clause for clause in found if clause]


def _content(tokens: list[Token]) -> set[str]:
    return {token.key for token in tokens if token.kind in _CONTENT}


def _negations(part: Part, scope: Scope) -> list[Problem]:
    ours = [token for token in part.tokens if token.kind is Kind.NEGATION]
    claimed = _content(list(part.tokens))
    by_clause = clauses(scope.sentence.tokens)
    theirs = [token for clause in by_clause for token in clause if token.kind is Kind.NEGATION]
    if ours and not theirs:
        return [Problem(ProblemKind.POLARITY, ours[0].text, _quote(by_clause))]
    if theirs and not ours:
        best = max(by_clause, key=lambda clause: len(_content(clause) & claimed))
        for clause in by_clause:
            content = _content(clause)
            negated = next((t for t in clause if t.kind is Kind.NEGATION), None)
            covered = len(content & claimed)
            reached = covered >= len(_content(best) & claimed) and covered * 2 >= len(content)
            if negated is not None and content and reached:
                return [Problem(ProblemKind.POLARITY, _words(part), negated.text)]
    return []


def _quote(by_clause: list[list[Token]]) -> str:
    return " ".join(token.text for clause in by_clause for token in clause)[:80]


def _words(part: Part) -> str:
    return " ".join(token.text for token in part.tokens if token.kind is not Kind.MARK)[:80]
