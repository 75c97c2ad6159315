"""The drug of a claim is the drug of its passage, and the salt its salt."""

from __future__ import annotations

import re
from functools import lru_cache

from osler.checking import lexicon
from osler.checking.clauses import Part
from osler.checking.evidence import Scope
from osler.checking.tokens import Kind, Token
from osler.domain import Problem, ProblemKind
from osler.statements.vocabulary.analytes import analyte_units
from osler.statements.vocabulary.substances import base_of, belongs_to, is_class


def check(part: Part, scope: Scope) -> list[Problem]:
    """Drugs that the claim names and the passage does not.

    A drug that only the title or a heading names is good where the passage names no other.
    The drug nearest to a dose must be the one that the passage gives that dose of.
    """
    claimed = [token for token in part.tokens if token.kind is Kind.SUBSTANCE]
    if not claimed:
        return []
    everywhere = [token for token in scope.everything if token.kind is Kind.SUBSTANCE]
    everywhere += scope.antecedents
    dose = part.dose
    problems = [
        Problem(ProblemKind.SUBSTANCE, token.text, _listed(everywhere))
        for token in claimed
        if not any(_stands_for(token, other, dose is not None) for other in everywhere)
        and not _is_named_apart(token, scope)
        and not _is_implied(token, scope)
    ]
    if dose is not None:
        problems += _added_salts(claimed, scope)
    if problems:
        return problems
    ours, theirs = _compared(part.tokens), _compared(scope.sentence.tokens)
    if ours and theirs and not _stands_for(ours, theirs, False):
        return [Problem(ProblemKind.COMPARISON, ours.text, theirs.text)]
    foreign = _of_another(part, claimed, scope) if dose is None else None
    if foreign is not None:
        return [Problem(ProblemKind.SUBSTANCE, claimed[0].text, foreign.text)]
    if dose is not None and scope.part.dose is not None:
        given = [token for token in claimed if not _is_companion(token, part.tokens)]
        claimed = [min(given or claimed, key=lambda token: _distance(token, dose))]
        beside = _beside(scope.part.tokens, scope.part.dose)
        ours = _beside(part.tokens, dose)
        if (
            ours
            and beside
            and not (_stands_for(ours, beside, True) or _is_named_apart(ours, scope))
        ):
            return [Problem(ProblemKind.SUBSTANCE, ours.text, beside.text)]
        stated = _given(scope) if given else scope.slot(Kind.SUBSTANCE)
    else:
        stated = scope.drugs
    measured = scope.sentence.analytes
    if not any(token.key in measured for token in claimed):
        stated = tuple(t for t in stated if t.key not in measured)  # "a decrease in glucose"
    stated = tuple(t for t in stated if not _is_short_for(t, claimed, scope))
    if not stated or any(
        _stands_for(a, b, dose is not None) or _is_named_apart(a, scope)
        for a in claimed
        for b in stated
    ):
        return []
    return [Problem(ProblemKind.SUBSTANCE, claimed[0].text, _listed(stated))]


def _given(scope: Scope) -> tuple[Token, ...]:
    """The drugs nearest to a part that are given there; one that it is given with is not."""
    return scope.slot(
        Kind.SUBSTANCE, where=lambda token: not _is_companion(token, scope.everything)
    ) or scope.slot(Kind.SUBSTANCE)


def _is_companion(drug: Token, tokens: tuple[Token, ...]) -> bool:
    """Whether a drug is one that the patient takes besides: "on dabigatran", "or with verapamil".

    Or the cause of an illness: "due to dapsone". Not where its dose stands beside it: "with
    amoxicillin 500 mg".
    """
    at = tokens.index(drug)
    if _CAUSE.search(" ".join(token.text.lower() for token in tokens[max(0, at - 5) : at])):
        return True
    before = [token.text.lower() for token in tokens[max(0, at - 2) : at] if token.key != ":"]
    if not before or before[-1] not in _BESIDES:
        return False
    return at + 1 == len(tokens) or tokens[at + 1].quantity is None


_CAUSE = re.compile(r"\b(?:due to|caused by)(?: \S+ or)?$")
_BESIDES = frozenset(("with", "on", "taking", "takes", "receiving"))


def _is_short_for(stated: Token, claimed: list[Token], scope: Scope) -> bool:
    """Whether "the vaccine" is the one that the title names and the claim means."""
    return any(
        stated.key != token.key
        and is_class(stated.key)
        and any(_stands_for(token, other, False) for other in scope.context)
        and (token.key.endswith(stated.key) or belongs_to(token.key, stated.key))
        for token in claimed
    )


