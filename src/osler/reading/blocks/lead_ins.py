"""What leads a list or table in: the end of the paragraph before it, or a few words."""

from __future__ import annotations

import re

from osler.domain import Span

_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-Z])")
# "DRUGONE inj. 75 mg; supp.": the full stop of a short form ends no sentence.
_SHORT_FORM = re.compile(
    r"(?:^|[\s;,/])(?:inj|supps?|tabs?|caps?|susp|soln?|elix|mixt|amps?|oint|pess|inh|neb|liq|crm|"
    r"syr)\.$",
    re.I,
)
_LONGEST = 120  # characters: a longer paragraph leads a list in only when it ends in a colon


def lead_in(text: str, span: Span) -> Span | None:
    """The part of a paragraph that leads a list in: its last sentence, or a few words.

    `span` is where `text` stands in the document; None for what leads nothing in.
    """
    if text.endswith(":"):
        breaks = [match.end() for match in _SENTENCE_END.finditer(text)]
        return Span(span.start + (breaks[-1] if breaks else 0), span.end)
    if len(text) <= _LONGEST and not ends_sentence(text):
        return span
    return None


def ends_sentence(text: str) -> bool:
    """Whether a mark ends the words, and no short form of a product does ("75 mg; supp.")."""
    return text[-1] in ".!?;," and _SHORT_FORM.search(text[-8:]) is None
