"""Every citation of an answer looked up and checked again, from the library alone."""

from __future__ import annotations

from dataclasses import dataclass

from osler.answering.candidates.candidate import hung_on
from osler.answering.composing.compose import under_its_drug
from osler.checking import check_derivation, check_text
from osler.domain import Citation, Claim, Derivation
from osler.domain.errors import SourceNotFound
from osler.library import Library


@dataclass(frozen=True, slots=True)
class Recheck:
    """Citations of an answer: how many there are, how many are right, what is wrong with some."""

    citations: int
    right: int
    derivations: int
    derivations_right: int
    stale: tuple[str, ...]  # quote is not text[start:end]
    unsupported: tuple[str, ...]  # the gate finds that the passage does not state the claim
    miscalculated: tuple[str, ...]  # doses worked out for a patient that do not come out again


def recheck(library: Library, claims: tuple[Claim, ...]) -> Recheck:
    """Compare every quote with its source, and put every claim through the gate again.

    A claim in a reader's or a model's words is held against its passages as it was composed. The
    passage is read from the library by its id, not taken from the answer. A dose worked
    out for a patient is no sentence of a source: it is worked out again, and the quote of its
    rule compared.
    """
    stale: list[str] = []
    unsupported: list[str] = []
    count = right = 0
    for claim in claims:
        for citation in claim.citations:
            count += 1
            name = f"{claim.text} [{citation.source_id}:{citation.start}-{citation.end}]"
            is_stale = _is_stale(library, citation)
            problems = _problems(library, claim, citation)
            right += not is_stale and not problems
            stale += [name] * is_stale
            unsupported += [f"{name}: {problems}"] * bool(problems)
    derived = [d for claim in claims for d in claim.derivations]
    wrong = [d for d in derived if not _comes_out(library, d)]
    return Recheck(
        citations=count,
        right=right,
        derivations=len(derived),
        derivations_right=len(derived) - len(wrong),
        stale=tuple(stale),
        unsupported=tuple(unsupported),
        miscalculated=tuple(f"{d.formula} gives {d.result}" for d in wrong),
    )


def _comes_out(library: Library, derivation: Derivation) -> bool:
    return check_derivation(derivation).supported and not _is_stale(library, derivation.rule)


def _is_stale(library: Library, citation: Citation) -> bool:
    try:
        text = library.text(citation.source_id)
    except SourceNotFound:
        return True
    if citation.quote != text[citation.start : citation.end]:
        return True
    return any(c.quote != text[c.start : c.end] for c in citation.context)


def _problems(library: Library, claim: Claim, citation: Citation) -> str:
    """What the gate says of a claim against a cited statement, its lead-in and its headings."""
    statement = library.statement(citation.statement_id)
    hanging = [c.quote for c in hung_on(statement)]
    headings = [c.quote for c in statement.context if c.role in ("heading", "focus")]
    title = library.source(citation.source_id).title
    passage = ": ".join(text for text in (" ".join(hanging), statement.text) if text)
    passage = under_its_drug(passage, headings)
    verdict = check_text(claim.composed or claim.text, passage, "\n".join([title, *headings]))
    return "; ".join(
        f"{p.kind.value} ({p.claim!r} against {p.passage!r})" for p in verdict.problems
    )
