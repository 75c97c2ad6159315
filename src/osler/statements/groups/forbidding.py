"""Headings that forbid: what stands under "Contraindications" tells for whom a drug is not.

A line there ("Parkinson's disease") turns into its opposite without the heading's words; with
them in front it says by itself what the document says.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache

from osler.domain import Polarity
from osler.patterns import lazy
from osler.statements.sentences.cues import polarity_of

_LONGEST = 60  # characters: what is longer is a sentence
# What ends a label: "Avoid: ", "Contraindicated – "; and where only its type set it off, nothing.
_LABEL_ENDS = lazy(
    r"[:–—](?=\s)|\s-(?=\s)|(?<=\bcontraindications)(?=\s[A-Z])|(?<=\bContraindications)(?=\s[A-Z])"
)
# Of what stands under both only its own words tell which it is.
_MIXED = lazy(
    r"contra-?indications?\s*(?:[/&+,]|and|or)\s*(?:[\w-]+\s+){0,2}(?:pre-?)?(?:cautions?|warnings?|"
    r"interactions?)\b.*|(?:[\w-]+\s+){0,1}(?:pre-?)?(?:cautions?|warnings?|interactions?)"
    r"\s*(?:[/&+,]|and|or)\s*contra-?indications?",
    re.IGNORECASE,
)
_FORBIDS = lazy(
    r"(?:(?!no\b|not?\b)[\w'’-]+[\s:–—-]+){0,3}?contra-?indications?(?:\s+(?:to|for|of|in)\b.*)?|"
    r"(?:is\s+)?contra-?indicated(?:\s+(?:in|for|with|if|when|during))?|"
    r"(?:(?:when|who|in\s+whom)\s+)?(?:(?:do|should|must)\s+)?(?:not|never)\s+(?:to\s+)?(?:be\s+)?"
    r"(?:use[ds]?|give[ns]?|take[ns]?|prescribed?|started?|offer(?:ed)?|recommended|suitable|"
    r"licensed|for)\b(?:\s+(?:use|it|this|[\w-]+))?(?:\s+(?:in|for|with|if|when|during))?|"
    r"(?:when|who)\s+(?:should|must)\s+not\s+(?:be\s+)?[\w-]+(?:\s+[\w-]+)?|"
    r"(?:(?:drugs|medicines|situations|patients)\s+to\s+|when\s+to\s+)?avoid(?:\s+(?:use|giving))?"
    r"(?:\s+(?:in|for|with|if|when|during))?",
    re.IGNORECASE,
)
_NUMBER = lazy(r"^[^a-z]*?(?=[a-z])", re.IGNORECASE)
# A heading that only grades those of the heading above it.
_GRADES = lazy(r"absolute(?:ly)?|relative(?:ly)?|strict|general|major|minor", re.IGNORECASE)
# What only asks for care, or allows, is no bar for standing among them.
_ALLOWS = lazy(
    r"\b(?:caution\w*|careful\w*|(?:may|can|could)\s+(?:still\s+|be\s+|safely\s+)*(?:use[ds]?|give[ns]?"
    r"|take[ns]?|prescribed?|considered)|not\s+(?:a\s+)?contra-?indicat\w+|safe|no\s+contra\w+)\b",
    re.IGNORECASE,
)


# A sentence with a verb of its own says what it says: "Shock has followed an injection". Behind
# "who", "if" and the like a verb only tells for whom: "Patients who have asthma".
_SENTENCE = lazy(
    r"(?:(?!\b(?:who|whose|whom|that|which|where|when|if|in\s+case)\b)[^.;:])*?"
    r"\b(?:is|are|was|were|has|have|had|occurs?|occurred|may|might|can|could|will|would|should|must)"
    r"\s+[a-z]",
    re.IGNORECASE,
)


@lru_cache(maxsize=4096)
def forbids(heading: str) -> bool:
    """Whether a heading forbids what stands under it: "4.3 Contraindications", "Do not use"."""
    words = _words(heading)
    return len(words) <= _LONGEST and _FORBIDS.fullmatch(words) is not None


@lru_cache(maxsize=4096)
def forbids_or_warns(heading: str) -> bool:
    """Whether a heading stands over bars and cautions alike: "Contraindications and cautions"."""
    words = _words(heading)
    return len(words) <= _LONGEST and _MIXED.fullmatch(words) is not None


def label_that_forbids(text: str) -> int:
    """Where the label ends that a text opens with, if it forbids: "Do not use: asthma"; else 0."""
    found = _LABEL_ENDS.search(text, 1, _LONGEST)
    return found.end() if found and forbids(text[: found.start()]) else 0


def label_that_forbids_or_warns(text: str) -> int:
    """The same for a label that may only ask for care."""
    found = _LABEL_ENDS.search(text, 1, _LONGEST)
    return found.end() if found and forbids_or_warns(text[: found.start()]) else 0


def forbidding(headings: Sequence[str]) -> str:
    """The words of the nearest of `headings`, outermost first, if it forbids; else ""."""
    return _nearest(headings, forbids)


def forbidding_or_warning(headings: Sequence[str]) -> str:
    """The same for a heading that stands over cautions besides."""
    return _nearest(headings, forbids_or_warns)


def _nearest(headings: Sequence[str], does: Callable[[str], bool]) -> str:
    for heading in reversed(headings):
        if does(heading):
            words = _words(heading)
            return words.capitalize() if words.isupper() else f"{words[:1].upper()}{words[1:]}"
        if not _GRADES.fullmatch(_words(heading)):
            break
    return ""


def behind(words: str, text: str) -> str:
    """A text behind the `words` that forbid it, unless it is a sentence, says so or allows."""
    if not words or polarity_of(text) is Polarity.NEGATIVE:
        return text
    if _ALLOWS.search(text) or _SENTENCE.match(text):
        return text
    return text if words.lower() in text.lower() else f"{words}: {text}"


def _words(heading: str) -> str:
    found = _NUMBER.match(heading)
    return heading[found.end() if found else 0 :].strip(" \t\r\n:.;,*#_–—-")
