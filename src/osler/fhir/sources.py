"""A cited source as a DocumentReference (https://hl7.org/fhir/R4/documentreference.html)."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from typing import Any

from osler.fhir.parts import URN, Json, coded, extension, identity, said

# R4 has no code for "retracted": such a document must not be used, which this one says.
_STATUS = {"current": "current", "superseded": "superseded", "retracted": "entered-in-error"}
_IDENTIFIERS = (("doi", "https://doi.org"), ("pmid", "https://pubmed.ncbi.nlm.nih.gov"))
_COUNTRIES = "urn:iso:std:iso:3166"


def document_reference(described: Mapping[str, Any], text: str | None) -> Json:
    """What is known of a source.

    `described` is a reference of an answer's JSON, `text` the normalised text that citations
    count their characters in; None where the library no longer holds it. Its hash is that of
    this text, so that whoever holds the source can tell whether offsets still mean the same.
    """
    status = described["status"]
    return said(
        resourceType="DocumentReference",
        id=identity("source", described["source_id"]),
        extension=_extensions(described),
        identifier=identifiers(described),
        status=_STATUS[status],
        docStatus="entered-in-error" if status == "retracted" else "final",
        type=said(text=described["kind"]),
        author=_named(described["organization"]),
        relatesTo=_replaces(described["supersedes"]),
        description=described["title"],
        content=[{"attachment": each} for each in _attachments(described, text)],
    )


def identifiers(described: Mapping[str, Any]) -> list[Json]:
    """The library's own id, and the DOI and PMID where they are known."""
    own = {"system": f"{URN}source", "value": described["source_id"]}
    public = [
        {"system": system, "value": str(described[name])}
        for name, system in _IDENTIFIERS
        if described.get(name)
    ]
    return [own, *public]


def _attachments(described: Mapping[str, Any], text: str | None) -> list[Json]:
    year = described["year"]
    original = said(
        url=described["url"],
        title=described["title"],
        creation=f"{year:04d}" if year else None,
    )
    if text is None:
        return [original]
    encoded = text.encode()
    held = {
        "extension": [
            extension(f"{URN}text-sha256", valueString=hashlib.sha256(encoded).hexdigest())
        ],
        "contentType": "text/plain; charset=utf-8",
        "title": "The text as the library holds it; the offsets of citations count its characters",
        # FHIR R4 wants SHA-1 here.
        "hash": base64.b64encode(hashlib.sha1(encoded, usedforsecurity=False).digest()).decode(),
    }
    return [original, held]


def _extensions(described: Mapping[str, Any]) -> list[Json]:
    country = described["jurisdiction"]
    found = [
        extension(f"{URN}source-status", valueCode=described["status"]),
        extension(f"{URN}source-seen", valueString=described["seen"] or "file"),
    ]
    if described["licence"]:
        found.append(extension(f"{URN}source-licence", valueString=described["licence"]))
    if country:
        concept = coded(_COUNTRIES, country)
        found.append(extension(f"{URN}source-jurisdiction", valueCodeableConcept=concept))
    if described["summarises"]:
        found.append(extension(f"{URN}source-summarises", valueString=described["summarises"]))
    found += [
        extension(f"{URN}source-notice", valueString=said_of(notice))
        for notice in described.get("notices") or ()
    ]
    return found


def said_of(notice: Mapping[str, Any]) -> str:
    """A notice in words: "correction: BMJ. 2019;1:2 (PubMed)"."""
    where = f": {notice['reference']}" if notice["reference"] else ""
    by = f" ({notice['service']})" if notice["service"] else ""
    return f"{notice['kind']}{where}{by}"


def _named(organization: str | None) -> list[Json]:
    return [{"display": organization}] if organization else []


def _replaces(earlier: str | None) -> list[Json]:
    return [{"code": "replaces", "target": {"display": earlier}}] if earlier else []
