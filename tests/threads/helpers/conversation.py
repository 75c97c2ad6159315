"""A conversation, told by what is typed."""

from __future__ import annotations

from osler.threads import Resolved, Thread, follow


def after(*typed: str) -> Resolved:
    """How the last of the turns is understood, the others gone before."""
    thread = Thread()
    for each in typed[:-1]:
        thread = thread.then(follow(thread, each))
    return follow(thread, typed[-1])
