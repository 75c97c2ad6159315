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


# Words for who feeds a baby, or asks for herself.
_WHO_FEEDS = lazy(
    r"\b(?:mum|mom|mother|mummy|mama|wife|woman|lady|i|i['’]?m|nipples?|post-?\s?partum|"
    r"breast(?!-?\s?fe))\b",
    re.IGNORECASE,
)
_SHE = lazy(r"\bshe\b", re.IGNORECASE)
_A_GIRL = lazy(r"\b(?:daughter|girl)\b", re.IGNORECASE)
_A_BABY_BEFORE = lazy(
    r"\b(?:bab(?:y|ies)|infants?|newborns?|neonates?|daughter|son|boy|girl|twins?)\b", re.IGNORECASE
)
_HOW_IT_IS_FED = lazy(
    r"\b(?:exclusively|fully|only|solely|entirely|still|partly)\s+$", re.IGNORECASE
)


def is_fed(text: str, at: int) -> bool:
    """Whether "breastfeeding" is said of the baby that is the patient and not of its mother:
    "term baby, exclusively breast feeding"; not "breastfeeding, baby 3 weeks old"."""
    if _WHO_FEEDS.search(text) or (_SHE.search(text) and not _A_GIRL.search(text)):
        return False
    return bool(_A_BABY_BEFORE.search(text, 0, at) or _HOW_IT_IS_FED.search(text, 0, at))


_AT_A_BIRTH = lazy(
    r"\b(?:after|following)\s+(?:the\s+)?(?:birth|delivery|childbirth)\b|\bpost-?\s?partum\b|"
    r"(?:^|:\s*|\b(?:in|during|established)\s+)labou?r\b|\bintra-?\s?partum\b|"
    r"\bc(?:a?e|æ)sareans?\b|\b(?:perineal|degree)\s+tears?\b|\blochia\b|"
    r"\bremoval\s+of\s+(?:the\s+|a\s+)?(?:retained\s+)?placenta\b",
    re.IGNORECASE,
)
# What was, or is still to come: whoever is told of it may be in the middle of a pregnancy.
_AT_ANOTHER_TIME = lazy(
    r"\b(?:previous|prior|earlier|past|history\s+of|until|till|not|no)\s+"
    r"(?:(?:an?|the|yet|emergency|elective|planned)\s+)?$",
    re.IGNORECASE,
)


def is_at_a_birth(text: str) -> bool:
    """Whether a statement is on a birth or the time after it, whatever stands over it.

    "Before caesarean" is at it; "previous caesarean" and "until after delivery" are not.
    """
    return any(
        _AT_ANOTHER_TIME.search(text, max(0, found.start() - 40), found.start()) is None
        for found in _AT_A_BIRTH.finditer(text)
    )


def without_pregnancy(group: Group) -> Group:
    """A group without being pregnant: "in pregnancy" of a title, over what is at a birth."""
    kept = tuple(c for c in group.criteria if (c.attribute, c.value) != ("pregnancy", "pregnant"))
    return replace(group, criteria=kept)
