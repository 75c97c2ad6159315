"""An article as a FHIR document: its review, its claims, its citations, and nothing unsaid."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest
from django.test import Client
from fhir.resources import get_fhir_model_class as r5_model
from fhir.resources.R4B import get_fhir_model_class as r4_model

from osler.fhir import faults
from osler_site.articles.models import ArticlePage
from osler_site.engine import engine
from osler_site.review.models import SignOff
from osler_site.review.workflow import submit


def document(client: Client, page: ArticlePage, query: str = "") -> dict[str, Any]:
    answer = client.get(f"{page.url}article.fhir.json{query}")
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("application/fhir+json; fhirVersion=")
    assert answer["Content-Disposition"] == f'attachment; filename="{page.slug}.fhir.json"'
    return json.loads(answer.content)


def of_kind(bundle: dict[str, Any], kind: str) -> list[dict[str, Any]]:
    found = (entry["resource"] for entry in bundle["entry"])
    return [each for each in found if each["resourceType"] == kind]


def inside(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield value
        for each in value.values():
            yield from inside(each)
    elif isinstance(value, list):
        for each in value:
            yield from inside(each)


def test_a_submitted_article_is_preliminary_and_says_what_its_page_does(
    client: Client, draft: ArticlePage
) -> None:
    bundle = document(client, submit(draft, None, visible=True))
    composition = bundle["entry"][0]["resource"]
    assert composition["status"] == "preliminary"
    assert "pending human review" in composition["text"]["div"]
    assert of_kind(bundle, "Practitioner") == []
    assert r4_model("Bundle").model_validate(bundle)


def test_an_approved_article_names_its_reviewer_as_the_page_does(
    client: Client, approved: ArticlePage
) -> None:
    bundle = document(client, approved)
    composition = bundle["entry"][0]["resource"]
    signed = SignOff.objects.get()
    (reviewer,) = of_kind(bundle, "Practitioner")
    assert reviewer["name"] == [{"text": signed.reviewer_name}]
    assert reviewer["qualification"][0]["code"]["text"] == signed.profession
    assert composition["status"] == "final"
    assert composition["identifier"]["value"] == f"http://testserver{approved.url}"
    (attester,) = composition["attester"]
    at = datetime.fromisoformat(attester["time"])
    assert at == signed.signed_at.replace(microsecond=0)
    (review,) = (s for s in composition["section"] if s["title"] == "Review")
    assert signed.scope in review["text"]["div"]
    assert faults(bundle) == ()
    for told in (signed.comments, signed.reviewer.email, signed.submitted_by):
        assert not told or told not in json.dumps(bundle)


@pytest.mark.parametrize(("query", "model"), [("", r4_model), ("?release=R5", r5_model)])
def test_the_models_take_it_in_both_releases(
    query: str, model: Any, client: Client, approved: ArticlePage
) -> None:
    assert model("Bundle").model_validate(document(client, approved, query))


def test_every_claim_is_there_with_quotes_that_its_sources_say(
    client: Client, approved: ArticlePage
) -> None:
    bundle = document(client, approved)
    body = approved.answer_json()
    claims = [*body["bottom_line"], *(c for s in body["sections"] for c in s["claims"])]
    claims += [p["claim"] for conflict in body["conflicts"] for p in conflict["positions"]]
    narratives = [e["div"] for e in inside(bundle) if "div" in e]
    held = [e for e in inside(bundle) if e.get("url") == "urn:osler:claim"]
    assert len(held) == len(claims)
    assert [e["extension"][0]["valueString"] for e in held] == [c["text"] for c in claims]
    assert len(narratives) >= len(claims)
    cited = [e for e in inside(bundle) if e.get("url") == "urn:osler:citation"]
    assert len(cited) == sum(len(c["citations"]) for c in claims)
    sources = {
        f"urn:uuid:{r['id']}": r["identifier"][0]["value"]
        for r in of_kind(bundle, "DocumentReference")
    }
    library = engine().library()
    for each in cited:
        said = {e["url"]: e for e in each["extension"]}
        text = library.text(sources[said["source"]["valueReference"]["reference"]])
        start, end = said["start"]["valueUnsignedInt"], said["end"]["valueUnsignedInt"]
        assert text[start:end] == said["quote"]["valueString"]


def test_the_page_offers_it(client: Client, approved: ArticlePage) -> None:
    assert f"{approved.url}article.fhir.json" in client.get(approved.url).content.decode()
