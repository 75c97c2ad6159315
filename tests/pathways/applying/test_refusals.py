"""What is refused or told before anything is proposed."""

from __future__ import annotations

from typing import Any

import pytest
from plans import NOW, PATIENT, activity, applied, fixture, plan, record, when

from osler.domain.errors import InvalidResource
from osler.pathways import Definitions, apply
from osler.pathways.applying.plans import REQUEST_STATUS
from osler.pathways.elements import is_resource
from osler.pathways.required import lacking, required_of

QUESTION = {
    "linkId": "q",
    "type": "choice",
    "answerOption": [{"valueCoding": {"code": code}} for code in "yn"],
}
YES = {"linkId": "q", "answer": [{"valueCoding": {"code": "y"}}]}
BOTH = {"linkId": "q", "answer": [{"valueCoding": {"code": c}} for c in "yn"]}


def asking(question: dict[str, Any]) -> dict[str, Any]:
    form = {"resourceType": "Questionnaire", "id": "form", "url": "urn:form", "status": "draft"}
    return plan({"id": "a"}, contained=[{**form, "item": [question]}])


def answers(*items: dict[str, Any]) -> dict[str, Any]:
    return {"resourceType": "QuestionnaireResponse", "status": "completed", "item": list(items)}


def refused(form: dict[str, Any], given: dict[str, Any]) -> list[tuple[str, str]]:
    with pytest.raises(InvalidResource) as error:
        applied(form, answers=given)
    return [(issue.code, issue.path) for issue in error.value.issues]


def test_a_second_answer_is_refused_where_the_item_does_not_repeat() -> None:
    where = "QuestionnaireResponse.item.where(linkId = 'q').answer[1]"
    assert refused(asking(QUESTION), answers(BOTH)) == [("business-rule", where)]
    repeating = asking({**QUESTION, "repeats": True})
    assert len(applied(repeating, answers=answers(BOTH)).answers["item"][0]["answer"]) == 2


@pytest.mark.parametrize(
    ("more", "code", "path"),
    [
        ({"status": "entered-in-error"}, "deleted", "status"),
        ({"questionnaire": "urn:other"}, "business-rule", "questionnaire"),
        ({"subject": {"reference": "Patient/bob"}}, "business-rule", "subject.reference"),
        ({"item": [YES, YES]}, "duplicate", "item.linkId"),
    ],
)
def test_answers_that_do_not_count_are_refused(more: Any, code: str, path: str) -> None:
    assert refused(asking(QUESTION), answers(YES) | more) == [
        (code, f"QuestionnaireResponse.{path}")
    ]


@pytest.mark.parametrize(
    "more",
    [
        {"questionnaire": "urn:form|1.0"},
        {"questionnaire": "#form"},
        {"subject": {"reference": "Patient/ann"}},
        {"subject": {"reference": "http://example.org/fhir/Patient/ann"}},
    ],
)
def test_answers_to_these_questions_of_this_patient_count(more: Any) -> None:
    assert applied(asking(QUESTION), answers=answers(YES) | more).answers["item"]


def observation(**more: Any) -> dict[str, Any]:
    return {
        "resourceType": "Observation", "id": "o", "status": "final", "code": {"text": "x"},
        "subject": {"reference": "Patient/ann"}, **more,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("resource", "path"),
    [
        (
            observation(effectivePeriod={"start": "2026-02-02", "end": "2026-01-01"}),
            "effectivePeriod",
        ),
    ],
)
def test_a_period_that_cannot_be_is_refused(resource: dict[str, Any], path: str) -> None:
    with pytest.raises(InvalidResource) as error:
        record(resource)
    assert [i.path for i in error.value.issues] == [f"Bundle.entry[1].resource.{path}"]


def test_what_a_resource_must_say_is_missed() -> None:
    subject = {"reference": "Patient/ann"}
    bare = observation()
    del bare["code"]
    found = record(
        bare,
        {"resourceType": "MedicationRequest", "id": "m", "subject": subject},
        {"resourceType": "Condition", "id": "c", "subject": subject},
    )
    assert {i.path.rpartition(".")[2] for i in found.issues if i.code == "required"} == {
        "code", "intent", "medication", "status",
    }  # fmt: skip
    assert {i.severity for i in found.issues if i.code == "required"} == {"warning"}


