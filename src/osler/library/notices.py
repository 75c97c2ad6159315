"""What services have said of articles since they were added: retractions, corrections, updates.

A notice belongs to a source by its id, which follows from its content: it outlives the removal
of the source and holds again when the same document is added. Each makes itself felt from a
version on, and earlier versions show what was known by then. A retraction is never taken back.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable

from osler.domain import Notice, NoticeKind, SourceId

_APART = re.compile(r"[\W_]+")


def read(connection: sqlite3.Connection, version: int) -> dict[int, tuple[Notice, ...]]:
    """What a version knows, by the rows of the sources, the earliest first."""
    found: dict[int, list[Notice]] = {}
    for row, kind, reference, pmid, service, found_at in connection.execute(
        "SELECT s.row, n.kind, n.reference, n.pmid, n.service, n.found_at FROM notices n "
        "JOIN sources s ON s.id = n.source WHERE n.version <= ? ORDER BY n.version, n.rowid",
        (version,),
    ):
        notice = Notice(NoticeKind(kind), reference, pmid, service, found_at)
        found.setdefault(row, []).append(notice)
    return {row: tuple(notices) for row, notices in found.items()}


def insert(
    connection: sqlite3.Connection,
    version: int,
    found_at: str,
    found: Iterable[tuple[SourceId, Notice]],
) -> None:
    """Keep notices of sources as a version learns of them."""
    connection.executemany(
        "INSERT INTO notices VALUES (?, ?, ?, ?, ?, ?, ?)",
        [
            (source, version, n.kind, n.reference, n.pmid, n.service, found_at)
            for source, n in found
        ],
    )


def retracted(known: Iterable[Notice]) -> bool:
    """Whether one of these says that the article was retracted."""
    return any(notice.kind is NoticeKind.RETRACTION for notice in known)


def is_known(notice: Notice, known: Iterable[Notice]) -> bool:
    """Whether one of these tells the same: two services word one notice in two ways.

    That an article is retracted is one thing, wherever it is announced.
    """
    return any(_same(notice, other) for other in known)


def _same(one: Notice, other: Notice) -> bool:
    if one.kind is not other.kind:
        return False
    if one.kind is NoticeKind.RETRACTION:
        return True
    if one.pmid and other.pmid:
        return one.pmid == other.pmid
    return _folded(one.reference) == _folded(other.reference)


def _folded(reference: str) -> str:
    return _APART.sub(" ", reference.casefold()).strip()
