"""The interface for programs: what it gives, to whom, how often."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from asgiref.sync import async_to_sync
from django.core.management import call_command
from django.test import AsyncClient, Client
from django.utils import timezone

from osler_site.answers.models import RawAnswer
from osler_site.api.api import api
from osler_site.api.models import ApiToken
from osler_site.api.scopes import Scope
from osler_site.articles.models import ArticlePage
from osler_site.engine import engine
from osler_site.operations.limits import LIMITS
from osler_site.reports.models import ProblemReport

QUESTION = "What is the maintenance dose of vitamin B12 after loading?"
Bearer = Callable[..., dict[str, str]]
READS = (
    "/api/v1/sources",
    "/api/v1/search?q=cobalamin",
    "/api/v1/articles",
    "/api/v1/usage",
)


def post(client: Client, path: str, body: Any, headers: dict[str, str]) -> Any:
    return client.post(path, json.dumps(body), content_type="application/json", headers=headers)


def test_an_answer_is_that_of_the_engine_and_stays_at_its_address(
    client: Client, bearer: Bearer
) -> None:
    headers = bearer(Scope.ASK)
    asked = post(client, "/api/v1/ask", {"question": QUESTION}, headers)
    assert asked.status_code == 200
    fresh = engine().ask(QUESTION)
    fresh["elapsed_ms"] = asked.json()["elapsed_ms"]
    assert asked.json() == fresh
    kept = client.get(asked["Content-Location"], headers=headers).json()
    assert kept == {**fresh, "since": None}


def test_an_answer_is_in_the_words_and_language_that_are_asked_for(
    client: Client, bearer: Bearer
) -> None:
    headers = bearer(Scope.ASK)
    body = {"question": QUESTION, "audience": "patient", "language": "es"}
    asked = post(client, "/api/v1/ask", body, headers).json()
    assert (asked["audience"], asked["language"]) == ("patient", "es")
    assert asked["boxes"]
    refused = post(client, "/api/v1/ask", {**body, "language": "xx"}, headers)
    assert refused.status_code == 422
    assert "Choose one of: en, es" in refused.content.decode()


def test_an_abstention_is_an_answer(client: Client, bearer: Bearer) -> None:
    asked = post(client, "/api/v1/ask", {"question": "zebrafish dose"}, bearer(Scope.ASK))
    assert asked.status_code == 200
    assert asked.json()["answered"] is False
    assert asked.json()["bottom_line"] == []


def test_a_nul_in_a_text_is_left_out(client: Client, bearer: Bearer) -> None:
    """PostgreSQL keeps none."""
    body = {"question": "metformin\x00 dose", "patient": "condition=asthma\x00"}
    asked = post(client, "/api/v1/ask", body, bearer(Scope.ASK))
    assert asked.status_code == 200
    raw = RawAnswer.objects.get()
    assert (raw.question, raw.patient) == ("metformin dose", "condition=asthma")


def test_an_answer_streams_its_parts_the_bottom_line_first(bearer: Bearer) -> None:
    headers = {**bearer(Scope.ASK), "accept": "text/event-stream"}

    async def streamed() -> str:
        asked = await AsyncClient().post(
            "/api/v1/ask", {"question": QUESTION}, content_type="application/json", headers=headers
        )
        assert asked["Content-Type"] == "text/event-stream"
        return b"".join([chunk async for chunk in asked.streaming_content]).decode()

    events = [e.split("\n", 1) for e in async_to_sync(streamed)().strip().split("\n\n")]
    names = [name.removeprefix("event: ") for name, _ in events]
    assert names[:2] == ["understood", "bottom_line"]
    assert names[-1] == "answer"
    assert json.loads(events[-1][1].removeprefix("data: ")) == RawAnswer.objects.get().body


def test_a_citation_of_an_answer_is_found_as_passage_statement_and_source(
    client: Client, bearer: Bearer, raw: RawAnswer
) -> None:
    headers = bearer(Scope.READ)
    cited = raw.body["bottom_line"][0]["citations"][0]
    source, start, end = cited["source_id"], cited["start"], cited["end"]
    place = {"start": start, "end": end, "version": raw.library_version}
    passage = client.get(f"/api/v1/sources/{source}/passage", place, headers=headers)
    assert passage.json()["quote"] == cited["quote"]
    text = client.get(f"/api/v1/sources/{source}", headers=headers).json()["text"]
    assert text[start:end] == cited["quote"]
    statement = client.get(f"/api/v1/statements/{cited['statement_id']}", headers=headers).json()
    assert statement["source_id"] == source
    held = client.get(f"/api/v1/sources/{source}/statements", {"limit": 200}, headers=headers)
    assert cited["statement_id"] in [s["statement_id"] for s in held.json()["statements"]]


def test_an_article_comes_with_its_review(
    client: Client, bearer: Bearer, article: ArticlePage
) -> None:
    headers = bearer(Scope.READ)
    (listed,) = client.get("/api/v1/articles?status=submitted", headers=headers).json()["articles"]
    assert (listed["slug"], listed["path"]) == ("b12-maintenance", "/articles/b12-maintenance/")
    whole = client.get("/api/v1/articles/b12-maintenance", headers=headers).json()
    assert whole["answer"]["bottom_line"] == article.answer_json()["bottom_line"]
    assert whole["review"]["approval"] is None
    assert "pending human review" in whole["review"]["caution"]
    assert client.get("/api/v1/articles?status=approved", headers=headers).json()["total"] == 0


def test_a_report_reaches_the_editors(client: Client, bearer: Bearer, raw: RawAnswer) -> None:
    body = {"path": raw.get_absolute_url(), "claim": "c1", "kind": "dose", "words": "It is 100."}
    assert post(client, "/api/v1/feedback", body, bearer(Scope.FEEDBACK)).status_code == 201
    kept = ProblemReport.objects.get()
    assert kept.claim_text == raw.body["bottom_line"][0]["text"]
    body["path"] = "/answers/forged/"
    assert post(client, "/api/v1/feedback", body, bearer(Scope.FEEDBACK)).status_code == 404


def test_without_a_good_token_there_is_nothing(client: Client, bearer: Bearer) -> None:
    expired, secret = ApiToken.issue("old", [Scope.ADMIN], expires=timezone.now())
    bad = ["", "Bearer", "Bearer x", f"Bearer {secret}", f"Bearer {expired.prefix}.x", "Basic eDp5"]
    for path in READS:
        for value in bad:
            refused = client.get(path, headers={"Authorization": value})
            assert refused.status_code == 401, (path, value)
            assert refused["WWW-Authenticate"] == "Bearer"
            assert refused["Content-Type"] == "application/problem+json"
            assert refused.json()["status"] == 401


@pytest.mark.parametrize(
    ("scope", "allowed"),
    [
        (Scope.ASK, set()),
        (Scope.READ, {"/api/v1/sources", "/api/v1/articles"}),
        (Scope.SEARCH, {"/api/v1/search?q=cobalamin"}),
        (Scope.FEEDBACK, set()),
        (Scope.ADMIN, set(READS)),
    ],
)
def test_a_token_is_good_for_its_scopes_alone(
    client: Client, bearer: Bearer, scope: Scope, allowed: set[str]
) -> None:
    headers = bearer(scope)
    found = {path for path in READS if client.get(path, headers=headers).status_code == 200}
    assert found == allowed
    assert all(client.get(p, headers=headers).status_code == 403 for p in set(READS) - allowed)


def test_of_a_token_only_the_hash_is_kept_and_its_use_is_noted(client: Client, site: None) -> None:
    token, secret = ApiToken.issue("a program", [Scope.READ])
    assert secret.partition(".")[2] not in json.dumps(list(ApiToken.objects.values()), default=str)
    assert secret.startswith(token.prefix)
    client.get("/api/v1/sources", headers={"Authorization": f"Bearer {secret}"})
    token.refresh_from_db()
    assert timezone.now() - token.last_used < timedelta(minutes=1)


def test_tokens_are_made_listed_and_revoked_on_the_server(client: Client, site: None) -> None:
    made, listed = StringIO(), StringIO()
    call_command("api_token", "create", "ward 7", "--scope", "read", stdout=made)
    headers = {"Authorization": f"Bearer {made.getvalue().split()[-1]}"}
    assert client.get("/api/v1/sources", headers=headers).status_code == 200
    prefix = made.getvalue().split()[0]
    call_command("api_token", "revoke", prefix, stdout=StringIO())
    assert client.get("/api/v1/sources", headers=headers).status_code == 401
    call_command("api_token", "list", stdout=listed)
    assert f"{prefix} · ward 7 · read · revoked" in listed.getvalue()


def test_a_token_and_an_address_have_their_limits(
    client: Client, bearer: Bearer, monkeypatch: pytest.MonkeyPatch
) -> None:
    headers, other = bearer(Scope.READ), bearer(Scope.READ)
    spend = LIMITS.spend
    monkeypatch.setattr(LIMITS, "spend", lambda key, most, period=60.0: spend(key, 3, period))
    statuses = [client.get("/api/v1/articles", headers=headers).status_code for _ in range(4)]
    assert statuses == [200, 200, 200, 429]
    refused = client.get("/api/v1/articles", headers=headers)
    assert 1 <= int(refused["Retry-After"]) <= 20
    assert client.get("/api/v1/articles", headers=other).status_code == 200
    asked = [client.post("/ask", {"q": QUESTION}).status_code for _ in range(4)]
    assert asked == [302, 302, 302, 429]
    told = client.post("/ask", {"q": QUESTION}).content.decode()
    assert "Too many questions at once" in told
    assert re.search(r"Wait \d+ seconds?, then ask again", told)
    guess = {"Authorization": "Bearer osler_0.0"}
    guessed = [client.get("/api/v1/articles", headers=guess).status_code for _ in range(4)]
    assert guessed == [401, 401, 401, 429]
    narrow = bearer(Scope.SEARCH)
    forbidden = [client.get("/api/v1/articles", headers=narrow).status_code for _ in range(4)]
    assert forbidden == [403, 403, 403, 429]


@pytest.mark.parametrize(
    ("body", "where"),
    [
        ({}, ["body", "question"]),
        ({"question": ""}, ["body", "question"]),
        ({"question": "dose? " * 400}, ["body", "question"]),
        ({"question": QUESTION, "audience": "king"}, ["body", "audience"]),
        ({"question": QUESTION, "more": 1}, ["body", "more"]),
    ],
)
def test_what_is_wrong_with_a_request_is_told(
    client: Client, bearer: Bearer, body: Any, where: list[str]
) -> None:
    refused = post(client, "/api/v1/ask", body, bearer(Scope.ASK))
    assert refused.status_code == 422
    assert refused.json()["errors"][0]["location"] == where


def test_other_errors_are_problems_too(client: Client, bearer: Bearer) -> None:
    headers = bearer(Scope.ADMIN)
    broken = client.post("/api/v1/ask", "{", content_type="application/json", headers=headers)
    wrong = post(client, "/api/v1/ask", {"question": QUESTION, "patient": "age=900"}, headers)
    far = client.get("/api/v1/sources?version=999", headers=headers)
    missing = client.get("/api/v1/sources/none", headers=headers)
    nowhere = client.post("/api/v1/nowhere")
    big = post(client, "/api/v1/ask", {"question": "x" * 2_100_000}, headers)
    assert [broken.status_code, wrong.status_code, far.status_code] == [400, 422, 404]
    assert [missing.status_code, nowhere.status_code, big.status_code] == [404, 404, 413]
    for refused in (broken, wrong, far, missing, nowhere, big):
        assert refused["Content-Type"] == "application/problem+json"
        assert refused.json()["status"] == refused.status_code
    assert "age" in wrong.json()["detail"]
    assert wrong.json()["help"]


def test_the_description_is_open_api_3_1_and_is_read_under_our_strict_policy(
    client: Client,
) -> None:
    described = client.get("/api/v1/openapi.json").json()
    assert described["openapi"].startswith("3.1.")
    assert described["components"]["securitySchemes"]
    for address in ("/api/docs", "/api/try"):
        page = client.get(address)
        assert "script-src 'self';" in page["Content-Security-Policy"]
        text = page.content.decode()
        assert "//cdn" not in text
        assert "<style" not in text
        assert "https://" not in text
    assert {op for p in described["paths"].values() for op in p} <= {"get", "post"}
    assert len(described["paths"]) == len(api.get_openapi_schema()["paths"])
