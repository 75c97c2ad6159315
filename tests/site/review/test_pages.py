"""The board's pages and the public record, as a browser without scripts sees them."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core.cache import caches
from django.test import Client
from django.utils import timezone
from django.utils.html import escape

from osler_site.accounts.models import BoardMember, User
from osler_site.accounts.roles import Role
from osler_site.articles.models import ArticlePage
from osler_site.review.models import BoardReviewState, ReviewAssignment, SignOff
from osler_site.review.record import record_of
from osler_site.review.reviewing import claim, claims_of
from osler_site.review.signing import sign
from osler_site.review.workflow import submit

pytestmark = pytest.mark.usefixtures("site")


def test_a_review_by_forms_alone(client: Client, state: BoardReviewState, reviewer: User) -> None:
    client.force_login(reviewer)
    here = f"/review/{state.pk}/"
    assert state.page.title in client.get("/review/").content.decode()
    client.post(f"{here}claim")
    for _ in claims_of(state):
        page = client.get(here).content.decode()
        key = re.search(r'name="key" value="([^"]+)"', page)
        number = re.search(r'name="number" value="(\d+)"', page)
        assert key
        assert number
        assert ("<mark>" in page) is not ("It cites nothing" in page)
        said = {"key": key[1], "number": number[1], "judgement": "approve"}
        following = client.post(f"{here}verdict", said)
    assert following["Location"] == f"{here}sign"
    form = client.get(following["Location"]).content.decode()
    assert state.content_hash in form
    signed = client.post(f"{here}sign", sign_off_of(state))
    assert signed["Location"] == "/review/"
    article = client.get(state.page.url).content.decode()
    assert "Rhea Example, Physician" in article
    assert "Approved" in article
    assert "pending human review" not in article
    assert state.content_hash in article


def sign_off_of(state: BoardReviewState) -> dict[str, str]:
    return {
        "seen_hash": state.content_hash,
        "scope": "All claims",
        "conflicts_of_interest": "None",
        "next_review": (timezone.localdate() + timedelta(days=200)).isoformat(),
        "comments": "",
        "decision": "approved",
    }


def test_each_claim_stands_beside_its_passage(
    client: Client, assignment: ReviewAssignment, reviewer: User
) -> None:
    client.force_login(reviewer)
    for number, placed in enumerate(claims_of(assignment.state).values(), start=1):
        page = client.get(f"/review/{assignment.state.pk}/?claim={number}").content.decode()
        for line in placed.value["text"].splitlines():
            assert escape(line) in page
        for cited in placed.value["citations"]:
            assert f"<mark>{escape(cited['quote'])}</mark>" in page


@pytest.mark.parametrize("asked", ["0", "999", "-1", "x", "9" * 5000, "²"])
def test_a_claim_that_is_not_there_shows_one_that_is(
    client: Client, assignment: ReviewAssignment, reviewer: User, asked: str
) -> None:
    client.force_login(reviewer)
    answer = client.get(f"/review/{assignment.state.pk}/", {"claim": asked})
    assert answer.status_code == 200


def test_the_reviewer_sees_objection_override_and_difference(
    client: Client, approved: ArticlePage, editor: User, reviewer: User, steps: Any
) -> None:
    version = approved.get_latest_revision_as_object()
    first = steps.first_claim(version)
    first["text"] = first["text"].replace("90 mg", "80 mg")
    first["override"], first["override_by"] = "Errata.", "Edith Example"
    del version.body[0].value["claims"][2]
    version.save_revision(user=editor)
    state = submit(version, editor).current_workflow_task_state
    client.force_login(reviewer)
    numbers = [n for n, placed in enumerate(claims_of(state).values(), 1) if not placed.is_wording]
    page = client.get(f"/review/{state.pk}/?claim={numbers[0]}").content.decode()
    assert "The automatic check objects" in page
    assert "Edith Example let it stand" in page
    assert "<ins>80 </ins>" in page
    assert "<del>90 </del>" in page
    assert "taken out" in page
    assert "Unchanged" in client.get(f"/review/{state.pk}/?claim={numbers[1]}").content.decode()


PAGES = ("{}/", "{}/claim", "{}/verdict", "{}/hand-back", "{}/due", "{}/sign")


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("who", [None, "editor", "publisher", "root", "resting"])
def test_the_boards_pages_are_the_boards(
    client: Client,
    assignment: ReviewAssignment,
    editor: User,
    publisher: User,
    person: Callable[..., User],
    path: str,
    who: str | None,
) -> None:
    resting = person("resting", Role.REVIEWER)
    BoardMember.objects.filter(user=resting).update(active=False)
    people = {"editor": editor, "publisher": publisher, "resting": resting,
              "root": person("root", is_superuser=True)}  # fmt: skip
    if who:
        client.force_login(people[who])
    url = f"/review/{path.format(assignment.state.pk)}"
    reading = path in ("{}/", "{}/sign")
    answer = client.get(url) if reading else client.post(url)
    assert answer.status_code == (403 if who else 302)
    if not who:
        assert answer["Location"].startswith("/accounts/login/")


def test_the_queue_is_for_the_board_and_for_who_assigns(
    client: Client, editor: User, publisher: User, person: Callable[..., User]
) -> None:
    resting = person("resting", Role.REVIEWER)
    BoardMember.objects.filter(user=resting).update(active=False)
    for user in (editor, resting, person("root", is_superuser=True)):
        client.force_login(user)
        assert client.get("/review/").status_code == 403
    for user in (publisher, person("ada", Role.ADMINISTRATOR)):
        client.force_login(user)
        assert client.get("/review/").status_code == 200


def test_another_reviewers_claim_is_not_worked_on(
    client: Client, assignment: ReviewAssignment, person: Callable[..., User]
) -> None:
    client.force_login(person("rolf", Role.REVIEWER))
    here = f"/review/{assignment.state.pk}/"
    key = next(iter(claims_of(assignment.state)))
    said = {"key": key, "number": 1, "judgement": "approve"}
    assert client.post(f"{here}verdict", said).status_code == 404
    assert client.post(f"{here}sign", sign_off_of(assignment.state)).status_code == 404
    assert client.get(f"{here}sign").status_code == 404
    page = client.get(here).content.decode()
    assert "Rhea Example has claimed this article" in page
    client.post(f"{here}claim")
    assert ReviewAssignment.objects.count() == 1


def test_an_open_session_of_a_removed_reviewer_loses_its_rights(
    client: Client, assignment: ReviewAssignment, reviewer: User, steps: Any
) -> None:
    client.force_login(reviewer)
    here = f"/review/{assignment.state.pk}/"
    assert client.get(here).status_code == 200
    steps.approve_all(assignment, reviewer)
    Group.objects.get(name=Role.REVIEWER.value).user_set.remove(reviewer)
    assert client.get(here).status_code == 403
    assert client.post(f"{here}sign", sign_off_of(assignment.state)).status_code == 403
    assert not SignOff.objects.exists()


def test_a_sign_off_form_keeps_what_was_typed_and_says_what_is_missing(
    client: Client, assignment: ReviewAssignment, reviewer: User
) -> None:
    client.force_login(reviewer)
    sent = {**sign_off_of(assignment.state), "next_review": "", "scope": "What I typed"}
    answer = client.post(f"/review/{assignment.state.pk}/sign", sent)
    assert answer.status_code == 400
    assert "What I typed" in answer.content.decode()
    assert "reviewed again" in answer.content.decode()
    sent = sign_off_of(assignment.state)
    answer = client.post(f"/review/{assignment.state.pk}/sign", sent)
    assert "have not been looked at" in answer.content.decode()
    assert not SignOff.objects.exists()


def test_the_queue_tells_whose_how_old_and_what_is_overdue(
    client: Client, assignment: ReviewAssignment, reviewer: User, person: Callable[..., User]
) -> None:
    ReviewAssignment.objects.update(due=timezone.localdate() - timedelta(days=1))
    BoardReviewState.objects.update(started_at=timezone.now() - timedelta(days=9))
    client.force_login(reviewer)
    page = client.get("/review/").content.decode()
    assert "1 overdue" in page
    assert "submitted by Edith Example, 9 days ago" in page
    client.force_login(person("rolf", Role.REVIEWER))
    assert "1 with other reviewers" in client.get("/review/").content.decode()


def test_an_author_is_told_why_they_cannot_claim(
    client: Client, draft: ArticlePage, reviewer: User
) -> None:
    draft.save_revision(user=reviewer)
    submit(draft, None)
    client.force_login(reviewer)
    assert "another member has to review it" in client.get("/review/").content.decode()


def test_readers_see_the_steps_as_they_come(
    client: Client, draft: ArticlePage, reviewer: User, steps: Any
) -> None:
    page = submit(draft, None, visible=True)
    assert states_of(page) == ["now", "todo", "todo"]
    claim(page.current_workflow_task_state, reviewer)
    assert states_of(page) == ["done", "now", "todo"]
    assert record_of(page).steps[1].who == "Rhea Example"
    made = ReviewAssignment.objects.get()
    steps.approve_all(made, reviewer)
    sign(made, reviewer, steps.statement(made))
    assert states_of(page) == ["done", "done", "done"]
    shown = client.get(page.url).content.decode()
    assert "Interests declared" in shown
    assert "Rhea Example, Physician" in shown


def states_of(page: ArticlePage) -> list[str]:
    return [step.state for step in record_of(ArticlePage.objects.get(pk=page.pk)).steps]


def test_readers_of_an_approved_article_hear_of_the_next_version_and_earlier_decisions(
    client: Client, approved: ArticlePage, editor: User, reviewer: User, steps: Any
) -> None:
    page = steps.reword(approved, editor, "First choice: amoxicillin", "Amoxicillin")
    submit(page, editor)
    assert "What you read here is the approved one." in client.get(page.url).content.decode()
    steps.approve(ArticlePage.objects.get(), reviewer)
    caches["process"].clear()  # a page may be a second old (see articles/page_cache.py)
    assert "Earlier decisions (1)" in client.get(page.url).content.decode()


def test_an_overdue_review_is_said(client: Client, approved: ArticlePage) -> None:
    assert "overdue" not in client.get(approved.url).content.decode()
    from osler_site.review import record

    late = timezone.localdate() + timedelta(days=400)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(record.timezone, "localdate", lambda *a: late)
        assert record.record_of(approved).overdue


def test_the_board_is_listed_with_its_reviews(
    client: Client, approved: ArticlePage, reviewer: User, person: Callable[..., User]
) -> None:
    BoardMember.objects.filter(user=reviewer).update(
        specialty="Paediatrics", conflicts_of_interest="Lectures for a charity"
    )
    resting = person("resting", Role.REVIEWER)
    BoardMember.objects.filter(user=resting).update(active=False)
    page = client.get("/board/").content.decode()
    for words in ("Rhea Example", "Paediatrics", "GMC 0000000", "Lectures for a charity",
                  "1 review signed"):  # fmt: skip
        assert words in page
    assert "Resting Example" not in page


def test_what_people_write_is_escaped(
    client: Client, assignment: ReviewAssignment, reviewer: User, steps: Any
) -> None:
    steps.approve_all(assignment, reviewer)
    sign(assignment, reviewer, steps.statement(assignment, scope="<script>alert(1)</script>"))
    page = client.get(assignment.state.page.url).content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;" in page
