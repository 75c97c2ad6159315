"""What leads a list or table in: the end of the paragraph before it, or a few words."""

from __future__ import annotations

import re

from osler.domain import Span

_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-Z])")
_LONGEST = 120  # characters: a longer paragraph leads a list in only when it ends in a colon


def lead_in(text: str, span: Span) -> Span | None:
    """The part of a paragraph that leads a list in: its last sentence, or a few words.

    `span` is where `text` stands in the document; None for what leads nothing in.
    """
    if text.endswith(":"):
        breaks = [match.end() for match in _SENTENCE_END.finditer(text)]
        return Span(span.start + (breaks[-1] if breaks else 0), span.end)
    if len(text) <= _LONGEST and text[-1] not in ".!?;,":
        return span
    return None
