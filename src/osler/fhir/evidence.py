"""The one adapter to Citation and ArtifactAssessment, which FHIR R4 does not have.

Both are written here as FHIR 5.0.0 (R5) defines them, where they are trial use (maturity 1 and 0)
and still change towards R6. In an R5 document they stand as they are. In an R4 one each is a
`Basic`, by HL7's own rules for what a release lacks (hl7.fhir.uv.xver-r5.r4, version 0.1.0): the
elements are extensions http://hl7.org/fhir/5.0/StructureDefinition/extension-TYPE.ELEMENT.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from osler.fhir.parts import Json, identity, instant, reference, said
from osler.fhir.review import Review
from osler.fhir.sources import identifiers

VERSION = "5.0.0"
_PROFILES = "http://hl7.org/fhir/5.0/StructureDefinition"

# The types of the elements that are written below; what is not here has elements of its own.
_TYPES = {
    "approvalDate": "Date",
    "artifactReference": "Reference",
    "author": "Reference",
    "classifier": "CodeableConcept",
    "copyright": "Markdown",
    "currentState": "CodeableConcept",
    "date": "DateTime",
    "identifier": "Identifier",
    "informationType": "Code",
    "lastReviewDate": "Date",
    "publicationDateText": "String",
    "status": "Code",
    "text": "Markdown",
    "title": "String",
    "type": "CodeableConcept",
    "url": "Uri",
    "value": "Markdown",
    "workflowStatus": "Code",
}
# Where a name means something else than in the table above.
_BACKBONES = {"Citation.citedArtifact.title"}
_MARKDOWN = {"ArtifactAssessment.content.summary"}
_CHOICES = {"artifactReference": "artifact"}
_MODIFIERS = {"Citation.status"}
_WORKFLOW = {
    "submitted": "submitted",
    "under_review": "triaged",
    "changes_requested": "resolved-change-required",
    "approved": "published",
}


def citation(described: Mapping[str, Any]) -> Json:
    """An R5 Citation of a source in a list of references."""
    year, status = described["year"], described["status"]
    form = said(publicationDateText=str(year) if year else None, copyright=described["licence"])
    artifact = said(
        identifier=identifiers(described),
        currentState=[{"text": status}],
        title=[{"text": described["title"]}],
        publicationForm=[form] if form else [],
        webLocation=[{"url": described["url"]}] if described["url"] else [],
        classification=(
            [{"type": {"text": "kind of document"}, "classifier": [{"text": described["kind"]}]}]
            if described["kind"]
            else []
        ),
        contributorship=(
            {"summary": [{"value": described["organization"]}]} if described["organization"] else {}
        ),
    )
    return {
        "resourceType": "Citation",
        "id": identity("citation", described),
        "title": described["title"],
        "status": "active" if status == "current" else "retired",
        "citedArtifact": artifact,
    }


def assessment(review: Review | None, target: Json, author: Json) -> Json:
    """An R5 ArtifactAssessment: how far the review of a document is.

    `author` is the reviewer who signed, else the device that says that nobody has.
    """
    signed = review.signed if review else None
    label = review.label if review else "Not reviewed by a clinician"
    content = [
        {
            "informationType": "classifier",
            "type": {"text": "review status"},
            "classifier": [{"text": label}],
            "author": reference(author),
        }
    ]
    if signed:
        content += [
            _comment("scope of the review", signed.scope, author),
            _comment("conflicts of interest", signed.conflicts_of_interest, author),
        ]
    return said(
        resourceType="ArtifactAssessment",
        id=identity("assessment", [target["id"], label]),
        title="Review by a clinician",
        date=instant(signed.at) if signed else None,
        approvalDate=signed.at.date().isoformat() if signed else None,
        lastReviewDate=signed.at.date().isoformat() if signed else None,
        artifactReference=reference(target),
        content=content,
        workflowStatus=_WORKFLOW[review.status] if review else None,
    )


def as_basic(resource: Mapping[str, Any]) -> Json:
    """An R5 resource of this module as the R4 Basic that stands for it."""
    kind = resource["resourceType"]
    extensions: list[Json] = []
    modifiers: list[Json] = []
    for name, value in resource.items():
        if name in ("resourceType", "id"):
            continue
        into = modifiers if f"{kind}.{name}" in _MODIFIERS else extensions
        url = f"{_PROFILES}/extension-{kind}.{_CHOICES.get(name, name)}"
        into += _extensions(url, f"{kind}.{name}", value)
    return said(
        resourceType="Basic",
        id=resource["id"],
        meta={"profile": [f"{_PROFILES}/profile-{kind}"]},
        extension=extensions,
        modifierExtension=modifiers,
        code={"coding": [{"system": "http://hl7.org/fhir/fhir-types", "code": kind}]},
    )


def _extensions(url: str, path: str, value: Any) -> Iterator[Json]:
    name = path.rpartition(".")[2]
    for each in value if isinstance(value, list) else [value]:
        kind = "Markdown" if path in _MARKDOWN else _TYPES.get(name)
        if kind and path not in _BACKBONES:
            yield {"url": url, f"value{kind}": each}
        else:
            inside = [x for n, v in each.items() for x in _extensions(n, f"{path}.{n}", v)]
            yield {"url": url, "extension": inside}


def _comment(kind: str, text: str, author: Json) -> Json:
    return said(
        informationType="comment",
        type={"text": kind},
        summary=text,
        author=reference(author),
    )
