"""The page on which an editor has an overview or a summary composed."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from osler.domain.errors import OslerError
from osler_site.accounts.roles import Role
from osler_site.answers.composing import LONGEST, compose
from osler_site.desk.access import for_roles


class _OverviewForm(forms.Form):
    about = forms.CharField(
        max_length=LONGEST["overview"],
        label="Topic",
        help_text="A drug or a condition, for example: vitamin B12 deficiency.",
    )


class _SummaryForm(forms.Form):
    about = forms.CharField(
        max_length=LONGEST["summary"],
        label="Source",
        help_text="Its title, file name, DOI or address, as it stands on its page in the library.",
    )


FORMS = {"overview": _OverviewForm, "summary": _SummaryForm}


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@for_roles(Role.EDITOR)
def compose_view(request: HttpRequest) -> HttpResponse:
    """What to compose; composed, it is shown as an answer is, to be taken up from there."""
    sent = request.POST.get("kind", "")
    shown = {
        kind: form(request.POST if kind == sent else None, auto_id=f"id_{kind}_%s")
        for kind, form in FORMS.items()
    }
    chosen = shown.get(sent)
    if chosen is not None and chosen.is_valid():
        try:
            return redirect(compose(sent, chosen.cleaned_data["about"]))
        except OslerError as error:
            chosen.add_error("about", " ".join(filter(None, (str(error), error.help))))
    context: dict[str, Any] = {"forms": shown}
    status = 400 if request.method == "POST" else 200
    return render(request, "osler/desk/compose.html", context, status=status)
