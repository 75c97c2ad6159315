"""Text that says nothing by itself: a sentence without its end, or one whose subject is lost.

"The patient should then continue with" leads to a list that is told elsewhere; "All of these are
taken three times daily" closes one. Beside what they belong to they are shown with it.
"""

from __future__ import annotations

import re

from osler.patterns import lazy

_NO_END = lazy(
    r"\b(?:with|of|for|by|the|an|and|or|to|from|include|includes|including|are|is|such as"
    r"|consists? of|(?:as|the) following)\s*[:\-–]?\s*\.?$",
    re.IGNORECASE,
)
_NO_SUBJECT = lazy(
    r"(?:all|any|each|both|either|one)(?:\s+of)?\s+(?:these|those|them|the above)\b", re.I
)
# For whom or when a dose is, told elsewhere: "The same reasons lead to 110 mg".
_FOR_THE_SAME = lazy(
    r"(?:(?:for|in|under|with|on)\s+)?(?:(?:the|these|those)\s+(?:very\s+)?)?(?:same|above|other|such)"
    r"\s+(?:reasons|criteria|conditions|circumstances|situations|cases|grounds|indications"
    r"|exceptions|patients|people|groups?)\b"
    r"|(?:for|in)\s+(?:these|those|such)\s+(?:reasons|cases|circumstances|situations)\b",
    re.I,
)


# "Other severe diseases should be treated accordingly": which, and how?
_AS_ELSEWHERE = lazy(r"others?\b[^.;:]*\b(?:accordingly|appropriately)\.?$", re.I)


# "Canada: September 2021": when a page was written.
_ONLY_A_DATE = lazy(
    r"(?:^|:\s)(?:(?:revised|updated|issued|reviewed|published|version)\s+)?(?:\d{1,2}\s+)?"
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december)"
    r"\s+(?:19|20)\d\d\.?$",
    re.I,
)


def is_unfinished(text: str) -> bool:
    """Whether a claim without a dose ends before its end, or speaks of what is not there."""
    text = text.strip()
    if _NO_END.search(text) or _ONLY_A_DATE.search(text):
        return True
    if _AS_ELSEWHERE.match(text):
        return True
    opening = _NO_SUBJECT.match(text)
    return opening is not None and ":" not in text


def leaves_open_for_whom(sentence: str) -> bool:
    """Whether a sentence gives its dose for what another one names, and it does not."""
    return _FOR_THE_SAME.match(sentence) is not None
