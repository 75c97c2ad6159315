"""Pages on the same subject lead to a pathway, others do not."""

from __future__ import annotations

import pytest
from django.test import Client

from osler_site.answers.asking import ask
from osler_site.articles.promoting import promote
from osler_site.pathways.dosing import on_answer, on_article, substances_of
from osler_site.pathways.loaded import loaded

pytestmark = pytest.mark.usefixtures("site")
B12 = "What is the maintenance dose of vitamin B12 after the loading phase?"
LITHIUM = "What lithium monitoring is needed?"


def test_salts_count_for_what_they_are_salts_of() -> None:
    assert substances_of(loaded().named("vitamin-b12")) == {"vitamin b12"}
    assert substances_of(loaded().named("metformin")) == {"metformin"}


def test_an_answer_leads_to_the_pathway_that_doses_what_was_asked(client: Client) -> None:
    answer = ask(B12)
    assert [p.url for p in on_answer(answer)] == ["/pathways/vitamin-b12/"]
    page = client.get(answer.get_absolute_url())
    assert b'href="/pathways/vitamin-b12/"' in page.content
    assert b'href="/pathways/metformin/"' not in page.content


def test_an_answer_on_something_else_leads_nowhere() -> None:
    assert on_answer(ask(LITHIUM)) == ()


def test_an_article_leads_to_the_pathway_that_doses_the_same(person: object) -> None:
    editor = person("ed")  # type: ignore[operator]
    assert [p.title for p in on_article(promote(ask(B12), editor))] == ["Vitamin B12 replacement"]
    assert on_article(promote(ask(LITHIUM), editor)) == ()


def test_the_first_page_lists_them(client: Client) -> None:
    page = client.get("/").content
    assert b'href="/pathways/metformin/"' in page