def _is_implied(claimed: Token, scope: Scope) -> bool:
    """Whether a condition of the passage is one of this substance: hypokalaemia of potassium."""
    return claimed.key in scope.analytes


def _added_salts(claimed: list[Token], scope: Scope) -> list[Problem]:
    """Salts that a claim names for a dose and the passage does not name at all."""
    _, salts = lexicon.salts()
    claimed = [token for token in claimed if len(_words(token)) > 1 and _words(token) & salts]
    if not claimed:
        return []
    stated = set().union(*(_words(token) for token in (*scope.everything, *scope.drugs)))
    return [
        Problem(ProblemKind.SUBSTANCE, token.text, _listed(scope.drugs))
        for token in claimed
        if not (_words(token) & salts) <= stated
    ]


def _words(token: Token) -> frozenset[str]:
    return _stems(token.text)


@lru_cache(maxsize=4096)
def _stems(text: str) -> frozenset[str]:
    return frozenset(lexicon.stem(word) for word in text.lower().replace("-", " ").split())


def _of_another(part: Part, claimed: list[Token], scope: Scope) -> Token | None:
    """What the claim says of its one drug and the passage only in a part about another."""
    claimed = [token for token in claimed if not is_class(token.key)] or claimed
    if len({token.key for token in claimed}) != 1 or _is_named_apart(claimed[0], scope):
        return None
    # What the body has too is no drug beside another, unless the claim is on it; lithium is one.
    measured = (scope.analytes & analyte_units().keys()) - {claimed[0].key}
    ours: set[str] = set()
    theirs: dict[str, Token] = {}
    for other in scope.sentence.parts:
        drugs = [t for t in other.tokens if t.kind is Kind.SUBSTANCE and t.key not in measured]
        drugs = [t for t in drugs if not _is_short_for(t, claimed, scope)]
        if drugs and not any(_stands_for(claimed[0], drug, False) for drug in drugs):
            theirs |= {token.key: drugs[0] for token in other.tokens if token.kind in _SAID}
        else:
            ours |= {token.key for token in other.tokens}
    said = (t.key for t in part.tokens if t.kind in _SAID and t not in claimed)
    return next((theirs[key] for key in said if key in theirs and key not in ours), None)


_SAID = frozenset((Kind.SUBSTANCE, Kind.QUANTITY, Kind.RATE, Kind.DIRECTION, Kind.NEGATION))


def _is_named_apart(claimed: Token, scope: Scope) -> bool:
    """Whether the passage names a class and its kind apart: "measles-containing vaccine"."""
    *kind, head = claimed.key.split()
    if not kind or not any(token.key == head for token in scope.sentence.tokens):
        return False
    tokens = (*scope.sentence.tokens, *scope.context)
    return {word for token in tokens for word in token.text.lower().split()}.issuperset(kind)


def _compared(tokens: tuple[Token, ...]) -> Token | None:
    """The drug that another is compared with: "than warfarin", "compared with warfarin"."""
    for number, token in enumerate(tokens):
        if token.key in _COMPARING:
            return next((t for t in tokens[number + 1 :] if t.kind is Kind.SUBSTANCE), None)
    return None


_COMPARING = frozenset(("compar", "than", "versus", "vs"))


def _beside(tokens: tuple[Token, ...], dose: Token) -> Token | None:
    """The drug right before a dose: "idarucizumab 5 g"."""
    at = tokens.index(dose)
    return tokens[at - 1] if at and tokens[at - 1].kind is Kind.SUBSTANCE else None


def _distance(token: Token, dose: Token) -> int:
    return max(token.start - dose.end, dose.start - token.end)


def _stands_for(claimed: Token, stated: Token, with_dose: bool) -> bool:
    """Whether the claim may call the stated drug so: by its name, or by that of its base.

    An amount of a salt is no amount of its base, unless the salt bears the base's name.
    """
    depot, salts = lexicon.salts()
    ours, theirs = _words(claimed) & salts, _words(stated) & salts
    if claimed.key == stated.key:
        return not (with_dose and ours and theirs and ours.isdisjoint(theirs))
    if with_dose and (theirs & depot) - ours:
        return False
    return base_of(stated.key) == claimed.key and (not with_dose or claimed.key in stated.key)


def _listed(tokens: list[Token] | tuple[Token, ...]) -> str:
    return " / ".join(dict.fromkeys(token.text for token in tokens))
