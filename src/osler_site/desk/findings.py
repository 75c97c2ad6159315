"""A finding, claim by claim; and taking up the library's new answer."""

from __future__ import annotations

import json
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from osler_site.accounts.roles import Role, has_role
from osler_site.answers.keeping import keep
from osler_site.answers.models import uid_of
from osler_site.articles.claims import claims_in
from osler_site.articles.contents import blocks_of
from osler_site.articles.models import InReview
from osler_site.desk.access import for_roles
from osler_site.living.models import Finding, FindingKind


@require_GET
@for_roles(Role.EDITOR, Role.REVIEWER, Role.PUBLISHER, Role.ADMINISTRATOR)
def finding(request: HttpRequest, key: int) -> HttpResponse:
    """What changed under an article, claim by claim."""
    found = get_object_or_404(Finding.objects.select_related("article"), pk=key)
    can_adopt = _adoptable(found) and has_role(request.user, Role.EDITOR)
    context = {
        "finding": found,
        "changes": found.detail.get("changes", ()),
        "claims": found.detail.get("claims", ()),
        "can_adopt": can_adopt,
        "own_text": _written_by_editors(found) if can_adopt else (),
    }
    return render(request, "osler/desk/finding.html", context)


@require_POST
@for_roles(Role.EDITOR)
def adopt(request: HttpRequest, key: int) -> HttpResponse:
    """Make a new revision of the article from the new answer, and open it in the editor."""
    found = get_object_or_404(Finding.objects.select_related("article"), pk=key)
    if _adoptable(found):
        if request.POST.get("replace") != "yes":
            messages.error(request, "Confirm that the draft's text is replaced.")
            return HttpResponseRedirect(reverse("finding", args=[key]))
        try:
            _take_up(found, request.user)
        except InReview as error:
            messages.error(request, str(error))
            return HttpResponseRedirect(reverse("finding", args=[key]))
    return HttpResponseRedirect(reverse("wagtailadmin_pages:edit", args=[found.article_id]))


@transaction.atomic
def _take_up(found: Finding, user: Any) -> None:
    """The new answer becomes the latest version, and what later answers are compared with."""
    page = found.article.get_latest_revision_as_object()
    answer, taken_from = found.detail["answer"], found.article.origin
    version = f"{answer['library_version']}/{answer['engine_version']}"
    uid = uid_of(taken_from.kind, taken_from.question, "", answer["audience"], version)
    page.origin = keep(uid, taken_from.kind, taken_from.question, "", answer["audience"], answer)
    page.body = json.dumps(blocks_of(answer))
    page.follow_ups = answer["follow_ups"]
    page.library_version = answer["library_version"]
    page.engine_version = answer["engine_version"]
    page.save_revision(user=user, log_action=True)


def _written_by_editors(found: Finding) -> list[str]:
    """The sentences of the latest version that no answer said so; they would be replaced."""
    version = found.article.get_latest_revision_as_object()
    claims = [value for value in claims_in(version.body) if not _is_as_composed(value)]
    notices = (version.origin or found.article.origin).body["safety_notices"]
    callouts = [b.value["text"] for b in version.body if b.block_type == "callout"]
    return [*(c["text"] for c in claims), *(text for text in callouts if text not in notices)]


def _is_as_composed(value: Any) -> bool:
    composed = json.loads(value["composed"]) if value["composed"] else {}
    cited = [(c["source_id"], c["start"], c["end"]) for c in value["citations"]]
    before = [(c["source_id"], c["start"], c["end"]) for c in composed.get("citations", ())]
    return composed.get("text") == value["text"] and cited == before and not value["override"]


def _adoptable(found: Finding) -> bool:
    """Whether the finding holds a new answer that is one."""
    if found.kind != FindingKind.ANSWER or found.settled or found.article.origin is None:
        return False
    return bool(found.detail.get("answer", {}).get("answered"))
