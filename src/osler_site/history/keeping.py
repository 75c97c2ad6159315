"""What is kept of a signed-in reader's questions, for how long, and how it goes."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Max, Q, QuerySet
from django.utils import timezone

from osler.privacy import hide
from osler_site.answers.models import RawAnswer
from osler_site.environment import environment
from osler_site.history.models import Thread, Turn

LONGEST_SEARCH = 200  # characters


def keep_turn(
    user: Any,
    answer: RawAnswer,
    thread_uid: str = "",
    *,
    typed: str = "",
    after: RawAnswer | None = None,
    read_by: str = "",
) -> Turn | None:
    """Keep a question and its answer for the person who asked; None where nothing is kept.

    `thread_uid` names a thread of theirs to go on with, else that in which `after` was answered
    last; without such a one a thread begins. `typed` is what stood for the full question, and
    `read_by` the language model that read it so.
    Of readers without an account nothing is kept, nor where
    OSLER_HISTORY_DAYS is 0. Asked again at once, a question is kept once.
    """
    if not user.is_authenticated or not environment().history_days:
        return None
    now = timezone.now()
    with transaction.atomic():
        thread = Thread.objects.select_for_update().filter(owner=user, uid=thread_uid).first()
        if thread is None and after is not None:
            turn = _last_with(user, after)
            thread = turn.thread if turn is not None else None
        before = thread or Thread.objects.filter(owner=user).first()
        last = before.turns.last() if before is not None else None
        if last is not None and last.answer.root == answer.root:
            Thread.objects.filter(pk=last.thread_id).update(last=now)
            return last
        thread = thread or Thread.objects.create(owner=user, last=now)
        newest = thread.turns.aggregate(newest=Max("position"))["newest"] or 0
        Thread.objects.filter(pk=thread.pk).update(last=now)
        return Turn.objects.create(
            thread=thread,
            position=newest + 1,
            question=typed or answer.question,
            understood=answer.question if typed else answer.body["understood"],
            read_by=read_by[:200],
            answer=answer,
            at=now,
        )


def reworded(user: Any, answer: RawAnswer, new: RawAnswer) -> None:
    """Let a person's last turn with an answer lead to the words in which they read it now."""
    turn = _last_with(user, answer) if user.is_authenticated else None
    if turn is not None and turn.answer != new:
        Turn.objects.filter(pk=turn.pk).update(answer=new)


def _last_with(user: Any, answer: RawAnswer) -> Turn | None:
    same = Q(answer__uid=answer.root) | Q(answer__composed_uid=answer.root)
    found = Turn.objects.filter(same, thread__owner=user, at__gte=kept_since())
    return found.select_related("thread").order_by("-at", "-pk").first()


def turns_until(user: Any, answer: RawAnswer) -> list[Turn]:
    """A person's turns up to where they last asked what this answers; none where they never did."""
    if not user.is_authenticated:
        return []
    last = _last_with(user, answer)
    if last is None:
        return []
    turns = Turn.objects.filter(
        thread=last.thread, position__lte=last.position, at__gte=kept_since()
    )
    return list(turns.select_related("answer").defer("answer__body"))


def threads_of(user: Any, search: str = "") -> QuerySet[Thread]:
    """A person's threads, the latest first; with words, those in which each of them was asked."""
    found = Thread.objects.filter(owner=user, turns__at__gte=kept_since())
    for word in search[:LONGEST_SEARCH].split():
        said = Q(turns__question__icontains=word) | Q(turns__understood__icontains=word)
        found = found.filter(pk__in=Thread.objects.filter(said, owner=user).values("pk"))
    return found.distinct().prefetch_related("turns__answer")


def remembered(search: str) -> str:
    """Words to look for, as they may be shown again: without what tells who a patient is."""
    return hide(search[:LONGEST_SEARCH]).text


def kept_since() -> datetime:
    """From when on turns are kept."""
    return timezone.now() - timedelta(days=environment().history_days)


def delete_turn(turn: Turn) -> None:
    """Delete a question; with its last one goes the thread."""
    with transaction.atomic():
        thread = turn.thread
        turn.delete()
        if not thread.turns.exists():
            thread.delete()


def forget_old() -> int:
    """Delete the turns that are older than OSLER_HISTORY_DAYS, and threads left empty."""
    with transaction.atomic():
        gone, _ = Turn.objects.filter(at__lt=kept_since()).delete()
        Thread.objects.filter(turns__isnull=True).delete()
    return gone
