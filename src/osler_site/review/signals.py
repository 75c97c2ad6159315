"""What the workflow's own events do, whichever way they came about."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models.signals import post_save, pre_save
from django.utils import timezone
from wagtail.models import WorkflowState
from wagtail.signals import (
    workflow_approved,
    workflow_cancelled,
    workflow_rejected,
)

from osler_site.articles.claims import placed_claims
from osler_site.articles.gate import objections
from osler_site.articles.models import ArticlePage
from osler_site.articles.wording import uncited_dose
from osler_site.engine import engine
from osler_site.review.errors import NotShown, NotSubmittable
from osler_site.review.logs import record
from osler_site.review.models import ReviewAssignment, ReviewSettings
from osler_site.review.statuses import approval_of, refresh
from osler_site.review.workflow import hide, is_boards, publish_for_readers

_ENDED = (WorkflowState.STATUS_APPROVED, WorkflowState.STATUS_CANCELLED)


def article_of(state: WorkflowState) -> ArticlePage | None:
    """The article that a workflow is about; None where it is about something else."""
    if state.content_type.model_class() is not ArticlePage:
        return None
    return ArticlePage.objects.get(pk=state.object_id)


def _before_a_workflow_is_written(sender: Any, instance: WorkflowState, **kwargs: Any) -> None:
    """Nothing comes before the board that the gate objects to, and nothing before another.

    Every way into review writes this row: the editor's buttons, a forged form, a program. What
    they read of it may be old: a review that has ended since is not cancelled or begun again. As
    everywhere, the article is locked first (see `reviewing.hold`).
    """
    page = article_of(instance)
    if page is None:
        return
    with transaction.atomic():
        page = ArticlePage.objects.select_for_update().get(pk=page.pk)
        stored = WorkflowState.objects.filter(pk=instance.pk).first() if instance.pk else None
        if stored is not None and stored.status in _ENDED and stored.status != instance.status:
            raise PermissionDenied("The review has ended meanwhile.")
        instance.osler_task_before = stored.current_task_state_id if stored else None
        begins = instance.status == WorkflowState.STATUS_IN_PROGRESS
        if not begins or (stored is not None and stored.status == instance.status):
            return
        if not is_boards(instance.workflow):
            raise PermissionDenied("Articles are reviewed by the medical board and by no one else.")
        _ask_the_gate(page.get_latest_revision_as_object())


def _ask_the_gate(version: ArticlePage) -> None:
    if not any(True for _ in placed_claims(version.body)):
        raise PermissionDenied("An article without a claim is not reviewed.")
    uncited = uncited_dose(version)
    if uncited:
        raise NotSubmittable(uncited)
    found = [o for o in objections(version.body, engine().library()) if not o.stands]
    if found:
        raise NotSubmittable.objected(found)


def _after_a_workflow_is_written(sender: Any, instance: WorkflowState, **kwargs: Any) -> None:
    """A version came before the board: for the first time, or again after changes."""
    page = article_of(instance)
    task = instance.current_task_state_id
    began = task is not None and task != getattr(instance, "osler_task_before", None)
    if page is None or not began or instance.status != WorkflowState.STATUS_IN_PROGRESS:
        return
    state = instance.current_task_state.specific
    record(page, "submitted", state.submitted_by, revision=state.revision)
    refresh(page.pk)
    if ReviewSettings.load().show_while_awaiting_review:
        try:
            publish_for_readers(page)
        except NotShown as reason:  # it is before the board all the same
            record(page, "not_shown", None, why=str(reason))


def _ended(sender: Any, instance: WorkflowState, user: Any, **kwargs: Any) -> None:
    page = article_of(instance)
    if page is not None:
        refresh(page.pk)


def _taken_back(sender: Any, instance: WorkflowState, user: Any, **kwargs: Any) -> None:
    """What is taken back before it was ever approved leaves the public with it."""
    page = article_of(instance)
    if page is None:
        return
    ReviewAssignment.objects.filter(state__workflow_state=instance, ended_at=None).update(
        ended_at=timezone.now(), outcome="taken back"
    )
    if approval_of(page) is None:
        hide(page)
    record(page, "taken_back", user)
    refresh(page.pk)


def connect() -> None:
    """Called once, when the app is ready."""
    pre_save.connect(_before_a_workflow_is_written, WorkflowState, dispatch_uid="osler-gate")
    post_save.connect(_after_a_workflow_is_written, WorkflowState, dispatch_uid="osler-submitted")
    workflow_approved.connect(_ended, dispatch_uid="osler-approved")
    workflow_rejected.connect(_ended, dispatch_uid="osler-rejected")
    workflow_cancelled.connect(_taken_back, dispatch_uid="osler-taken-back")
