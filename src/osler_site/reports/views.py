"""Reporting a problem, and the editors' list of what was reported."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.log_actions import log

from osler_site.accounts.roles import Role
from osler_site.desk.access import for_roles
from osler_site.environment import environment
from osler_site.library_pages.versions import link
from osler_site.operations.limits import HOUR, limited_sync
from osler_site.reports.forms import ClosingForm, ReportForm
from osler_site.reports.keeping import keep
from osler_site.reports.models import ProblemKind, ProblemReport, ProblemState
from osler_site.reports.subjects import Subject, subject_at

PAGE = 30
_DESK = (Role.EDITOR, Role.PUBLISHER, Role.ADMINISTRATOR)


@require_http_methods(["GET", "HEAD", "POST"])
@limited_sync("report", lambda: environment().reports_per_hour, HOUR, methods=("POST",))
def report(request: HttpRequest) -> HttpResponse:
    """The form for the page `of` and its claim `claim`; a report that is sent is kept."""
    subject = _subject(request.GET.get("of", ""), request.GET.get("claim", ""))
    form = ReportForm(request.POST or None, subject)
    if request.method == "POST" and form.is_valid():
        if not form.is_from_a_robot:
            _keep(subject, form)
        query = urlencode({"of": subject.path})
        return HttpResponseRedirect(f"{reverse('report-thanks')}?{query}")
    status = 400 if form.is_bound else 200
    context = {"form": form, "subject": subject}
    return render(request, "osler/reports/report.html", context, status=status)


@require_safe
def thanks(request: HttpRequest) -> HttpResponse:
    """That the report has arrived."""
    subject = _subject(request.GET.get("of", ""), "")
    return render(request, "osler/reports/thanks.html", {"subject": subject})


@require_safe
@for_roles(*_DESK)
def desk_list(request: HttpRequest) -> HttpResponse:
    """What was reported, the latest first."""
    state = request.GET.get("state", ProblemState.OPEN)
    kind = request.GET.get("kind", "")
    reports = ProblemReport.objects.select_related("closed_by")
    if state in ProblemState.values:
        reports = reports.filter(state=state)
    if kind in ProblemKind.values:
        reports = reports.filter(kind=kind)
    context = {
        "page_of_reports": Paginator(reports, PAGE).get_page(request.GET.get("page")),
        "state": state,
        "kind": kind,
        "states": ProblemState.choices,
        "kinds": ProblemKind.choices,
        "open": ProblemReport.objects.filter(state=ProblemState.OPEN).count(),
    }
    return render(request, "osler/reports/desk_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_roles(*_DESK)
def desk_report(request: HttpRequest, pk: int) -> HttpResponse:
    """One report; it is closed with a reason."""
    found = get_object_or_404(ProblemReport.objects.select_related("closed_by"), pk=pk)
    form = ClosingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        _close(found, request, form.cleaned_data["reason"])
        return HttpResponseRedirect(reverse("report-desk", args=[pk]))
    passages = [_passage(citation, found) for citation in found.citations]
    context = {"report": found, "form": form, "passages": passages}
    status = 400 if form.is_bound else 200
    return render(request, "osler/reports/desk_report.html", context, status=status)


def _subject(path: str, claim_id: str) -> Subject:
    subject = subject_at(path, claim_id)
    if subject is None:
        raise Http404("there is no such page or sentence to report")
    return subject


def _keep(subject: Subject, form: ReportForm) -> None:
    said = form.cleaned_data
    keep(subject, kind=said["kind"], words=said["words"], email=said["email"])


def _close(found: ProblemReport, request: HttpRequest, reason: str) -> None:
    """Close it once: who was first stays written."""
    with transaction.atomic():
        closed = ProblemReport.objects.filter(pk=found.pk, state=ProblemState.OPEN).update(
            state=ProblemState.CLOSED,
            closed_at=timezone.now(),
            closed_by=request.user.pk,
            closing_reason=reason,
        )
        if closed:
            log(found, "osler.report_closed", user=request.user, data={"reason": reason})


def _passage(citation: dict[str, Any], found: ProblemReport) -> dict[str, str]:
    at = f"{citation['start']}-{citation['end']}"
    version = found.library_version
    href = link("source", citation["source_id"], fragment="at", at=at, version=version)
    return {"quote": citation["quote"], "href": href}
