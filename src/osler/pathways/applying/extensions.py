"""Extensions of a definition that go over to what is made of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from osler.pathways.expressions import VARIABLE, Environment
from osler.pathways.fhirpath.budget import size_of
from osler.pathways.fhirpath.values import json_of

MESSAGES = "http://hl7.org/fhir/uv/crmi/StructureDefinition/crmi-messages"
PERTAINS_TO_GOAL = "http://hl7.org/fhir/StructureDefinition/resource-pertainsToGoal"
_EXPRESSION = "http://hl7.org/fhir/StructureDefinition/cqf-expression"
# They tell of the definition itself, not of the request.
_OF_THE_DEFINITION = frozenset(
    {
        VARIABLE,
        "http://hl7.org/fhir/uv/cpg/StructureDefinition/cpg-knowledgeCapability",
        "http://hl7.org/fhir/uv/cpg/StructureDefinition/cpg-knowledgeRepresentationLevel",
        "http://hl7.org/fhir/uv/cpg/StructureDefinition/cpg-questionnaire-generate",
        "http://hl7.org/fhir/us/cqfmeasures/StructureDefinition/cqfm-softwaresystem",
        "http://hl7.org/fhir/us/cqfmeasures/StructureDefinition/cqfm-logicDefinition",
        "http://hl7.org/fhir/us/cqfmeasures/StructureDefinition/cqfm-effectiveDataRequirements",
        "http://hl7.org/fhir/StructureDefinition/cqf-directReferenceCode",
        "http://hl7.org/fhir/StructureDefinition/cqf-logicDefinition",
        "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-questionnaireAdaptive",
        "http://hl7.org/fhir/uv/crmi/StructureDefinition/crmi-effectiveDataRequirements",
    }
)


def extensions_for_request(
    extensions: Iterable[Mapping[str, Any]], environment: Environment
) -> list[dict[str, Any]]:
    """Those of a definition that its request gets, their expressions evaluated."""
    return [
        evaluated(extension, environment)
        for extension in extensions
        if extension.get("url") not in _OF_THE_DEFINITION
    ]


def evaluated(extension: Mapping[str, Any], environment: Environment) -> dict[str, Any]:
    """An extension with the value of its `cqf-expression`, where it has one that has a value."""
    result = dict(extension)
    for name, more in extension.items():
        if not name.startswith("_value") or not isinstance(more, Mapping):
            continue
        for inner in more.get("extension", []):
            if inner.get("url") == _EXPRESSION:
                found = environment.evaluate(inner.get("valueExpression"))
                if found.values:
                    del result[name]
                    result[name[1:]] = value = json_of(found.values[0])
                    environment.budget.make(size_of(value))
    return result


def reference_extension(url: str, reference: str) -> dict[str, Any]:
    """An extension that refers to something."""
    return {"url": url, "valueReference": {"reference": reference}}
