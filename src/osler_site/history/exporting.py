"""A person's history to take along, as JSON and as CSV (RFC 4180)."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import Any

from osler_site.environment import environment
from osler_site.history.keeping import threads_of
from osler_site.history.models import SavedArticle

COLUMNS = ("thread", "position", "asked", "question", "understood", "answered", "address")
# A spreadsheet would take a cell that begins with one of these for a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def as_json(user: Any) -> dict[str, Any]:
    """Threads with their questions, the latest first, and the saved articles."""
    saved = SavedArticle.objects.filter(owner=user).select_related("article")
    return {
        "threads": [
            {
                "thread": thread.uid,
                "begun": thread.begun.isoformat(),
                "questions": [_row(turn) for turn in thread.turns.all()],
            }
            for thread in threads_of(user)
        ],
        "saved_articles": [
            {
                "title": each.article.title,
                "address": f"{environment().base_url}{each.article.url}",
                "saved": each.saved.isoformat(),
            }
            for each in saved
        ],
    }


def as_csv(user: Any) -> Iterator[str]:
    """A header, then a line for each question."""
    yield _line(COLUMNS)
    for thread in threads_of(user):
        for turn in thread.turns.all():
            row = _row(turn)
            yield _line((thread.uid, *(row[column] for column in COLUMNS[1:])))


def _row(turn: Any) -> dict[str, Any]:
    return {
        "position": turn.position,
        "asked": turn.at.isoformat(),
        "question": turn.question,
        "understood": turn.understood,
        "read_by": turn.read_by or None,
        "answered": turn.answer.answered,
        "address": f"{environment().base_url}{turn.answer.get_absolute_url()}",
    }


def _line(cells: tuple[Any, ...]) -> str:
    written = io.StringIO()
    csv.writer(written).writerow([_plain(str(cell)) for cell in cells])
    return written.getvalue()


def _plain(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
