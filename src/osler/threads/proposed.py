"""A full question that somebody else proposes for a turn, told as one of our own is."""

from __future__ import annotations

from osler.library import Library
from osler.threads.resolved import as_typed, resolved_as
from osler.threads.thread import Resolved, Thread
from osler.threads.topic import read, tidy, topic_of


def as_proposed(thread: Thread, typed: str, full: str, library: Library | None = None) -> Resolved:
    """What the reader is told of `full`, where that is what was meant by `typed`.

    Whether it was meant is for the caller to judge. Raises EmptyQuestion and UsageError.
    """
    typed, full = tidy(typed), tidy(full)
    if thread.last is None:
        return as_typed(full, read(full, library))
    return resolved_as(typed, full, library, topic_of(read(thread.last.full, library)))
