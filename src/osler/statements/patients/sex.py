"""Whether a question speaks of a woman or a man, and not of who brings or nurses them."""

from __future__ import annotations

import re
from decimal import Decimal

from osler.patterns import lazy
from osler.statements.patients.age import age_and_sex

_KIN = (
    r"mum|mom|mother|mummy|wife|niece|grand\w+|gran|nan|daughter|sister|aunt|dad|father|husband|son|"
    r"brother|uncle|nephew|partner|boyfriend|girlfriend|parents|carer|baby"
)
# Who is named a woman or a man is; then who is spoken of as "she" or "he"; a relative only where
# nobody else is, and the mother of a child never is ("mum says she vomits").
_SEXES = (
    (
        lazy(r"\b(?:female|woman|women|lady|girl|schoolgirl|lass)\b(?!friend)", re.IGNORECASE),
        lazy(
            r"\b(?:male|man|men|gentleman|(?:an?|the|this|old|elderly|yo|y/o)\s+gent(?!\s+(?:dose|"
            r"level))|boy|schoolboy|(?-i:lad|Lad)|bloke|chap|guy)\b(?!friend)",
            re.IGNORECASE,
        ),
    ),
    (
        lazy(rf"\b(?:she|her(?!-?2)(?!\s+(?:{_KIN})\b))\b", re.IGNORECASE, "she|her"),
        lazy(rf"\b(?:he|him|his(?!\s+(?:{_KIN})\b))\b", re.IGNORECASE),
    ),
    (
        lazy(
            r"\b(?:mum|mom|mother|mummy|wife|niece|grand(?:mother|ma)|gran|nan|daughter|sister|aunt)\b",
            re.IGNORECASE,
        ),
        lazy(
            r"\b(?:dad|father|husband|grand(?:father|pa|ad)|son|brother|uncle|nephew)\b",
            re.IGNORECASE,
        ),
    ),
)
_OLDEST_CHILD = 15  # years
_A_CHILD = lazy(r"\b(?:baby|infant|neonate|newborn|toddler|child)\b", re.IGNORECASE)
_GROWN_UP = lazy(
    r"\b(?:mum|mom|mother|mummy|wife|grand\w+|gran|nan|aunt|dad|father|husband|uncle)\b",
    re.IGNORECASE,
)


def tells_sex(word: str) -> bool:
    """Say whether a word makes the patient a woman or a man: "brother", "wife"."""
    return any(pattern.search(word) for pair in _SEXES for pattern in pair)


def sex_of(text: str, years: Decimal | None) -> str | None:
    """Give "female", "male" or None, of a patient of so many years."""
    both = age_and_sex(text)
    if both is not None:
        return both[1]
    for pair in _SEXES:
        female, male = (pattern.search(text) for pattern in pair)
        first = min((m for m in (female, male) if m), key=lambda m: m.start(), default=None)
        if first is None:
            continue
        is_child = years <= _OLDEST_CHILD if years is not None else _A_CHILD.search(text)
        if is_child and _GROWN_UP.match(first.group()):
            return None
        return "female" if first is female else "male"
    return None
