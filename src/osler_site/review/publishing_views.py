"""What publishers decide about an article: show it before it is approved, withdraw it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from osler_site.accounts.roles import Role, has_role
from osler_site.articles.models import ArticlePage
from osler_site.desk.access import for_roles
from osler_site.operations.nul import NUL
from osler_site.review.errors import ReviewError
from osler_site.review.forms import ReasonForm
from osler_site.review.record import record_of
from osler_site.review.statuses import before_board
from osler_site.review.workflow import (
    publish_for_readers,
    take_back,
    why_not_shown,
    withdraw,
)


@require_GET
@never_cache
@for_roles(Role.EDITOR, Role.PUBLISHER)
def publishing(request: HttpRequest, page_id: int) -> HttpResponse:
    """Where an article stands, and what may be done with it."""
    page = get_object_or_404(ArticlePage, pk=page_id)
    workflow = before_board(page)
    submitted = workflow.current_task_state.revision if workflow else None
    context = {
        "page": page,
        "review": record_of(page),
        "in_review": workflow is not None and workflow.status == "in_progress",
        "workflow": workflow,
        "withdrawal": page.withdrawals.select_related("by").first(),
        "is_publisher": has_role(request.user, Role.PUBLISHER),
        "is_editor": has_role(request.user, Role.EDITOR),
        "form": ReasonForm(),
        "shown": submitted is not None and page.live_revision_id == submitted.pk,
        "why_not_shown": why_not_shown(submitted.as_object()) if submitted else "",
    }
    return render(request, "osler/review/publishing.html", context)


@require_POST
@for_roles(Role.EDITOR, Role.PUBLISHER)
def show(request: HttpRequest, page_id: int) -> HttpResponse:
    """Show it to readers with the caution."""
    return _do(request, page_id, publish_for_readers, "Readers see it now, with the caution.")


@require_POST
@for_roles(Role.EDITOR, Role.PUBLISHER)
def withdraw_view(request: HttpRequest, page_id: int) -> HttpResponse:
    """Take it from the public. Readers see the reason: it states no dose."""
    why = request.POST.get("why", "").replace(NUL, "")[:2000]
    return _do(request, page_id, lambda page, user: withdraw(page, user, why), "Withdrawn.")


@require_POST
@for_roles(Role.EDITOR, Role.PUBLISHER)
def take_back_view(request: HttpRequest, page_id: int) -> HttpResponse:
    """Let the editors have it again."""
    return _do(request, page_id, take_back, "Taken back from the board.")


def _do(
    request: HttpRequest, page_id: int, what: Callable[[ArticlePage, Any], Any], said: str
) -> HttpResponse:
    try:
        what(get_object_or_404(ArticlePage, pk=page_id), request.user)
    except ReviewError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, said)
    return redirect("review-publishing", page_id)
