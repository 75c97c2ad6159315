"""A reader's own history and saved articles. What is another's is not there (404)."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.core.paginator import Paginator
from django.db import transaction
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseRedirect,
    JsonResponse,
    StreamingHttpResponse,
)
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from osler_site.articles.models import ArticlePage
from osler_site.catalogue.public import public_articles
from osler_site.environment import environment
from osler_site.history.alerting import note_changes, state_of
from osler_site.history.exporting import as_csv, as_json
from osler_site.history.keeping import delete_turn, kept_since, remembered, threads_of
from osler_site.history.models import Alert, SavedArticle, Thread, Turn

PAGE = 20  # threads


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def history(request: HttpRequest) -> HttpResponse:
    """What this reader asked, the latest first; by POST those in which `q` was asked.

    Words to look for may name a patient, so they stand in no address: one that holds them is left
    for one that does not, and who is not signed in is sent to do so without them.
    """
    if not request.user.is_authenticated:
        return redirect_to_login(request.path)
    if "q" in request.GET:
        return redirect("history")
    search = remembered(request.POST.get("q", "").strip())
    found = Paginator(threads_of(request.user, search), PAGE)
    context = {
        "threads": found.get_page((request.POST or request.GET).get("page")),
        "search": search,
        "days": environment().history_days,
    }
    return render(request, "osler/history/history.html", context)


@require_safe
@login_required
@never_cache
def thread(request: HttpRequest, uid: str) -> HttpResponse:
    """The questions of one thread, the first first."""
    found = get_object_or_404(Thread, owner=request.user, uid=uid)
    turns = list(found.turns.filter(at__gte=kept_since()).select_related("answer"))
    return render(request, "osler/history/thread.html", {"thread": found, "turns": turns})


@require_POST
@login_required
def delete_thread(request: HttpRequest, uid: str) -> HttpResponse:
    """Delete a thread with its questions; their answers keep their addresses."""
    get_object_or_404(Thread, owner=request.user, uid=uid).delete()
    return redirect("history")


@require_POST
@login_required
def delete_one(request: HttpRequest, uid: str, position: int) -> HttpResponse:
    """Delete one question."""
    turn = get_object_or_404(Turn, thread__owner=request.user, thread__uid=uid, position=position)
    delete_turn(turn)
    left = Thread.objects.filter(owner=request.user, uid=uid).first()
    return redirect(left) if left is not None else redirect("history")


@require_POST
@login_required
def delete_all(request: HttpRequest) -> HttpResponse:
    """Delete every thread of this reader; saved articles stay."""
    Thread.objects.filter(owner=request.user).delete()
    return redirect("history")


@require_safe
@login_required
@never_cache
def export_json(request: HttpRequest) -> HttpResponse:
    """All of it as JSON."""
    return JsonResponse(as_json(request.user), headers=_attached("json"))


@require_safe
@login_required
@never_cache
def export_csv(request: HttpRequest) -> StreamingHttpResponse:
    """The questions as CSV."""
    return StreamingHttpResponse(
        as_csv(request.user), content_type="text/csv", headers=_attached("csv")
    )


def _attached(ending: str) -> dict[str, str]:
    name = f"osler-history-{timezone.localdate().isoformat()}.{ending}"
    return {"Content-Disposition": f'attachment; filename="{name}"'}


@require_safe
@login_required
@never_cache
def saved(request: HttpRequest) -> HttpResponse:
    """The saved articles, and what changed in them."""
    note_changes(request.user)
    found = SavedArticle.objects.filter(owner=request.user).select_related("article")
    unread = Alert.objects.filter(saved__owner=request.user, read=None)
    context = {
        "saved": found.prefetch_related("alerts"),
        "unread": unread.select_related("saved__article"),
    }
    return render(request, "osler/history/saved.html", context)


@require_POST
@login_required
def save(request: HttpRequest, page_id: int) -> HttpResponse:
    """Save an article that everybody may read."""
    page = get_object_or_404(public_articles(), pk=page_id)
    SavedArticle.objects.get_or_create(
        owner=request.user, article=page, defaults={"state": state_of(page)}
    )
    return HttpResponseRedirect(page.url)


@require_POST
@login_required
def unsave(request: HttpRequest, page_id: int) -> HttpResponse:
    """Take an article off the list, with what was told of it."""
    found = get_object_or_404(SavedArticle, owner=request.user, article_id=page_id)
    page: ArticlePage = found.article
    found.delete()
    back = request.POST.get("back") == "article" and page.live
    return HttpResponseRedirect(page.url) if back else redirect("history-saved")


@require_POST
@login_required
def read_alerts(request: HttpRequest) -> HttpResponse:
    """Note that all changes were read."""
    with transaction.atomic():
        unread = Alert.objects.filter(saved__owner=request.user, read=None)
        unread.update(read=timezone.now())
    return redirect("history-saved")
