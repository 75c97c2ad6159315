"""The dashboard and the audit log."""

from __future__ import annotations

from itertools import islice

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from osler_site.accounts.roles import Role, has_role
from osler_site.articles.models import ArticlePage, ReviewStatus
from osler_site.cds_hooks.feedback import told
from osler_site.desk.access import for_roles
from osler_site.desk.audit import entries, rows_of_csv
from osler_site.desk.coverage import coverage
from osler_site.desk.gaps import DAYS, gaps
from osler_site.desk.queue import queue
from osler_site.living.models import Finding
from osler_site.reports.models import ProblemReport, ProblemState
from osler_site.review.rules import board_member

MOST_SHOWN = 12
MOST_ENTRIES = 200
STAFF = (Role.EDITOR, Role.REVIEWER, Role.PUBLISHER, Role.ADMINISTRATOR)


@require_GET
@for_roles(*STAFF)
def dashboard(request: HttpRequest) -> HttpResponse:
    """What waits for someone: queue, findings, reports, gaps; what became of
    cards; how far topics are covered."""
    unanswered = gaps()
    waiting = queue()
    context = {
        "counts": ArticlePage.objects.aggregate(
            **{s.value: Count("pk", filter=Q(status=s)) for s in ReviewStatus}
        ),
        "queue": waiting[:MOST_SHOWN],
        "opens": _opens(request),
        "queue_length": len(waiting),
        "findings": Finding.objects.filter(settled__isnull=True)
        .select_related("article")
        .defer("article__body")[:MOST_SHOWN],
        "finding_count": Finding.objects.filter(settled__isnull=True).count(),
        "reports": ProblemReport.objects.filter(state=ProblemState.OPEN)[:MOST_SHOWN],
        "report_count": ProblemReport.objects.filter(state=ProblemState.OPEN).count(),
        "gaps": unanswered[:MOST_SHOWN],
        "gap_count": len(unanswered),
        "gap_days": DAYS,
        "cards": told(DAYS),
        "coverage": coverage(),
        "statuses": ReviewStatus,
        "drafts": ArticlePage.objects.filter(
            status__in=(ReviewStatus.DRAFT, ReviewStatus.CHANGES_REQUESTED)
        )
        .defer("body")
        .order_by("-latest_revision_created_at")[:MOST_SHOWN],
        "now": timezone.now(),
    }
    return render(request, "osler/desk/dashboard.html", context)


def _opens(request: HttpRequest) -> str:
    """Which page of an article before the board is open to whoever looks."""
    if board_member(request.user) is not None:
        return "review"
    at_it = has_role(request.user, Role.EDITOR, Role.PUBLISHER)
    return "review-publishing" if at_it else "review-assign"


@require_GET
@for_roles(Role.ADMINISTRATOR, Role.PUBLISHER)
def audit(request: HttpRequest) -> HttpResponse:
    """The newest entries of the audit log."""
    action, who = request.GET.get("action", "")[:100], request.GET.get("who", "")[:150]
    shown = list(islice(entries(action=action, who=who), MOST_ENTRIES))
    context = {"entries": shown, "action": action, "who": who, "most": MOST_ENTRIES}
    return render(request, "osler/desk/audit.html", context)


@require_GET
@for_roles(Role.ADMINISTRATOR, Role.PUBLISHER)
def audit_csv(request: HttpRequest) -> StreamingHttpResponse:
    """The whole audit log."""
    response = StreamingHttpResponse(rows_of_csv(entries()), content_type="text/csv")
    response["Content-Disposition"] = (
        f'attachment; filename="osler-audit-{timezone.localdate().isoformat()}.csv"'
    )
    return response
