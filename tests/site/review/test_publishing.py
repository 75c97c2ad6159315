"""Nobody publishes an article by hand: no button, action, program or other workflow does it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from wagtail.actions.publish_page_revision import PublishPageRevisionAction
from wagtail.models import GroupApprovalTask, Revision, TaskState, Workflow, WorkflowTask

from osler_site.accounts.models import User
from osler_site.accounts.roles import Role
from osler_site.articles.models import ArticleIndexPage, ArticlePage
from osler_site.review.errors import NotAllowed, ReviewError
from osler_site.review.hashing import content_hash
from osler_site.review.models import BoardReviewState, ReviewSettings
from osler_site.review.workflow import publish_for_readers, submit, take_back, withdraw

pytestmark = pytest.mark.usefixtures("site")


@pytest.fixture
def root(person: Callable[..., User]) -> User:
    return person("root", is_superuser=True)


def stays_hidden(page: ArticlePage) -> bool:
    return not ArticlePage.objects.get(pk=page.pk).live


@pytest.mark.parametrize("who", ["root", "editor", "publisher"])
def test_nobody_holds_the_permission(draft: ArticlePage, who: str, request: Any) -> None:
    user = request.getfixturevalue(who)
    may = draft.permissions_for_user(user)
    assert not may.can_publish()
    assert not may.can_unpublish()
    assert not may.can_copy()
    assert not may.can_move()
    assert not ArticleIndexPage.objects.get().permissions_for_user(user).can_publish_subpage()
    # Through the base class too, as Wagtail's listings ask.
    assert not draft.page_ptr.permissions_for_user(user).can_publish()


def test_a_revision_is_not_published_by_a_program(draft: ArticlePage, root: User) -> None:
    revision = draft.get_latest_revision()
    for attempt in (
        lambda: revision.publish(),
        lambda: revision.publish(user=root),
        lambda: revision.publish(skip_permission_checks=True),
        lambda: PublishPageRevisionAction(revision).execute(skip_permission_checks=True),
    ):
        with pytest.raises(PermissionDenied):
            attempt()
    assert stays_hidden(draft)


def test_a_page_is_not_made_live_or_born_live(draft: ArticlePage) -> None:
    draft.live = True
    with pytest.raises(PermissionDenied):
        draft.save()
    with pytest.raises(PermissionDenied):
        ArticleIndexPage.objects.get().add_child(instance=ArticlePage(title="Born live"))
    assert stays_hidden(draft)


def test_a_schedule_publishes_nothing(draft: ArticlePage) -> None:
    revision = draft.get_latest_revision()
    revision.approved_go_live_at = timezone.now()
    revision.save()
    with pytest.raises(PermissionDenied):
        call_command("publish_scheduled")
    assert stays_hidden(draft)


def test_the_status_is_not_written_by_hand(draft: ArticlePage) -> None:
    draft.status = "approved"
    draft.last_reviewed = timezone.localdate()
    draft.save()
    draft.save_revision()
    draft.refresh_from_db()
    assert (draft.status, draft.last_reviewed) == ("draft", None)


def test_the_public_text_is_not_changed_by_hand(approved: ArticlePage) -> None:
    approved.title = "Another title"
    with pytest.raises(PermissionDenied):
        approved.save()
    with pytest.raises(PermissionDenied):
        ArticlePage.objects.get().unpublish()
    assert ArticlePage.objects.get().live


@pytest.mark.parametrize("action", ["publish", "unpublish", "delete", "move"])
def test_bulk_actions_of_a_superuser_change_nothing(
    client: Client, approved: ArticlePage, root: User, action: str
) -> None:
    client.force_login(root)
    index = ArticleIndexPage.objects.get()
    url = f"/admin/bulk/wagtailcore/page/{action}/?id={approved.pk}"
    client.post(url, {"include_descendants": "on", "chooser": index.pk})
    assert ArticlePage.objects.get().live


@pytest.mark.parametrize("path", ["unpublish", "delete", "copy", "convert_alias"])
def test_a_superusers_admin_pages_change_nothing(
    client: Client, approved: ArticlePage, root: User, path: str
) -> None:
    client.force_login(root)
    fields = {"new_title": "Copy", "new_slug": "copy", "publish_copies": "on",
              "new_parent_page": ArticleIndexPage.objects.get().pk}  # fmt: skip
    client.post(f"/admin/pages/{approved.pk}/{path}/", fields)
    assert ArticlePage.objects.count() == 1
    assert ArticlePage.objects.get().live


@pytest.mark.parametrize("action", ["approve", "reject"])
def test_wagtails_own_buttons_decide_nothing(
    client: Client, state: BoardReviewState, root: User, reviewer: User, action: str
) -> None:
    page = state.page
    for user in (root, reviewer):
        assert not state.task.specific.get_actions(page, user)
        assert not TaskState.objects.reviewable_by(user).exists()
        with pytest.raises(PermissionDenied):
            state.task.specific.on_action(state, user, action)
    client.force_login(root)
    url = f"/admin/pages/workflow/action/{page.pk}/{action}/{state.pk}/"
    assert client.post(url, {"comment": ""}).status_code in (302, 403)
    forged = {"action-workflow-action": "1", "workflow-action-name": action, "title": page.title,
              "slug": page.slug, "body-count": 0}  # fmt: skip
    client.post(f"/admin/pages/{page.pk}/edit/", forged)
    state.refresh_from_db()
    assert state.status == "in_progress"
    assert stays_hidden(page)


def test_a_task_is_not_approved_by_a_program(state: BoardReviewState, root: User) -> None:
    with pytest.raises(PermissionDenied):
        state.approve(user=root)
    with pytest.raises(PermissionDenied):
        state.workflow_state.finish(user=root)
    state.refresh_from_db()
    assert state.status == "in_progress"
    assert stays_hidden(state.page)


def test_no_other_workflow_reviews_an_article(draft: ArticlePage, root: User) -> None:
    other = Workflow.objects.create(name="Shortcut")
    task = GroupApprovalTask.objects.create(name="Anyone")
    WorkflowTask.objects.create(workflow=other, task=task, sort_order=0)
    with pytest.raises(PermissionDenied):
        other.start(draft, root)
    assert draft.current_workflow_state is None


def test_a_wrong_dose_does_not_pass_by_a_program_either(
    draft: ArticlePage, editor: User, steps: Any
) -> None:
    broken = steps.reword(draft, editor, "90 mg/kg/day", "900 mg/kg/day")
    for attempt in (
        lambda: submit(broken, editor),
        lambda: broken.get_workflow().start(broken, editor),
    ):
        with pytest.raises(PermissionDenied, match="900 mg/kg"):
            attempt()
    assert broken.current_workflow_state is None


def test_what_was_submitted_is_not_edited_by_a_program(submitted: ArticlePage) -> None:
    with pytest.raises(PermissionDenied, match="with the medical board"):
        submitted.save_revision()


def test_what_was_signed_is_not_overwritten_by_saving_automatically(
    approved: ArticlePage, editor: User
) -> None:
    signed = approved.sign_offs.get()
    version = approved.get_latest_revision_as_object()
    version.title = "Another title"
    version.save_revision(user=editor, overwrite_revision=signed.revision)
    approved.refresh_from_db()
    assert approved.latest_revision_id != signed.revision_id
    assert content_hash(Revision.objects.get(pk=signed.revision_id)) == signed.content_hash


def test_a_record_keeps_its_article(approved: ArticlePage) -> None:
    with pytest.raises(PermissionDenied):
        approved.delete()


def test_a_submitted_article_is_hidden_until_a_publisher_decides(
    client: Client, submitted: ArticlePage, editor: User, publisher: User, root: User
) -> None:
    assert client.get(submitted.url).status_code == 404
    for user in (editor, root):
        with pytest.raises(NotAllowed):
            publish_for_readers(submitted, user)
    publish_for_readers(submitted, publisher)
    shown = client.get(submitted.url).content.decode()
    assert "pending human review" in shown
    assert ArticlePage.objects.get().status == "submitted"
    assert submitted.workflow_in_progress


def test_an_editor_cannot_submit_as_visible(draft: ArticlePage, editor: User) -> None:
    with pytest.raises(NotAllowed):
        submit(draft, editor, visible=True)
    assert draft.current_workflow_state is None


def test_the_site_itself_submits_starter_articles_for_all_to_see(
    client: Client, draft: ArticlePage
) -> None:
    page = submit(draft, None, visible=True)
    assert (page.live, page.status) == (True, "submitted")
    assert "pending human review" in client.get(page.url).content.decode()


def test_a_setting_shows_whatever_is_submitted(draft: ArticlePage, editor: User) -> None:
    ReviewSettings.objects.create(show_while_awaiting_review=True)
    page = submit(draft, editor)
    assert (page.live, page.status) == (True, "submitted")


def test_what_is_taken_back_before_approval_leaves_the_public(
    client: Client, draft: ArticlePage, editor: User, reviewer: User
) -> None:
    page = submit(draft, None, visible=True)
    with pytest.raises(NotAllowed):
        take_back(page, reviewer)
    page = take_back(page, editor)
    assert (page.live, page.status) == (False, "draft")
    assert client.get(page.url).status_code == 404


def test_a_publisher_withdraws_with_a_reason(
    approved: ArticlePage, editor: User, publisher: User, root: User
) -> None:
    for user in (editor, root):
        with pytest.raises(NotAllowed):
            withdraw(approved, user, "A dose is wrong.")
    with pytest.raises(ReviewError):
        withdraw(approved, publisher, " ")
    with pytest.raises(ReviewError, match="without stating a dose"):
        withdraw(approved, publisher, "The dose is 60 mg every 6 months.")
    page = withdraw(approved, publisher, "A dose is wrong.")
    assert (page.live, page.status, page.next_review) == (False, "draft", None)
    assert page.sign_offs.count() == 1


def test_publishers_decide_on_their_page(
    client: Client, submitted: ArticlePage, publisher: User, reviewer: User
) -> None:
    url = f"/review/publishing/{submitted.pk}/"
    client.force_login(reviewer)
    assert client.get(url).status_code == 403
    assert client.post(f"{url}show").status_code == 403
    client.force_login(publisher)
    assert "Show to readers" in client.get(url).content.decode()
    client.post(f"{url}show")
    assert ArticlePage.objects.get().live
    shown = client.get(url).content.decode()
    assert "Withdraw" in shown
    assert "Show to readers" not in shown
    for why in ("", "The dose is 90 mg/kg/day, not 900 mg/kg/day."):
        client.post(f"{url}withdraw", {"why": why})
        assert ArticlePage.objects.get().live
    assert "without stating a dose" in client.get(url).content.decode()
    client.post(f"{url}withdraw", {"why": "Not\x00 yet."})
    assert not ArticlePage.objects.get().live


def test_reviewers_have_no_editor(client: Client, state: BoardReviewState, reviewer: User) -> None:
    client.force_login(reviewer)
    assert client.get(f"/admin/pages/{state.page.pk}/edit/").status_code in (302, 403)


def test_only_editors_submit(draft: ArticlePage, publisher: User, root: User) -> None:
    for user in (publisher, root):
        assert not draft.permissions_for_user(user).can_submit_for_moderation()
    assert Role.EDITOR.value not in publisher.groups.values_list("name", flat=True)