@pytest.mark.parametrize("death", [{"deceasedBoolean": True}, {"deceasedDateTime": "2026-01-02"}])
def test_nothing_is_proposed_for_the_dead(death: dict[str, Any]) -> None:
    made = activity("ServiceRequest", code={"text": "x"})
    whole = plan({"id": "a", "definitionCanonical": "#act"}, contained=[made])
    dead = record(patient={**PATIENT, **death})
    result = apply(Definitions.from_json(whole), dead, now=NOW)
    (step,) = result.steps
    assert (step.taken, step.request) == (False, None)
    assert step.reasons[0].text == "The patient has died."
    held = [r for r in result.careplan["contained"] if r["resourceType"] == "OperationOutcome"]
    assert [i["expression"] for i in held[0]["issue"]] == [["Bundle.entry[0].resource.deceased"]]
    with pytest.raises(InvalidResource) as error:
        apply(Definitions.from_json(made), dead, now=NOW)
    assert [i.path for i in error.value.issues] == ["Patient.deceased"]
    alive = record(patient={**PATIENT, "deceasedBoolean": False})
    assert apply(Definitions.from_json(whole), alive, now=NOW).steps[0].taken


def test_an_intent_that_its_kind_does_not_have_makes_no_request() -> None:
    for kind in ("Task", "MedicationRequest"):
        made = activity(kind, intent="directive", productCodeableConcept={"text": "x"})
        result = applied(plan({"id": "a", "definitionCanonical": "#act"}, contained=[made]))
        assert result.steps[0].request is None
        assert [i.path for i in result.issues] == ["ActivityDefinition.where(id = 'act')"]


@pytest.mark.parametrize("kind", ["NutritionOrder", "DeviceRequest", "VisionPrescription", "Claim",
                                  "CarePlan", "Appointment", "RequestGroup", "Task"])  # fmt: skip
def test_what_r4_requires_of_a_request_is_there_or_told(kind: str) -> None:
    made = activity(kind)
    result = applied(plan({"id": "a", "definitionCanonical": "#act"}, contained=[made]))
    request = result.steps[0].request
    assert request is not None
    told = [i for r in request.get("contained", ()) for i in r["issue"]]
    assert len(told) == len(lacking(request))


def test_the_table_of_required_elements_is_that_of_the_models() -> None:
    for kind in ("Patient", "Observation", "MedicationRequest", "Claim", "NutritionOrder", "Task"):
        module = pytest.importorskip(f"fhir.resources.R4B.{kind.lower()}")
        wanted = set()
        for name, field in getattr(module, kind).model_fields.items():
            extra = field.json_schema_extra or {}
            if extra.get("one_of_many_required"):
                wanted.add(extra["one_of_many"])
            elif extra.get("element_required") or field.is_required():
                wanted.add(field.alias or name)
        assert is_resource(kind)
        assert set(required_of(kind)) == wanted - {"resource_type"}


def test_requests_are_drafts_where_the_plan_says_so() -> None:
    made = activity("ServiceRequest", code={"text": "x"})
    action = {"id": "a", "condition": when("true"), "definitionCanonical": "#act"}
    told = {"extension": [{"url": REQUEST_STATUS, "valueCode": "draft"}]}
    for more, status in (({}, "active"), ({"_status": told}, "draft")):
        result = applied(plan(action, contained=[made], **more))
        assert result.steps[0].request["status"] == status
        assert result.careplan["status"] == "active"


def test_two_actions_that_share_an_activity_make_two_requests() -> None:
    result = applied(fixture("two-actions-one-activity.json"))
    made = [entry["resource"] for entry in result.bundle["entry"][1:]]
    assert [r["id"] for r in made] == ["first-tell", "second-tell"]
    references = [
        a["resource"]["reference"] for a in result.bundle["entry"][0]["resource"]["action"]
    ]
    assert references == [f"CommunicationRequest/{r['id']}" for r in made]
