"""An article that comes before the board again is reviewed against the library of then."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from changing import claim_and_judge, publish_notice, statement
from django.test import Client

from osler.domain import NoticeKind
from osler.library import Library
from osler_site.accounts.models import User
from osler_site.accounts.roles import Role
from osler_site.answers.asking import ask
from osler_site.articles.claims import claims_in
from osler_site.articles.models import ArticlePage
from osler_site.articles.promoting import promote
from osler_site.engine import engine
from osler_site.review.errors import NotShown, NotSubmittable, Outdated
from osler_site.review.models import BoardReviewState
from osler_site.review.reviewing import claim
from osler_site.review.sheet import Sheets
from osler_site.review.signing import sign
from osler_site.review.workflow import publish_for_readers, submit, take_back

pytestmark = pytest.mark.usefixtures("site")


@pytest.fixture
def page(own_library: Path) -> ArticlePage:
    """An article, written from the first version of the library and before the board."""
    return submit(promote(ask("What is the dose of zolendrine in gout?"), None), None)


def add(folder: Path, file: Path) -> None:
    with Library.open(folder) as library:
        library.add(file)
    engine().look_now()


def state_of(page: ArticlePage) -> BoardReviewState:
    state = ArticlePage.objects.get(pk=page.pk).current_workflow_task_state
    assert isinstance(state, BoardReviewState)
    return state


def first_claim(sheets: Sheets) -> int:
    return next(n for n, placed, _ in sheets.outline if not placed.is_wording)


def test_the_reviewer_is_told_what_a_source_is_now(
    client: Client, page: ArticlePage, own_library: Path, new_edition: Path,
    person: Callable[..., User],
) -> None:  # fmt: skip
    reviewer = person("rhea", Role.REVIEWER)
    claim(state_of(page), reviewer)
    client.force_login(reviewer)
    here = f"/review/{state_of(page).pk}/?claim={first_claim(Sheets(state_of(page), None))}"
    assert "This source is" not in client.get(here).content.decode()
    add(own_library, new_edition)
    assert "This source is superseded now." in client.get(here).content.decode()
    with Library.open(own_library) as library:
        library.remove("old.md")
    engine().look_now()
    assert "This source is not in the library any more." in client.get(here).content.decode()


def test_what_is_submitted_again_is_read_in_the_library_of_that_day(
    page: ArticlePage, own_library: Path, new_edition: Path, person: Callable[..., User]
) -> None:
    assert state_of(page).library_version == engine().library().version
    take_back(page, person("edith", Role.EDITOR))
    add(own_library, new_edition)
    state = state_of(submit(ArticlePage.objects.get(pk=page.pk), None))
    assert state.revision.content["library_version"] < engine().library().version
    sheets = Sheets(state, None)
    assert state.library_version == sheets.library.version == engine().library().version
    cited = sheets.sheet(first_claim(sheets)).cited[0]
    assert cited.source is not None
    assert (cited.source.status, cited.now) == ("superseded", "superseded")


@pytest.fixture
def draft(own_library: Path) -> ArticlePage:
    """An article that was not submitted yet."""
    return promote(ask("What is the dose of zolendrine in gout?"), None)


def test_what_cites_a_retracted_source_does_not_come_before_the_board(
    draft: ArticlePage, own_library: Path
) -> None:
    version = draft.get_latest_revision_as_object()
    for value in claims_in(version.body):
        value["override"], value["override_by"] = "It is right all the same.", "Edith Example"
    version.save_revision()
    publish_notice(own_library, NoticeKind.RETRACTION)
    with pytest.raises(NotSubmittable, match=r"unsupported: the source was retracted: Zolendrine"):
        submit(ArticlePage.objects.get(pk=draft.pk), None)


def test_a_source_retracted_during_the_review_is_listed_and_refuses_to_be_shown_or_signed(
    client: Client, page: ArticlePage, own_library: Path, person: Callable[..., User]
) -> None:
    reviewer = person("rhea", Role.REVIEWER)
    assignment = claim_and_judge(page, reviewer)
    client.force_login(reviewer)
    form = f"/review/{assignment.state_id}/sign"
    assert "Sources that are not current" not in client.get(form).content.decode()
    publish_notice(own_library, NoticeKind.RETRACTION)
    listed = client.get(form).content.decode()
    assert "Sources that are not current" in listed
    assert 'Zolendrine in gout: <strong class="overdue">retracted</strong>' in listed
    with pytest.raises(NotShown):
        publish_for_readers(page, person("paul", Role.PUBLISHER))
    with pytest.raises(Outdated, match="the source was retracted: Zolendrine in gout"):
        sign(assignment, reviewer, statement(assignment))
    assert not ArticlePage.objects.get(pk=page.pk).live
