"""Citation and ArtifactAssessment: native in R5, a Basic in R4."""

from collections.abc import Callable
from typing import Any

import pytest

from osler.fhir import Release
from osler.fhir.evidence import as_basic

QUESTION = "What is the maintenance dose of vitamin B12?"
Bundle = dict[str, Any]


def kinds(bundle: Bundle) -> list[str]:
    return [entry["resource"]["resourceType"] for entry in bundle["entry"]]


def test_r5_has_them_as_they_are(document: Callable[..., Bundle]) -> None:
    found = kinds(document(QUESTION, Release.R5))
    assert found.count("Citation") == found.count("DocumentReference")
    assert found.count("ArtifactAssessment") == 1
    assert "Basic" not in found


def test_r4_has_a_basic_for_each(document: Callable[..., Bundle]) -> None:
    r4, r5 = document(QUESTION), document(QUESTION, Release.R5)
    assert not {"Citation", "ArtifactAssessment"} & set(kinds(r4))
    basics = {
        e["fullUrl"]: e["resource"]["code"]["coding"][0]["code"]
        for e in r4["entry"]
        if e["resource"]["resourceType"] == "Basic"
    }
    native = {
        e["fullUrl"]: e["resource"]["resourceType"]
        for e in r5["entry"]
        if e["resource"]["resourceType"] in ("Citation", "ArtifactAssessment")
    }
    assert basics == native


def test_elements_become_extensions_of_hl7s_cross_version_package() -> None:
    assessment = {
        "resourceType": "ArtifactAssessment",
        "id": "1",
        "title": "Review",
        "artifactReference": {"reference": "urn:uuid:2"},
        "content": [
            {"informationType": "comment", "summary": "Dose checked", "type": {"text": "scope"}}
        ],
        "workflowStatus": "published",
    }
    base = "http://hl7.org/fhir/5.0/StructureDefinition"
    assert as_basic(assessment) == {
        "resourceType": "Basic",
        "id": "1",
        "meta": {"profile": [f"{base}/profile-ArtifactAssessment"]},
        "extension": [
            {"url": f"{base}/extension-ArtifactAssessment.title", "valueString": "Review"},
            {
                "url": f"{base}/extension-ArtifactAssessment.artifact",
                "valueReference": {"reference": "urn:uuid:2"},
            },
            {
                "url": f"{base}/extension-ArtifactAssessment.content",
                "extension": [
                    {"url": "informationType", "valueCode": "comment"},
                    {"url": "summary", "valueMarkdown": "Dose checked"},
                    {"url": "type", "valueCodeableConcept": {"text": "scope"}},
                ],
            },
            {
                "url": f"{base}/extension-ArtifactAssessment.workflowStatus",
                "valueCode": "published",
            },
        ],
        "code": {
            "coding": [{"system": "http://hl7.org/fhir/fhir-types", "code": "ArtifactAssessment"}]
        },
    }


def test_the_status_of_a_citation_modifies_it() -> None:
    citation = {
        "resourceType": "Citation",
        "id": "1",
        "status": "retired",
        "citedArtifact": {"title": [{"text": "A guideline"}]},
    }
    basic = as_basic(citation)
    assert basic["modifierExtension"] == [
        {
            "url": "http://hl7.org/fhir/5.0/StructureDefinition/extension-Citation.status",
            "valueCode": "retired",
        }
    ]
    assert basic["extension"][0]["extension"] == [
        {"url": "title", "extension": [{"url": "text", "valueMarkdown": "A guideline"}]}
    ]


@pytest.mark.parametrize("status", ["superseded", "retracted"])
def test_what_no_longer_stands_is_a_retired_citation(status: str) -> None:
    from osler.fhir.evidence import citation

    described = dict.fromkeys(("year", "licence", "url", "kind", "organization", "doi", "pmid"))
    said = citation({**described, "source_id": "s_1", "title": "Old", "status": status})
    assert said["status"] == "retired"
    assert said["citedArtifact"]["currentState"] == [{"text": status}]
