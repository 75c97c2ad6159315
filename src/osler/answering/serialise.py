"""An answer as the JSON of the command line's contract; fields are only ever added."""

from __future__ import annotations

from typing import Any

from osler.domain import (
    Answer,
    Citation,
    Claim,
    Conflict,
    Derivation,
    Reference,
    Source,
    Statement,
    Written,
)
from osler.domain.identifier import hidden_kinds
from osler.dosage import to_json as dosage_to_json
from osler.library import Library


def to_json(answer: Answer, library: Library) -> dict[str, Any]:
    """The answer as plain JSON values; every array is present even where it is empty."""
    sources = {r.source.id: r.source for r in answer.references}

    def source_of(source_id: str) -> Source:
        if source_id not in sources:
            sources[source_id] = library.source(source_id)
        return sources[source_id]

    def citation(c: Citation) -> dict[str, Any]:
        return citation_to_json(c, source_of(c.source_id))

    def derivation(d: Derivation) -> dict[str, Any]:
        return {
            "formula": d.formula,
            "inputs": dict(d.inputs),
            "result": d.result,
            "rule": citation(d.rule),
        }

    def claim(c: Claim) -> dict[str, Any]:
        return {
            "text": c.text,
            "composed": c.composed,
            "dose_lines": list(c.dose_lines),
            "language": c.language,
            "verdict": "supported" if c.verdict.supported else "unsupported",
            "citations": [citation(x) for x in c.citations],
            "dosages": [dosage_to_json(d) for d in c.dosages],
            "group": c.group,
            "applies": c.applies.value if c.applies is not None else None,
            "because": list(c.because),
            "warning": c.warning,
            "currency": c.currency,
            "strength": c.strength,
            "evidence": c.evidence,
            "derivation": derivation(c.derivation) if c.derivation is not None else None,
            "derivations": [derivation(d) for d in c.derivations],
            "underived": c.underived,
        }

    def conflict(c: Conflict) -> dict[str, Any]:
        return {
            "about": c.about,
            "reason": c.reason,
            "positions": [
                {"claim": claim(p.claim), "references": list(p.references)} for p in c.positions
            ],
        }

    abstention = answer.abstention
    return {
        "question": answer.question.text,
        "hidden": [kind.value for kind in hidden_kinds(answer.question.text)],
        "understood": answer.question.understood,
        "answered": answer.answered,
        "abstention": (
            {
                "reason": abstention.reason,
                "looked_for": abstention.looked_for,
                "nearby": [{**citation(c), "said": c.said or c.quote} for c in abstention.nearby],
            }
            if abstention is not None
            else None
        ),
        "ranking": answer.ranking,
        "yes_no": answer.yes_no,
        "bottom_line": [claim(c) for c in answer.bottom_line],
        "sections": [
            {"title": s.title, "claims": [claim(c) for c in s.claims]} for s in answer.sections
        ],
        "conflicts": [conflict(c) for c in answer.conflicts],
        "unanswered": list(answer.unanswered),
        "missing": list(answer.missing),
        "safety_notices": list(answer.safety_notices),
        "boxes": [
            {"kind": box.kind.value, "title": box.title, "lines": list(box.lines)}
            for box in answer.boxes
        ],
        "references": [reference_to_json(r) for r in answer.references],
        "follow_ups": list(answer.follow_ups),
        "audience": answer.audience.value,
        "language": answer.language,
        "unworded": answer.unworded,
        "library_version": answer.library_version,
        "engine_version": answer.engine_version,
        "elapsed_ms": answer.elapsed_ms,
        "writing": writing_to_json(answer.writing) if answer.writing is not None else None,
    }


def writing_to_json(written: Written) -> dict[str, Any]:
    """How the text was written; what is not known is null."""
    return {
        "writer": written.writer,
        "model": written.model,
        "address": written.address,
        "place": written.place.value,
        "kept": written.kept,
        "replaced": written.replaced,
        "composed": written.composed,
        "vetoed": written.vetoed,
        "question": written.question,
        "stopped": written.stopped,
        "input_tokens": written.input_tokens,
        "output_tokens": written.output_tokens,
        "cost_usd": written.cost_usd,
        "first_ms": written.first_ms,
        "elapsed_ms": written.elapsed_ms,
    }


def citation_to_json(citation: Citation, source: Source) -> dict[str, Any]:
    """A citation of a source, with where the source stood."""
    return {
        "reference": citation.reference or None,
        "statement_id": citation.statement_id,
        "source_id": citation.source_id,
        "file": source.file,
        "path": source.path,
        "aliases": list(source.aliases),
        "start": citation.start,
        "end": citation.end,
        "quote": citation.quote,
        "context": [
            {"start": x.start, "end": x.end, "quote": x.quote, "role": x.role}
            for x in citation.context
        ],
        "page": citation.page,
        "section": list(citation.section),
    }


def reference_to_json(reference: Reference) -> dict[str, Any]:
    """One entry of the list of references."""
    return {"number": reference.number, **source_to_json(reference.source)}


def source_to_json(source: Source) -> dict[str, Any]:
    """A source's description; what is not known is null."""
    return {
        "source_id": source.id,
        "file": source.file,
        "path": source.path,
        "aliases": list(source.aliases),
        "title": source.title,
        "organization": source.organization,
        "year": source.year,
        "kind": source.kind.value if source.kind is not None else None,
        "jurisdiction": source.jurisdiction,
        "url": source.url,
        "doi": source.doi,
        "pmid": source.pmid,
        "licence": source.licence,
        "status": source.status.value,
        "seen": source.seen,
        "summarises": source.summarises,
        "supersedes": source.supersedes,
        "notices": [
            {
                "kind": notice.kind.value,
                "reference": notice.reference or None,
                "pmid": notice.pmid,
                "service": notice.service,
                "found_at": notice.found_at,
            }
            for notice in source.notices
        ],
    }


def statement_to_json(statement: Statement) -> dict[str, Any]:
    """A statement with its context, as `osler show` prints it."""
    return {
        "statement_id": statement.id,
        "source_id": statement.source_id,
        "start": statement.start,
        "end": statement.end,
        "quote": statement.quote,
        "text": statement.text,
        "kind": statement.kind.value,
        "section": list(statement.section),
        "page": statement.page,
        "context": [
            {"start": c.start, "end": c.end, "quote": c.quote, "role": c.role}
            for c in statement.context
        ],
        "dosages": [dosage_to_json(d) for d in statement.dosages],
        "group": statement.group.text or None,
        "phase": statement.phase.value if statement.phase is not None else None,
        "polarity": statement.polarity.value,
        "strength": statement.strength,
        "substances": list(statement.substances),
        "held": statement.held,
    }
