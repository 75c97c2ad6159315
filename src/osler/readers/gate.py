"""Does a worded claim still say what its passages say? The gate, for plain words too."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from functools import lru_cache

from osler.answering.candidates.candidate import Candidate
from osler.answering.composing.compose import gate
from osler.domain import Claim, Dosage, Source
from osler.dosage import differences, may_state_dosage, parse_dosages
from osler.readers.glossary import clinical_terms, find
from osler.readers.plain import with_plain_routes


def agrees(text: str, claim: Claim, sources: Mapping[str, Source]) -> bool:
    """Whether every passage that a claim cites supports `text`, and no dose is lost or changed.

    Plain phrases are read back to the clinical terms that the passage uses, by the glossary
    alone: how the text came about is not asked. Routes and times are read as they stand.
    """
    composed = claim.composed or claim.text
    if not same_doses(text, composed):
        return False
    if not same_weight(read_back(text, composed), composed):
        return False
    for statement in claim.statements:
        source = sources.get(statement.source_id)
        if source is None:
            return False
        candidate = Candidate(statement, source)
        said = "\n".join((statement.text, *(c.quote for c in statement.context), source.title))
        # A term that the composed text has and the passage has not was found to agree with it.
        read = read_back(read_back(text, said), composed)
        # A full stop of ours says nothing: the same text again is a verdict that is known.
        if not composed.endswith("."):
            read = read.removesuffix(".")
        if not gate(read, candidate).supported:
            return False
    return bool(claim.statements)


# Words on which a sentence turns: none may come, go or change, whatever else is put otherwise.
_TURNING = re.compile(
    r"(?<![\w.,])\d+(?:[.,]\d+)?|\bnon(?=-|\b)|\b(?:no|not|never|without|before|after|until|till|unless"
    r"|except|only|avoid\w*|more|less|above|below|over|under|least|most|high\w*|low\w*"
    r"|increas\w+|decreas\w+|reduc\w+|rais\w+|stop\w*|left|right|must|should|may"
    r"|hour|day|week|month|year|minute|daily|weekly|monthly|yearly|adult|child|children|infant"
    r"|pregnan\w+)(?=s?\b)",
    re.I,
)


@lru_cache(maxsize=4096)
def same_weight(text: str, composed: str) -> bool:
    """Whether two texts hold the same numbers, times, directions and denials, equally often."""
    ours, theirs = (Counter(_turning(each)) for each in (text, composed))
    return ours == theirs


def _turning(text: str) -> list[str]:
    """The words that a text turns on, with routes and times in plain words on either side."""
    return [word.lower() for word in _TURNING.findall(with_plain_routes(text))]


@lru_cache(maxsize=4096)
def same_doses(text: str, composed: str) -> bool:
    """Whether two texts state the same doses: each of one has its equal in the other."""
    ours, theirs = doses(text), doses(composed)
    return all(any(equal(d, e) for e in theirs) for d in ours) and all(
        any(equal(d, e) for e in ours) for d in theirs
    )


def doses(text: str) -> list[Dosage]:
    """Every dosage of a text, later steps of a sequence among them, in reading order."""
    return [each for dosage in parsed(text) for each in (dosage, *dosage.steps)]


@lru_cache(maxsize=4096)
def parsed(text: str) -> tuple[Dosage, ...]:
    """The dosages of a text; a claim's are asked for in several wordings."""
    return parse_dosages(text) if may_state_dosage(text) else ()


def equal(one: Dosage, other: Dosage) -> bool:
    """Whether neither dosage states anything that the other does not."""
    return one.role is other.role and not differences(one, other) and not differences(other, one)


def read_back(text: str, passage: str) -> str:
    """The text with each plain phrase as the term for it that the passage uses.

    A phrase that the passage uses itself stays, and so does one none of whose terms it has.
    """
    index, terms = clinical_terms()
    held = passage.lower()
    pieces: list[str] = []
    at = 0
    for match in find(text, index):
        plain = match.entry.plain
        if _place(plain.lower(), held) is not None:
            continue
        found = [_place(term.lower(), held) for term in _terms(plain, terms)]
        places = [place for place in found if place is not None]
        if not places:
            continue
        place = max(places, key=lambda each: each[1] - each[0])
        end = match.end
        if "(" in text[match.start : end] and text[end : end + 1] == ")":
            end += 1
        pieces += [text[at : match.start], passage[slice(*place)]]
        at = end
    pieces.append(text[at:])
    return "".join(pieces)


def _place(phrase: str, text: str) -> tuple[int, int] | None:
    """Where a phrase first stands in a text as whole words, both in small letters."""
    at = text.find(phrase)
    while at >= 0:
        end = at + len(phrase)
        if not (_joins(text[at - 1 : at]) or _joins(text[end : end + 1])):
            return at, end
        at = text.find(phrase, end)
    return None


def _joins(character: str) -> bool:
    return character.isalnum() or character in ("-", "_")


def _terms(plain: str, terms: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """The terms for a plain phrase, and the short forms of those terms."""
    own = terms.get(plain.lower(), ())
    return (*own, *(short for term in own for short in terms.get(term.lower(), ())))
