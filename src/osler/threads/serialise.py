"""How a question was understood in its thread, as JSON; fields are only ever added."""

from __future__ import annotations

from typing import Any

from osler.threads.thread import Resolved


def to_json(resolved: Resolved) -> dict[str, Any]:
    """The `thread` of an answer's JSON."""
    return {
        "typed": resolved.typed,
        "understood": resolved.full,
        "carried": list(resolved.carried),
        "corrected": list(resolved.corrected),
        "patient": list(resolved.facts),
        "changed_topic": resolved.changed_topic,
        "unsure": list(resolved.unsure),
    }
