"""What scanners, printers and download sites write between the lines of a text."""

from __future__ import annotations

import re

from osler.patterns import lazy

_CHATTER = lazy(
    r"(?:scanned (?:with|by|using) (?:\w+ )?\w*(?:scanner|lens|pdf)"
    r"|[-–—|]\s*(?:page\s*)?\d{1,4}\s*[-–—|]"
    r"|page\s*\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?|\d{1,4}\s*(?:of|/)\s*\d{1,4}\s*pages?"
    r"|(?:downloaded|printed|retrieved) (?:from|on|by)\b.{0,80}(?:\d{4}|https?://\S+|www\.\S+)"
    r"|this page (?:is |was )?(?:intentionally |left )+blank|(?:print|share|e-?mail) this page"
    r"|\f+)[.:]?",
    re.IGNORECASE,
)
_FIRST = frozenset("sSdDpPrRtTeE-–—|0123456789\f")
_LONGEST = 140


def is_chatter(line: str) -> bool:
    """Whether a whole line is such: "Scanned with ...", "- 12 -", "Page 3 of 10"."""
    return line[:1] in _FIRST and len(line) <= _LONGEST and _CHATTER.fullmatch(line) is not None
