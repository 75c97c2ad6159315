"""Submitting an article to the board, showing it meanwhile, taking it from the public."""

from __future__ import annotations

from django.db import transaction
from wagtail.models import Task, Workflow, WorkflowPage, WorkflowState, WorkflowTask

from osler_site.accounts.models import User
from osler_site.accounts.roles import Role, has_role
from osler_site.articles.doses import states_a_dose
from osler_site.articles.gate import objections
from osler_site.articles.models import ArticleIndexPage, ArticlePage
from osler_site.articles.publishing import permitted
from osler_site.articles.wording import uncited_dose
from osler_site.engine import engine
from osler_site.review.errors import NotAllowed, NotShown, ReviewError
from osler_site.review.logs import record
from osler_site.review.models import BoardReview, ReviewSettings, Withdrawal
from osler_site.review.statuses import approval_of, before_board, refresh

NAME = "Medical board"


def make_workflow() -> Workflow:
    """The board's workflow on the index of articles; made once, mended if someone changed it."""
    task = BoardReview.objects.first() or BoardReview.objects.create(name="Review by the board")
    found = WorkflowTask.objects.filter(task_id=task.pk).select_related("workflow").first()
    workflow = found.workflow if found else Workflow.objects.create(name=NAME)
    if found is None:
        WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    Task.objects.filter(pk=task.pk, active=False).update(active=True)
    Workflow.objects.filter(pk=workflow.pk, active=False).update(active=True)
    index = ArticleIndexPage.objects.get()
    WorkflowPage.objects.update_or_create(page=index, defaults={"workflow": workflow})
    return workflow


def is_boards(workflow: Workflow) -> bool:
    """Whether a workflow is the review by the board and nothing else."""
    return [task.specific_class for task in workflow.tasks] == [BoardReview]


def submit(page: ArticlePage, user: User | None, *, visible: bool | None = None) -> ArticlePage:
    """Put the latest version of an article before the board.

    `visible` shows it to readers at once, with the caution that it awaits review: a publisher's
    decision, or the site's own (`user` None, when starter articles are made); None leaves it to
    the site's setting. Raises NotSubmittable where the gate objects, NotAllowed.
    """
    if visible and user is not None and not has_role(user, Role.PUBLISHER):
        raise NotAllowed("Only a publisher shows an article before it is approved.")
    with transaction.atomic():
        page = ArticlePage.objects.select_for_update().get(pk=page.pk)
        state = before_board(page)
        if state is None:
            page.get_workflow().start(page, user)
        elif state.status == WorkflowState.STATUS_NEEDS_CHANGES:
            state.resume(user)
        else:
            raise ReviewError("The article is with the medical board already.")
        if visible and not ReviewSettings.load().show_while_awaiting_review:
            publish_for_readers(page, user)
    return refresh(page.pk)


def publish_for_readers(page: ArticlePage, user: User | None = None) -> ArticlePage:
    """Show the version that awaits review, with its caution. An approved one stays as it is.

    `user` None is the site itself: its setting, or the making of starter articles.
    Raises NotAllowed for whoever is no publisher, NotShown for what the board has to see first.
    """
    if user is not None and not has_role(user, Role.PUBLISHER):
        raise NotAllowed("Only a publisher shows an article before it is approved.")
    with transaction.atomic():
        page = ArticlePage.objects.select_for_update().get(pk=page.pk)
        workflow = before_board(page)
        if workflow is None or workflow.status != WorkflowState.STATUS_IN_PROGRESS:
            raise ReviewError("Only an article that is before the board is shown meanwhile.")
        if approval_of(page):
            return page
        revision = workflow.current_task_state.revision
        reason = why_not_shown(revision.as_object())
        if reason:
            raise NotShown(reason)
        if page.live_revision_id != revision.pk:
            with permitted(page.pk, revision.pk):
                revision.publish(user=user, skip_permission_checks=True)
            record(page, "shown", user, revision=revision)
    return refresh(page.pk)


def why_not_shown(version: ArticlePage) -> str:
    """Why a version is not shown to readers before the board has approved it; "" where it may be.

    Until then no one but its editor stands for a claim that the gate objects to.
    """
    kept = len(objections(version.body, engine().library()))
    if kept:
        return (
            f"The automatic check objects to {kept} claim{'' if kept == 1 else 's'} of this "
            "article. It is shown to readers only once the board has approved it."
        )
    return uncited_dose(version)


def withdraw(page: ArticlePage, user: User, why: str) -> ArticlePage:
    """Take an article from the public; its address says so from then on, with the reason.

    Raises NotAllowed for whoever is no publisher, ReviewError.
    """
    if not has_role(user, Role.PUBLISHER):
        raise NotAllowed("Only a publisher withdraws an article.")
    if states_a_dose(why):
        raise ReviewError("Readers see the reason: say what was wrong without stating a dose.")
    if not why.strip():
        raise ReviewError("Say why the article is withdrawn.")
    with transaction.atomic():
        page = ArticlePage.objects.select_for_update().get(pk=page.pk)
        if not page.live:
            raise ReviewError("The article is not public.")
        Withdrawal.objects.create(page=page, title=page.title, by=user, why=why.strip())
        workflow = before_board(page)
        if workflow is not None:
            workflow.cancel(user=user)
            page.refresh_from_db()
        hide(page)
        record(page, "withdrawn", user, why=why.strip())
    return refresh(page.pk)


@transaction.atomic
def take_back(page: ArticlePage, user: User) -> ArticlePage:
    """Let the editors have an article again. Raises NotAllowed, ReviewError."""
    if not has_role(user, Role.EDITOR):
        raise NotAllowed("Only an editor takes an article back.")
    workflow = before_board(ArticlePage.objects.select_for_update().get(pk=page.pk))
    if workflow is None:
        raise ReviewError("The article is not before the board.")
    workflow.cancel(user=user)
    return refresh(page.pk)


def hide(page: ArticlePage) -> None:
    """Take an article from the public, if it is there."""
    if page.live:
        with permitted(page.pk, None):
            page.unpublish(user=None, log_action=None)
