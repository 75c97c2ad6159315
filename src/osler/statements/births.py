"""A baby that a question only mentions: wanted, or born and well; its mother is the patient."""

from __future__ import annotations

import re
from dataclasses import replace

from osler.domain import Group
from osler.patterns import lazy

BIRTH = "childbirth"  # among the procedures of a patient who gave birth

_PLANNED = lazy(
    r"\b(?:for|having|have|planning|want|another|a)\s+(?:an?\s+)?bab(?:y|ies)\b", re.IGNORECASE
)
_GAVE_BIRTH = lazy(
    r"\b(?:gave birth|(?:has|have|had|just) given birth|delivered|post-?\s?partum|"
    r"post-?\s?natal|stillbirth|(?:baby|infant) (?:has |had )?(?:just )?died|"
    r"lost (?:her|the) baby)\b",
    re.IGNORECASE,
)
_HERSELF = lazy(
    r"\b(?:gave birth|given birth|post-?\s?partum|mum|mom|mother|she|her|woman|lady|wife)\b",
    re.IGNORECASE,
)
_BABY = lazy(r"\b(?:bab(?:y|ies)|infants?)\b", re.IGNORECASE)
_ONLY_TOLD_OF = lazy(
    r"(?:['’]s)?\s+(?:has\s+|had\s+|just\s+)*(?:died|stillborn)\b|"
    r"(?:['’]s)?\s+(?:is\s+|was\s+|both\s+|are\s+|blood\s+|group\s+)*(?:rh\w*|well\b|fine\b|"
    r"healthy\b|ok\b|[ABO]{1,2}\s+(?:pos|neg))",
    re.IGNORECASE,
)


def is_planned(text: str) -> bool:
    """Whether a baby is wanted or there is to be one: nobody is treated yet."""
    return _PLANNED.search(text) is not None


def gave_birth(text: str) -> bool:
    """Whether the patient gave birth: nothing is told to be wrong with the baby.

    Of "she delivered an hour ago, baby floppy" the baby may be.
    """
    if not (_GAVE_BIRTH.search(text) and _HERSELF.search(text)):
        return False
    return all(_ONLY_TOLD_OF.match(text, found.end()) for found in _BABY.finditer(text))


_AFTER_BIRTH = lazy(
    r"\b(?:after|following)\s+(?:the\s+)?(?:birth|delivery|childbirth)\b|\bpost-?\s?partum\b",
    re.IGNORECASE,
)


def is_after_birth(text: str) -> bool:
    """Whether a statement is on the time after a birth, whatever stands over it."""
    return _AFTER_BIRTH.search(text) is not None


def without_pregnancy(group: Group) -> Group:
    """A group without being pregnant: "in pregnancy" of a title, over what is after the birth."""
    kept = tuple(c for c in group.criteria if (c.attribute, c.value) != ("pregnancy", "pregnant"))
    return replace(group, criteria=kept)
