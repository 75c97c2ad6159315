"""The page on which a publisher or an administrator says who reviews an article."""

from __future__ import annotations

from datetime import timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from osler_site.desk.access import for_roles
from osler_site.review.assigning import ASSIGNERS, assign, candidates, take_away
from osler_site.review.earlier import earlier_reviews
from osler_site.review.errors import ReviewError
from osler_site.review.forms import AssignForm, TakeAwayForm
from osler_site.review.lookup import state_or_404
from osler_site.review.models import BoardReviewState, ReviewAssignment
from osler_site.review.reviewing import USUAL

_SOON = timedelta(days=1)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@for_roles(*ASSIGNERS)
def assign_view(request: HttpRequest, state_id: int) -> HttpResponse:
    """Who has it, who may have it, and until when."""
    state = state_or_404(state_id)
    now_with = state.assignments.filter(ended_at=None).select_related("reviewer").first()
    form = AssignForm(request.POST or None, people=candidates(state), initial=_initial(now_with))
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            made = assign(state, request.user, **said)
        except ReviewError as error:
            messages.error(request, str(error))
            return redirect("review-assign", state_id)
        messages.success(request, f"{made.reviewer} reviews it until {made.due:%-d %B %Y}.")
        return redirect("review-queue")
    context = {
        "state": state,
        "title": state.version.title,
        "ended": state.status != BoardReviewState.STATUS_IN_PROGRESS,
        "now_with": now_with,
        "form": form,
        "take_away_form": TakeAwayForm(
            initial={"instead_of": now_with.pk if now_with else None}, auto_id="id_away_%s"
        ),
        "earlier_reviews": earlier_reviews(state),
    }
    status = 400 if request.method == "POST" else 200
    return render(request, "osler/review/assign.html", context, status=status)


@require_POST
@for_roles(*ASSIGNERS)
def take_away_view(request: HttpRequest, state_id: int) -> HttpResponse:
    """Let it wait for anyone again."""
    state, form = state_or_404(state_id), TakeAwayForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Say why the review is taken away.")
        return redirect("review-assign", state_id)
    try:
        take_away(state, request.user, **form.cleaned_data)
    except ReviewError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, "It waits for a reviewer again.")
    return redirect("review-assign", state_id)


def _initial(now_with: ReviewAssignment | None) -> dict[str, object]:
    today = timezone.localdate()
    if now_with is None:
        return {"due": today + USUAL}
    due = max(now_with.due, today + _SOON)
    return {"reviewer": now_with.reviewer_id, "due": due, "instead_of": now_with.pk}
