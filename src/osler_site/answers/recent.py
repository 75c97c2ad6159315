"""What this reader asked last. It stays in a cookie of their own browser: no one sees another's.

A signed cookie and no session: a reader without an account needs none, and pages that are the
same for all of them stay so. What was asked signed in is not shown after signing out.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

from osler_site.answers.models import RawAnswer

KEPT = 8
COOKIE = "osler_recent"


@dataclass(frozen=True, slots=True)
class Recent:
    """A question asked before, and where its answer stands."""

    question: str
    url: str


def of(request: HttpRequest) -> list[Recent]:
    """The last questions of this reader, the latest first."""
    uids = uids_of(request)
    found = {a.uid: a for a in RawAnswer.objects.filter(uid__in=uids).defer("body")}
    return [Recent(found[u].question, found[u].get_absolute_url()) for u in uids if u in found]


def uids_of(request: HttpRequest) -> list[str]:
    """The names of this reader's answers, the latest first."""
    age = settings.SESSION_COOKIE_AGE
    kept = request.get_signed_cookie(COOKIE, default="", salt=_salt(request), max_age=age)
    return kept.split(".") if kept else []


def add(request: HttpRequest, response: HttpResponseBase, uid: str) -> None:
    """Remember a question until the browser is closed, a shift at most."""
    uids = [u for u in uids_of(request) if u != uid]
    response.set_signed_cookie(
        COOKIE,
        ".".join([uid, *uids][:KEPT]),
        salt=_salt(request),
        samesite="Lax",
        secure=request.is_secure(),
        httponly=True,
    )


def _salt(request: HttpRequest) -> str:
    return f"osler_site.answers.recent {request.user.pk}"
