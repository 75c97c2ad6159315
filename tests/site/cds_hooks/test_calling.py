"""The addresses of CDS Hooks: what they give, and what they refuse, as an OperationOutcome."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from hooks_clients import ISSUER, SIGNERS
from hooks_requests import ORAL, Json, call, condition, egfr, order, patient, taking

from osler_site.cds_hooks.services import services
from osler_site.operations.limits import LIMITS

pytestmark = pytest.mark.usefixtures("site")

VIEW = "/cds-services/metformin-patient-view"
SIGN = "/cds-services/metformin-order-sign"
DIABETES = condition("Type 2 diabetes mellitus")


def post(client: Client, path: str, body: Any, **named: Any) -> Any:
    text = body if isinstance(body, str | bytes) else json.dumps(body)
    return client.post(path, text, content_type="application/json", **named)


def faults(answer: Any) -> list[tuple[str, str]]:
    assert answer["Content-Type"] == "application/fhir+json"
    assert answer.json()["resourceType"] == "OperationOutcome"
    return [(i["code"], *i.get("expression", [""])) for i in answer.json()["issue"]]


def test_the_services_are_listed(client: Client) -> None:
    answer = client.get("/cds-services")
    assert answer["Content-Type"] == "application/json"
    listed = {service["id"]: service for service in answer.json()["services"]}
    assert set(listed) == set(services())
    assert listed["metformin-order-sign"]["hook"] == "order-sign"
    assert client.head("/cds-services").status_code == 200


def test_the_services_are_made_once(client: Client) -> None:
    client.get("/cds-services")
    before = services()
    client.get("/cds-services")
    assert services() is before


def test_a_call_gives_cards_that_lead_back_here(client: Client) -> None:
    answer = post(client, VIEW, call("patient-view", DIABETES, egfr(25), taking()))
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/json"
    assert answer["Cache-Control"] == "no-store"
    first = answer.json()["cards"][0]
    assert first["indicator"] == "critical"
    passage = first["links"][1]["url"].removeprefix("http://localhost:8000")
    page = client.get(passage)
    assert page.status_code == 200
    assert "Stop metformin" in page.content.decode()


def test_a_drafted_order_is_looked_at(client: Client) -> None:
    draft = order("Metformin", 500, "mg", every=(2, 1, "d"))
    answer = post(client, SIGN, call("order-sign", DIABETES, egfr(25), orders=(draft,)))
    (card,) = answer.json()["cards"]
    assert card["summary"] == (
        "Metformin is being ordered at an eGFR below 30: eGFR 25 mL/min/1.73m2 (20 November 2026)"
    )


def test_nothing_to_say_is_no_card(client: Client) -> None:
    answer = post(client, VIEW, call("patient-view", condition("asthma")))
    assert (answer.status_code, answer.json()) == (200, {"cards": []})


def test_an_order_of_something_else_needs_no_record(client: Client) -> None:
    body = call("order-sign", orders=(order("Paracetamol", 1, "g"),))
    del body["prefetch"]
    assert post(client, SIGN, body).json() == {"cards": []}


GOOD = call("patient-view", DIABETES, egfr(25))


@pytest.mark.parametrize(
    ("body", "status", "fault"),
    [
        (" ", 400, ("structure", "")),
        ("{", 400, ("structure", "")),
        ("[" * 100_000, 400, ("structure", "")),
        (b"\xff", 400, ("structure", "")),
        ('{"a": NaN}', 400, ("structure", "")),
        ('{"a": 1e99999999999999999999}', 400, ("structure", "")),
        ("[]", 400, ("invalid", "")),
        ({**GOOD, "hookInstance": "7"}, 400, ("invalid", "hookInstance")),
        ({**GOOD, "hook": "order-sign"}, 400, ("required", "context.draftOrders")),
        (
            {**GOOD, "prefetch": {**GOOD["prefetch"], "patient": patient(id="p2")}},
            400,
            ("value", "prefetch.patient.id"),
        ),
        (
            {**GOOD, "prefetch": {**GOOD["prefetch"], "conditions": DIABETES | {"code": 7}}},
            400,
            ("structure", "prefetch.conditions.code"),
        ),
    ],
)
def test_a_malformed_call_is_refused_with_the_path(
    client: Client, body: Any, status: int, fault: tuple[str, str]
) -> None:
    answer = post(client, VIEW, body)
    assert answer.status_code == status
    assert fault in faults(answer)


def test_a_call_for_another_hook_is_refused(client: Client) -> None:
    body = call("order-sign", orders=(order("Metformin", 500, "mg"),))
    answer = post(client, VIEW, body)
    assert (answer.status_code, faults(answer)) == (400, [("invalid", "hook")])


@pytest.mark.parametrize(
    ("method", "path", "kind", "status"),
    [
        ("post", "/cds-services/nothing", "application/json", 404),
        ("post", "/cds-services/nothing/feedback", "application/json", 404),
        ("post", VIEW, "text/plain", 415),
        ("post", VIEW, "application/x-www-form-urlencoded", 415),
        ("post", VIEW, "", 415),
        ("post", f"{VIEW}/feedback", "application/xml", 415),
        ("get", VIEW, "", 405),
        ("put", VIEW, "application/json", 405),
        ("delete", f"{VIEW}/feedback", "", 405),
        ("post", "/cds-services", "application/json", 405),
    ],
)
def test_what_is_not_there_or_not_answered(
    client: Client, method: str, path: str, kind: str, status: int
) -> None:
    sent = {"data": "{}", "content_type": kind} if method != "get" else {}
    answer = getattr(client, method)(path, **sent)
    assert answer.status_code == status
    assert faults(answer)
    assert ("Allow" in answer.headers) == (status == 405)


def test_a_body_that_is_too_long_is_refused(client: Client) -> None:
    answer = post(client, VIEW, b" " * 10_000_001)
    assert (answer.status_code, faults(answer)) == (413, [("too-long", "")])
    assert post(client, VIEW, json.dumps(GOOD) + " " * 3_000_000).status_code == 200


def test_decimals_keep_their_digits(client: Client) -> None:
    draft = order("Metformin", 500, "mg", route=ORAL, every=(3, 1, "d"), priority="routine")
    draft["extension"] = [{"url": "https://example.org/cost", "valueDecimal": "@"}]
    text = json.dumps(call("order-sign", DIABETES, egfr(80), orders=(draft,)))
    answer = post(client, SIGN, text.replace('"@"', "84.00"))
    assert '"valueDecimal":84.00' in answer.content.decode()


def test_one_address_calls_so_often(
    client: Client, monkeypatch: pytest.MonkeyPatch, told: Callable[..., None]
) -> None:
    told(OSLER_HOOKS_PER_MINUTE="2")
    LIMITS.forget()
    answers = [post(client, VIEW, GOOD) for _ in range(3)]
    assert [a.status_code for a in answers] == [200, 200, 429]
    assert faults(answers[2]) == [("throttled", "")]
    assert int(answers[2]["Retry-After"]) > 0


def test_a_trusted_client_gets_its_cards(client: Client, trusting: Callable[..., None]) -> None:
    signer = SIGNERS["ES384"]
    trusting({"issuer": ISSUER, "jwks": {"keys": [signer.jwk]}})
    assert post(client, VIEW, GOOD).status_code == 401
    answer = post(client, VIEW, GOOD, headers=signer.headers(VIEW))
    assert answer.json()["cards"]
    assert client.get("/cds-services").status_code == 200, "the list is for everyone"


def test_what_fails_unforeseen_is_an_outcome(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    from osler_site.cds_hooks import views

    def fail(*args: object, **named: object) -> Json:
        raise ZeroDivisionError("of patient p1")

    monkeypatch.setattr(views, "respond", fail)
    answer = post(client, VIEW, GOOD)
    assert (answer.status_code, faults(answer)) == (500, [("exception", "")])
    assert "p1" not in answer.content.decode()


ORIGIN = "https://ehr.hospital.example"


@pytest.mark.parametrize("path", ["/cds-services", VIEW, "/fhir/metadata", "/fhir/PlanDefinition"])
def test_pages_of_allowed_origins_may_call(
    client: Client, told: Callable[..., None], path: str
) -> None:
    told(OSLER_HOOKS_ORIGINS=f"https://a.example, {ORIGIN}")
    method = "POST" if path == VIEW else "GET"
    asked = {"Origin": ORIGIN, "Access-Control-Request-Method": method,
             "Access-Control-Request-Headers": "authorization,content-type"}  # fmt: skip
    preflight = client.options(path, headers=asked)
    assert preflight.status_code == 204
    assert preflight["Access-Control-Allow-Origin"] == ORIGIN
    assert method in preflight["Access-Control-Allow-Methods"]
    assert "Authorization" in preflight["Access-Control-Allow-Headers"]
    answer = client.get(path, headers={"Origin": ORIGIN})
    assert answer["Access-Control-Allow-Origin"] == ORIGIN, "on errors, too"
    for response in (preflight, answer):
        assert "Origin" in response["Vary"]
        assert "Access-Control-Allow-Credentials" not in response.headers


@pytest.mark.parametrize(
    "origin", ["https://evil.example", "http://ehr.hospital.example", f"{ORIGIN}.evil.example",
               "null", "*", f"{ORIGIN}/"],
)  # fmt: skip
def test_pages_of_others_may_not(client: Client, told: Callable[..., None], origin: str) -> None:
    told(OSLER_HOOKS_ORIGINS=ORIGIN)
    asked = {"Origin": origin, "Access-Control-Request-Method": "POST"}
    preflight = client.options(VIEW, headers=asked)
    assert preflight.status_code == 403
    for response in (preflight, client.get("/cds-services", headers={"Origin": origin})):
        assert not [name for name in response.headers if name.startswith("Access-Control-Allow")]


def test_by_default_no_origin_is_allowed(client: Client) -> None:
    asked = {"Origin": ORIGIN, "Access-Control-Request-Method": "POST"}
    assert client.options(VIEW, headers=asked).status_code == 403


@pytest.mark.parametrize(
    "origin", ["*", "ehr.example", "https://*.example/", "https://a.example/x"]
)
def test_an_origin_is_written_out(told: Callable[..., None], origin: str) -> None:
    from osler_site.environment import Environment

    with pytest.raises(ValueError, match="is no origin"):
        Environment(hooks_origins=(origin,))
