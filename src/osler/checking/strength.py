"""How strongly something is said: a claim may be weaker than its passage, never stronger.

"May", "can" and "consider" are weak; "should", "recommended" and "need" firm; "must" and
"always" strong. A firm or strong claim needs a passage that is not weak; a plain statement
("is given") needs one that says no "consider". Between "should" and "must", and between
"may" and a plain statement, no difference is made: they are exchanged freely in paraphrase.
"All" and "every" need a passage that restricts nothing.
"""

from __future__ import annotations

from osler.checking import lexicon
from osler.checking.clauses import Sentence
from osler.checking.evidence import Evidence
from osler.checking.polarity import content_of, reaches
from osler.checking.tokens import Kind, Token
from osler.domain import Problem, ProblemKind

_WORDS = {name: frozenset(words.split("|")) for name, words in lexicon.rows("strength.tsv")}
_WEAK, _FIRM, _ALL, _SOME = (_WORDS[name] for name in ("weak", "firm", "all", "some"))
_CONSIDER = frozenset(("consider", "considered", "considering"))
_RESTRICTING = frozenset(("if", "when", "unless", "who", "whose", "provided", "only", "where"))
_ENOUGH = 2  # content words that two clauses must share to be about the same


def check(sentence: Sentence, evidence: Evidence) -> list[Problem]:
    """Where a claim is firmer, or wider, than what the passage says of the same thing."""
    problems = []
    for _, whole in reaches(sentence.tokens):
        stated = _nearest(whole, evidence)
        if stated is None:
            continue
        problem = _firmer(whole, stated) or _wider(whole, stated)
        if problem:
            problems.append(problem)
    return problems


def _nearest(ours: list[Token], evidence: Evidence) -> list[Token] | None:
    """The clause of the passage, its side clauses with it, that shares most with a claim's."""
    claimed = content_of(ours)
    measured = {token.key for token in ours if token.quantity is not None}
    best, most = None, 0
    for sentence in evidence.sentences:
        for _, whole in reaches(sentence.tokens):
            shared = content_of(whole) & claimed
            weight = len(shared) + 2 * len(shared & measured)
            if weight > most:
                best, most = whole, weight
    return best if most >= _ENOUGH else None


def _firmer(ours: list[Token], theirs: list[Token]) -> Problem | None:
    if any(token.kind is Kind.NEGATION or token.key == "not" for token in (*ours, *theirs)):
        return None
    weak = [token for token in theirs if token.text.lower() in _WEAK]
    if not weak or _has(theirs, _FIRM) or _has(ours, _WEAK):
        return None
    firm = next((token for token in ours if token.text.lower() in _FIRM), None)
    if firm is not None:
        return Problem(ProblemKind.STRENGTH, firm.text, weak[0].text)
    if _has(weak, _CONSIDER):
        text = " ".join(token.text for token in ours if token.kind is not Kind.MARK)
        return Problem(ProblemKind.STRENGTH, text[:80], weak[0].text)
    return None


def _wider(ours: list[Token], theirs: list[Token]) -> Problem | None:
    every = next(
        (
            token
            for before, token in zip([None, *ours], ours, strict=False)
            if token.text.lower() in _ALL
            and not (before is not None and before.text.lower() in ("in", "at", "after"))
        ),
        None,
    )
    if every is None or _has(theirs, _ALL):
        return None
    claimed = {token.key for token in ours}
    for token in theirs:
        if token.text.lower() in _SOME | _RESTRICTING and token.key not in claimed:
            return Problem(ProblemKind.STRENGTH, every.text, token.text)
        if token.kind is Kind.SEVERITY and not any(t.kind is token.kind for t in ours):
            return Problem(ProblemKind.GROUP, every.text, token.text)
    return None


def _has(tokens: list[Token], words: frozenset[str]) -> bool:
    return any(token.text.lower() in words for token in tokens)
