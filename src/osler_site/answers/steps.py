"""Which question followed which. It stays in a cookie of the reader's own browser.

So an address says nothing of what its reader asked before: sent to somebody else, it shows the one
answer. What was asked signed in is not shown after signing out.
"""

from __future__ import annotations

from dataclasses import astuple, dataclass, replace

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponseBase

from osler_site.answers.following import Put

COOKIE = "osler_thread"
KEPT = 12
LONGEST_TYPED = 300  # characters
LARGEST = 3_000  # bytes; browsers keep 4,096 of a cookie


@dataclass(frozen=True, slots=True)
class Step:
    """An answer, the one it goes on from, and what was typed for it, with placeholders; or "".

    `read_by` is the language model that read it so, "" where Osler did by itself.
    """

    uid: str
    after: str
    typed: str
    read_by: str = ""


def of(request: HttpRequest) -> dict[str, Step]:
    """The steps of this reader by their answers, the latest first."""
    try:
        kept = signing.loads(
            request.COOKIES.get(COOKIE, ""),
            salt=_salt(request),
            max_age=settings.SESSION_COOKIE_AGE,
        )
    except signing.BadSignature:
        return {}
    steps = (Step(*values) for values in kept)
    return {step.uid: step for step in steps}


def step_to(uid: str, asked: Put) -> Step | None:
    """How an answer was come to; None where it goes on from no other.

    Answers are named as they were composed (`RawAnswer.root`), whatever a model made of them.
    """
    if asked.after is None or asked.after.root == uid:
        return None
    return Step(uid, asked.after.root, asked.typed[:LONGEST_TYPED], asked.read_by)


def add(request: HttpRequest, response: HttpResponseBase, uid: str, asked: Put) -> None:
    """Remember a step until the browser is closed, a shift at most; the oldest ones go."""
    before, step = of(request), step_to(uid, asked)
    if step is None and uid not in before:
        return
    if asked.after is not None and step is None:
        return  # the same question again: it stays where it stood
    steps = [s for s in before.values() if s.uid != uid]
    _set(request, response, [*([step] if step else []), *steps])


def reworded(request: HttpRequest, response: HttpResponseBase, uid: str, new: str) -> None:
    """Let an answer for another reader, or in another language, stand where the first stands."""
    steps = of(request)
    if uid in steps and new != uid:
        step = replace(steps[uid], uid=new)
        _set(request, response, [step, *(s for s in steps.values() if s.uid != new)])


def _set(request: HttpRequest, response: HttpResponseBase, steps: list[Step]) -> None:
    steps = steps[:KEPT]
    while True:
        value = signing.dumps([astuple(s) for s in steps], salt=_salt(request), compress=True)
        if len(value) <= LARGEST:
            break
        steps.pop()
    response.set_cookie(COOKIE, value, samesite="Lax", secure=request.is_secure(), httponly=True)


def _salt(request: HttpRequest) -> str:
    return f"osler_site.answers.steps {request.user.pk}"
