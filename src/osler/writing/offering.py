"""The claims of an answer that a model may reword, and where each of them stands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from osler.answering.candidates.candidate import Candidate, candidate_of
from osler.domain import Answer, Claim


@dataclass(frozen=True, slots=True)
class Spot:
    """A claim's place: in the section of that number, or in the bottom line."""

    section: int | None
    index: int


@dataclass(frozen=True, slots=True)
class Offered:
    """A claim that may be reworded, with the statements that every wording is held against."""

    id: str  # by which the model names it
    spot: Spot
    claim: Claim
    candidates: tuple[Candidate, ...]


def offered_claims(answer: Answer) -> tuple[Offered, ...]:
    """The claims that a model may reword, in the order in which they are read.

    None that carries a warning, a dose worked out for the patient, or a mark that it may be out
    of date: what stands beside those speaks of their very words.
    """
    sources = {reference.source.id: reference.source for reference in answer.references}
    found: list[Offered] = []
    for spot, claim in claims_of(answer):
        marked = claim.warning or claim.currency or claim.derivations or claim.underived
        if marked or not claim.verdict.supported or not claim.statements:
            continue
        if any(statement.source_id not in sources for statement in claim.statements):
            continue
        candidates = tuple(candidate_of(s, sources[s.source_id], ()) for s in claim.statements)
        found.append(Offered(f"c{len(found) + 1}", spot, claim, candidates))
    return tuple(found)


def claims_of(answer: Answer) -> Iterator[tuple[Spot, Claim]]:
    """Each claim of the bottom line and of the sections, with its place."""
    for index, claim in enumerate(answer.bottom_line):
        yield Spot(None, index), claim
    for number, section in enumerate(answer.sections):
        for index, claim in enumerate(section.claims):
            yield Spot(number, index), claim


def with_claims(answer: Answer, changed: dict[Spot, Claim | None]) -> Answer:
    """The answer with some claims changed, None for one that is taken out; empty sections go."""

    def kept(section: int | None, claims: tuple[Claim, ...]) -> tuple[Claim, ...]:
        now = (changed.get(Spot(section, i), claim) for i, claim in enumerate(claims))
        return tuple(claim for claim in now if claim is not None)

    sections = (
        replace(section, claims=kept(number, section.claims))
        for number, section in enumerate(answer.sections)
    )
    return replace(
        answer,
        bottom_line=kept(None, answer.bottom_line),
        sections=tuple(section for section in sections if section.claims),
    )
