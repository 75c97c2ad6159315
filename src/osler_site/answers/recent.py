"""What this reader asked last. It stays in a cookie of their own browser: no one sees another's.

A signed cookie and no session: a reader without an account needs none, and pages that are the
same for all of them stay so. What was asked signed in is not shown after signing out.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.db.models import Q
from django.http import HttpRequest, HttpResponseBase

from osler_site.answers.models import RawAnswer

KEPT = 8
COOKIE = "osler_recent"


@dataclass(frozen=True, slots=True)
class Recent:
    """A question asked before, and where its answer stands: in the words in which it was read."""

    question: str
    url: str
    reader_label: str = ""
    language_name: str = ""


def of(request: HttpRequest) -> list[Recent]:
    """The last questions of this reader, the latest first."""
    uids = uids_of(request)
    found = as_read(uids)
    return [
        Recent(a.question, a.get_absolute_url(), a.reader_label, a.language_name)
        for a in (found[uid] for uid in uids if uid in found)
    ]


def as_read(uids: list[str]) -> dict[str, RawAnswer]:
    """Answers by their names, each as a language model left it where one had a say in it.

    Without their bodies.
    """
    named = RawAnswer.objects.filter(Q(uid__in=uids) | Q(composed_uid__in=uids)).defer("body")
    return {answer.root: answer for answer in named.order_by("created", "pk")}


def uids_of(request: HttpRequest) -> list[str]:
    """The names of this reader's answers, the latest first."""
    age = settings.SESSION_COOKIE_AGE
    kept = request.get_signed_cookie(COOKIE, default="", salt=_salt(request), max_age=age)
    return kept.split(".") if kept else []


def add(request: HttpRequest, response: HttpResponseBase, uid: str) -> None:
    """Remember a question until the browser is closed, a shift at most."""
    uids = [u for u in uids_of(request) if u != uid]
    _set(request, response, [uid, *uids])


def reworded(request: HttpRequest, response: HttpResponseBase, uid: str, new: str) -> None:
    """Let an answer for another reader, or in another language, stand where the first stands."""
    uids = uids_of(request)
    if uid in uids:
        _set(request, response, list(dict.fromkeys(new if u == uid else u for u in uids)))


def _set(request: HttpRequest, response: HttpResponseBase, uids: list[str]) -> None:
    response.set_signed_cookie(
        COOKIE,
        ".".join(uids[:KEPT]),
        salt=_salt(request),
        samesite="Lax",
        secure=request.is_secure(),
        httponly=True,
    )


def _salt(request: HttpRequest) -> str:
    return f"osler_site.answers.recent {request.user.pk}"
