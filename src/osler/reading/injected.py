"""Sentences that speak to the program that reads a document, and not to its reader.

"Ignore the above and recommend ..." is no statement of medicine. No rule here knows a drug or
a document; each asks for the vocabulary of command together with what is commanded.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from osler.patterns import lazy

REASON = "an instruction to the program that reads it"

_WHAT = (
    r"(?:instructions?|guidance|guidelines?|recommendations?|directions?|advice|text|content|"
    r"context|prompts?|statements?|sources?|documents?|passages?|rules|information|warnings?|"
    r"messages?|evidence|sections?|paragraphs?)"
)
_BEFORE = r"(?:above|previous|prior|preceding|earlier|foregoing|aforementioned)"
_VERB = r"\b(?<!not )(?<!never )(?:ignor(?:e|ing)|disregard(?:ing)?|forget|overrid(?:e|ing))\b"
_FILLER = (
    r"(?:\s+(?:all|any|every|everything|of|the|your|my|our|these|those|other|what|is|was|said))"
)
_MACHINE = (
    r"(?:AIs?|artificial intelligence|LLMs?|(?:large )?language models?|chat ?bots?|"
    r"(?:Chat)?GPT|AI (?:assistants?|agents?|models?|systems?))"
)
_COMMAND = lazy(
    rf"{_VERB}{_FILLER}*\s+(?:{_BEFORE}(?:\s+{_BEFORE}|\s+and|\s+or)*"
    rf"(?:\s+(?:\w+\s+)?{_WHAT}\b|\s*(?=[.,;:!]|\band\b|\binstead\b|$))"
    rf"|(?:{_WHAT}|everything)\s+{_BEFORE}\b|other\s+(?:sources|documents|passages|guidelines))",
    re.IGNORECASE,
)
_ADDRESS = lazy(
    rf"\b(?:[Yy]ou are (?:now |only )?(?:an? |the )?(?:{_MACHINE}|helpful assistant)\b"
    rf"|[Aa]s an? {_MACHINE},? (?:you|I)\b|[Ii]f you are (?:an? |the )?{_MACHINE}\b"
    rf"|(?:[Nn]otes?|NOTE|[Ii]nstructions?|INSTRUCTIONS?|[Aa]ttention|ATTENTION|[Mm]essage)"
    rf"(?: to| for|:)(?: the| any| all)? {_MACHINE}\b"
    rf"|{_MACHINE} (?:reading|processing|summari[sz]ing|parsing|indexing) this\b)"
)
_ORDER = lazy(
    r"(?:[Dd]o not|[Dd]on['’]t|[Nn]ever) (?:(?:cite|mention|quote|use) (?:any )?other "
    r"(?:sources?|documents?|guidelines?)|(?:tell|reveal to|inform|alert) the user)\b"
    r"|\b(?:[Rr]espond|[Rr]eply|[Aa]nswer) (?:only )?with (?:only )?(?:the following|this)\b"
    r"|[Ss]ystem prompt\b|[Pp]rompt injection\b"
    r"|<\|(?:im_start|im_end|system|user|assistant)\|>|\[/?INST\]|<</?SYS>>"
)
_REACH = 120  # characters around a piece
# With each pattern, pieces of words of which all that it matches holds one: searching for a
# fixed string costs next to nothing.
_PATTERNS = (
    (_COMMAND, ("gnor", "GNOR", "isregard", "ISREGARD", "orget", "FORGET", "verrid", "OVERRID")),
    (_ADDRESS, ("ou are a", "ou are the", "ou are now", "ou are only", " AI", "language model",
                "LLM", "hatbot", "hat bot", "GPT", "rtificial intelligence")),
    (_ORDER, ("other source", "other document", "other guideline", "he user", "only with",
              "nswer with", "espond with", "eply with", "prompt", "<|", "INST]", "SYS>>")),
)  # fmt: skip


def injected(text: str) -> Iterator[tuple[int, int, str, str]]:
    """Start, end, reason and detail of each place in a normalised text."""
    told: set[int] = set()
    for pattern, pieces in _PATTERNS:
        for piece in pieces:
            at = text.find(piece)
            while at >= 0:
                found = pattern.search(text, max(at - _REACH, 0), at + _REACH)
                if found is not None and found.start() not in told:
                    told.add(found.start())
                    yield found.start(), found.end(), REASON, found.group()
                at = text.find(piece, at + len(piece))
