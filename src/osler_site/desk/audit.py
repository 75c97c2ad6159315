"""The audit log: every action on pages and on people, newest first, and as CSV."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from heapq import merge
from typing import Any

from wagtail.log_actions import registry
from wagtail.models import ModelLogEntry, PageLogEntry

from osler_site.accounts.models import User

COLUMNS = ("time (UTC)", "who", "action", "what", "on", "revision", "details")


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that was done."""

    at: datetime
    who: str
    action: str  # its code: "wagtail.workflow.start"
    label: str  # in words
    what: str
    on: str  # the model and the key
    revision: str
    details: str

    @property
    def cells(self) -> tuple[str, ...]:
        """A row of the CSV file; what a spreadsheet would run as a formula is made text."""
        row = (
            self.at.isoformat(timespec="seconds"), self.who, self.action, self.what, self.on,
            self.revision, self.details,
        )  # fmt: skip
        return tuple(f"'{cell}" if cell[:1] in ("=", "+", "-", "@", "\t") else cell for cell in row)


def entries(*, action: str = "", who: str = "") -> Iterator[Entry]:
    """All entries, newest first; of one action (or its prefix) or one user name, if given."""
    names = {user.pk: user.username for user in User.objects.only("pk", "username")}
    logs = []
    for model in (PageLogEntry, ModelLogEntry):
        rows = model.objects.order_by("-timestamp", "-pk").select_related("content_type")
        if action:
            rows = rows.filter(action__startswith=action)
        if who:
            rows = rows.filter(user_id__in=[k for k, name in names.items() if name == who])
        logs.append(rows.iterator(chunk_size=500))
    for row in merge(*logs, key=lambda r: r.timestamp, reverse=True):
        yield _entry(row, names)


def _entry(row: Any, names: dict[Any, str]) -> Entry:
    formatter = registry.get_formatter(row)
    key = row.page_id if isinstance(row, PageLogEntry) else row.object_id
    model = row.content_type.model if row.content_type else "?"
    return Entry(
        at=row.timestamp,
        who=names.get(row.user_id, "the system" if row.user_id is None else f"user {row.user_id}"),
        action=row.action,
        label=str(formatter.label) if formatter else row.action,
        what=row.label,
        on=f"{model} {key}",
        revision=str(row.revision_id or ""),
        details=json.dumps(row.data, ensure_ascii=False, sort_keys=True) if row.data else "",
    )


class _Echo:
    """A file that hands back what is written, so that rows can be streamed."""

    def write(self, value: str) -> str:
        return value


def rows_of_csv(found: Iterator[Entry]) -> Iterator[str]:
    """The log as the lines of a CSV file (RFC 4180)."""
    writer = csv.writer(_Echo())
    yield writer.writerow(COLUMNS)
    for entry in found:
        yield writer.writerow(entry.cells)
