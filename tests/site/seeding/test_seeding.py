"""The starter articles: made once, resumable, honest about their review."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from pydantic import ValidationError

from osler_site.accounts.roles import Role
from osler_site.articles.models import ArticlePage, ReviewStatus
from osler_site.review.workflow import withdraw
from osler_site.seeding import seed as seeding
from osler_site.seeding.entries import entries

LIST = """
- {kind: answer, title: B12 maintenance, slug: b12-maintenance, topic: vitamin B12,
   question: "What is the maintenance dose of vitamin B12 after loading?"}
- {kind: overview, title: Vitamin B12, slug: vitamin-b12, topic: vitamin B12}
- {kind: answer, title: Aquaria, slug: aquaria, topic: fish,
   question: "How is a zebrafish aquarium cleaned?"}
"""


@pytest.fixture
def listed(tmp_path: Path, site: None) -> Path:
    file = tmp_path / "list.yaml"
    file.write_text(LIST)
    return file


def test_starter_articles_are_submitted_public_and_say_that_no_one_reviewed_them(
    listed: Path, client: Client
) -> None:
    said: list[str] = []
    done = seeding.seed(said.append, listed)
    assert (done.made, done.there) == (2, 0)
    assert done.left_out == ("aquaria: the library does not answer it",)
    assert any("2 of 3" in line or "3 of 3" in line for line in said)
    page = ArticlePage.objects.get(slug="b12-maintenance")
    assert page.status == ReviewStatus.SUBMITTED
    assert page.live
    assert page.last_reviewed is None
    shown = client.get(page.url)
    assert "pending human review" in shown.content.decode()


def test_seeding_again_makes_nothing_twice_and_goes_on_where_it_stopped(listed: Path) -> None:
    listed.write_text("\n".join(LIST.splitlines()[:3]))
    assert seeding.seed(print, listed).made == 1
    ArticlePage.objects.update(slug="moved")
    listed.write_text(LIST)
    again = seeding.seed(print, listed)
    assert (again.made, again.there) == (1, 1)
    assert ArticlePage.objects.count() == 2


def test_another_secret_key_seeds_nothing_again(listed: Path, settings: Any) -> None:
    seeding.seed(print, listed)
    settings.SECRET_KEY = "another key"
    again = seeding.seed(print, listed)
    assert (again.made, again.there) == (0, 2)


def test_an_article_that_was_withdrawn_stays_withdrawn(listed: Path, person: Any) -> None:
    seeding.seed(print, listed)
    page = ArticlePage.objects.get(slug="vitamin-b12")
    withdraw(page, person("pat", Role.PUBLISHER), "outdated")
    assert seeding.seed(print, listed).made == 0
    page.refresh_from_db()
    assert not page.live


def test_another_library_is_not_written_about(
    listed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("osler.starter.sources", lambda: iter([Path("not-held.md")]))
    assert seeding.seed(print, listed) == seeding.Seeded(0, 0, ())


def test_an_entry_without_what_it_is_about_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "list.yaml"
    file.write_text("- {kind: answer, title: A, slug: a, topic: t}\n")
    with pytest.raises(ValidationError, match="needs what it is about"):
        entries(file)
