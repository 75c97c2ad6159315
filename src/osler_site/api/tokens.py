"""The page on which people make, limit and revoke tokens for programs of their own."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.mail import EmailMessage
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from osler_site.accounts.models import User
from osler_site.accounts.roles import Role, has_role
from osler_site.api.models import ApiToken
from osler_site.api.scopes import Scope
from osler_site.desk.access import for_roles
from osler_site.operations.mailing import was_sent

USUAL, LONGEST = timedelta(days=90), timedelta(days=366)
MOST = 20  # good tokens of one account
LABELS = {
    Scope.ASK: "Ask questions, apply pathways",
    Scope.SEARCH: "Search the sources",
    Scope.READ: "Read sources, articles and pathways",
    Scope.FEEDBACK: "Report problems",
    Scope.ADMIN: "All of these, and see how much is asked",
}


class TokenForm(forms.Form):
    """A new token: for which program, for what, until when."""

    name = forms.CharField(
        max_length=120, label="Name", help_text="The program or place that will use it."
    )
    scopes = forms.MultipleChoiceField(
        label="What it may do", widget=forms.CheckboxSelectMultiple, choices=()
    )
    until = forms.DateField(
        label="Good until the end of",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text="At most a year from now.",
    )

    def __init__(self, *args: Any, owner: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["scopes"].choices = [(s.value, LABELS[s]) for s in scopes_of(owner)]
        self.fields["until"].initial = timezone.localdate() + USUAL

    def clean_until(self) -> date:
        """A day from today on, at most a year ahead."""
        until: date = self.cleaned_data["until"]
        today = timezone.localdate()
        if not today <= until <= today + LONGEST:
            raise forms.ValidationError("A day from today on, at most a year from now.")
        return until


def scopes_of(owner: User) -> list[Scope]:
    """What a person may give a token of theirs: administration is for administrators."""
    return [s for s in Scope if s is not Scope.ADMIN or has_role(owner, Role.ADMINISTRATOR)]


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@for_roles(*Role)
def tokens_view(request: HttpRequest) -> HttpResponse:
    """One's own tokens, and a form for another; the secret is on the page that answers it."""
    form = TokenForm(request.POST or None, owner=request.user)
    made, secret = None, ""
    if request.method == "POST" and form.is_valid():
        if _good(request.user).count() >= MOST:
            form.add_error(None, f"You have {MOST} tokens that are good. Revoke one first.")
        else:
            made, secret = _issue(request.user, **form.cleaned_data)
            form = TokenForm(owner=request.user)
    good = _good(request.user)
    context = {
        "form": form,
        "made": made,
        "secret": secret,
        "good": good,
        "ended": ApiToken.objects.filter(created_by=request.user).exclude(pk__in=good),
    }
    status = 200 if made or request.method != "POST" else 400
    return render(request, "osler/account/tokens.html", context, status=status)


@require_POST
@for_roles(*Role)
def revoke_view(request: HttpRequest, pk: int) -> HttpResponse:
    """Make one of one's own useless at once."""
    token = get_object_or_404(ApiToken, pk=pk, created_by=request.user)
    if ApiToken.revoke(token.prefix, by=request.user):
        messages.success(request, f"Revoked: {token.name}. Nothing can be done with it any more.")
    return redirect("tokens")


def _good(owner: User) -> Any:
    now = timezone.now()
    return ApiToken.objects.filter(created_by=owner, revoked=None, expires__gt=now)


def _issue(owner: User, name: str, scopes: list[str], until: date) -> tuple[ApiToken, str]:
    """Make it and tell its owner, who may not be the one at the keyboard."""
    expires = timezone.make_aware(datetime.combine(until, time.max))
    token, secret = ApiToken.issue(
        name, [Scope(s) for s in scopes], expires=expires, created_by=owner
    )
    if owner.email:
        page = f"{settings.WAGTAILADMIN_BASE_URL}{reverse('tokens')}"
        message = EmailMessage(
            f"{settings.ACCOUNT_EMAIL_SUBJECT_PREFIX}A token was made in your name",
            render_to_string("osler/account/token_mail.txt", {"token": token, "page": page}),
            to=[owner.email],
        )
        was_sent(message, f"token {token.prefix}")
    return token, secret
