"""Reviewing and signing: who may, in which order, and that it holds or nothing has happened."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core import mail
from django.db import DatabaseError, connection, transaction
from django.utils import timezone
from wagtail.models import PageLogEntry

from osler_site.accounts.models import BoardMember, User
from osler_site.accounts.roles import Role
from osler_site.articles.models import ArticlePage
from osler_site.review import signing
from osler_site.review.errors import (
    AlreadyClaimed,
    NotAllowed,
    NotSubmittable,
    Outdated,
    ReviewError,
    Unfinished,
)
from osler_site.review.models import (
    BoardReviewState,
    ClaimVerdict,
    Decision,
    Judgement,
    ReviewAssignment,
    SignOff,
)
from osler_site.review.reviewing import claim, claims_of, hand_back, judge, set_due
from osler_site.review.signing import sign
from osler_site.review.workflow import submit

pytestmark = pytest.mark.usefixtures("site")


def test_an_article_is_submitted_claimed_and_approved(
    state: BoardReviewState, reviewer: User, steps: Any
) -> None:
    assert state.page.status == "submitted"
    made = claim(state, reviewer)
    assert state.page.status == "under_review"
    steps.approve_all(made, reviewer)
    signed = sign(made, reviewer, steps.statement(made))
    page = state.page
    assert (page.live, page.status) == (True, "approved")
    assert page.live_revision_id == signed.revision_id == state.revision_id
    assert page.last_reviewed == timezone.localdate()
    assert page.next_review == signed.next_review
    assert not page.workflow_in_progress


def test_the_longest_name_signs(
    assignment: ReviewAssignment, reviewer: User, editor: User, steps: Any
) -> None:
    for person in (reviewer, editor):
        person.first_name, person.last_name = "A" * 150, "B" * 150
        person.save()
    steps.approve_all(assignment, reviewer)
    signed = sign(assignment, reviewer, steps.statement(assignment))
    assert signed.reviewer_name == signed.submitted_by == f"{'A' * 150} {'B' * 49}"


@pytest.mark.parametrize("hand", ["submitter", "owner", "editor of a version"])
def test_whoever_had_a_hand_in_it_does_not_review_it(
    draft: ArticlePage, editor: User, reviewer: User, hand: str
) -> None:
    if hand == "owner":
        ArticlePage.objects.update(owner=reviewer)
    elif hand == "editor of a version":
        draft.save_revision(user=reviewer)
        draft.save_revision(user=editor)
    submit(draft, reviewer if hand == "submitter" else editor)
    with pytest.raises(NotAllowed, match="another member"):
        claim(ArticlePage.objects.get().current_workflow_task_state, reviewer)
    assert not ReviewAssignment.objects.exists()


def test_only_active_members_of_the_board_review(
    state: BoardReviewState, editor: User, publisher: User, person: Callable[..., User]
) -> None:
    root = person("root", is_superuser=True)
    resting, without_record = (person(n, Role.REVIEWER) for n in ("resting", "unlisted"))
    BoardMember.objects.filter(user=resting).update(active=False)
    BoardMember.objects.filter(user=without_record).delete()
    gone = person("gone", Role.REVIEWER, is_active=False)
    for user in (editor, publisher, root, resting, without_record, gone):
        with pytest.raises(NotAllowed):
            claim(state, user)
    assert state.page.status == "submitted"


def test_of_two_claims_one_holds(
    assignment: ReviewAssignment, reviewer: User, person: Callable[..., User], steps: Any
) -> None:
    other = person("rolf", Role.REVIEWER)
    with pytest.raises(AlreadyClaimed):
        claim(assignment.state, other)
    key = next(iter(claims_of(assignment.state)))
    for user in (other, person("root", is_superuser=True)):
        with pytest.raises(NotAllowed):
            judge(assignment, user, key, Judgement.APPROVE)
        with pytest.raises(NotAllowed):
            sign(assignment, user, steps.statement(assignment))
    assert not SignOff.objects.exists()


def test_a_review_handed_back_waits_again_and_its_progress_is_kept(
    assignment: ReviewAssignment, reviewer: User
) -> None:
    key = next(iter(claims_of(assignment.state)))
    judge(assignment, reviewer, key, Judgement.APPROVE)
    hand_back(assignment, reviewer, "On leave")
    assert assignment.state.page.status == "submitted"
    with pytest.raises(NotAllowed):
        judge(assignment, reviewer, key, Judgement.APPROVE)
    again = claim(assignment.state, reviewer)
    assert [(v.claim_key, v.carried) for v in again.verdicts.all()] == [(key, True)]


def test_a_due_date_lies_ahead(assignment: ReviewAssignment, reviewer: User) -> None:
    with pytest.raises(ReviewError):
        set_due(assignment, reviewer, timezone.localdate() - timedelta(days=1))
    set_due(assignment, reviewer, timezone.localdate() + timedelta(days=3))
    assignment.refresh_from_db()
    assert assignment.due == timezone.localdate() + timedelta(days=3)


def test_a_flag_says_what_is_wrong(assignment: ReviewAssignment, reviewer: User) -> None:
    key = next(iter(claims_of(assignment.state)))
    with pytest.raises(ReviewError):
        judge(assignment, reviewer, key, Judgement.FLAG)
    with pytest.raises(ReviewError):
        judge(assignment, reviewer, "no-such-claim", Judgement.APPROVE)
    assert not ClaimVerdict.objects.exists()


def test_every_claim_is_looked_at_and_none_is_flagged(
    assignment: ReviewAssignment, reviewer: User, steps: Any
) -> None:
    before_board = claims_of(assignment.state)
    first, *others = before_board
    for key in others:
        judge(assignment, reviewer, key, Judgement.APPROVE)
    with pytest.raises(Unfinished, match="not been looked at"):
        sign(assignment, reviewer, steps.statement(assignment))
    judge(assignment, reviewer, first, Judgement.FLAG, "The maximum is missing")
    with pytest.raises(Unfinished, match="flagged"):
        sign(assignment, reviewer, steps.statement(assignment))
    judge(assignment, reviewer, first, Judgement.APPROVE, "It stands below")
    signed = sign(assignment, reviewer, steps.statement(assignment))
    assert len(signed.verdicts) == len(before_board)
    assert signed.claims == sum(not placed.is_wording for placed in before_board.values())


@pytest.mark.parametrize(
    ("missing", "says"),
    [
        ({"scope": " "}, "scope"),
        ({"conflicts_of_interest": ""}, "conflicts of interest"),
        ({"next_review": None}, "reviewed again"),
        ({"next_review": timezone.localdate()}, "in the future"),
        ({"next_review": timezone.localdate() + timedelta(days=1100)}, "three years"),
        ({"seen_hash": "0" * 64}, "Load it again"),
    ],
)
def test_a_sign_off_states_all_it_has_to(
    assignment: ReviewAssignment, reviewer: User, steps: Any, missing: dict[str, Any], says: str
) -> None:
    steps.approve_all(assignment, reviewer)
    with pytest.raises(ReviewError, match=says):
        sign(assignment, reviewer, steps.statement(assignment, **missing))
    assert not SignOff.objects.exists()
    assert not assignment.state.page.live


def test_what_is_signed_is_what_was_reviewed(
    assignment: ReviewAssignment, reviewer: User, steps: Any
) -> None:
    steps.approve_all(assignment, reviewer)
    revision = assignment.state.revision
    revision.content = {**revision.content, "title": "Changed under the reviewer's eyes"}
    revision.save()
    with pytest.raises(Outdated, match="not what it says now"):
        sign(assignment, reviewer, steps.statement(assignment))
    assert not SignOff.objects.exists()
    assert not assignment.state.page.live


def test_a_newer_version_is_not_signed_by_the_way(
    assignment: ReviewAssignment, reviewer: User, steps: Any
) -> None:
    steps.approve_all(assignment, reviewer)
    newer = assignment.state.revision
    newer.pk = None
    newer.save()
    ArticlePage.objects.update(latest_revision=newer)
    with pytest.raises(Outdated):
        sign(assignment, reviewer, steps.statement(assignment))
    with pytest.raises(Outdated):
        judge(assignment, reviewer, next(iter(claims_of(assignment.state))), Judgement.APPROVE)


def test_a_reviewer_who_lost_the_role_signs_nothing(
    assignment: ReviewAssignment, reviewer: User, steps: Any
) -> None:
    steps.approve_all(assignment, reviewer)
    Group.objects.get(name=Role.REVIEWER.value).user_set.clear()
    with pytest.raises(NotAllowed):
        sign(assignment, User.objects.get(pk=reviewer.pk), steps.statement(assignment))


def test_a_sign_off_that_fails_leaves_nothing_behind(
    assignment: ReviewAssignment, reviewer: User, steps: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps.approve_all(assignment, reviewer)

    def fail(*args: Any) -> None:
        raise OSError("the disk is full")

    monkeypatch.setattr(signing, "refresh", fail)  # the last step of the transaction
    with pytest.raises(OSError, match="disk"):
        sign(assignment, reviewer, steps.statement(assignment))
    assignment.refresh_from_db()
    assert not SignOff.objects.exists()
    assert assignment.ended_at is None
    assert not assignment.state.page.live
    assert BoardReviewState.objects.get().status == "in_progress"


@pytest.mark.parametrize("statement", ["UPDATE review_signoff SET scope = 'x'",
                                       "DELETE FROM review_signoff"])  # fmt: skip
def test_the_database_refuses_to_change_a_sign_off(approved: ArticlePage, statement: str) -> None:
    with (
        pytest.raises(DatabaseError, match="never changed"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    assert SignOff.objects.get().scope == "Every claim beside its passage"


def test_the_models_refuse_it_too(approved: ArticlePage) -> None:
    signed = SignOff.objects.get()
    for attempt in (
        signed.save,
        signed.delete,
        lambda: SignOff.objects.update(scope="x"),
        lambda: SignOff.objects.all().delete(),
        lambda: SignOff.objects.bulk_update([signed], ["scope"]),
    ):
        with pytest.raises(TypeError):
            attempt()


def test_the_record_holds_what_was_true_then(approved: ArticlePage, reviewer: User) -> None:
    BoardMember.objects.update(profession="Retired")
    reviewer.last_name = "Married"
    reviewer.save()
    signed = SignOff.objects.get()
    assert (signed.reviewer_name, signed.profession) == ("Rhea Example", "Physician")
    assert len(signed.content_hash) == 64
    assert signed.submitted_by == "Edith Example"
    assert {v["judgement"] for v in signed.verdicts} == {"approve"}


def test_an_override_is_on_the_record(
    draft: ArticlePage, editor: User, reviewer: User, steps: Any
) -> None:
    version = draft.get_latest_revision_as_object()
    first = steps.first_claim(version)
    first["text"] = first["text"].replace("90 mg", "80 mg")
    first["override"], first["override_by"] = "The errata of the source say 80.", "Edith Example"
    version.save_revision(user=editor)
    signed = steps.approve(submit(draft, editor), reviewer)
    assert signed.overrides[0]["by"] == "Edith Example"
    assert signed.overrides[0]["why"] == "The errata of the source say 80."
    assert any("80 mg" in line and "90 mg" in line for line in signed.overrides[0]["objections"])


def test_changes_are_requested_and_the_editor_is_told(
    assignment: ReviewAssignment,
    reviewer: User,
    editor: User,
    steps: Any,
    django_capture_on_commit_callbacks: Any,
) -> None:
    first = next(iter(claims_of(assignment.state)))
    with pytest.raises(Unfinished, match="what has to change"):
        steps.request_changes(assignment, reviewer, "")
    judge(assignment, reviewer, first, Judgement.FLAG, "Give the maximum")
    with django_capture_on_commit_callbacks(execute=True):
        steps.request_changes(assignment, reviewer, "Please mend")
    page = ArticlePage.objects.get()
    assert (page.live, page.status) == (False, "changes_requested")
    ours = [m for m in mail.outbox if "Give the maximum" in m.body]
    assert ours[0].to == [editor.email]
    assert f"/admin/pages/{page.pk}/edit/" in ours[0].body
    assert "Rhea Example" in ours[0].body


def test_after_changes_it_is_submitted_again_and_only_the_new_is_open(
    assignment: ReviewAssignment, reviewer: User, editor: User, steps: Any
) -> None:
    steps.approve_all(assignment, reviewer)
    steps.request_changes(assignment, reviewer, "Say it shorter")
    page = steps.reword(
        ArticlePage.objects.get(), editor, "First choice: amoxicillin", "Amoxicillin"
    )
    with pytest.raises(NotAllowed):
        claim(assignment.state, page.owner)
    again = submit(page, editor)
    assert again.status == "submitted"
    made = claim(again.current_workflow_task_state, reviewer)
    carried = {v.claim_key for v in made.verdicts.all()}
    open_ones = [k for k in claims_of(made.state) if k not in carried]
    assert len(open_ones) == 1
    judge(made, reviewer, open_ones[0], Judgement.APPROVE)
    sign(made, reviewer, steps.statement(made))
    assert ArticlePage.objects.get().status == "approved"


def test_a_wrong_dose_is_not_resubmitted(
    assignment: ReviewAssignment, reviewer: User, editor: User, steps: Any
) -> None:
    steps.request_changes(assignment, reviewer, "Check the dose")
    page = steps.reword(ArticlePage.objects.get(), editor, "90 mg/kg/day", "900 mg/kg/day")
    state = page.current_workflow_state
    for attempt in (lambda: submit(page, editor), lambda: state.resume(editor)):
        with pytest.raises(NotSubmittable, match="900 mg/kg"):
            attempt()
    assert page.current_workflow_state.status == "needs_changes"


def test_the_approved_text_stays_while_the_next_is_reviewed(
    approved: ArticlePage, editor: User, reviewer: User, person: Callable[..., User], steps: Any
) -> None:
    old = steps.first_claim(approved)["text"]
    page = steps.reword(approved, editor, "First choice: amoxicillin", "Amoxicillin")
    assert (page.status, page.live) == ("approved", True)
    page = submit(page, editor, visible=None)
    made = claim(page.current_workflow_task_state, reviewer)
    page = ArticlePage.objects.get()
    assert page.status == "approved"
    assert steps.first_claim(page)["text"] == old
    steps.approve_all(made, reviewer)
    sign(made, reviewer, steps.statement(made))
    page = ArticlePage.objects.get()
    assert steps.first_claim(page)["text"].startswith("Amoxicillin 90 mg/kg/day")
    assert page.sign_offs.count() == 2


def test_changes_requested_of_a_new_version_leave_the_approved_one(
    approved: ArticlePage, editor: User, reviewer: User, steps: Any
) -> None:
    page = steps.reword(approved, editor, "First choice: amoxicillin", "Amoxicillin")
    made = claim(submit(page, editor).current_workflow_task_state, reviewer)
    steps.request_changes(made, reviewer, "No")
    page = ArticlePage.objects.get()
    assert (page.status, page.live) == ("approved", True)
    assert steps.first_claim(page)["text"].startswith("First choice")


def test_the_audit_log_tells_the_story(approved: ArticlePage, reviewer: User) -> None:
    actions = set(PageLogEntry.objects.values_list("action", flat=True))
    assert {"osler.promote", "osler.submitted", "osler.claimed", "osler.verdict",
            "osler.approved"} <= actions  # fmt: skip
    entry = PageLogEntry.objects.get(action="osler.approved")
    assert entry.user == reviewer
    assert entry.message == "Signed off: approved"


def test_purging_old_versions_spares_what_was_signed(
    approved: ArticlePage, editor: User, reviewer: User, steps: Any
) -> None:
    from wagtail.management.commands.purge_revisions import purge_revisions

    page = steps.reword(approved, editor, "First choice: amoxicillin", "Amoxicillin")
    steps.approve(submit(page, editor), reviewer)
    purge_revisions()
    assert {s.revision_id for s in SignOff.objects.all()} <= set(
        page.revisions.values_list("pk", flat=True)
    )
    assert SignOff.objects.filter(decision=Decision.APPROVED).count() == 2
