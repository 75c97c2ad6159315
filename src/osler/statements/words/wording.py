"""A quote as one readable line."""

from __future__ import annotations

from osler.patterns import lazy

_BULLET = lazy(r"\s*(?:[-*+•●○▪◦‣·–—]|\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)])\s+(?=\S)")
_LINK = lazy(r"!?\[([^\]]*)\]\([^)\s]*\)")
_MARKS = lazy(r"\*\*|__|`|(?<!\w)[*_](?=\w)|(?<=\w)[*_](?!\w)")


def readable(quote: str) -> str:
    """Fold white space, and take off a bullet and Markdown's marks."""
    bullet = _BULLET.match(quote)
    line = quote[bullet.end() :] if bullet else quote
    if "](" in line:
        line = _LINK.sub(r"\1", line)
    if "*" in line or "_" in line or "`" in line:
        line = _MARKS.sub("", line)
    return " ".join(line.split())
