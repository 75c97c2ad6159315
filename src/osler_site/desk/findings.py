"""A finding, claim by claim; and taking up the library's new answer."""

from __future__ import annotations

import json

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from osler_site.accounts.roles import Role, has_role
from osler_site.articles.contents import blocks_of
from osler_site.articles.models import InReview
from osler_site.desk.access import for_roles
from osler_site.living.models import Finding, FindingKind


@require_GET
@for_roles(Role.EDITOR, Role.REVIEWER, Role.PUBLISHER, Role.ADMINISTRATOR)
def finding(request: HttpRequest, key: int) -> HttpResponse:
    """What changed under an article, claim by claim."""
    found = get_object_or_404(Finding.objects.select_related("article"), pk=key)
    context = {
        "finding": found,
        "changes": found.detail.get("changes", ()),
        "claims": found.detail.get("claims", ()),
        "can_adopt": _adoptable(found) and has_role(request.user, Role.EDITOR),
    }
    return render(request, "osler/desk/finding.html", context)


@require_POST
@for_roles(Role.EDITOR)
def adopt(request: HttpRequest, key: int) -> HttpResponse:
    """Make a new revision of the article from the new answer, and open it in the editor."""
    found = get_object_or_404(Finding.objects.select_related("article"), pk=key)
    page = found.article.get_latest_revision_as_object()
    if _adoptable(found):
        answer = found.detail["answer"]
        page.body = json.dumps(blocks_of(answer))
        page.follow_ups = answer["follow_ups"]
        page.library_version = answer["library_version"]
        page.engine_version = answer["engine_version"]
        try:
            page.save_revision(user=request.user, log_action=True)
        except InReview as error:
            messages.error(request, str(error))
            return HttpResponseRedirect(reverse("finding", args=[key]))
    return HttpResponseRedirect(reverse("wagtailadmin_pages:edit", args=[page.pk]))


def _adoptable(found: Finding) -> bool:
    """Whether the finding holds a new answer that is one."""
    if found.kind != FindingKind.ANSWER or found.settled:
        return False
    return bool(found.detail.get("answer", {}).get("answered"))
