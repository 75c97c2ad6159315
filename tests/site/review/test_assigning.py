"""A review is given to a member of the board, given to another, and taken back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone
from wagtail.models import PageLogEntry

from osler_site.accounts.models import BoardMember, User
from osler_site.accounts.roles import Role
from osler_site.articles.models import ArticlePage
from osler_site.review.assigning import assign, candidates, take_away
from osler_site.review.errors import NotAllowed, Outdated, ReviewError, Unfinished
from osler_site.review.models import BoardReviewState, ClaimVerdict, Judgement, ReviewAssignment
from osler_site.review.reviewing import claim, claims_of, hand_back, judge
from osler_site.review.signing import sign
from osler_site.review.workflow import submit

pytestmark = pytest.mark.usefixtures("site")


@pytest.fixture
def rolf(person: Callable[..., User]) -> User:
    """Another reviewer."""
    return person("rolf", Role.REVIEWER)


def next_week() -> date:
    return timezone.localdate() + timedelta(days=7)


def logged(action: str) -> list[PageLogEntry]:
    return list(PageLogEntry.objects.filter(action=f"osler.{action}"))


def test_a_review_is_assigned_until_a_day_and_the_reviewer_is_told(
    state: BoardReviewState,
    publisher: User,
    reviewer: User,
    django_capture_on_commit_callbacks: Any,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        made = assign(state, publisher, reviewer, next_week())
    assert (made.reviewer, made.due, made.assigned_by) == (reviewer, next_week(), publisher)
    assert state.page.status == "under_review"
    assert [m.to for m in mail.outbox] == [[reviewer.email]]
    assert mail.outbox[0].subject == f"To review: {state.page.title}"
    assert f"/review/{state.pk}/" in mail.outbox[0].body
    assert f"{next_week():%-d %B %Y}" in mail.outbox[0].body
    (entry,) = logged("assigned")
    assert (entry.user, entry.data["reviewer"]) == (publisher, "rhea")
    assert entry.data["due"] == next_week().isoformat()


def test_an_assigned_review_is_done_as_a_claimed_one(
    state: BoardReviewState, publisher: User, reviewer: User, steps: Any
) -> None:
    made = assign(state, publisher, reviewer, next_week())
    steps.approve_all(made, reviewer)
    sign(made, reviewer, steps.statement(made))
    assert state.page.status == "approved"


@pytest.mark.parametrize("hand", ["submitter", "owner", "editor of a version"])
def test_it_is_never_assigned_to_whoever_had_a_hand_in_it(
    draft: ArticlePage, editor: User, reviewer: User, publisher: User, hand: str
) -> None:
    if hand == "owner":
        ArticlePage.objects.update(owner=reviewer)
    elif hand == "editor of a version":
        draft.save_revision(user=reviewer)
        draft.save_revision(user=editor)
    submit(draft, reviewer if hand == "submitter" else editor)
    state = ArticlePage.objects.get().current_workflow_task_state
    assert reviewer not in candidates(state)
    with pytest.raises(NotAllowed, match="had a hand"):
        assign(state, publisher, reviewer, next_week())
    assert not ReviewAssignment.objects.exists()


def test_it_is_assigned_to_active_members_of_the_board_alone(
    state: BoardReviewState, publisher: User, person: Callable[..., User], reviewer: User
) -> None:
    resting, gone = person("resting", Role.REVIEWER), person("gone", Role.REVIEWER)
    BoardMember.objects.filter(user=resting).update(active=False)
    User.objects.filter(pk=gone.pk).update(is_active=False)
    others = (resting, User.objects.get(pk=gone.pk), person("root", is_superuser=True), publisher)
    for user in others:
        with pytest.raises(NotAllowed):
            assign(state, publisher, user, next_week())
    assert list(candidates(state)) == [reviewer]
    assert state.page.status == "submitted"


def test_publishers_and_administrators_assign_and_no_one_else(
    state: BoardReviewState, editor: User, reviewer: User, rolf: User, person: Callable[..., User]
) -> None:
    for user in (editor, rolf, person("root", is_superuser=True)):
        with pytest.raises(NotAllowed):
            assign(state, user, reviewer, next_week())
    made = assign(state, person("ada", Role.ADMINISTRATOR), reviewer, next_week())
    for user in (editor, rolf):
        with pytest.raises(NotAllowed):
            take_away(state, user, made.pk, "x")
    assert ReviewAssignment.objects.get().ended_at is None


def test_the_judgements_of_the_former_reviewer_are_kept_and_do_not_count(
    assignment: ReviewAssignment,
    publisher: User,
    reviewer: User,
    rolf: User,
    steps: Any,
    django_capture_on_commit_callbacks: Any,
) -> None:
    state = assignment.state
    steps.approve_all(assignment, reviewer)
    with django_capture_on_commit_callbacks(execute=True):
        made = assign(state, publisher, rolf, next_week(), instead_of=assignment.pk, why="On leave")
    assert {tuple(m.to) for m in mail.outbox} == {(reviewer.email,), (rolf.email,)}
    assert not made.verdicts.exists()
    with pytest.raises(Unfinished):
        sign(made, rolf, steps.statement(made))
    with pytest.raises(NotAllowed):
        sign(assignment, reviewer, steps.statement(assignment))
    assignment.refresh_from_db()
    assert (assignment.outcome, assignment.why) == ("taken away", "On leave")
    assert assignment.verdicts.count() == len(claims_of(state))
    steps.approve_all(made, rolf)
    assert sign(made, rolf, steps.statement(made)).reviewer == rolf
    assert [e.data["why"] for e in logged("unassigned")] == ["On leave"]


def test_back_with_the_first_reviewer_their_own_judgements_count_again(
    assignment: ReviewAssignment, publisher: User, reviewer: User, rolf: User
) -> None:
    key = next(iter(claims_of(assignment.state)))
    judge(assignment, reviewer, key, Judgement.APPROVE)
    second = assign(assignment.state, publisher, rolf, next_week(), instead_of=assignment.pk)
    third = assign(assignment.state, publisher, reviewer, next_week(), instead_of=second.pk)
    assert [(v.claim_key, v.carried) for v in third.verdicts.all()] == [(key, True)]


def test_another_day_for_the_same_reviewer_keeps_their_work(
    assignment: ReviewAssignment, publisher: User, reviewer: User
) -> None:
    judge(assignment, reviewer, next(iter(claims_of(assignment.state))), Judgement.APPROVE)
    made = assign(assignment.state, publisher, reviewer, next_week(), instead_of=assignment.pk)
    assert (made.pk, made.due) == (assignment.pk, next_week())
    assert ClaimVerdict.objects.count() == 1


def test_what_was_taken_away_waits_for_anyone(
    assignment: ReviewAssignment, publisher: User, reviewer: User, rolf: User
) -> None:
    take_away(assignment.state, publisher, assignment.pk, "On leave")
    assert assignment.state.page.status == "submitted"
    with pytest.raises(NotAllowed):
        judge(assignment, reviewer, next(iter(claims_of(assignment.state))), Judgement.APPROVE)
    assert claim(assignment.state, rolf).reviewer == rolf


def test_a_review_that_changed_hands_meanwhile_is_left_alone(
    assignment: ReviewAssignment, publisher: User, reviewer: User, rolf: User
) -> None:
    state = assignment.state
    with pytest.raises(Outdated):  # whoever asks saw nobody there
        assign(state, publisher, rolf, next_week())
    hand_back(assignment, reviewer, "")
    with pytest.raises(Outdated):
        assign(state, publisher, rolf, next_week(), instead_of=assignment.pk)
    with pytest.raises(Outdated):
        take_away(state, publisher, assignment.pk, "x")
    assert not ReviewAssignment.objects.filter(ended_at=None).exists()


def test_a_day_that_has_passed_is_refused(
    state: BoardReviewState, publisher: User, reviewer: User
) -> None:
    with pytest.raises(ReviewError, match="passed"):
        assign(state, publisher, reviewer, timezone.localdate() - timedelta(days=1))


def test_what_is_not_before_the_board_any_more_is_not_assigned(
    assignment: ReviewAssignment, publisher: User, reviewer: User, rolf: User, steps: Any
) -> None:
    steps.approve_all(assignment, reviewer)
    sign(assignment, reviewer, steps.statement(assignment))
    with pytest.raises(Outdated):
        assign(assignment.state, publisher, rolf, next_week())
    with pytest.raises(Outdated):
        assign(assignment.state, publisher, rolf, next_week(), instead_of=assignment.pk)


def test_assigning_by_forms_alone(
    client: Client, state: BoardReviewState, publisher: User, reviewer: User, rolf: User
) -> None:
    client.force_login(publisher)
    here = f"/review/{state.pk}/assign"
    assert here in client.get("/review/").content.decode()
    form = client.get(here).content.decode()
    assert "Rhea Example" in form
    assert f'value="{publisher.pk}"' not in form
    sent = {"reviewer": reviewer.pk, "due": next_week().isoformat()}
    assert client.post(here, sent)["Location"] == "/review/"
    queue = client.get("/review/").content.decode()
    assert "Rhea Example (assigned by Paul Example), due" in queue
    first = ReviewAssignment.objects.get()
    judge(first, reviewer, next(iter(claims_of(state))), Judgement.FLAG, "Not in the passage")
    sent = {"reviewer": rolf.pk, "due": next_week().isoformat(), "instead_of": first.pk}
    client.post(here, sent)
    assert ReviewAssignment.objects.get(ended_at=None).reviewer == rolf
    for who, page in ((publisher, here), (rolf, f"/review/{state.pk}/")):
        client.force_login(who)
        assert "Not in the passage" in client.get(page).content.decode()
    client.force_login(publisher)
    away = f"/review/{state.pk}/take-away"
    second = ReviewAssignment.objects.get(ended_at=None)
    client.post(away, {"why": "", "instead_of": second.pk})
    assert ReviewAssignment.objects.filter(ended_at=None).exists()
    client.post(away, {"why": "Away", "instead_of": second.pk})
    assert not ReviewAssignment.objects.filter(ended_at=None).exists()


def test_a_forged_form_assigns_to_no_author(
    client: Client, state: BoardReviewState, publisher: User, editor: User
) -> None:
    client.force_login(publisher)
    sent = {"reviewer": editor.pk, "due": next_week().isoformat()}
    assert client.post(f"/review/{state.pk}/assign", sent).status_code == 400
    assert not ReviewAssignment.objects.exists()


def test_the_queue_can_be_narrowed_to_what_is_mine(
    client: Client, assignment: ReviewAssignment, reviewer: User, rolf: User
) -> None:
    client.force_login(reviewer)
    title = assignment.state.page.title
    assert title in client.get("/review/?show=mine").content.decode()
    client.force_login(rolf)
    assert title in client.get("/review/").content.decode()
    mine = client.get("/review/?show=mine").content.decode()
    assert title not in mine
    assert "Nothing is with you." in mine


def test_who_only_assigns_is_offered_no_claim(
    client: Client, state: BoardReviewState, publisher: User, reviewer: User
) -> None:
    claiming = f"/review/{state.pk}/claim"
    client.force_login(publisher)
    assert claiming not in client.get("/review/").content.decode()
    client.force_login(reviewer)
    page = client.get("/review/").content.decode()
    assert claiming in page
    assert f"/review/{state.pk}/assign" not in page
