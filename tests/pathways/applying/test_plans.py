"""A plan becomes a RequestGroup, in a CarePlan that contains everything or in a Bundle."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from plans import activity, applied, dynamic, expression, fixture, plan, record, when

from osler.domain.errors import InvalidResource
from osler.pathways import Definitions
from osler.pathways.reading import to_json

MESSAGES = "http://hl7.org/fhir/uv/crmi/StructureDefinition/crmi-messages"


def group(result: Any) -> dict[str, Any]:
    found: dict[str, Any] = result.bundle["entry"][0]["resource"]
    return found


def resources(result: Any) -> list[dict[str, Any]]:
    return [entry["resource"] for entry in result.bundle["entry"]]


def ids(found: list[dict[str, Any]]) -> list[str]:
    return [f"{r['resourceType']}/{r['id']}" for r in found]


def test_what_goes_from_an_action_to_the_group_and_what_does_not() -> None:
    copied = {
        "id": "a",
        "title": "Title",
        "description": "Text",
        "textEquivalent": "Said",
        "priority": "urgent",
        "code": [{"text": "c"}],
        "documentation": [{"type": "citation", "citation": "quote"}],
        "type": {"text": "t"},
        "selectionBehavior": "any",
        "timingDateTime": "2026-05-01",
    }
    left = {
        "prefix": "1",
        "trigger": [{"type": "named-event", "name": "patient-view"}],
        "participant": [{"type": "patient"}],
        "groupingBehavior": "visual-group",
        "goalId": ["g"],
    }
    related = {"actionId": "b", "relationship": "after", "offsetDuration": {"value": 1}}
    action = {**copied, **left, "condition": when("true"), "relatedAction": [related]}
    (found,) = group(applied(plan(action)))["action"]
    assert found == {**copied, "condition": when("true"), "relatedAction": [related]}


def test_both_shapes_hold_the_same_with_references_of_their_own() -> None:
    root = plan(
        {"id": "a", "definitionCanonical": "http://example.org/ActivityDefinition/act"},
        goal=[{"description": {"text": "Be well"}, "start": {"text": "now"}}],
    )
    result = applied(root, activity("CommunicationRequest", code={"text": "Hello"}))
    assert ids(resources(result)) == [
        "RequestGroup/plan",
        "Goal/1",
        "CommunicationRequest/a-act",
    ]
    assert group(result)["action"][0]["resource"] == {"reference": "CommunicationRequest/a-act"}
    careplan = result.careplan
    assert ids(careplan["contained"]) == ids(resources(result))
    assert careplan["contained"][0]["action"][0]["resource"] == {"reference": "#a-act"}
    assert careplan["goal"] == [{"reference": "#1"}]
    assert careplan["activity"] == [{"reference": {"reference": "#plan"}}]
    assert result.resource("careplan") is careplan
    assert result.resource("bundle") is result.bundle


def test_a_goal_and_its_targets() -> None:
    target = {"measure": {"text": "INR"}, "detailRange": {"low": {"value": 2}}, "due": {"value": 3}}
    goal = {
        "category": {"text": "safety"},
        "description": {"text": "Stay in range"},
        "priority": {"text": "high"},
        "start": {"text": "today"},
        "target": [target],
    }
    assert resources(applied(plan(goal=[goal])))[1] == {
        "resourceType": "Goal",
        "id": "1",
        "lifecycleStatus": "proposed",
        "category": [{"text": "safety"}],
        "priority": {"text": "high"},
        "description": {"text": "Stay in range"},
        "subject": {"reference": "Patient/ann"},
        "startCodeableConcept": {"text": "today"},
        "target": [
            {
                "measure": {"text": "INR"},
                "detailRange": {"low": {"value": 2}},
                "dueDuration": {"value": 3},
            }
        ],
    }


def test_one_activity_of_several_actions_makes_requests_with_ids_of_their_own() -> None:
    again = {"definitionCanonical": "http://example.org/ActivityDefinition/act"}
    root = plan({"id": "a", **again}, {"id": "b", **again}, again, again)
    result = applied(root, activity("CommunicationRequest"))
    found = ids(resources(result))[1:]
    assert found == [
        "CommunicationRequest/a-act",
        "CommunicationRequest/b-act",
        "CommunicationRequest/act",
        "CommunicationRequest/act2",
    ]
    references = [action["resource"]["reference"] for action in group(result)["action"]]
    assert references == found


def test_a_plan_within_a_plan_is_applied_with_its_own_context() -> None:
    inner = plan(
        {"id": "b", "definitionCanonical": "http://example.org/ActivityDefinition/act"},
        {"id": "c", "dynamicValue": dynamic("title", "%context.title")},
        title="Inner",
    )
    inner |= {"id": "inner", "url": "http://example.org/PlanDefinition/inner"}
    root = plan({"id": "a", "definitionCanonical": inner["url"]}, title="Outer")
    result = applied(root, inner, activity("CommunicationRequest"))
    assert ids(resources(result)) == [
        "RequestGroup/plan",
        "CommunicationRequest/b-act",
        "RequestGroup/a-inner",
    ]
    assert resources(result)[2]["action"][1]["title"] == "Inner"
    nested = result.careplan["contained"][2]
    assert nested["action"][0]["resource"] == {"reference": "#b-act"}


def test_an_error_within_a_nested_plan_is_told_by_the_nested_group() -> None:
    inner = plan({"id": "b", "dynamicValue": dynamic("title", "NoSuch", "text/cql")})
    inner |= {"id": "inner", "url": "http://example.org/PlanDefinition/inner"}
    result = applied(plan({"id": "a", "definitionCanonical": inner["url"]}), inner)
    outer, nested = resources(result)
    assert "contained" not in outer
    (outcome,) = nested["contained"]
    assert outcome["id"] == "apply-outcome-inner"
    assert outcome["issue"][0]["code"] == "not-supported"
    assert nested["extension"] == [
        {"url": MESSAGES, "valueReference": {"reference": "#apply-outcome-inner"}}
    ]
    assert result.careplan["contained"][-1]["resourceType"] == "OperationOutcome"


def test_a_warning_of_the_record_is_told_by_the_result() -> None:
    result = applied(plan(), to=record(patient={"resourceType": "Patient", "id": "ann"}))
    outcome = result.careplan["contained"][-1]
    assert outcome["issue"][0]["expression"] == ["Bundle.entry[0].resource.birthDate"]
    reference = {"url": MESSAGES, "valueReference": {"reference": "#apply-outcome-plan"}}
    assert result.careplan["extension"] == [reference]


@pytest.mark.parametrize(
    ("canonical", "found"),
    [
        ("http://example.org/ActivityDefinition/act", True),
        ("http://example.org/ActivityDefinition/act|2", True),
        ("http://example.org/ActivityDefinition/act|3", False),
        ("ActivityDefinition/act", True),
        ("#act", False),
        ("http://example.org/elsewhere", False),
    ],
)
def test_a_definition_is_found_by_its_address_and_version(canonical: str, found: bool) -> None:
    other = activity("CommunicationRequest", version="2")
    result = applied(plan({"id": "a", "definitionCanonical": canonical}), other)
    assert (len(resources(result)) == 2) is found
    paths = [issue.path for issue in result.issues]
    assert paths == ([] if found else ["PlanDefinition.action[0].definitionCanonical"])


def test_a_uri_is_referred_to_as_it_is() -> None:
    result = applied(plan({"id": "a", "definitionUri": "https://example.org/form"}))
    for holder in (group(result), result.careplan["contained"][0]):
        assert holder["action"][0]["resource"] == {"reference": "https://example.org/form"}


def test_a_questionnaire_is_handed_on() -> None:
    form = {"resourceType": "Questionnaire", "id": "form", "status": "active"}
    result = applied(plan({"id": "a", "definitionCanonical": "#form"}, contained=[form]))
    assert ids(resources(result)) == ["RequestGroup/plan", "Questionnaire/a-form"]


def test_extensions_go_over_but_those_that_tell_of_the_definition() -> None:
    capability = "http://hl7.org/fhir/uv/cpg/StructureDefinition/cpg-knowledgeCapability"
    kept = {"url": "urn:kept", "valueString": "yes"}
    own = {"url": capability, "valueCode": "publishable"}
    act = activity("CommunicationRequest", extension=[kept, own])
    action = {"id": "a", "extension": [kept], "definitionCanonical": act["url"]}
    result = applied(plan(action, extension=[kept, own], goal=[{}]), act)
    pertains = "http://hl7.org/fhir/StructureDefinition/resource-pertainsToGoal"
    assert [e["url"] for e in group(result)["extension"]] == ["urn:kept", pertains]
    assert group(result)["action"][0]["extension"] == [kept]
    assert resources(result)[2]["extension"] == [kept]


def test_an_extension_gets_the_value_of_its_expression() -> None:
    url = "http://hl7.org/fhir/StructureDefinition/cqf-expression"
    inner = {"url": url, "valueExpression": expression("%subject.name.given.first()")}
    extension = {"url": "urn:name", "_valueString": {"extension": [inner]}}
    (action,) = group(applied(plan({"id": "a", "extension": [extension]})))["action"]
    assert action["extension"] == [{"url": "urn:name", "valueString": "Ann"}]


def test_parties_are_named_where_they_are_given() -> None:
    result = applied(
        plan({"id": "a", "definitionCanonical": "ActivityDefinition/act"}),
        activity("CommunicationRequest"),
        encounter="Encounter/e",
        practitioner="Practitioner/p",
    )
    assert group(result)["encounter"] == {"reference": "Encounter/e"}
    assert group(result)["author"] == {"reference": "Practitioner/p"}
    assert result.careplan["author"] == {"reference": "Practitioner/p"}
    assert resources(result)[1]["requester"] == {"reference": "Practitioner/p"}


def test_the_practitioner_and_encounter_that_are_named_are_those_of_expressions() -> None:
    doctors = [{"resourceType": "Practitioner", "id": id_} for id_ in ("p", "q")]
    root = plan({"id": "a", "condition": when("%practitioner.id = 'q'")})
    assert not applied(root, to=record(*doctors)).steps[0].taken
    assert applied(root, to=record(*doctors), practitioner="Practitioner/q").steps[0].taken


def test_an_id_is_never_longer_than_fhir_allows() -> None:
    root = plan({"id": "a" * 50, "definitionCanonical": "ActivityDefinition/" + "b" * 60})
    result = applied(root, activity("CommunicationRequest", "b" * 60))
    found = resources(result)[1]["id"]
    assert len(found) == 64
    assert found == applied(root, activity("CommunicationRequest", "b" * 60)).steps[0].request["id"]


def test_an_activity_that_makes_nothing_is_told_and_the_action_stays() -> None:
    result = applied(
        plan({"id": "a", "definitionCanonical": "ActivityDefinition/act"}),
        activity("ServiceRequest"),
    )
    assert [i.code for i in result.issues] == ["required"]
    assert result.steps[0].taken
    assert result.steps[0].request is None


def circle(*urls: str) -> list[dict[str, Any]]:
    return [
        plan({"id": "a", "definitionCanonical": urls[(i + 1) % len(urls)]})
        | {"id": url, "url": url}
        for i, url in enumerate(urls)
    ]


@pytest.mark.parametrize("urls", [["urn:a"], ["urn:a", "urn:b"], ["urn:a", "urn:b", "urn:c"]])
def test_a_plan_that_refers_to_itself_is_refused(urls: list[str]) -> None:
    with pytest.raises(InvalidResource) as refused:
        Definitions.from_resources(*circle(*urls))
    (issue,) = refused.value.issues
    assert (issue.code, issue.path) == (
        "business-rule",
        "PlanDefinition.action[0].definitionCanonical",
    )


def test_plans_that_multiply_beyond_reason_are_refused() -> None:
    names = [f"urn:{i}" for i in range(12)]
    plans = [
        plan(*({"id": x, "definitionCanonical": names[i + 1]} for x in "abc") if i < 11 else ())
        | {"id": name, "url": name}
        for i, name in enumerate(names)
    ]
    with pytest.raises(InvalidResource) as refused:
        Definitions.from_resources(*plans)
    assert refused.value.issues[0].code == "too-costly"


def test_applying_changes_neither_definitions_nor_record_and_gives_the_same_again() -> None:
    definitions = Definitions.from_json(fixture("anticoagulant.json"))
    patient = record(*(e["resource"] for e in fixture("ann.json")["entry"][1:]))
    before = copy.deepcopy((definitions.root, patient.resources))
    first, second = (to_json(applied(definitions.root, to=patient).careplan) for _ in range(2))
    assert first == second
    assert (definitions.root, patient.resources) == before


def test_a_bundle_of_plans_begins_with_the_one_that_no_other_refers_to() -> None:
    inner = plan() | {"id": "inner", "url": "urn:inner"}
    root = plan({"id": "a", "definitionCanonical": "urn:inner"})
    entries = [{"resource": inner}, {"resource": root}]
    found = Definitions.from_json({"resourceType": "Bundle", "entry": entries})
    assert found.root["id"] == "plan"


def test_what_r4_does_not_have_is_left_out_and_told() -> None:
    definitions = Definitions.from_resources(plan({"id": "a", "transformation": 1}, useLater=True))
    assert [i.path for i in definitions.issues] == [
        "PlanDefinition.action[0].transformation",
        "PlanDefinition.useLater",
    ]
    assert "useLater" not in definitions.root


def test_numbers_written_as_text_are_read_as_numbers() -> None:
    timing = {"repeat": {"frequency": "1", "period": "2.50", "periodUnit": "d"}}
    definitions = Definitions.from_resources(plan({"id": "a", "timingTiming": timing}))
    found = definitions.root["action"][0]["timingTiming"]["repeat"]
    assert found["frequency"] == 1
    assert str(found["period"]) == "2.50"


def test_a_definition_without_a_plan_or_activity_is_refused() -> None:
    with pytest.raises(InvalidResource, match="there is none"):
        Definitions.from_json({"resourceType": "Bundle", "entry": []})
