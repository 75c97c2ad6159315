"""Conditions and exceptions of the passage: not left out, and not turned into the rule.

"If bleeding continues, a second dose of 1 g is given" does not say that a second dose is given;
"for 12 months unless the bleeding risk is high" does not say it for those at high risk.
"""

from __future__ import annotations

from collections.abc import Iterator

from osler.checking import lexicon
from osler.checking.amounts import describes_patient
from osler.checking.clauses import Part, Sentence, is_dose
from osler.checking.evidence import Scope
from osler.checking.tokens import GROUP_KINDS, Kind, Token
from osler.domain import Problem, ProblemKind

_OPENERS = frozenset(("if", "unless", "provided"))
_ENDS = frozenset(",;:.|()\n") | frozenset(("but", "whereas", "while", "then"))
_WIDE_ENDS = frozenset(";.|\n") | frozenset(("but", "whereas", "while"))
_EXCEPTIONS = frozenset(("unless", "except", "excluding", "excepting"))
# By these words a claim says itself that it holds under a condition.
_CONDITIONAL = _OPENERS | frozenset(("when", "where", "once", "whenever", "except", "only"))
_SAID = GROUP_KINDS | {Kind.WORD, Kind.SUBSTANCE, Kind.QUANTITY, Kind.DIRECTION, Kind.NEGATION}


def check(part: Part, sentence: Sentence, scope: Scope) -> list[Problem]:
    """A condition that `part`'s dose has in the passage and not in the claim; an exception."""
    return [*_left_out(part, sentence, scope), *_exceptions(sentence, scope)]


def _left_out(part: Part, sentence: Sentence, scope: Scope) -> Iterator[Problem]:
    dose = part.dose
    if dose is None or not _CONDITIONAL.isdisjoint(_texts(sentence.tokens)):
        return
    tokens = scope.sentence.tokens
    pieces = [piece for piece in _pieces(tokens) if any(t.key == dose.key for t in piece[0])]
    if not pieces or any(not condition for _, condition in pieces):
        return
    for _, condition in pieces:
        said = [token for token in condition if token.kind in _SAID]
        if not said or any(_is_said(token, sentence) for token in said):
            return
    words = " ".join(token.text for token in pieces[0][1])
    yield Problem(ProblemKind.GROUP, dose.text, words[:80])


def _pieces(tokens: tuple[Token, ...]) -> Iterator[tuple[list[Token], list[Token]]]:
    """What is said, and under which condition: (tokens, tokens of the condition or none)."""
    for stretch in _cut(tokens, _WIDE_ENDS):
        clauses = _cut(tuple(stretch), _ENDS | _OPENERS | {"and", "or"}, keep=_OPENERS)
        leading: list[Token] = []
        for number, clause in enumerate(clauses):
            if clause[0].text.lower() in _OPENERS:
                if not number:
                    leading = clause[1:]
                continue
            after = clauses[number + 1] if number + 1 < len(clauses) else []
            trailing = after[1:] if after and after[0].text.lower() in _OPENERS else []
            yield clause, trailing or leading


def _cut(
    tokens: tuple[Token, ...], ends: frozenset[str], keep: frozenset[str] = frozenset()
) -> list[list[Token]]:
    found: list[list[Token]] = [[]]
    for token in tokens:
        word = token.text.lower()
        if word in ends:
            found.append([token] if word in keep else [])
        else:
            found[-1].append(token)
    return [piece for piece in found if piece]


def _is_said(token: Token, sentence: Sentence) -> bool:
    """Whether the claim mentions a word of the condition, itself or a synonym."""
    sets = lexicon.synonyms()
    meanings = sets.get(token.key, frozenset())
    for ours in sentence.tokens:
        if ours.key == token.key or (token.condition and ours.condition == token.condition):
            return True
        if token.kind is ours.kind and token.kind in GROUP_KINDS | {Kind.DIRECTION}:
            return True
        if not meanings.isdisjoint(sets.get(ours.key, ())):
            return True
        if (
            token.quantity
            and ours.quantity
            and not is_dose(ours)
            and describes_patient(ours.quantity)
        ):
            return True
    return False


def _exceptions(sentence: Sentence, scope: Scope) -> Iterator[Problem]:
    """What the passage excepts, said of the exception: "unless the risk is high"."""
    ours = {token.key for token in sentence.tokens if token.kind in _SAID}
    if any(token.kind is Kind.NEGATION for token in sentence.tokens):
        return
    if not _EXCEPTIONS.isdisjoint(_texts(sentence.tokens)):
        return
    tokens = scope.sentence.tokens
    for number, token in enumerate(tokens):
        if token.text.lower() not in _EXCEPTIONS:
            continue
        main, excepted = tokens[:number], []
        for other in tokens[number + 1 :]:
            if other.key in _ENDS:
                break
            excepted.append(other)
        if any(t.kind is Kind.NEGATION for t in (*main, *excepted)):
            continue
        keys = {t.key for t in excepted if t.kind in _SAID}
        if keys and len(keys & ours) * 2 > len(keys) and ours & {t.key for t in main}:
            words = " ".join(t.text for t in (token, *excepted))
            said = " ".join(t.text for t in sentence.tokens if t.key in keys)
            yield Problem(ProblemKind.POLARITY, said[:80], words[:80])


def _texts(tokens: tuple[Token, ...]) -> set[str]:
    return {token.text.lower() for token in tokens}
