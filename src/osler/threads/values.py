"""Bare numbers in a follow-up: "and at 55?" after a clearance of 25, "not 3, 8"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from osler.domain import Patient
from osler.patterns import lazy
from osler.statements import find_conditions

_BARE = lazy(
    r"^\W*(?:(?:and|but|or|what|how|about|if|no|actually|sorry|now|it|that|this|he|she|is|was|were|"
    r"drops?|dropped|falls?|fell|rises?|rose|goes|went|to|at|down|up|only)\b\W*)*"
    r"(?P<value>(?:(?:below|under|less than|above|over|more than|[<>]=?)\s*)?\d+(?:\.\d+)?)\W*$",
    re.IGNORECASE,
)


def named_value(text: str, patient: Patient) -> str:
    """The text with its bare number as the one value that is known of the patient.

    Left as it is where no value is known, or several: then nobody can tell which is meant.
    """
    match = _BARE.match(text)
    known = [
        *(["eGFR"] if patient.egfr is not None else []),
        *(["CrCl"] if patient.crcl is not None else []),
        *(["BMI"] if patient.bmi is not None else []),
        *(name.upper() if len(name) <= 3 else name for name, _ in patient.measurements),
    ]
    if match is None or len(known) != 1:
        return text
    return f"{known[0]} {match['value']}?"


def named_part(text: str, known: Sequence[str]) -> str:
    """The text with a bare part of a name in its place: "no, it was the knee" of a hip replacement.

    Left as it is where it fits in no name that is known, or in several.
    """
    words = _OTHER_PART.sub("", _AROUND.sub("", text)).strip(" ,.;:?!")
    if not words or len(words.split()) > _LONGEST_PART or find_conditions(words, any_case=True):
        return text
    named = {name for old in known for name in _with_part(words.lower(), old) if name != old}
    return f"no, {named.pop()}" if len(named) == 1 else text


_LONGEST_PART = 2  # words
_AROUND = lazy(
    r"^\W*(?:(?:no|nope|sorry|oops|actually|and|but|or|wait|i|it|that|this|he|she|was|is|had|it['’]s|mean|meant|in|fact|"
    r"what|about|how|if|the|an?|her|his|for|of|on|after|rather|only)\b\W*)*|(?:\W*\b(?:actually|instead|sorry|then|though|one))*\W*$",
    re.IGNORECASE,
)
_OTHER_PART = lazy(r"\W+\bnot\s+(?:the\s+|an?\s+)?[\w-]+(?:\s+[\w-]+)?$", re.IGNORECASE)


def _with_part(words: str, name: str) -> Iterator[str]:
    """The names of the lexicon that a name becomes with other words for its first or last."""
    parts = name.lower().split()
    for at in range(1, len(parts)):
        for said in (f"{words} {' '.join(parts[at:])}", f"{' '.join(parts[:at])} {words}"):
            for found in find_conditions(said, any_case=True):
                if found.start == 0 and found.end == len(said):
                    yield found.name


_NOT_BUT = lazy(
    r"^\W*(?:(?:no|sorry|oops|actually|i mean)\b\W*)*not\s+(?P<old>\d+(?:\.\d+)?)\s*\w*\W+"
    r"(?:but\s+|it['’]s\s+)?(?P<new>\d+(?:\.\d+)?)\s*(?:years?|months?|kg|old|\s)*\W*$",
    re.IGNORECASE,
)
# "Sorry 48 not 78!!", "typo, 85 not 58"
_BUT_NOT = lazy(
    r"^\W*(?:(?:no|sorry|oops|actually|i mean|typo|meant|make that|he['’]?s|she['’]?s|he is|"
    r"she is|it['’]?s)\b\W*)*"
    r"(?P<new>\d+(?:\.\d+)?)\s*\w{0,6}\W{0,3}not\s+(?P<old>\d+(?:\.\d+)?)(?![^.!?]*\?)",
    re.IGNORECASE,
)
_NUMBERS = ("age_years", "weight_kg", "height_cm", "bmi", "egfr", "crcl", "creatinine_umol_l")


def put_right(text: str, patient: Patient) -> Patient | None:
    """The patient with one number in place of another: "no, not 3, 8". None for any other text.

    None too where no fact has the number, or several: then nobody can tell which is meant.
    """
    match = _NOT_BUT.match(text) or _BUT_NOT.match(text)
    if match is None:
        return None
    old, new = Decimal(match["old"]), Decimal(match["new"])
    meant = [name for name in _NUMBERS if getattr(patient, name) == old]
    if len(meant) != 1:
        return None
    changed: dict[str, Any] = {meant[0]: new}
    if meant[0] == "age_years":
        changed["life_stage"] = None
    return replace(patient, **changed)
