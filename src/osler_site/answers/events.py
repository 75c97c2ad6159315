"""Server-sent events as text (WHATWG HTML, "server-sent events")."""

from __future__ import annotations


def event(name: str, data: str) -> str:
    """One event; a line break in the data starts a line of its own."""
    lines = "".join(f"data: {line}\n" for line in data.splitlines() or [""])
    return f"event: {name}\n{lines}\n"
