"""A claim as a section of a Composition: its words, its verdict and every citation."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from osler.fhir.narrative import bullets, narrative, paragraph, quoted
from osler.fhir.parts import URN, Json, coded, extension, reference, said

SECTIONS = f"{URN}section"
"""The code system of our sections: "bottom-line", "claim", "conflict", ..."""

SourceOf = Callable[[str], Json]

_APPLIES = {
    "yes": "Applies to this patient",
    "no": "Does not apply to this patient",
    "unknown": "May apply",
}


def claim_section(
    claim: Mapping[str, Any], source_of: SourceOf, medications: Sequence[Json] = (), lead: str = ""
) -> Json:
    """The section of one claim; `lead` ("Yes. ") stands before its words.

    Extensions of the section: `urn:osler:claim` (verdict, applies, strength, ...) and one
    `urn:osler:citation` for each passage, whose quote is `text[start:end]` of the source.
    """
    cited = {c["source_id"]: source_of(c["source_id"]) for c in claim["citations"]}
    numbers = dict.fromkeys(str(c["reference"]) for c in claim["citations"] if c["reference"])
    marks = f" [{', '.join(numbers)}]" if numbers else ""
    return said(
        extension=[
            _claim(claim),
            *(citation(c, cited[c["source_id"]]) for c in claim["citations"]),
        ],
        code=coded(SECTIONS, "claim"),
        text=narrative(
            paragraph(f"{lead}{claim['text']}{marks}"),
            bullets(remarks(claim)),
            *(_passage(c, cited[c["source_id"]]) for c in claim["citations"]),
        ),
        entry=[
            *(reference(m) for m in medications),
            *(reference(s, s["description"]) for s in cited.values()),
        ],
    )


def citation(cited: Mapping[str, Any], source: Json) -> Json:
    """A citation as an extension that points at its source."""
    parts = [
        extension("source", valueReference=reference(source)),
        extension("start", valueUnsignedInt=cited["start"]),
        extension("end", valueUnsignedInt=cited["end"]),
        extension("quote", valueString=cited["quote"]),
    ]
    if cited["statement_id"]:  # an editor may cite words that are no statement of their own
        parts.append(extension("statement", valueString=cited["statement_id"]))
    if cited["reference"]:
        parts.append(extension("reference", valuePositiveInt=cited["reference"]))
    if cited["page"]:
        parts.append(extension("page", valuePositiveInt=cited["page"]))
    parts += [extension("section", valueString=heading) for heading in cited["section"] if heading]
    parts += [
        extension(
            "context",
            extension=[
                extension("start", valueUnsignedInt=each["start"]),
                extension("end", valueUnsignedInt=each["end"]),
                extension("quote", valueString=each["quote"]),
                extension("role", valueCode=each.get("role") or "context"),
            ],
        )
        for each in cited["context"]
    ]
    return extension(f"{URN}citation", extension=parts)


def remarks(claim: Mapping[str, Any]) -> list[str]:
    """What is said beside a claim, a line each: first what a reader must heed."""
    lines = []
    if claim["verdict"] != "supported":
        lines.append(_objected(claim.get("override")))
    if claim.get("warning"):
        lines.append(f"Check before use: {claim['warning']}")
    if claim.get("currency"):
        lines.append(claim["currency"])
    grades = ("strength", "evidence")
    lines += [f"{name.capitalize()}: {claim[name]}" for name in grades if claim.get(name)]
    for each in claim.get("derivations") or ():
        inputs = ", ".join(f"{name} {value}" for name, value in each["inputs"].items())
        lines.append(f"Worked out: {each['formula']} = {each['result']} ({inputs})")
    if claim.get("underived"):
        lines.append(f"Not worked out: {claim['underived']}")
    lead = _APPLIES.get(claim["applies"] or "")
    if lead and (claim["because"] or claim["applies"] == "no"):
        lines.append(": ".join(filter(None, (lead, "; ".join(claim["because"])))))
    return lines


def _objected(override: Mapping[str, Any] | None) -> str:
    if not override:
        return "The automatic check does not find this in the cited passages."
    objections = "; ".join(override["objections"])
    return f"The automatic check objects: {objections}. Kept by {override['by']}: {override['why']}"


def _claim(claim: Mapping[str, Any]) -> Json:
    parts = [
        extension("text", valueString=claim["text"]),
        extension("verdict", valueCode=claim["verdict"]),
    ]
    if claim["applies"]:
        parts.append(extension("applies", valueCode=claim["applies"]))
    names = ("group", "warning", "currency", "strength", "evidence")
    parts += [extension(name, valueString=claim[name]) for name in names if claim.get(name)]
    parts += [extension("because", valueString=reason) for reason in claim["because"]]
    return extension(f"{URN}claim", extension=parts)


def _passage(cited: Mapping[str, Any], source: Json) -> str:
    number = f"[{cited['reference']}] " if cited["reference"] else ""
    page = f", page {cited['page']}" if cited["page"] else ""
    section = " › ".join(("", *cited["section"])) if cited["section"] else ""
    return quoted(cited["quote"], f"{number}{source['description']}{section}{page}")
