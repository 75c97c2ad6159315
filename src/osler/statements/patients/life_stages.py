"""The stage of life that a question tells of its patient: "newborn", "teenager", "elderly"."""

from __future__ import annotations

import re
from decimal import Decimal

from osler.patterns import lazy
from osler.statements.patients.births import gave_birth, is_planned

_STAGES = (
    (
        "neonate",
        lazy(
            r"\b(?:neonates?|neonatal|neonatorum|newborns?|new-?born)\b",
            re.IGNORECASE,
        ),
    ),
    ("infant", lazy(r"\b(?:infants?|bab(?:y|ies)|\d\d[-\s]?weekers?)\b", re.IGNORECASE)),
    ("adolescent", lazy(r"\b(?:adolescents?|teen(?:ager)?s?)\b", re.IGNORECASE)),
    (
        "child",
        lazy(
            r"(?<!as a )(?<!as )\b(?:child(?:ren)?(?!bearing|[-\s–]+(?:turcotte|pugh))|kids?|"
            r"toddlers?|pa?ediatrics?|pa?eds?|my (?:little )?(?:boy|girl)|schoolchild)\b",
            re.IGNORECASE,
        ),
    ),
    (
        "older",
        lazy(
            r"\b(?:elderly|older (?:adult|person|people|patient|man|woman|lady)s?|geriatric|"
            r"pensioner)\b",
            re.IGNORECASE,
        ),
    ),
    ("adult", lazy(r"\badults?\b|\bgrown[\s-]?(?:ups?|m[ae]n|wom[ae]n)\b", re.IGNORECASE)),
)
# What somebody of a told age cannot be, and from or up to which age.
_YOUNG = frozenset({"neonate", "infant", "child"})
_ADULT = 18  # years
_STILL_A_CHILD = 10
# "A baby of 9 kg", "a baby weighing 4 kg": it is there.
_BABY_OF = lazy(r"\bbab(?:y|ies)\s+(?:of|weigh\w*|aged?|with|who)\b|\bbaby,?\s+\d", re.IGNORECASE)
_BOY = lazy(r"(?<!as a )(?<!as )\b(?:boys?|girls?)\b(?!friend)", re.IGNORECASE, "boy|girl")


# "Anaphylaxis as a teenager", "since childhood": what somebody was.
_AS_IT_WAS = lazy(
    r"\b(?:as|when|while)\s+(?:(?:s?he|they|i)\s+(?:was|were)\s+)?(?:only\s+)?(?:an?\s+)"
    r"(?:(?:very\s+)?(?:young|small|little|tiny)\s+)?"
    r"(?:child|kid|bab(?:y|ies)|infants?|toddler|newborn|teen(?:ager)?|adolescent|schoolchild)\b"
    r"(?!\s+(?:is|has|with|who|weigh|of\b|aged|under|over|\d))|"
    r"\b(?:in|since|during)\s+(?:(?:her|his|my|their|early|late)\s+)*(?:teens|infancy|childhood)\b",
    re.IGNORECASE,
)


def life_stage(text: str, years: Decimal | None) -> str | None:
    """The stage of life told; a boy or girl of no told age is a child. What somebody was tells
    nothing of what they are."""
    text = _AS_IT_WAS.sub(" ", text)
    for stage, pattern in _STAGES:
        match = pattern.search(text)
        planned = is_planned(text) and not _BABY_OF.search(text)
        only_told_of = stage == "infant" and (planned or gave_birth(text))
        if match and not only_told_of and not _is_another_age(stage, years):
            return stage
    return "child" if years is None and _BOY.search(text) else None


def _is_another_age(stage: str, years: Decimal | None) -> bool:
    """Whether somebody of this age is not of this stage: "hoping for children", a man of 35."""
    if years is None:
        return False
    if stage in _YOUNG:
        return years >= _ADULT
    return stage in ("adult", "older") and years < _STILL_A_CHILD
