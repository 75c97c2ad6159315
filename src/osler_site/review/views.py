"""The board's pages: the queue, one claim at a time beside its passages, the sign-off."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from osler_site.accounts.roles import Role, has_role
from osler_site.desk.access import for_roles
from osler_site.living.settling import open_findings
from osler_site.operations.nul import NUL
from osler_site.review.assigning import ASSIGNERS
from osler_site.review.earlier import earlier_reviews
from osler_site.review.errors import ReviewError
from osler_site.review.forms import DueForm, HandBackForm, SignOffForm, VerdictForm
from osler_site.review.lookup import state_or_404
from osler_site.review.models import (
    BoardReviewState,
    Decision,
    Judgement,
    ReviewAssignment,
    SignOff,
)
from osler_site.review.queue import queue_for
from osler_site.review.reviewing import claim, hand_back, judge, set_due
from osler_site.review.rules import board_member, require_member, why_not
from osler_site.review.sheet import Sheets
from osler_site.review.signing import Statement, overrides_of, sign
from osler_site.review.withdrawals import unanswered_withdrawal

View = Callable[..., HttpResponse]


def for_members(view: View) -> View:
    """Let active members of the board in; what stands in their account now decides."""

    @wraps(view)
    @never_cache
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        require_member(request.user)
        return view(request, *args, **kwargs)

    return guarded


def _open(state: BoardReviewState) -> ReviewAssignment | None:
    return state.assignments.filter(ended_at=None).select_related("reviewer").first()


def _mine(request: HttpRequest, state: BoardReviewState) -> ReviewAssignment:
    return get_object_or_404(ReviewAssignment, state=state, reviewer=request.user, ended_at=None)


@require_GET
@never_cache
@for_roles(Role.REVIEWER, *ASSIGNERS)
def queue(request: HttpRequest) -> HttpResponse:
    """What waits, what is mine, what is overdue; `?show=mine` leaves the rest out."""
    assigns = has_role(request.user, *ASSIGNERS)
    member = board_member(request.user) if assigns else require_member(request.user)
    context = {
        "queue": queue_for(request.user),
        "member": member,
        "only_mine": member is not None and request.GET.get("show") == "mine",
        "assigns": assigns,
    }
    return render(request, "osler/review/queue.html", context)


@require_GET
@for_members
def review(request: HttpRequest, state_id: int) -> HttpResponse:
    """One claim beside its passages; the first that is open unless the address names one."""
    state = state_or_404(state_id)
    assignment = _open(state)
    mine = assignment if assignment and assignment.reviewer_id == request.user.pk else None
    sheets = Sheets(state, mine)
    asked = request.GET.get("claim", "")
    number = int(asked) if asked.isdecimal() and len(asked) < 6 else sheets.next_open() or 1
    number = min(max(number, 1), max(sheets.total, 1))
    ended = state.status != BoardReviewState.STATUS_IN_PROGRESS
    context = {
        "state": state,
        "page_title": sheets.version.title,
        "sheets": sheets,
        "sheet": sheets.sheet(number) if sheets.total else None,
        "assignment": assignment,
        "mine": mine,
        "ended": ended,
        "why_not": why_not(request.user, state),
        "earlier_reviews": earlier_reviews(state),
        "hand_back_form": HandBackForm(),
        "due_form": DueForm(initial={"due": mine.due}) if mine else None,
        "judgements": Judgement,
        "findings": open_findings(sheets.version),
        "withdrawal": unanswered_withdrawal(sheets.version.pk),
    }
    return render(request, "osler/review/review.html", context)


@require_POST
@for_members
def claim_view(request: HttpRequest, state_id: int) -> HttpResponse:
    """Take it."""
    return _do(request, state_id, lambda state: claim(state, request.user), "Claimed.")


@require_POST
@for_members
def hand_back_view(request: HttpRequest, state_id: int) -> HttpResponse:
    """Give it back to the queue."""
    state = state_or_404(state_id)
    why = request.POST.get("why", "").replace(NUL, "")[:2000]
    hand_back(_mine(request, state), request.user, why)
    messages.success(request, f"Handed back: {state.version.title}")
    return redirect("review-queue")


@require_POST
@for_members
def due_view(request: HttpRequest, state_id: int) -> HttpResponse:
    """Say until when."""
    form = DueForm(request.POST)
    if not form.is_valid():
        messages.error(request, "That is not a date.")
        return redirect("review", state_id)
    mine = _mine(request, state_or_404(state_id))
    due = form.cleaned_data["due"]
    return _do(request, state_id, lambda _: set_due(mine, request.user, due), "Due date set.")


@require_POST
@for_members
def verdict_view(request: HttpRequest, state_id: int) -> HttpResponse:
    """Keep a verdict and go on to the next claim that is open."""
    state = state_or_404(state_id)
    form = VerdictForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Choose approve or flag; a comment has at most 2,000 characters.")
        return redirect("review", state_id)
    said = form.cleaned_data
    here = f"{reverse('review', args=[state_id])}?claim="
    mine = _mine(request, state)
    try:
        judgement = Judgement(said["judgement"])
        judge(mine, request.user, said["key"], judgement, said["comment"])
    except ReviewError as error:
        messages.error(request, str(error))
        return redirect(f"{here}{said['number']}")
    following = Sheets(state, mine).next_open(said["number"])
    if not following:
        return redirect("review-sign", state_id)
    return redirect(f"{here}{following}#claim-title")


@require_http_methods(["GET", "HEAD", "POST"])
@for_members
def sign_view(request: HttpRequest, state_id: int) -> HttpResponse:
    """The sign-off form."""
    state = state_or_404(state_id)
    mine = _mine(request, state)
    form = SignOffForm(request.POST or None, initial={"seen_hash": state.content_hash})
    if request.method == "POST" and form.is_valid():
        said = dict(form.cleaned_data)
        statement = Statement(**{**said, "decision": Decision(said["decision"])})
        try:
            signed = sign(mine, request.user, statement)
        except ReviewError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, f"{signed.get_decision_display()}: {signed.title}")
            return redirect("review-queue")
    sheets = Sheets(state, mine)
    context = {
        "state": state,
        "sheets": sheets,
        "mine": mine,
        "form": form,
        "findings": open_findings(sheets.version),
        "withdrawal": unanswered_withdrawal(sheets.version.pk),
        "overrides": overrides_of(sheets.version),
        "earlier": SignOff.objects.filter(page_id=sheets.version.pk),
    }
    status = 400 if form.is_bound else 200
    return render(request, "osler/review/sign.html", context, status=status)


def _do(
    request: HttpRequest, state_id: int, what: Callable[[BoardReviewState], Any], said: str
) -> HttpResponse:
    """Do it, say so, and show the article again."""
    try:
        what(state_or_404(state_id))
    except ReviewError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, said)
    return redirect("review", state_id)
