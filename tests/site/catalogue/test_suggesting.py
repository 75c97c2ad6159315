"""Articles are suggested by the beginnings of their words."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from osler_site.articles.models import ReviewStatus

pytestmark = pytest.mark.usefixtures("site")


def suggested(client: Client, typed: str) -> list[str]:
    answer = client.get("/suggest", {"q": typed})
    assert answer.status_code == 200
    return [s["title"] for s in answer.json()["suggestions"]]


def test_titles_that_begin_so_come_first(client: Client, article: Any) -> None:
    article("lithium", title="Monitoring of lithium")
    article("b12", title="Lithium checks, and more of them")
    article("folic", ReviewStatus.DRAFT, title="Lithium draft")
    assert suggested(client, "lith") == [
        "Lithium checks, and more of them",
        "Monitoring of lithium",
    ]
    assert suggested(client, "  LITHIUM mon ") == ["Monitoring of lithium"]
    assert suggested(client, "ithium") == []
    assert suggested(client, "l") == []
    first = client.get("/suggest", {"q": "monitoring of"}).json()["suggestions"][0]
    assert first == {
        "title": "Monitoring of lithium",
        "url": "/articles/monitoring-of-lithium/",
        "kind": "Answer",
    }


@pytest.mark.parametrize("typed", ["émile", "ÉMILE", "Émile", "5µg", "5µG"])
def test_large_and_small_letters_of_any_alphabet_are_the_same(
    client: Client, article: Any, typed: str
) -> None:
    article("b12", title="What Émile takes: 5µg")
    assert suggested(client, typed) == ["What Émile takes: 5µg"]


def test_what_is_known_is_not_sent_again(client: Client, article: Any) -> None:
    article("b12")
    first = client.get("/suggest", {"q": "vit"})
    assert first["ETag"]
    assert "max-age" in first["Cache-Control"]
    again = client.get("/suggest", {"q": "vit"}, headers={"if-none-match": first["ETag"]})
    assert again.status_code == 304


@pytest.mark.parametrize(
    "typed", ["%", "__", "' OR 1=1", "\x00\x00", "x" * 100_000, "zz " * 500, "\\%"]
)
def test_whatever_is_typed_is_only_words(client: Client, article: Any, typed: str) -> None:
    article("b12")
    assert suggested(client, typed) == []
