"""What is made passes the models of FHIR.

fhir.resources has no R4; it has R4B, in which the resources that are made here are the same: the
elements used are all in the table of R4 (`Conforming` reads them back without leaving any out).
"""

from __future__ import annotations

from typing import Any

import pytest
from plans import activity, applied, dynamic, fixture, plan, record

from osler.pathways.conforming import Conforming

models = pytest.importorskip("fhir.resources.R4B")


def check(resource: dict[str, Any]) -> None:
    walk = Conforming(lenient=True)
    assert walk.resource(resource, "") == resource
    assert walk.issues == []
    models.get_fhir_model_class(resource["resourceType"]).model_validate(resource)


_ACTIVITIES = [
    activity(
        "MedicationRequest",
        "medication",
        productCodeableConcept={"text": "drug"},
        dosage=[{"text": "5 mg", "doseAndRate": [{"doseQuantity": {"value": 5, "unit": "mg"}}]}],
    ),
    activity("ServiceRequest", "service", code={"text": "c"}, timingDateTime="2026-05-01"),
    activity("CommunicationRequest", "message", code={"text": "c"}, priority="urgent"),
    activity("Task", "task", code={"text": "c"}, description="d", doNotPerform=True),
    activity("Procedure", "procedure", code={"text": "c"}),
    activity("SupplyRequest", "supply", quantity={"value": 1}, code={"text": "c"}),
    activity("DiagnosticReport", "report", code={"text": "c"}),
    activity("Communication", "communication"),
    activity("ImmunizationRecommendation", "vaccine", productCodeableConcept={"text": "v"}),
]


@pytest.mark.parametrize("shape", ["careplan", "bundle"])
def test_everything_at_once_is_valid(shape: Any) -> None:
    actions = [
        {"id": f"a{i}", "title": "t", "definitionCanonical": a["url"]}
        for i, a in enumerate(_ACTIVITIES)
    ]
    failing = {"id": "f", "dynamicValue": dynamic("title", "x", "text/cql")}
    goal = {
        "description": {"text": "g"},
        "target": [{"measure": {"text": "m"}, "due": {"value": 1}}],
    }
    root = plan(*actions, failing, goal=[goal])
    result = applied(root, *_ACTIVITIES, encounter="Encounter/e", practitioner="Practitioner/p")
    found = result.resource(shape)
    check(found)
    kinds = (
        [r["resourceType"] for r in found["contained"]]
        if shape == "careplan"
        else [e["resource"]["resourceType"] for e in found["entry"]]
    )
    assert len(set(kinds)) >= 11


@pytest.mark.parametrize("name", ["anticoagulant", "inventol"])
def test_the_example_plans_are_valid_and_make_what_is(name: str) -> None:
    root = fixture(f"{name}.json")
    check(root)
    patient = record(*(e["resource"] for e in fixture("ann.json")["entry"][1:]))
    result = applied(root, to=patient)
    for found in (result.careplan, result.bundle, result.answers):
        check(found)
