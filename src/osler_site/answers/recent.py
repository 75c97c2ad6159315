"""What this reader asked last. It stays in their own session: no one sees another's."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest

from osler_site.answers.models import RawAnswer

KEPT = 8
_KEY = "recent_answers"


@dataclass(frozen=True, slots=True)
class Recent:
    """A question asked before, and where its answer stands."""

    question: str
    url: str


def of(request: HttpRequest) -> list[Recent]:
    """The last questions of this session, the latest first."""
    uids = uids_of(request)
    found = {a.uid: a for a in RawAnswer.objects.filter(uid__in=uids).defer("body")}
    return [Recent(found[u].question, found[u].get_absolute_url()) for u in uids if u in found]


def uids_of(request: HttpRequest) -> list[str]:
    """The names of this session's answers, the latest first."""
    return list(request.session.get(_KEY, []))


def add(request: HttpRequest, answer: RawAnswer) -> None:
    """Remember a question."""
    uids = [u for u in uids_of(request) if u != answer.uid]
    request.session[_KEY] = [answer.uid, *uids][:KEPT]
    request.session.save()
