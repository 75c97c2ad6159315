"""A stored answer's JSON → the answer, its passages looked up again in the library."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from osler.answering.understanding.understand import understand
from osler.domain import (
    Answer,
    Applies,
    Audience,
    BoxKind,
    Citation,
    Claim,
    Conflict,
    Context,
    Derivation,
    NoticeBox,
    Position,
    Reference,
    Section,
    Verdict,
)
from osler.domain.errors import StaleCitation
from osler.dosage import from_json as dosage_from_json
from osler.library import Library

Json = Mapping[str, Any]


def from_json(body: Json, library: Library) -> Answer:
    """The answer that `to_json` wrote; abstentions and what a model had to do with it apart.

    Every citation must stand in the library as it was stored, and no claim may stand against
    the gate. Raises StaleCitation, SourceNotFound, StatementNotFound.
    """
    return Answer(
        question=understand(
            body["question"], frequency_of=library.frequency, other_names=library.other_names
        ),
        bottom_line=tuple(_claim(c, library) for c in body["bottom_line"]),
        sections=tuple(
            Section(s["title"], tuple(_claim(c, library) for c in s["claims"]))
            for s in body["sections"]
        ),
        conflicts=tuple(
            Conflict(
                c["about"],
                tuple(
                    Position(_claim(p["claim"], library), tuple(p["references"]))
                    for p in c["positions"]
                ),
                c["reason"],
            )
            for c in body["conflicts"]
        ),
        references=tuple(
            Reference(r["number"], library.source(r["source_id"])) for r in body["references"]
        ),
        follow_ups=tuple(body["follow_ups"]),
        safety_notices=tuple(body["safety_notices"]),
        abstention=None,
        audience=Audience(body["audience"]),
        ranking=body["ranking"],
        library_version=body["library_version"],
        engine_version=body["engine_version"],
        elapsed_ms=body["elapsed_ms"],
        yes_no=body["yes_no"],
        unanswered=tuple(body["unanswered"]),
        missing=tuple(body["missing"]),
        boxes=tuple(
            NoticeBox(BoxKind(b["kind"]), b["title"], tuple(b["lines"]))
            for b in body.get("boxes", ())
        ),
        language=body.get("language", "en"),
        unworded=body.get("unworded", 0),
    )


def _claim(held: Json, library: Library) -> Claim:
    if held["verdict"] != "supported":
        raise StaleCitation(f"the check objects to “{held['text'][:80]}”")
    citations = tuple(_citation(c, library) for c in held["citations"])
    return Claim(
        text=held["text"],
        citations=citations,
        verdict=Verdict(),
        dosages=tuple(dosage_from_json(d) for d in held["dosages"]),
        group=held["group"],
        applies=Applies(held["applies"]) if held["applies"] else None,
        because=tuple(held["because"]),
        derivations=tuple(
            Derivation(d["formula"], dict(d["inputs"]), d["result"], _citation(d["rule"], library))
            for d in held.get("derivations") or ()
        ),
        statements=tuple(library.statement(c.statement_id) for c in citations),
        warning=held["warning"],
        strength=held["strength"],
        evidence=held["evidence"],
        currency=held["currency"],
        underived=held.get("underived"),
        composed=held.get("composed"),
        dose_lines=tuple(held.get("dose_lines", ())),
        language=held.get("language"),
    )


def _citation(held: Json, library: Library) -> Citation:
    """A citation, proved: its quote stands in the library, in the statement that it names."""
    citation = Citation(
        statement_id=held["statement_id"],
        source_id=held["source_id"],
        start=held["start"],
        end=held["end"],
        quote=held["quote"],
        context=tuple(
            Context(c["start"], c["end"], c["quote"], c["role"] or "") for c in held["context"]
        ),
        page=held["page"],
        section=tuple(held["section"]),
        reference=held["reference"] or 0,
    )
    library.resolve(citation)
    statement = library.statement(citation.statement_id)
    inside = statement.start <= citation.start and citation.end <= statement.end
    if statement.source_id != citation.source_id or not inside or statement.held:
        raise StaleCitation(f"the statement is another one: “{citation.quote[:80]}”")
    return citation
