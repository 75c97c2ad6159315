"""The content words of a claim stand in the passage, as themselves or as a synonym."""

from __future__ import annotations

from osler.checking import lexicon
from osler.checking.amounts import describes_patient
from osler.checking.clauses import Sentence
from osler.checking.evidence import Evidence
from osler.checking.tokens import FREE_DIRECTIONS, Kind, Token
from osler.domain import Problem, ProblemKind

# What a patient's value is of, where its unit says so: "weight 70 kg", "CrCl 60 mL/min".
_MEASURES = frozenset(("weight", "weigh", "age", "crcl", "egfr", "gfr", "clearanc", "creatinin"))


def check(sentence: Sentence, evidence: Evidence) -> list[Problem]:
    """Words of the claim that neither the passage nor its context supports."""
    stated = _vocabulary((*evidence.tokens, *evidence.context))
    sets = lexicon.synonyms()
    reached = frozenset(number for word in stated for number in sets.get(word, ()))
    missing = []
    patient = any(t.quantity and describes_patient(t.quantity) for t in sentence.tokens)
    for token in sentence.tokens:
        if token.kind not in (Kind.WORD, Kind.DIRECTION) or token.key in stated | FREE_DIRECTIONS:
            continue
        if patient and token.key in _MEASURES:
            continue
        words = [lexicon.stem(word) for word in token.text.lower().split()]
        if reached.isdisjoint(number for word in words for number in sets.get(word, ())):
            missing.append(token)
    return [Problem(ProblemKind.UNSUPPORTED, token.text, "") for token in missing]


def _vocabulary(tokens: tuple[Token, ...]) -> frozenset[str]:
    """The stems of every word, those inside recognised phrases included."""
    return frozenset(
        stem
        for token in tokens
        if token.kind is not Kind.MARK
        for stem in (token.key, *(lexicon.stem(word) for word in token.text.lower().split()))
    )
