"""What models of FHIR let through."""

from typing import Any

import pytest
from fhir.resources.R4B.patient import Patient

from osler.domain import Severity
from osler.fhir import faults


def test_a_gender_that_is_none_is_refused_with_its_path() -> None:
    patient = {"resourceType": "Patient", "gender": "banana"}
    assert Patient.model_validate(patient).gender == "banana"  # which is why we look
    (issue,) = faults(patient)
    assert (issue.severity, issue.code, issue.path) == (
        Severity.ERROR, "code-invalid", "Patient.gender",
    )  # fmt: skip
    assert "“banana”" in issue.details
    assert "female" in issue.details


@pytest.mark.parametrize(
    ("resource", "path"),
    [
        ({"resourceType": "Composition", "status": "done"}, "Composition.status"),
        (
            {"resourceType": "Composition", "section": [{"text": {"status": "good"}}]},
            "Composition.section[0].text.status",
        ),
        ({"resourceType": "DocumentReference", "status": "retired"}, "DocumentReference.status"),
        (
            {"resourceType": "OperationOutcome", "issue": [{"severity": "bad", "code": "value"}]},
            "OperationOutcome.issue[0].severity",
        ),
        ({"resourceType": "MedicationRequest", "intent": "wish"}, "MedicationRequest.intent"),
        (
            {"resourceType": "Observation", "valueQuantity": {"value": 1, "comparator": "~"}},
            "Observation.valueQuantity.comparator",
        ),
        (
            {
                "resourceType": "MedicationRequest",
                "dosageInstruction": [{"timing": {"repeat": {"periodUnit": "month"}}}],
            },
            "MedicationRequest.dosageInstruction[0].timing.repeat.periodUnit",
        ),
        ({"resourceType": "Patient", "gender": 1}, "Patient.gender"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_the_fault_is_found_where_it_is(resource: dict[str, Any], path: str) -> None:
    errors = [issue for issue in faults(resource) if issue.severity is Severity.ERROR]
    assert [issue.path for issue in errors] == [path]


def test_resources_inside_are_looked_at_too() -> None:
    bundle = {
        "resourceType": "Bundle",
        "type": "heap",
        "entry": [
            {"resource": {"resourceType": "Patient", "gender": "female"}},
            {
                "resource": {
                    "resourceType": "CarePlan",
                    "contained": [{"resourceType": "RequestGroup", "intent": "hope"}],
                }
            },
        ],
    }
    assert [issue.path for issue in faults(bundle)] == [
        "Bundle.type",
        "Bundle.entry[1].resource.contained[0].intent",
    ]


def test_an_element_that_r4_does_not_have_is_told() -> None:
    (issue,) = faults({"resourceType": "Composition", "subtitle": "No such thing"})
    assert issue.path == "Composition.subtitle"
