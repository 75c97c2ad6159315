"""Selected statements → claims, each through the gate; bottom line, sections, references."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from osler.answering.agreement import same_dosages
from osler.answering.candidate import Candidate
from osler.answering.select import Scored
from osler.answering.wording import claim_text, dosages_of
from osler.checking import check_text
from osler.domain import (
    Applies,
    Citation,
    Claim,
    Patient,
    Question,
    Reference,
    Section,
    Source,
    Statement,
    StatementKind,
    Verdict,
)

SECTION_OF_KIND: dict[StatementKind, str] = {
    StatementKind.DOSE: "Dosing",
    StatementKind.MONITORING: "Monitoring",
    StatementKind.TARGET: "Targets",
    StatementKind.CHOICE: "Choice and formulation",
    StatementKind.CAUTION: "Cautions and pitfalls",
    StatementKind.CONTRAINDICATION: "Contraindications",
    StatementKind.DURATION: "Duration",
    StatementKind.DEFINITION: "Background",
    StatementKind.RESULT: "Evidence",
    StatementKind.OTHER: "Further points",
}


@dataclass(frozen=True, slots=True)
class Composed:
    """A claim with what it was made from; `sources` are those of all its citations."""

    claim: Claim
    scored: Scored
    sources: tuple[Source, ...]


def compose_claims(chosen: Iterable[Scored], question: Question) -> tuple[Composed, ...]:
    """Word each statement as a claim, check it, drop what fails, and merge what is equal."""
    composed: list[Composed] = []
    for scored in chosen:
        claim = _claim(scored, question)
        if claim is None:
            continue
        candidate = scored.candidate
        if not any(_merge_into(composed, i, claim, candidate) for i in range(len(composed))):
            composed.append(Composed(claim, scored, (candidate.source,)))
    return tuple(composed)


def _claim(scored: Scored, question: Question) -> Claim | None:
    candidate = scored.candidate
    patient = question.patient
    text = claim_text(candidate, patient, question.phases)
    verdict = gate(text, candidate)
    if not verdict.supported and not candidate.lead:
        # The statement's own words are the last resort; they too must pass. What hangs on a
        # lead-in says nothing without it.
        text = candidate.statement.text
        verdict = gate(text, candidate)
    if not verdict.supported:
        return None
    applicability = scored.relevance.applicability
    group = candidate.statement.group
    asked = applicability.applies if group.criteria and patient != Patient() else None
    return Claim(
        text=text,
        citations=(cite(candidate),),
        verdict=verdict,
        dosages=dosages_of(candidate, text),
        group=group.text or None,
        applies=asked,
        because=applicability.because if asked is Applies.YES else (),
        statements=(candidate.statement,),
    )


def gate(text: str, candidate: Candidate) -> Verdict:
    """Check a claim against a statement with its lead-in, under its headings and title."""
    passage = ": ".join(p for p in (candidate.lead_text, candidate.statement.text) if p)
    above = "\n".join([candidate.source.title, *(c.quote for c in candidate.headings)])
    return check_text(text, passage, above)


def cite(candidate: Candidate) -> Citation:
    """The exact characters that a statement stands on, with what it hangs on."""
    statement = candidate.statement
    return Citation(
        statement_id=statement.id,
        source_id=statement.source_id,
        start=statement.start,
        end=statement.end,
        quote=statement.quote,
        context=statement.context,
        page=statement.page,
        section=statement.section,
    )


def _merge_into(composed: list[Composed], index: int, claim: Claim, candidate: Candidate) -> bool:
    """Add a claim's citation to an equal one, if its passage supports that one's words."""
    existing = composed[index].claim
    if not _equal(existing, claim):
        return False
    if existing.text != claim.text and not gate(existing.text, candidate).supported:
        return False
    merged = replace(
        existing,
        citations=existing.citations + claim.citations,
        statements=existing.statements + claim.statements,
    )
    sources = (*composed[index].sources, candidate.source)
    composed[index] = replace(composed[index], claim=merged, sources=sources)
    return True


def _equal(a: Claim, b: Claim) -> bool:
    if a.text.lower() == b.text.lower():
        return True
    if not a.dosages or not same_dosages(a.dosages, b.dosages):
        return False
    return _group_key(a.statements[0]) == _group_key(b.statements[0])


def _group_key(statement: Statement) -> frozenset[object]:
    return frozenset(
        (c.attribute, c.value, c.low, c.high, c.negated) for c in statement.group.criteria
    )


def sections(composed: Iterable[Composed], question: Question) -> tuple[Section, ...]:
    """Claims under a title each: their group where they name one, else their kind."""
    asked = {t.name for t in question.terms} | {"adult"}
    titled: dict[str, list[Claim]] = {}
    names: dict[str, str] = {}
    for item in composed:
        title = section_title(item.claim.statements[0], asked)
        key = title.lower()
        names.setdefault(key, title)
        titled.setdefault(key, []).append(item.claim)
    order = {title.lower(): i for i, title in enumerate(SECTION_OF_KIND.values())}
    keys = sorted(titled, key=lambda k: (order.get(k, 0),))
    return tuple(Section(names[key], tuple(titled[key])) for key in keys)


def section_title(statement: Statement, asked: set[str]) -> str:
    """The group a statement is for, as a title; its kind where it is for all who are asked about."""
    if statement.kind is not StatementKind.DOSE:
        return SECTION_OF_KIND[statement.kind]
    values = [
        ("without " if c.negated else "") + (c.value or c.text)
        for c in statement.group.criteria
        if (c.value or c.text) and c.value not in asked
    ]
    if not values:
        return SECTION_OF_KIND[statement.kind]
    title = ", ".join(dict.fromkeys(values))
    return title[:1].upper() + title[1:]


def number_references(
    claims: Iterable[Claim], source_of: dict[str, Source]
) -> tuple[dict[str, int], tuple[Reference, ...]]:
    """Sources numbered from 1 in the order in which the reader meets them."""
    numbers: dict[str, int] = {}
    for claim in claims:
        for citation in claim.citations:
            numbers.setdefault(citation.source_id, len(numbers) + 1)
    references = tuple(Reference(n, source_of[source_id]) for source_id, n in numbers.items())
    return numbers, references


def numbered(claim: Claim, numbers: dict[str, int]) -> Claim:
    """The claim with each citation's reference number filled in."""
    return replace(
        claim,
        citations=tuple(replace(c, reference=numbers[c.source_id]) for c in claim.citations),
    )
