"""A drug of a class that is to go with those asked about: "which antibiotics go with it?"."""

from __future__ import annotations

import re

from osler.domain import Question, Term
from osler.patterns import lazy
from osler.threads.topic import DRUGS, Topic
from osler.threads.wording import is_class

_WHICH = lazy(r"\b(?:what|which)\s+(?:[\w-]+\s+)?$", re.IGNORECASE)


def class_beside(text: str, new: Question, before: Topic) -> tuple[Term, ...]:
    """The class of which a drug is asked for, to go with those asked about: "what laxative"."""
    if not before.drugs or not _WITH_THAT.search(text):
        return ()
    known = {t.name for t in before.drugs}
    return tuple(
        t
        for t in new.terms
        if t.kind in DRUGS
        and t.name not in known
        and is_class(t)
        and (at := text.lower().find(t.text.lower())) >= 0
        and _WHICH.search(text, 0, at)
    )


_WITH_THAT = lazy(
    r"\b(?:with|alongside|beside|on top of|added to)\s+(?:it|that|this|them|these|those)\b|"
    r"\b(?:as well|in addition|on top)\W*$",
    re.IGNORECASE,
)
