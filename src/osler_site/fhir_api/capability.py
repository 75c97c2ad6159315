"""What the FHIR interface can do (https://hl7.org/fhir/R4/capabilitystatement.html)."""

from __future__ import annotations

from typing import Any

from osler import __version__

SINCE = "2026-11-30"  # when what is stated here last changed
_R4 = "http://hl7.org/fhir/OperationDefinition"
_FORMATS = ["application/fhir+json", "application/json", "json"]


def capability(base: str) -> dict[str, Any]:
    """The CapabilityStatement of the interface at `base` ("https://osler.example/fhir")."""
    return {
        "resourceType": "CapabilityStatement",
        "status": "active",
        "date": SINCE,
        "kind": "instance",
        "software": {"name": "Osler", "version": __version__},
        "implementation": {"description": "Clinical pathways with their evidence", "url": base},
        "fhirVersion": "4.0.1",
        "format": _FORMATS,
        "rest": [
            {
                "mode": "server",
                "security": {
                    "cors": False,
                    "description": "Authorization: Bearer TOKEN; scope “read” for resources, "
                    "“ask” for $apply.",
                },
                "resource": [
                    {
                        "type": "PlanDefinition",
                        "interaction": [{"code": "read"}, {"code": "search-type"}],
                        "searchParam": [
                            {"name": "_id", "type": "token"},
                            {"name": "url", "type": "uri"},
                            {"name": "title", "type": "string"},
                        ],
                        "operation": [
                            {"name": "apply", "definition": f"{_R4}/PlanDefinition-apply"},
                            {
                                "name": "r5.apply",
                                "definition": "http://hl7.org/fhir/5.0/OperationDefinition/"
                                "PlanDefinition-apply",
                                "documentation": "The same with its result as a Bundle.",
                            },
                        ],
                    },
                    {
                        "type": "ActivityDefinition",
                        "interaction": [{"code": "read"}],
                        "operation": [
                            {"name": "apply", "definition": f"{_R4}/ActivityDefinition-apply"}
                        ],
                    },
                    {"type": "Questionnaire", "interaction": [{"code": "read"}]},
                ],
            }
        ],
    }
