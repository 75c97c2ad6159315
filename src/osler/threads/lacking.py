"""Drugs that are not to be had: "if no artesunate", "we've run out of it"."""

from __future__ import annotations

import re

from osler.domain import Term
from osler.patterns import lazy
from osler.statements import find_substances

_BEFORE = lazy(
    r"\b(?:no|lack\w*|short of|(?:ran|run|runs|running) out of|out of|"
    r"(?:have|has|had)(?:n['’]?t| not)(?: got)?|(?:do|does|did)(?:n['’]?t| not) "
    r"(?:have|stock|keep)|"
    r"(?:can|could)(?:['’]?t|not| not|n['’]?t) (?:get|find|source|obtain)(?: hold of)?)"
    r"\s+(?:(?:any|more|the|enough|much|iv|im|oral)\s+)*$",
    re.IGNORECASE,
)
_AFTER = lazy(
    r"\s+(?:(?:tablets?|injections?|vials?|ampoules?)\s+)?(?:(?:is|are|was|has|have|been)\s+)*"
    r"(?:(?:is|are|was)n['’]?t |not |never )?(?:un-?available|(?<=t )(?:available|stocked|"
    r"in stock|to be had|here|kept)|out of stock|(?:run|ran|running) out|(?<=is )out(?! of)|"
    r"(?:not an option|off the table|ruled out)|"
    r"(?:can|could)(?:['’]?t|not|n['’]?t) be (?:had|found|got|obtained|sourced))\b",
    re.IGNORECASE,
)
# "No penicillin allergy" says nothing of what is in the cupboard.
_OF_IT = lazy(
    r"[\s-]*(?:allerg|intoleran|hypersensitiv|resistan|sensitiv|level|interaction|toxicity|overdose)",
    re.IGNORECASE,
)


# "None in stock", "not available here": of what was asked about.
_NONE = lazy(
    r"^\W*(?:(?:it|that|they)(?:['’]s| is| are)?\s+)?(?:(?:but|and|we|i|have|['’]ve|is|are|"
    r"currently)\s+)*"
    r"(?:out of stock|none (?:in stock|left|available|here)|no(?:ne|t)? (?:available|stocked|"
    r"in stock|stock|"
    r"supply|supplies)|un-?available|(?:ran|run|all) out|(?:can['’]?t|cannot) (?:get|find|"
    r"source) (?:it|any)|"
    r"(?:don['’]?t|haven['’]?t) (?:have|got|stock) (?:it|any)|(?:national |supply )?shortage)\b",
    re.IGNORECASE,
)


def lacking(text: str, asked: tuple[Term, ...] = ()) -> dict[str, str]:
    """The drugs that a text says are not to be had: their names, and the words for them.

    Where it names none, those asked about (`asked`) are meant.
    """
    if asked and _NONE.search(text) and not find_substances(text):
        return {t.name: t.name if t.text.lower() == t.name else t.text for t in asked}
    return {
        found.name: text[found.start : found.end]
        for found in find_substances(text)
        if not _OF_IT.match(text, found.end)
        and (_BEFORE.search(text[: found.start]) or _AFTER.match(text, found.end))
    }
