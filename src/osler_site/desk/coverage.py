"""How far each topic is covered: its articles by where they stand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Count

from osler_site.articles.models import ArticlePage, ReviewStatus


@dataclass(frozen=True, slots=True)
class Covered:
    """A topic with the number of its articles by status."""

    topic: str
    by_status: Mapping[str, int]

    @property
    def total(self) -> int:
        """All its articles."""
        return sum(self.by_status.values())

    @property
    def cells(self) -> tuple[int, ...]:
        """The numbers in the order of the statuses."""
        return tuple(self.by_status.get(status.value, 0) for status in ReviewStatus)


def coverage() -> list[Covered]:
    """The topics by name; articles without a topic last."""
    # Without the order of the page tree, which would make each page a group of its own.
    rows = ArticlePage.objects.order_by().values("topic", "status").annotate(articles=Count("pk"))
    topics: dict[str, dict[str, int]] = {}
    for row in rows:
        topics.setdefault(row["topic"], {})[row["status"]] = row["articles"]
    ordered = sorted(topics, key=lambda topic: (topic == "", topic.lower()))
    return [Covered(topic, topics[topic]) for topic in ordered]
