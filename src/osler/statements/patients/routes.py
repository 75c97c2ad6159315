"""Which routes are not to be had for the patient of a question."""

from __future__ import annotations

import re

from osler.patterns import lazy

_UNAVAILABLE = (
    (
        "oral",
        lazy(
            r"\b(?:NBM|NPO)\b|\b(?i:nil (?:by|per) (?:mouth|os)|nothing by mouth|(?:can['’]?t|"
            r"cannot|can not|unable to|not able to|struggl\w+ to) (?:swallow|take (?:\w+ )?"
            r"(?:by mouth|orally|tablets|oral))|not tolerating (?:oral|tablets)|"
            r"no oral (?:route|access|intake)|"
            r"(?:refus\w+|declin\w+) (?:all |any |her |his )?(?:oral|PO|tablets)|"
            r"unsafe swallow|oral route (?:is )?(?:not|un)\s?available)",
        ),
    ),
    (
        "nasogastric",
        lazy(
            r"\bng(?:t|[\s-]tube)?\s+(?:cannot|can['’]?t|could ?n['’]?t|could not|not|won['’]t|"
            r"failed|refused|pulled|out|is out)\b|"
            r"\bno (?:ng|ngt|enteral)\b(?: (?:tube|access|route))?",
            re.IGNORECASE,
            "ng|enteral",
        ),
    ),
    (
        "intravenous",
        lazy(
            r"\b(?:no|without|lost|failed|poor|difficult) (?:iv|i\.v\.|intravenous|venous)"
            r"(?: (?:access|line|route|cannula))?\b|(?:can['’]?t|cannot|can not|unable to) (?:get|"
            r"obtain|site|establish|secure) (?:an? )?"
            r"(?:iv|intravenous|venous|access|line|cannula)\b|"
            r"\biv (?:access )?(?:is )?(?:not (?:available|possible)|unavailable|impossible)",
            re.IGNORECASE,
        ),
    ),
)


def without_unavailable(text: str) -> str:
    """The text without the routes that are not to be had: of "nil by mouth, IM" only "IM" stays."""
    for _, pattern in _UNAVAILABLE:
        text = pattern.sub(" ", text)
    return text


def routes_unavailable(text: str) -> tuple[str, ...]:
    """The routes that a question says are not to be had: "NBM", "no IV access"."""
    return tuple(route for route, pattern in _UNAVAILABLE if pattern.search(text))
