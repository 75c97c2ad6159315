"""The content words of a claim stand in the passage, as themselves, as a synonym, or likely so."""

from __future__ import annotations

import math
from collections.abc import Iterator

from osler.checking import lexicon, likelihood
from osler.checking.amounts import describes_patient
from osler.checking.clauses import Sentence, is_span
from osler.checking.evidence import Evidence
from osler.checking.polarity import says_omitted
from osler.checking.tokens import FREE_DIRECTIONS, Kind, Token
from osler.domain import Problem, ProblemKind
from osler.statements.vocabulary.conditions import is_a

# What a patient's value is of, where its unit says so: "weight 70 kg", "CrCl 60 mL/min".
_MEASURES = frozenset(("weight", "weigh", "age", "crcl", "egfr", "gfr", "clearanc", "creatinin"))


def check(claim: tuple[Sentence, ...], evidence: Evidence) -> list[Problem]:
    """Words of the claim that neither the passage nor its context supports.

    Words that are only not found are put up with where the claim is likely supported as a
    whole; a direction, or the opposite of a word of the passage, never is.
    """
    missing = uncovered(claim, evidence)
    if not missing:
        return []
    judged = all(may_be_put_otherwise(token, evidence) for token in missing)
    if judged and likelihood.is_likely(claim, missing, evidence):
        return []
    return [Problem(ProblemKind.UNSUPPORTED, token.text, "") for token in missing]


def uncovered(claim: tuple[Sentence, ...], evidence: Evidence) -> list[Token]:
    """The content words of a claim that stand neither in the passage nor in its context."""
    return [token for sentence in claim for token in _uncovered(sentence, evidence)]


def may_be_put_otherwise(token: Token, evidence: Evidence) -> bool:
    """Whether an uncovered word may be another way of saying what the passage says."""
    if token.kind is not Kind.WORD or not token.text[:1].isalpha():
        return False
    if any(character.isdigit() for character in token.text):
        return False  # "B12" is not "B1"
    opposites = lexicon.opposites()
    words = (lexicon.stem(word) for word in token.text.lower().split())
    return all(evidence.vocabulary.isdisjoint(opposites.get(word, ())) for word in words)


def _uncovered(sentence: Sentence, evidence: Evidence) -> Iterator[Token]:
    stated = evidence.vocabulary
    sets = lexicon.synonyms()
    patient = any(t.quantity and describes_patient(t.quantity) for t in sentence.tokens)
    for token, after in zip(sentence.tokens, (*sentence.tokens[1:], None), strict=True):
        if token.kind not in (Kind.WORD, Kind.DIRECTION) or token.key in FREE_DIRECTIONS:
            continue
        if after is not None and _tells_of_time(token, after, evidence):
            continue
        if _is_redundant(token, after) or (token.key == "course-" and evidence.has_end):
            continue
        if says_omitted(token) and evidence.denies:
            continue  # "no dextrose": dextrose is left out
        if token.key == "change-" and evidence.gives_share:
            continue  # "one third of the dose": it is cut
        if token.key[:-1] == "level" and f"change{token.key[-1]}" in evidence.vocabulary:
            continue  # "at raised risk": at high risk
        if token.key == "infus" and evidence.is_infused:
            continue
        if token.key in evidence.trends:
            continue  # "250 units; 500 units if …": the dose is doubled
        if token.key in stated or token.text.lower() in _CONJUNCTIONS:
            continue
        if patient and token.key in _MEASURES:
            continue
        if token.key == "pressur" and evidence.gives_pressure:
            continue
        if token.condition and _is_stated(token.condition, evidence.conditions):
            continue
        if token.key[:-1] in ("order", "line"):
            if token.key[:-1] == "line" or evidence.states_order:
                yield token
            continue  # "after the loading dose": the passage gives it first
        words = [lexicon.stem(word) for word in token.text.lower().split()]
        if not evidence.meanings.isdisjoint(
            number for word in words for number in sets.get(word, ())
        ):
            continue
        if token.kind is Kind.WORD and any(_derived(token.key, word) for word in stated):
            continue
        yield token


def _tells_of_time(token: Token, after: Token, evidence: Evidence) -> bool:
    """ "In the first six hours", "lasts five days"; "the first dose" where another follows."""
    if token.text.lower() in ("last", "lasts", "lasting"):
        return is_span(after)
    return token.key == "first" and (is_span(after) or evidence.has_sequence)


def _is_redundant(token: Token, after: Token | None) -> bool:
    """ "Has dropped under 0.05": the bound says it; "under monitoring" is no bound."""
    if token.text.lower() == "under":
        return True
    sign = after.quantity.comparator if after is not None and after.quantity else ""
    return bool(sign) and sign[0] == {"change-": "<", "change+": ">"}.get(token.key)


def _is_stated(condition: str, stated: frozenset[str]) -> bool:
    """Whether the passage names the condition, or a broader one that it is a kind of."""
    return any(is_a(condition, other) for other in stated)


_CONJUNCTIONS = frozenset(("once", "since"))  # "once it is stable": when
_SHORTEST_ROOT = 5
_ALIKE = 0.8
# What two words of one root may end in: "antagonise", "antagonist"; "blocked", "blocker".
_ENDINGS = frozenset(
    (
        "",
        "e",
        "s",
        "t",
        "d",
        "y",
        "i",
        "z",
        "er",
        "or",
        "ed",
        "al",
        "ic",
        "iz",
        "st",
        "ist",
        "ism",
        "iti",
        "ion",
        "at",
        "ant",
        "ent",
        "anc",
        "enc",
        "ment",
        "ness",
        "ful",
        "less",
        "abl",
        "ibl",
        "ous",
        "iv",
        "ativ",
        "ation",
        "ag",
        "ur",
        "ical",
        "ly",
        "tion",
        "sion",
        "ss",
        "ps",
        "pt",
    )
)


def _derived(word: str, other: str) -> bool:
    """Whether two stems are of one root: "respond" and "respons"."""
    shared = max(_SHORTEST_ROOT, math.ceil(_ALIKE * max(len(word), len(other))))
    if len(word) >= shared and word[:shared] == other[:shared]:
        return True
    ends = (n for n, (a, b) in enumerate(zip(word, other, strict=False)) if a != b)
    same = next(ends, min(len(word), len(other)))
    return same >= _SHORTEST_ROOT and {word[same:], other[same:]} <= _ENDINGS
