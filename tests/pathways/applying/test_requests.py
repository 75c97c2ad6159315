"""What each kind of request takes from its ActivityDefinition."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from plans import activity, applied, dynamic, plan, request

from osler.domain.errors import InvalidResource
from osler.pathways.required import required_of

BY = {"encounter": "Encounter/e", "practitioner": "Practitioner/p"}
SUBJECT = {"reference": "Patient/ann"}
ENCOUNTER = {"reference": "Encounter/e"}
REQUESTER = {"reference": "Practitioner/p"}
DOSAGE = {
    "text": "5 mg twice daily",
    "timing": {"repeat": {"frequency": 2, "period": 1, "periodUnit": "d"}},
    "doseAndRate": [{"doseQuantity": {"value": 5, "unit": "mg"}}],
}


def made(kind: str, **more: Any) -> dict[str, Any]:
    found = request(activity(kind, **more), **BY)
    assert found.pop("resourceType") == kind
    assert found.pop("id") == "act"
    return found


def test_a_medication_request() -> None:
    found = made(
        "MedicationRequest",
        version="1",
        intent="proposal",
        priority="urgent",
        productCodeableConcept={"text": "drug"},
        dosage=[DOSAGE],
        doNotPerform=False,
        quantity={"value": 10},
    )
    assert found == {
        "status": "active",
        "intent": "proposal",
        "medicationCodeableConcept": {"text": "drug"},
        "subject": SUBJECT,
        "instantiatesCanonical": ["http://example.org/ActivityDefinition/act|1"],
        "encounter": ENCOUNTER,
        "requester": REQUESTER,
        "dosageInstruction": [DOSAGE],
        "doNotPerform": False,
        "priority": "urgent",
        "dispenseRequest": {"quantity": {"value": 10}},
    }


def test_a_medication_request_of_a_medication_elsewhere_is_an_order_by_default() -> None:
    found = made("MedicationRequest", productReference={"reference": "Medication/m"})
    assert found["medicationReference"] == {"reference": "Medication/m"}
    assert found["intent"] == "order"


def test_a_service_request_with_its_timing() -> None:
    timing = {"repeat": {"frequency": 1, "period": 1, "periodUnit": "mo"}}
    found = made(
        "ServiceRequest",
        intent="plan",
        code={"text": "blood count"},
        bodySite=[{"text": "arm"}],
        timingTiming=timing,
    )
    assert found == {
        "status": "active",
        "intent": "plan",
        "subject": SUBJECT,
        "instantiatesCanonical": ["http://example.org/ActivityDefinition/act"],
        "encounter": ENCOUNTER,
        "requester": REQUESTER,
        "code": {"text": "blood count"},
        "bodySite": [{"text": "arm"}],
        "occurrenceTiming": timing,
    }


def test_a_communication_request() -> None:
    found = made("CommunicationRequest", code={"text": "Come back"}, priority="stat")
    assert found == {
        "status": "active",
        "subject": SUBJECT,
        "encounter": ENCOUNTER,
        "requester": REQUESTER,
        "priority": "stat",
        "payload": [{"contentString": "Come back"}],
    }


def test_a_task() -> None:
    url = "http://hl7.org/fhir/us/ecr/StructureDefinition/targetStatus"
    status = {"url": url, "valueString": "READY"}
    found = made("Task", extension=[status], code={"text": "c"}, description="d", doNotPerform=True)
    never = {
        "url": "http://hl7.org/fhir/StructureDefinition/request-doNotPerform",
        "valueBoolean": True,
    }
    assert found == {
        "extension": [status],
        "status": "ready",
        "intent": "proposal",
        "for": SUBJECT,
        "encounter": ENCOUNTER,
        "requester": REQUESTER,
        "instantiatesCanonical": "http://example.org/ActivityDefinition/act",
        "code": {"text": "c"},
        "description": "d",
        "modifierExtension": [never],
    }


def test_a_task_of_an_action_has_its_id_and_says_what_it_is_based_on() -> None:
    root = plan({"id": "a", "definitionCanonical": "ActivityDefinition/act"})
    task = applied(root, activity("Task")).bundle["entry"][1]["resource"]
    assert task["id"] == "a"
    assert task["status"] == "draft"
    assert task["basedOn"] == [{"reference": "RequestGroup/plan"}]


def test_a_task_that_asks_to_fill_in_a_questionnaire_is_told() -> None:
    url = "http://hl7.org/fhir/uv/cpg/StructureDefinition/cpg-collectWith"
    found = made("Task", extension=[{"url": url, "valueCanonical": "urn:form"}])
    (issue,) = found["contained"][0]["issue"]
    assert (issue["code"], issue["expression"]) == (
        "not-supported",
        ["ActivityDefinition.extension[0]"],
    )


def test_a_procedure() -> None:
    assert made("Procedure", code={"text": "c"}, bodySite=[{"text": "b"}]) == {
        "status": "unknown",
        "subject": SUBJECT,
        "instantiatesCanonical": ["http://example.org/ActivityDefinition/act"],
        "code": {"text": "c"},
        "bodySite": [{"text": "b"}],
    }


def test_a_supply_request() -> None:
    assert made("SupplyRequest", quantity={"value": 3}, code={"text": "c"}) == {
        "status": "draft",
        "requester": REQUESTER,
        "quantity": {"value": 3},
        "itemCodeableConcept": {"text": "c"},
    }


_ARTIFACT = {"type": "documentation", "url": "https://example.org/a", "display": "A"}


def test_a_request_that_lacks_what_it_must_have_says_so() -> None:
    found = made("SupplyRequest", code={"text": "c"})
    assert "quantity" in found["contained"][0]["issue"][0]["details"]["text"]
    found = made("MedicationRequest", dynamicValue=dynamic("medicationCodeableConcept", "{}"))
    codes = [issue["code"] for issue in found["contained"][0]["issue"]]
    assert codes == ["incomplete", "required"]


def test_a_diagnostic_report() -> None:
    assert made("DiagnosticReport", code={"text": "c"}, relatedArtifact=[_ARTIFACT]) == {
        "status": "unknown",
        "subject": SUBJECT,
        "code": {"text": "c"},
        "presentedForm": [{"url": "https://example.org/a", "title": "A"}],
    }


def test_a_communication() -> None:
    assert made("Communication", code={"text": "c"}, relatedArtifact=[_ARTIFACT]) == {
        "status": "unknown",
        "subject": SUBJECT,
        "reasonCode": [{"text": "c"}],
        "payload": [{"contentAttachment": {"url": "https://example.org/a", "title": "A"}}],
    }


def test_an_immunization_recommendation() -> None:
    found = made("ImmunizationRecommendation", productCodeableConcept={"text": "vaccine"})
    (recommendation,) = found.pop("recommendation")
    assert found == {"patient": SUBJECT, "date": "2026-03-31"}
    assert recommendation["vaccineCode"] == [{"text": "vaccine"}]
    assert recommendation["forecastStatus"]["coding"][0]["code"] == "due"


@pytest.mark.parametrize("kind", ["RequestGroup", "Contract", "DeviceRequest", "Appointment"])
def test_of_other_kinds_only_dynamic_values_say_anything(kind: str) -> None:
    found = made(kind, extension=[{"url": "urn:x", "valueString": "y"}])
    extensions = found.pop("extension")
    assert extensions[0] == {"url": "urn:x", "valueString": "y"}
    assert set(found) <= {"contained"}
    # What FHIR R4 requires and nothing said is told in an outcome.
    lacks = [i["expression"] for r in found.get("contained", []) for i in r["issue"]]
    assert bool(lacks) == bool(required_of(kind))


def test_the_kind_of_an_extension_comes_first() -> None:
    url = "http://hl7.org/fhir/uv/cpg/StructureDefinition/cpg-activity-kind"
    kind = {"url": url, "valueCode": "Communication"}
    assert request(activity("Task", extension=[kind]))["resourceType"] == "Communication"


def test_a_profile_goes_to_the_meta() -> None:
    assert made("Task", profile="urn:profile")["meta"] == {"profile": ["urn:profile"]}


@pytest.mark.parametrize(
    ("kind", "more", "path"),
    [
        ("MedicationRequest", {}, "ActivityDefinition"),
        ("ServiceRequest", {}, "ActivityDefinition"),
        ("ServiceRequest", {"code": {}, "dosage": [DOSAGE]}, "ActivityDefinition"),
        ("DiagnosticReport", {}, "ActivityDefinition"),
        ("ImmunizationRecommendation", {}, "ActivityDefinition"),
        ("Banana", {}, "ActivityDefinition.kind"),
    ],
)
def test_an_activity_that_lacks_what_its_request_must_have_is_refused(
    kind: str, more: dict[str, Any], path: str
) -> None:
    with pytest.raises(InvalidResource) as refused:
        request(activity(kind, **more))
    assert refused.value.issues[0].path == path


PATHS = [
    ("payload[0].contentString", "'a'", "payload", [{"contentString": "a"}]),
    ("payload.content", "'a'", "payload", [{"contentString": "a"}]),
    ("%payload[0].contentString", "'a'", "payload", [{"contentString": "a"}]),
    ("payload[1].contentString", "'a'", "payload", [{}, {"contentString": "a"}]),
    ("priority", "'urgent'", "priority", "urgent"),
    ("category", "%subject.maritalStatus", None, None),
    ("reasonCode.text", "'a'", "reasonCode", [{"text": "a"}]),
    ("note[0].text", "'a'", "note", [{"text": "a"}]),
    ("occurrence", "today() + 2 weeks", "occurrenceDateTime", "2026-04-14"),
    ("occurrenceDateTime", "today()", "occurrenceDateTime", "2026-03-31"),
    ("extension('urn:x').value", "5 'mg'", "extension", [
        {"url": "urn:x", "valueQuantity": {"value": 5, "unit": "mg",
                                           "system": "http://unitsofmeasure.org", "code": "mg"}}]),
]  # fmt: skip


@pytest.mark.parametrize(("path", "text", "name", "expected"), PATHS)
def test_a_dynamic_value_goes_to_its_path(
    path: str, text: str, name: str | None, expected: Any
) -> None:
    found = made("CommunicationRequest", dynamicValue=dynamic(path, text))
    if name is None:
        assert found["contained"][0]["issue"][0]["code"] == "incomplete"
    else:
        assert found[name] == expected


def test_a_dose_is_set_deep_within_a_dosage_and_the_definition_stays() -> None:
    act = activity(
        "MedicationRequest",
        productCodeableConcept={"text": "drug"},
        dosage=[DOSAGE],
        dynamicValue=dynamic("dosageInstruction[0].doseAndRate[0].doseQuantity.value", "2.5"),
    )
    before = copy.deepcopy(act)
    found = request(act)
    assert str(found["dosageInstruction"][0]["doseAndRate"][0]["doseQuantity"]["value"]) == "2.5"
    assert found["dosageInstruction"][0]["text"] == "5 mg twice daily"
    assert act == before


def test_of_an_element_of_many_types_only_the_one_that_is_set_stays() -> None:
    timing = {"repeat": {"frequency": 1, "period": 1, "periodUnit": "d"}}
    found = made("ServiceRequest", code={"text": "c"}, timingTiming=timing,
                 dynamicValue=dynamic("occurrenceDateTime", "today()"))  # fmt: skip
    assert found["occurrenceDateTime"] == "2026-03-31"
    assert "occurrenceTiming" not in found


def test_several_values_fill_a_list() -> None:
    found = made("CommunicationRequest", dynamicValue=dynamic("medium.text", "'a' | 'b'"))
    assert found["contained"][0]["issue"][0]["severity"] == "error"
    found = made("ServiceRequest", code={"text": "c"},
                 dynamicValue=dynamic("instantiatesUri", "'urn:a' | 'urn:b'"))  # fmt: skip
    assert found["instantiatesUri"] == ["urn:a", "urn:b"]


@pytest.mark.parametrize(
    ("path", "text", "language", "code"),
    [
        ("nothing", "'a'", "text/fhirpath", "exception"),
        ("payload[0].nothing", "'a'", "text/fhirpath", "exception"),
        ("priority.code", "'a'", "text/fhirpath", "exception"),
        ("", "'a'", "text/fhirpath", "exception"),
        ("priority", "'a'", "text/cql", "not-supported"),
        ("priority", "'a' and", "text/fhirpath", "exception"),
        ("priority", "{}", "text/fhirpath", "incomplete"),
    ],
)
def test_a_dynamic_value_that_fails_is_told_with_its_path(
    path: str, text: str, language: str, code: str
) -> None:
    value = dynamic(path, text, language)
    if not path:
        del value[0]["path"]
    found = made("CommunicationRequest", dynamicValue=value)
    (issue,) = found["contained"][0]["issue"]
    assert issue["code"] == code
    assert issue["expression"][0].startswith("ActivityDefinition.dynamicValue[0]")
    assert "priority" not in found


def test_an_action_sets_its_request_its_own_elements_and_both_contexts() -> None:
    root = plan(
        {
            "id": "a",
            "definitionCanonical": "ActivityDefinition/act",
            "dynamicValue": [
                *dynamic("payload[0].contentString", "%context.title"),
                *dynamic("action.title", "'For ' + %subject.name.given"),
                *dynamic("%action.description", "%practitioner.id | %subject.id"),
            ],
        },
        title="The plan",
    )
    act = activity(
        "CommunicationRequest",
        title="The act",
        dynamicValue=dynamic("payload[1].contentString", "%context.title"),
    )
    result = applied(root, act)
    group, found = (entry["resource"] for entry in result.bundle["entry"])
    assert [p["contentString"] for p in found["payload"]] == ["The plan", "The act"]
    assert group["action"][0]["title"] == "For Ann"
    assert group["action"][0]["description"] == "ann"
