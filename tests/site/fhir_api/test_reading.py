"""What is served below /fhir/, to whom, and how errors are told."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from fhir.resources.R4B.bundle import Bundle
from fhir.resources.R4B.capabilitystatement import CapabilityStatement
from fhir.resources.R4B.operationoutcome import OperationOutcome

from osler_site.api.scopes import Scope
from osler_site.environment import environment
from osler_site.operations.limits import LIMITS

pytestmark = pytest.mark.usefixtures("site")

Asks = Callable[..., Any]
OPERATIONS = (
    "PlanDefinition/$apply", "PlanDefinition/$r5.apply", "PlanDefinition/metformin/$apply",
    "PlanDefinition/metformin/$r5.apply", "ActivityDefinition/$apply",
    "ActivityDefinition/metformin.check-60/$apply",
)  # fmt: skip
RESOURCES = (
    "PlanDefinition", "PlanDefinition/metformin", "Questionnaire/metformin",
    "ActivityDefinition/metformin.check-60",
)  # fmt: skip


def outcome(answer: Any, status: int, code: str) -> str:
    """The details of the one issue of an outcome."""
    assert answer.status_code == status
    assert answer["Content-Type"] == "application/fhir+json"
    OperationOutcome.model_validate(answer.json())
    (issue,) = answer.json()["issue"]
    assert issue["code"] == code
    return str(issue["details"]["text"])


def test_what_it_can_do_is_told_to_everyone(client: Client) -> None:
    answer = client.get("/fhir/metadata")
    assert answer["Content-Type"] == "application/fhir+json"
    stated = answer.json()
    CapabilityStatement.model_validate(stated)
    assert stated["fhirVersion"] == "4.0.1"
    (rest,) = stated["rest"]
    assert [r["type"] for r in rest["resource"]] == [
        "PlanDefinition", "ActivityDefinition", "Questionnaire",
    ]  # fmt: skip


def test_a_plan_is_served_with_all_that_it_contains(read: Asks) -> None:
    plan = read("PlanDefinition/vitamin-b12").json()
    assert (plan["resourceType"], plan["id"]) == ("PlanDefinition", "vitamin-b12")
    assert {r["resourceType"] for r in plan["contained"]} == {
        "ActivityDefinition", "Questionnaire",
    }  # fmt: skip


def test_a_questionnaire_and_an_activity_are_served(read: Asks) -> None:
    questions = read("Questionnaire/metformin").json()
    assert (questions["resourceType"], questions["id"]) == ("Questionnaire", "metformin")
    activity = read("ActivityDefinition/metformin.check-60").json()
    assert activity["resourceType"] == "ActivityDefinition"
    assert activity["id"] == "metformin.check-60"


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({}, ["metformin", "vitamin-b12"]),
        ({"_id": "metformin"}, ["metformin"]),
        ({"_id": "metformin,vitamin-b12"}, ["metformin", "vitamin-b12"]),
        ({"title": "B12"}, ["vitamin-b12"]),
        ({"url": "urn:osler:pathway:metformin"}, ["metformin"]),
        ({"url": "urn:osler:pathway:metformin|0.0.1"}, []),
        ({"_id": "other"}, []),
    ],
)
def test_plans_are_found(read: Asks, query: dict[str, str], found: list[str]) -> None:
    answer = read("PlanDefinition", **query).json()
    assert [entry["resource"]["id"] for entry in answer.get("entry", [])] == found
    assert answer["total"] == len(found)
    Bundle.model_validate({**answer, "entry": []})


def test_a_search_says_what_was_searched_for(read: Asks) -> None:
    answer = read("PlanDefinition", title="B12", bogus="1").json()
    (link,) = answer["link"]
    assert link["relation"] == "self"
    assert link["url"].endswith("/fhir/PlanDefinition?title=B12")
    page = read("PlanDefinition", _count="1").json()
    assert (len(page["entry"]), page["total"]) == (1, 2)
    assert [link["relation"] for link in page["link"]] == ["self", "next"]
    assert read("PlanDefinition", _count="some").status_code == 400


def test_a_strict_search_refuses_what_it_does_not_know(
    client: Client, bearer: Callable[..., dict[str, str]]
) -> None:
    headers = {**bearer(Scope.READ), "Prefer": "handling=strict"}
    answer = client.get("/fhir/PlanDefinition", {"bogus": "1"}, headers=headers)
    assert answer.status_code == 400
    assert answer.json()["resourceType"] == "OperationOutcome"
    assert client.get("/fhir/PlanDefinition", {"_count": "1"}, headers=headers).status_code == 200


@pytest.mark.parametrize("path", [*RESOURCES, *OPERATIONS])
def test_without_a_token_nothing_is_served(
    client: Client, bearer: Callable[..., dict[str, str]], path: str
) -> None:
    operation = path in OPERATIONS
    ask = client.post if operation else client.get
    for headers in ({}, {"Authorization": "Bearer x"}, {"Authorization": "Basic eDp5"}):
        answer = ask(f"/fhir/{path}", headers=headers)
        outcome(answer, 401, "login")
        assert answer["WWW-Authenticate"] == "Bearer"
    wrong = bearer(Scope.READ if operation else Scope.ASK)
    outcome(ask(f"/fhir/{path}", headers=wrong), 403, "forbidden")


@pytest.mark.parametrize(
    "path",
    ["PlanDefinition/other", "Questionnaire/other", "ActivityDefinition/other",
     "ActivityDefinition/metformin.other", "Patient/p1", "Patient", "x/y/z"],
)  # fmt: skip
def test_what_is_not_there_is_told(read: Asks, path: str) -> None:
    assert "there is no" in outcome(read(path), 404, "not-found")


@pytest.mark.parametrize("path", ["metadata", *RESOURCES, *OPERATIONS])
def test_other_methods_are_refused(client: Client, path: str) -> None:
    for method in ("put", "patch", "delete"):
        answer = getattr(client, method)(f"/fhir/{path}")
        outcome(answer, 405, "not-supported")
        assert "GET" in answer["Allow"]
    if path not in OPERATIONS:
        outcome(client.post(f"/fhir/{path}"), 405, "not-supported")


def test_another_media_type_is_refused(
    client: Client, bearer: Callable[..., dict[str, str]]
) -> None:
    headers = bearer(Scope.ASK)
    for kind in ("application/fhir+xml", "text/plain", ""):
        answer = client.post("/fhir/PlanDefinition/$apply", "x", content_type=kind, headers=headers)
        assert "application/fhir+json" in outcome(answer, 415, "not-supported")


@pytest.mark.parametrize(
    ("query", "accept", "status"),
    [
        ({}, "application/fhir+json", 200),
        ({}, "application/fhir+xml, application/json;q=0.5", 200),
        ({}, "*/*", 200),
        ({}, "application/fhir+xml", 406),
        ({}, "text/html", 406),
        ({"_format": "json"}, "text/html", 200),
        ({"_format": "application/fhir+json"}, "text/html", 200),
        ({"_format": "xml"}, "application/fhir+json", 406),
    ],
)
def test_json_is_all_that_is_spoken(
    client: Client, query: dict[str, str], accept: str, status: int
) -> None:
    answer = client.get("/fhir/metadata", query, headers={"Accept": accept})
    assert answer.status_code == status
    if status == 406:
        outcome(answer, 406, "not-supported")


def test_a_token_asks_so_often(read: Asks, monkeypatch: pytest.MonkeyPatch) -> None:
    real = LIMITS.spend
    assert environment().api_per_minute == 600
    monkeypatch.setattr(LIMITS, "spend", lambda key, most, *p: real(key, most // 300, *p))
    answers = [read("PlanDefinition/metformin") for _ in range(3)]
    assert [a.status_code for a in answers[:2]] == [200, 200]
    outcome(answers[2], 429, "throttled")
    assert int(answers[2]["Retry-After"]) > 0
