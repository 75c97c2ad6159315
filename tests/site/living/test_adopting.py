"""Taking up the library's new answer, and what is found after that."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from changing import change, kinds, look_again, sign_off
from django.test import Client

from osler.library import Library
from osler_site.accounts.roles import Role
from osler_site.articles.models import ArticlePage
from osler_site.living.models import FindingKind
from osler_site.living.recheck import recheck_all
from osler_site.living.round import go_round
from osler_site.review.workflow import submit, take_back

pytestmark = pytest.mark.usefixtures("site")


def fresh(page: ArticlePage) -> ArticlePage:
    return ArticlePage.objects.get(pk=page.pk)


def edition(before: Path, ordinal: str, previous: str, dose: str) -> Path:
    """Another edition, with another dose."""
    text = before.read_text("utf-8")
    lines = [
        f"title: Zolendrine in gout, {ordinal} edition" if line.startswith("title:")
        else f"supersedes: Zolendrine in gout, {previous} edition" if line.startswith("supers")
        else line.replace("10 mg by", f"{dose} by").replace("20 mg by", f"{dose} by")
        for line in text.splitlines()
    ]  # fmt: skip
    file = before.with_name(f"{ordinal}.md")
    file.write_text("\n".join(lines) + "\n", "utf-8")
    return file


def adopt_and_sign(page: ArticlePage, editor: Any, reviewer: Any, client: Client) -> None:
    """Take the open difference up and let the board approve it."""
    finding = page.findings.get(kind=FindingKind.ANSWER, settled=None)
    if fresh(page).current_workflow_state is not None:
        take_back(fresh(page), editor)
    client.force_login(editor)
    client.post(f"/desk/findings/{finding.pk}/adopt", {"replace": "yes"})
    sign_off(submit(fresh(page), editor), reviewer)


def test_a_difference_that_comes_back_after_an_approval_is_found_again(
    article: ArticlePage, own_library: Path, new_edition: Path, person: Any, client: Client
) -> None:
    editor, reviewer = person("ed", Role.EDITOR), person("rita", Role.REVIEWER)
    change(own_library, new_edition)
    go_round()
    adopt_and_sign(article, editor, reviewer, client)
    assert "10 mg" in str(fresh(article).body.raw_data)
    assert fresh(article).origin.library_version == 2
    go_round()
    assert kinds(article) == set()  # compared with what was adopted, nothing differs
    third = edition(new_edition, "third", "second", "20 mg")
    change(own_library, third)
    go_round()
    back = article.findings.get(kind=FindingKind.ANSWER, settled=None)
    assert "10 mg" in back.summary
    adopt_and_sign(article, editor, reviewer, client)
    change(own_library, edition(third, "fourth", "third", "10 mg"))
    go_round()
    assert FindingKind.ANSWER in kinds(article)


def test_a_version_approved_since_is_compared_though_the_library_is_the_same(
    article: ArticlePage, own_library: Path, new_edition: Path, person: Any, client: Client
) -> None:
    editor, reviewer = person("ed", Role.EDITOR), person("rita", Role.REVIEWER)
    change(own_library, new_edition)
    assert recheck_all().looked_at == 1
    assert recheck_all().looked_at == 0
    adopt_and_sign(article, editor, reviewer, client)
    assert recheck_all().looked_at == 1


def test_what_editors_wrote_is_named_and_not_replaced_unasked(
    article: ArticlePage, own_library: Path, new_edition: Path, person: Any, client: Client
) -> None:
    editor = person("ed", Role.EDITOR)
    change(own_library, new_edition)
    go_round()
    take_back(article, editor)
    version = fresh(article).get_latest_revision_as_object()
    claim = version.body[0].value["claims"][0]
    claim["text"] = claim["text"].replace("Adults", "Grown-ups")
    version.save_revision(user=editor)
    finding = article.findings.get(kind=FindingKind.ANSWER)
    client.force_login(editor)
    shown = client.get(f"/desk/findings/{finding.pk}/").content.decode()
    assert "it will be replaced" in shown
    assert "Grown-ups" in shown.split("it will be replaced")[1]
    client.post(f"/desk/findings/{finding.pk}/adopt")
    assert "Grown-ups" in str(fresh(article).get_latest_revision_as_object().body.raw_data)
    client.post(f"/desk/findings/{finding.pk}/adopt", {"replace": "yes"})
    assert "Grown-ups" not in str(fresh(article).get_latest_revision_as_object().body.raw_data)


def test_a_source_that_left_again_under_a_later_version_is_found_again(
    article: ArticlePage, own_library: Path, tmp_path: Path, person: Any
) -> None:
    reviewer, editor = person("rita", Role.REVIEWER), person("ed", Role.EDITOR)
    with Library.open(own_library) as library:
        library.remove("old.md")
    look_again()
    go_round()
    assert FindingKind.REMOVED in kinds(article)
    change(own_library, tmp_path / "old.md")
    sign_off(article, reviewer)  # it is there again
    assert kinds(article) == set()
    version = fresh(article).get_latest_revision_as_object()
    version.title = "Zolendrine"
    version.save_revision(user=editor)
    sign_off(submit(fresh(article), editor), reviewer)
    with Library.open(own_library) as library:
        library.remove("old.md")
    look_again()
    go_round()
    assert FindingKind.REMOVED in kinds(article)
