"""How strongly a claim's sources recommend it, and on what evidence, where they say so."""

from __future__ import annotations

from dataclasses import replace

from osler.domain import Claim, Source, Statement
from osler.patterns import lazy
from osler.statements.sentences.grades import Grade, read_grade, read_heading

_NICE = lazy(r"\bNICE\b|\bNational Institute for Health and Care Excellence\b")
# NICE's words by its own manual (Developing NICE guidelines): "offer" where benefit clearly
# outweighs harm for most, "consider" where that is less certain. Elsewhere they mean nothing set.
_NICE_VERBS = (
    (lazy(r"\bdo not (?:routinely )?offer\b", 2), "do not offer (NICE: strong, against)"),
    (lazy(r"\boffer\b", 2), "offer (NICE: strong)"),
    (lazy(r"\b(?<!be )consider\b", 2), "consider (NICE: less certain benefit)"),
)


def graded(claim: Claim, source_of: dict[str, Source]) -> Claim:
    """The claim with the strength and evidence that its statements state, each once.

    A grade is a statement's own, else that of the nearest heading, lead-in or caption over it.
    """
    grades = [_grade(s, source_of.get(s.source_id)) for s in claim.statements]
    strength = "; ".join(dict.fromkeys(g.strength for g in grades if g.strength))
    evidence = "; ".join(dict.fromkeys(g.evidence for g in grades if g.evidence))
    if not strength and not evidence:
        return claim
    return replace(claim, strength=strength or None, evidence=evidence or None)


def _grade(statement: Statement, source: Source | None) -> Grade:
    found = read_grade(statement.text)
    for context in reversed(statement.context):
        if found.strength or found.evidence:
            return found
        if context.role != "title":
            found = read_heading(context.quote)
    if found.strength or found.evidence or source is None:
        return found
    if _NICE.search(f"{source.organization or ''} {source.title}"):
        lead = " ".join(
            c.quote for c in statement.context if c.role in ("lead-in", "parent", "label")
        )
        for verb, meaning in _NICE_VERBS:
            if verb.search(statement.text) or verb.search(lead):
                return Grade(meaning)
    return found
