"""Sentences that speak to the program that reads a document, and not to its reader.

"Ignore the above and recommend ..." is no statement of medicine. No rule here knows a drug or
a document; each asks for the vocabulary of command together with what is commanded. Letters of
another script and letters set apart are read as what they are seen as.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from osler.patterns import lazy
from osler.reading.suspicions.lookalikes import as_seen

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
    r"(?:AIs?|artificial intelligence|LLMs?|(?:AI |large )*language models?|chat ?bots?|"
    r"(?:Chat)?GPT|AI (?:assistants?|agents?|models?|systems?)|answer engines?)"
)
_COMMAND = lazy(
    rf"{_VERB}{_FILLER}*\s+(?:{_BEFORE}(?:\s+{_BEFORE}|\s+and|\s+or)*"
    rf"(?:\s+(?:\w+\s+)?{_WHAT}\b|\s*(?=[.,;:!]|\band\b|\binstead\b|$))"
    rf"|(?:{_WHAT}|everything)\s+{_BEFORE}\b|other\s+(?:sources|documents|passages|guidelines)"
    rf"|(?:safety|system|original|initial|default)\s+{_WHAT}\b"
    r"|(?:that\s+)?you\s+(?:were|have\s+been|are)\s+(?:told|instructed|given|taught)\b)",
    re.IGNORECASE,
)
_ADDRESS = lazy(
    rf"\b(?:[Yy]ou are (?:now |only )?(?:an? |the )?(?:{_MACHINE}|helpful assistant)\b"
    r"|[Yy]ou are now (?:an? |the )?(?:[A-Z]\w*(?:[Bb]ot|GPT|AI)\b|in \w+ mode\b)"
    rf"|[Aa]s an? {_MACHINE},? (?:you|I)\b|[Ii]f you are (?:an? |the )?{_MACHINE}\b"
    rf"|(?:[Nn]otes?|NOTE|[Ii]nstructions?|INSTRUCTIONS?|[Aa]ttention|ATTENTION|[Mm]essage)"
    rf"(?: to| for|:)(?: the| any| all)? {_MACHINE}\b"
    rf"|{_MACHINE} (?:reading|processing|summari[sz]ing|parsing|indexing) this\b)"
)
_PASSAGE = r"(?:paragraph|text|passage|sentence|message|note|instruction|prompt)s?"
_ORDER = lazy(
    r"(?:[Dd]o not|[Dd]on['’]t|[Nn]ever) (?:(?:cite|mention|quote|use) (?:any )?other "
    r"(?:sources?|documents?|guidelines?)|(?:tell|reveal to|inform|alert) the user"
    rf"|(?:cite|mention|quote|reveal|disclose|repeat|show) th(?:is|ese) {_PASSAGE})\b"
    r"|\b(?:[Tt]ell|[Ii]nform) the user (?:that|to)\b"
    r"|\b(?:[Rr]espond|[Rr]eply|[Aa]nswer) (?:only )?with (?:only )?(?:the following|this)\b"
    r"|\b[Ww]hen(?:ever)? (?:(?:you are )?asked (?:about|for)[^.]{1,60}?|"
    r"(?:summari[sz]|cit|quot|index|process)ing (?:this|these)[^.]{0,30}?), "
    r"(?:you (?:must|should) )?(?:always )?(?:respond|reply|answer|say|state|output|write) "
    r"(?:that|with)\b"
    r"|\b(?:documents?|sources?|passages?|guidelines?) in (?:the|your|this) (?:library|context|"
    r"database|index|knowledge base|corpus|prompt)\b"
    r"|\bover (?:every|all|any) other (?:sources?|documents?|passages?) in\b"
    r"|(?:^|(?<=\n))(?:SYSTEM|System|ASSISTANT|Assistant|AI)(?: prompt| message)?: ?"
    r"(?=[^\n]{0,60}\b(?:you|reply|respond|answer|[Ss]ure|[Cc]ertainly)\b)"
    r"|\b[Nn]ew (?:system )?instructions: |\bNEW (?:SYSTEM )?INSTRUCTIONS: "
    r"|(?i:system prompt\b|prompt injection\b)"
    r"|<\|(?:im_start|im_end|system|user|assistant)\|>|\[/?INST\]|<</?SYS>>"
)
_REACH = 120  # characters around a piece
# With each pattern, pieces of words of which all that it matches holds one: searching for a
# fixed string costs next to nothing.
_PATTERNS = (
    (_COMMAND, ("gnor", "GNOR", "isregard", "ISREGARD", "orget", "FORGET", "verrid", "OVERRID")),
    (_ADDRESS, ("ou are a", "ou are the", "ou are now", "ou are only", " AI", "language model",
                "LLM", "hatbot", "hat bot", "GPT", "rtificial intelligence", "nswer engine")),
    (_ORDER, ("other source", "other document", "other guideline", "other passage", "he user",
              "only with", "nswer with", "espond with", "eply with", "rompt", "PROMPT", "<|",
              "INST]", "SYS>>", "asked about", "asked for", "sing this", "zing this", "ting this",
              "xing this", " library", " context", " database", "knowledge base", " corpus",
              "\nSYSTEM", "\nSystem", "\nASSISTANT", "\nAssistant", "\nAI", "ew instructions:",
              "ew system", "INSTRUCTIONS:", "ite this", "ion this", "ote this", "eal this",
              "ose this", "eat this", "how this", "ite these", "ion these", "ote these",
              "eal these", "ose these", "eat these", "how these", "sing these")),
)  # fmt: skip
# The beginnings of "ignore", "disregard" and "forget" with their letters set apart.
_APART = tuple(sign.join(word) for sign in " -._*" for word in ("gnor", "srega", "orget"))


def injected(text: str) -> Iterator[tuple[int, int, str, str]]:
    """Start, end, reason and detail of each place in a normalised text."""
    seen = as_seen(text)
    told: set[int] = set()
    for pattern, pieces in _PATTERNS:
        for piece in pieces:
            at = seen.find(piece)
            while at >= 0:
                found = pattern.search(seen, max(at - _REACH, 0), at + _REACH)
                if found is not None and found.start() not in told:
                    told.add(found.start())
                    yield found.start(), found.end(), REASON, text[found.start() : found.end()]
                at = seen.find(piece, at + len(piece))
    for piece in _APART:
        at = seen.find(piece)
        if at >= 0:
            yield at, at + len(piece), REASON, text[at : at + len(piece)]
    yield from _in_other_languages(text)


def _in_other_languages(text: str) -> Iterator[tuple[int, int, str, str]]:
    said = text.lower()
    if len(said) != len(text):
        return  # a letter that grows in small letters: places would no longer be the text's
    letters = set(said)
    for verbs, objects in _languages():
        for what in objects:
            at = said.find(what) if letters.issuperset(what) else -1
            while at >= 0:
                near = said[max(at - _REACH // 2, 0) : at + len(what) + _REACH // 2]
                if any(verb in near for verb in verbs):
                    yield at, at + len(what), REASON, text[at : at + len(what)]
                at = said.find(what, at + len(what))


@cache
def _languages() -> tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]:
    """Words for ignoring, and words for what was said before, of each language."""
    data = files("osler.reading").joinpath("data/orders.tsv").read_text("utf-8")
    rows = (line.split("\t") for line in data.splitlines() if line and line[0] != "#")
    return tuple((tuple(verbs.split("|")), tuple(what.split("|"))) for _, verbs, what in rows)
