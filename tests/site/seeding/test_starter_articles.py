"""Every starter article is composed, answered, supported and cited to the character."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from osler.library import Library
from osler_site.answers.one_patient import describes_one
from osler_site.engine import engine
from osler_site.seeding.entries import Entry, entries

ARTICLES = entries()


def claims_of(body: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        *body["bottom_line"],
        *(claim for section in body["sections"] for claim in section["claims"]),
        *(p["claim"] for conflict in body["conflicts"] for p in conflict["positions"]),
    ]


@pytest.fixture(scope="module")
def library(starter_library: Path) -> Any:
    with Library.open(starter_library) as opened:
        yield opened


@pytest.mark.parametrize("article", ARTICLES, ids=lambda article: article.slug)
def test_an_article_is_answered_and_every_quote_stands_in_its_source(
    library: Library, article: Entry
) -> None:
    body = engine().compose(article.kind, article.about)
    assert body["answered"]
    assert body["bottom_line"]
    texts = {r["source_id"]: library.text(r["source_id"]) for r in body["references"]}
    for claim in claims_of(body):
        assert claim["verdict"] == "supported", claim["text"]
        assert claim["citations"], claim["text"]
        for citation in claim["citations"]:
            for part in (citation, *citation["context"]):
                text = texts[citation["source_id"]]
                assert text[part["start"] : part["end"]] == part["quote"]
    assert all(section["claims"] for section in body["sections"])
    assert not [claim for claim in body["bottom_line"] if claim["warning"] or claim["currency"]]


def test_there_are_enough_of_each_kind() -> None:
    kinds = Counter(article.kind for article in ARTICLES)
    assert len(ARTICLES) >= 56
    assert kinds["answer"] >= 36
    assert kinds["overview"] >= 8
    assert kinds["summary"] >= 12


def test_they_are_spread_over_the_topics_of_the_starter_library() -> None:
    topics = Counter(article.topic for article in ARTICLES)
    assert len([topic for topic, count in topics.items() if count >= 4]) >= 11
    assert topics["Vitamin B12"] < len(ARTICLES) / 3
    assert len({article.source for article in ARTICLES if article.kind == "summary"}) >= 12


def test_no_two_are_one() -> None:
    for field in ("slug", "title"):
        values = [getattr(article, field) for article in ARTICLES]
        assert len(values) == len(set(values))
    assert len({(article.kind, article.about) for article in ARTICLES}) == len(ARTICLES)


def test_none_is_for_one_patient() -> None:
    """Such an answer could not be taken up."""
    asked = [article.about for article in ARTICLES if article.kind == "answer"]
    assert [question for question in asked if describes_one(question)] == []
