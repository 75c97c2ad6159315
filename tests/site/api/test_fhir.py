"""Answers and articles in FHIR, for programs that ask for it."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from osler_site.answers.models import RawAnswer
from osler_site.api.scopes import Scope
from osler_site.articles.models import ArticlePage

QUESTION = "What is the maintenance dose of vitamin B12 after loading?"
FHIR = "application/fhir+json"
Bearer = Callable[..., dict[str, str]]


def kinds(answer: Any) -> list[str]:
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith(FHIR)
    bundle = json.loads(answer.content)
    assert bundle["type"] == "document"
    return [entry["resource"]["resourceType"] for entry in bundle["entry"]]


@pytest.mark.parametrize(
    ("query", "accept", "release"),
    [
        ("", FHIR, "4.0"),
        ("?format=fhir", "*/*", "4.0"),
        ("?format=fhir&release=R5", "*/*", "5.0"),
        ("", f"{FHIR}; fhirVersion=5.0", "5.0"),
    ],
)
def test_an_answer_comes_in_the_release_that_is_asked_for(
    query: str, accept: str, release: str, client: Client, bearer: Bearer
) -> None:
    asked = client.post(
        f"/api/v1/ask{query}",
        json.dumps({"question": QUESTION}),
        content_type="application/json",
        headers={**bearer(Scope.ASK), "Accept": accept},
    )
    found = kinds(asked)
    assert f"fhirVersion={release}" in asked["Content-Type"]
    assert found[0] == "Composition"
    assert ("Citation" in found) == (release == "5.0")
    kept = client.get(f"{asked['Content-Location']}{query}", headers={
        **bearer(Scope.ASK), "Accept": accept,
    })  # fmt: skip
    assert kinds(kept) == found
    assert kept.content == asked.content


def test_an_abstention_is_a_document_too(client: Client, bearer: Bearer) -> None:
    asked = client.post(
        "/api/v1/ask?format=fhir",
        json.dumps({"question": "zebrafish dose"}),
        content_type="application/json",
        headers=bearer(Scope.ASK),
    )
    assert "OperationOutcome" in kinds(asked)


def test_an_article_comes_in_fhir(client: Client, bearer: Bearer, article: ArticlePage) -> None:
    headers = {**bearer(Scope.READ), "Accept": FHIR}
    answer = client.get(f"/api/v1/articles/{article.slug}", headers=headers)
    assert kinds(answer)[0] == "Composition"
    assert json.loads(answer.content)["entry"][0]["resource"]["title"] == article.title


def test_json_stays_what_comes_by_default(
    client: Client, bearer: Bearer, raw: RawAnswer, article: ArticlePage
) -> None:
    asked = client.get(f"/api/v1/answers/{raw.uid}", headers=bearer(Scope.ASK))
    assert asked["Content-Type"] == "application/json"
    told = client.get(f"/api/v1/articles/{article.slug}", headers=bearer(Scope.READ))
    assert told["Content-Type"] == "application/json"


def test_another_format_is_refused(client: Client, bearer: Bearer, raw: RawAnswer) -> None:
    refused = client.get(f"/api/v1/answers/{raw.uid}?format=xml", headers=bearer(Scope.ASK))
    assert refused.status_code == 422
