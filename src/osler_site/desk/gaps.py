"""What readers asked and the library could not answer, the same in other words together."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Max
from django.utils import timezone

from osler_site.answers.models import RawAnswer

DAYS = 90
_LEFT_OUT = frozenset({"the", "of", "for", "in", "a", "an", "to", "and", "with", "on"})


@dataclass(frozen=True, slots=True)
class Gap:
    """Questions that looked for the same thing and found nothing."""

    looked_for: str
    questions: tuple[str, ...]  # different wordings, the most asked first
    asks: int
    last: datetime
    answer: RawAnswer  # one of them, to open


def gaps(days: int = DAYS) -> list[Gap]:
    """Groups of unanswered questions of the last days, the most asked first."""
    since = timezone.now() - timedelta(days=days)
    rows = (
        RawAnswer.objects.filter(answered=False, asks__at__gte=since)
        .annotate(times=Count("asks"), last=Max("asks__at"))
        .order_by("-times", "-last")
    )
    groups: dict[tuple[str, ...], list[Any]] = {}
    for row in rows:
        abstention = row.body.get("abstention") or {}
        groups.setdefault(_key(abstention.get("looked_for") or row.question), []).append(row)
    found = [_gap(members) for members in groups.values()]
    return sorted(found, key=lambda gap: (-gap.asks, gap.looked_for))


def _key(looked_for: str) -> tuple[str, ...]:
    """The words that are looked for, whatever their order."""
    words = looked_for.lower().replace(",", " ").replace(";", " ").split()
    return tuple(sorted(set(words) - _LEFT_OUT))


def _gap(rows: list[Any]) -> Gap:
    abstention = rows[0].body.get("abstention") or {}
    return Gap(
        looked_for=abstention.get("looked_for") or rows[0].question,
        questions=tuple(dict.fromkeys(r.question for r in rows)),
        asks=sum(r.times for r in rows),
        last=max(r.last for r in rows),
        answer=rows[0],
    )
