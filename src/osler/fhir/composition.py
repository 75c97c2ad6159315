"""The Composition of a document: what the answer says, section by section."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from osler.fhir.claims import SECTIONS, SourceOf, citation, claim_section
from osler.fhir.narrative import bullets, narrative, paragraph, quoted
from osler.fhir.parts import URN, Json, coded, instant, reference, said
from osler.fhir.review import Review
from osler.fhir.sources import said_of
from osler.render.view import CAUTION, NOTICE

MedicationsOf = Callable[[Mapping[str, Any]], Sequence[Json]]
_UUID = "urn:ietf:rfc:3986"


def composition(
    id: str,  # noqa: A002  FHIR's name
    body: Mapping[str, Any],
    sections: Sequence[Json],
    *,
    at: datetime,
    author: Json,
    review: Review | None,
    reviewer: Json | None,
    changed: Sequence[str],
) -> Json:
    """The document's own resource.

    It is "final" once a clinician has approved the article, "preliminary" before; an answer that
    nobody took up is always preliminary.
    """
    approved = review is not None and review.status == "approved"
    kind = "article" if review else "answer"
    title = review.title if review else body["question"]
    signed = review.signed if review else None
    attester = (
        {"mode": "professional", "time": instant(signed.at), "party": reference(reviewer)}
        if signed and reviewer
        else None
    )
    return said(
        resourceType="Composition",
        id=id,
        language="en",
        text=narrative(
            paragraph(title, strong=True),
            *map(paragraph, _standing(review, changed)),
            paragraph(NOTICE),
            paragraph(_made(body, review)),
        ),
        identifier={"system": _UUID, "value": review.url if review else f"urn:uuid:{id}"},
        status="final" if approved else "preliminary",
        type=coded(f"{URN}document", kind, f"Cited {kind} to a clinical question"),
        date=instant(at),
        author=[reference(author, "Osler")],
        title=title,
        attester=[attester] if attester else [],
        section=list(sections),
    )


def answer_sections(
    body: Mapping[str, Any], source_of: SourceOf, medications_of: MedicationsOf
) -> Iterator[Json]:
    """Every section of an answer, in the order in which its page shows them."""
    yield _section("question", "Question", _asked(body))
    if body["safety_notices"]:
        lines = map(paragraph, body["safety_notices"])
        yield _section("safety-notices", "What to do first", [*lines])
    lead = f"{body['yes_no'].capitalize()}. " if body.get("yes_no") else ""
    if body["bottom_line"]:
        claims = [
            claim_section(c, source_of, medications_of(c), "" if n else lead)
            for n, c in enumerate(body["bottom_line"])
        ]
        yield _section("bottom-line", "Bottom line", sections=claims)
    if body["missing"] or body["unanswered"]:
        yield _section("limits", "What this does not tell", _limits(body))
    for each in body["sections"]:
        claims = [claim_section(c, source_of) for c in each["claims"]]
        if claims:
            yield _section("section", each["title"], sections=claims)
    if body["conflicts"]:
        conflicts = [_conflict(each, source_of) for each in body["conflicts"]]
        yield _section("conflicts", "Where sources disagree", sections=conflicts)


def abstention_section(body: Mapping[str, Any], source_of: SourceOf, outcome: Json) -> Json:
    """Why there is no answer, and what the library holds nearby."""
    abstention = body["abstention"]
    nearby = [(c, source_of(c["source_id"])) for c in abstention["nearby"]]
    sources = {s["id"]: s for _, s in nearby}.values()
    return said(
        extension=[citation(c, s) for c, s in nearby],
        title="No answer",
        code=coded(SECTIONS, "abstention"),
        text=narrative(
            paragraph(abstention["reason"], strong=True),
            paragraph(f"Looked for: {abstention['looked_for']}"),
            paragraph("The library holds nearby, which is no answer:") if nearby else "",
            *(quoted(c["said"], s["description"]) for c, s in nearby),
        ),
        entry=[reference(outcome), *(reference(s, s["description"]) for s in sources)],
    )


def review_section(review: Review | None, changed: Sequence[str], assessment: Json) -> Json:
    """How far the review is, who signed it, for what, and what changed since."""
    lines = list(_standing(review, changed))
    if review and review.signed:
        signed = review.signed
        lines += [
            f"Signed by {signed.name}, {signed.profession}, on {signed.at:%d %B %Y}.",
            f"What was reviewed: {signed.scope}",
            f"Conflicts of interest: {signed.conflicts_of_interest}",
        ]
        if signed.next_review:
            lines.append(f"Next review: {signed.next_review:%d %B %Y}")
    return said(
        title="Review",
        code=coded(SECTIONS, "review"),
        text=narrative(bullets(lines)),
        entry=[reference(assessment)],
    )


def reference_section(
    body: Mapping[str, Any], source_of: SourceOf, citations: Sequence[Json]
) -> Json:
    """The list of references, each with its DocumentReference and its Citation."""
    lines, entries = [], []
    for each, cited in zip(body["references"], citations, strict=True):
        parts = (each["organization"], each["year"], each["jurisdiction"], each["kind"])
        known = ", ".join(str(part) for part in parts if part)
        status = "" if each["status"] == "current" else f" {each['status'].upper()}"
        told = "".join(f" {said_of(notice)}." for notice in each.get("notices") or ())
        lines.append(f"[{each['number']}] {each['title']}. {known}.{status}{told}")
        entries += [reference(source_of(each["source_id"]), each["title"]), reference(cited)]
    return said(
        title="References",
        code=coded(SECTIONS, "references"),
        text=narrative(bullets(lines)),
        entry=entries,
    )


def _section(
    code: str, title: str, text: Sequence[str] = (), *, sections: Sequence[Json] = ()
) -> Json:
    return said(
        title=title,
        code=coded(SECTIONS, code),
        text=narrative(*text) if text else None,
        section=list(sections),
    )


def _conflict(conflict: Mapping[str, Any], source_of: SourceOf) -> Json:
    return said(
        title=conflict["about"],
        code=coded(SECTIONS, "conflict"),
        text=narrative(paragraph(conflict["reason"])) if conflict["reason"] else None,
        section=[claim_section(p["claim"], source_of) for p in conflict["positions"]],
    )


def _asked(body: Mapping[str, Any]) -> list[str]:
    lines = [paragraph(body["question"])]
    if body["understood"] and body["understood"] != body["question"]:
        lines.append(paragraph(f"Understood as: {body['understood']}"))
    return lines


def _limits(body: Mapping[str, Any]) -> list[str]:
    lines = []
    if body["missing"]:
        lines.append(paragraph(f"To decide, give: {', '.join(body['missing'])}."))
    if body["unanswered"]:
        lines.append(paragraph(f"The library does not say: {'; '.join(body['unanswered'])}."))
    return lines


def _standing(review: Review | None, changed: Sequence[str]) -> tuple[str, ...]:
    if review is None:
        return (CAUTION, *changed)
    lines = (review.caution, f"Review status: {review.label}.", *changed)
    return tuple(filter(None, lines))


def _made(body: Mapping[str, Any], review: Review | None) -> str:
    taken_up = ", taken up and edited as an article" if review else ""
    writing = body.get("writing")
    worded = f" and worded by {writing['model']}" if writing and writing["kept"] else ""
    alone = "" if worded else " without a language model"
    return (
        f"Composed{alone} by Osler {body['engine_version']} from library "
        f"version {body['library_version']}{worded}{taken_up}."
    )
