"""Threads of questions in which what tells who the patient is, is hidden."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from osler.answering import writing_to_json
from osler.domain.identifier import without_placeholders
from osler.library import Library
from osler.privacy.hiding import Hidden, hide
from osler.threads import Reading, Resolved, Thread, follow, to_json
from osler.threads.another import with_anyone
from osler.threads.cues import ONLY_THANKS


def follow_hidden(thread: Thread, hidden: Hidden, library: Library | None = None) -> Resolved:
    """Resolve a question as `follow` does; its placeholders are no words to be taken along.

    A name that it is asked for is of someone else: nothing that was told of the patient holds.

    A question that is asked as typed keeps them. Raises EmptyQuestion and UsageError.
    """
    asked = (
        with_anyone(hidden.asked, [t.typed for t in thread.turns]) if thread.last else hidden.asked
    )
    bare = without_placeholders(asked) or asked
    resolved = follow(thread, bare, library)
    full = hidden.asked if resolved.full == bare else resolved.full
    return replace(resolved, typed=hidden.asked, full=full)


def thread_of(questions: Sequence[str], library: Library | None = None) -> Thread:
    """The thread of questions as they were typed, the first first; each is hidden.

    Raises EmptyQuestion and UsageError.
    """
    thread = Thread()
    for question in questions:
        if thread.last and ONLY_THANKS.search(question):
            continue  # it was none
        thread = thread.then(follow_hidden(thread, hide(question), library))
    return thread


def thread_to_json(resolved: Resolved) -> dict[str, Any]:
    """The `thread` of an answer's JSON (see `osler.threads.to_json`), each text hidden."""
    return {name: _hidden(value) for name, value in to_json(resolved).items()}


def reading_to_json(reading: Reading) -> dict[str, Any]:
    """The same of a question that a language model may have helped to read."""
    own, written = reading.own, reading.written
    return {
        **thread_to_json(reading.resolved),
        "own": hide(own.full).text if own is not None else None,
        "reading": writing_to_json(written) if written is not None else None,
    }


def _hidden(value: Any) -> Any:
    if isinstance(value, str):
        return hide(value).text
    return [hide(each).text for each in value] if isinstance(value, list) else value
