"""What stands at the address of an article that was withdrawn: that it was, when and why."""

from __future__ import annotations

from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from osler_site.review.models import Withdrawal
from osler_site.review.record import record_of


def withdrawal_of(slug: str) -> Withdrawal | None:
    """Why there is no article at this address any more; None where nothing was withdrawn here."""
    # Of one that was public again since, the reason then says nothing.
    last = Withdrawal.objects.filter(page__live=False, at__gte=F("page__last_published_at"))
    return last.filter(page__slug=slug).select_related("page").first()


def gone(request: HttpRequest, slug: str) -> HttpResponse | None:
    """410 Gone, with the public record of its review; None where nothing was withdrawn here.

    Nothing links to it: it is for those who kept the address, of the page or of one of its copies.
    """
    found = withdrawal_of(slug)
    if found is None:
        return None
    context = {"withdrawal": found, "review": record_of(found.page)}
    return render(request, "osler/articles/withdrawn.html", context, status=410)
