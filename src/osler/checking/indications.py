"""What a dose is for: never a condition that the passage gives another dose for.

"Major depression: up to 375 mg; generalised anxiety: up to 225 mg" says nothing of 375 mg in
anxiety, though both stand in the passage.
"""

from __future__ import annotations

from osler.checking.clauses import Sentence, is_dose
from osler.checking.evidence import Evidence
from osler.checking.tokens import GROUP_KINDS, Token
from osler.domain import Problem, ProblemKind
from osler.statements.vocabulary.conditions import is_a


def check(sentence: Sentence, evidence: Evidence) -> list[Problem]:
    """Conditions of a claim, where every sentence that states its doses opens with others."""
    ours = _conditions(sentence.tokens)
    doses = {token.key for token in sentence.tokens if is_dose(token)}
    if not ours or not doses:
        return []
    stating = [s for s in evidence.sentences if any(t.key in doses for t in s.tokens)]
    opened = [_conditions(_opening(s)) for s in stating]
    if not opened or not all(opened):
        return []
    if any(
        _are_related(one, other) for s in stating for one in ours for other in _conditions(s.tokens)
    ):
        return []
    return [Problem(ProblemKind.GROUP, ours[0].text, opened[0][0].text)]


def _conditions(tokens: tuple[Token, ...]) -> tuple[Token, ...]:
    return tuple(t for t in tokens if t.condition and t.kind not in GROUP_KINDS)


def _opening(sentence: Sentence) -> tuple[Token, ...]:
    """What stands before the first dose of a sentence."""
    tokens = sentence.tokens
    first = next((n for n, token in enumerate(tokens) if is_dose(token)), len(tokens))
    return tokens[:first]


def _are_related(one: Token, other: Token) -> bool:
    return is_a(one.condition, other.condition) or is_a(other.condition, one.condition)
