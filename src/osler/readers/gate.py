"""Does a worded claim still say what its passages say? The gate, for plain words too."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from osler.answering.candidate import Candidate
from osler.answering.compose import gate
from osler.domain import Claim, Dosage, Source
from osler.dosage import differences, may_state_dosage, parse_dosages
from osler.readers.glossary import clinical_terms, find


def agrees(text: str, claim: Claim, sources: Mapping[str, Source]) -> bool:
    """Whether every passage that a claim cites supports `text`, and no dose is lost or changed.

    Plain phrases are read back to the clinical terms that the passage uses, by the glossary
    alone: how the text came about is not asked. Routes and times are read as they stand.
    """
    if not same_doses(text, claim.composed or claim.text):
        return False
    for statement in claim.statements:
        source = sources.get(statement.source_id)
        if source is None:
            return False
        candidate = Candidate(statement, source)
        said = "\n".join((source.title, *(c.quote for c in statement.context), statement.text))
        if not gate(read_back(text, said), candidate).supported:
            return False
    return bool(claim.statements)


@lru_cache(maxsize=4096)
def same_doses(text: str, composed: str) -> bool:
    """Whether two texts state the same doses: each of one has its equal in the other."""
    ours, theirs = doses(text), doses(composed)
    return all(any(equal(d, e) for e in theirs) for d in ours) and all(
        any(equal(d, e) for e in ours) for d in theirs
    )


def doses(text: str) -> list[Dosage]:
    """Every dosage of a text, later steps of a sequence among them, in reading order."""
    if not may_state_dosage(text):
        return []
    found: list[Dosage] = []
    for dosage in parse_dosages(text):
        found += [dosage, *dosage.steps]
    return found


def equal(one: Dosage, other: Dosage) -> bool:
    """Whether neither dosage states anything that the other does not."""
    return one.role is other.role and not differences(one, other) and not differences(other, one)


def read_back(text: str, passage: str) -> str:
    """The text with each plain phrase as the term for it that the passage uses.

    A phrase that the passage uses itself stays, and so does one none of whose terms it has.
    """
    index, terms = clinical_terms()
    held = f" {_folded(passage)} "
    pieces: list[str] = []
    at = 0
    for match in find(text, index):
        said = _folded(match.entry.plain)
        if f" {said} " in held:
            continue
        term = next(
            (t for t in _terms(match.entry.plain, terms) if f" {_folded(t)} " in held), None
        )
        if term is not None:
            end = match.end
            if "(" in text[match.start : end] and text[end : end + 1] == ")":
                end += 1
            pieces += [text[at : match.start], term]
            at = end
    pieces.append(text[at:])
    return "".join(pieces)


def _terms(plain: str, terms: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """The terms for a plain phrase, and the short forms of those terms."""
    own = terms.get(plain.lower(), ())
    return (*own, *(short for term in own for short in terms.get(term.lower(), ())))


_NOT_A_WORD = re.compile(r"[^\w&-]+")


@lru_cache(maxsize=4096)
def _folded(text: str) -> str:
    return " ".join(_NOT_A_WORD.sub(" ", text.lower()).split())
