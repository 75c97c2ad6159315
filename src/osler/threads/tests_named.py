"""Tests named in a follow-up: "U&Es?", "and the INR?"."""

from __future__ import annotations

import re

from osler.patterns import lazy
from osler.statements.vocabulary.analytes import read_measurements
from osler.statements.vocabulary.conditions import find_tests
from osler.threads import cues

_SMALL = lazy(
    r"\b(?:and|or|the|what|which|how|about|any|need(?:ed|s)?|blood|bloods|tests?|checks?|when|"
    r"then|too|as|well|also|s|es)\b|\W+",
    re.IGNORECASE,
)


def is_only_tests(text: str) -> bool:
    """Whether a follow-up names tests and nothing else; one with its value tells, and asks none."""
    if read_measurements(text):
        return False
    words = cues.own_words(text)
    left = words
    for found in reversed(find_tests(words, any_case=True)):
        left = left[: found.start] + " " + left[found.end :]
    return left != words and not _SMALL.sub("", left)
