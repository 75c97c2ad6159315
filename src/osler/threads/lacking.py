"""Drugs that are not to be had, or not to be given: "we've run out of it", "not a beta blocker"."""

from __future__ import annotations

import re

from osler.domain import Term
from osler.patterns import lazy
from osler.statements import find_substances

_BEFORE = lazy(
    r"\b(?:(?<!why )no|lack\w*|short of|(?:ran|run|runs|running) out of|out of|"
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


# "Something other than a beta blocker": a drug, or a whole class, is to be avoided.
_AVOIDED = lazy(
    r"\b(?:other than|apart from|besides|except(?: for)?|without|rather than|avoid\w*|"
    r"steer clear of|(?:any|some)thing but|(?<!why )no[t]?|(?:which|that) (?:is|are)n['’]?t)\s+"
    r"(?:(?:giv(?:e|ing)|us(?:e|ing)|start(?:ing)?|an?|another|the|any)\s+)*$",
    re.IGNORECASE,
)
_FORBIDDEN = lazy(
    r"\b(?:can|must|should|may)(?:n['’]?t|['’]t|not| not)\s+(?:have|take|get|use|be given|be on|"
    r"tolerate)\s+(?:(?:an?|the|any)\s+)*$",
    re.IGNORECASE,
)
# What stands before "no beta blocker", where something is asked for.
_ASKED_FOR = lazy(
    r"(?:^|[,;.!?–—]|\b(?:so|but|and|or|please|therefore|hence|though))\W*$|"
    r"\b(?:(?:some|any)(?:thing| other)|what|which|alternatives?|options?|choices?|an?other|give|"
    r"drugs?|agents?)\b",
    re.IGNORECASE,
)


def avoided(text: str, terms: tuple[Term, ...]) -> tuple[Term, ...]:
    """The drugs and classes of `terms` that a text asks to do without.

    "He has had no penicillin", "not on a beta blocker" tell something of the patient.
    """
    return tuple(term for term in terms if _is_avoided(text, term))


def _is_avoided(text: str, term: Term) -> bool:
    at = text.lower().find(term.text.lower())
    if at < 0 or _OF_IT.match(text, at + len(term.text)):
        return False
    without = _AVOIDED.search(text, 0, at)
    asked_for = without and _ASKED_FOR.search(text[: without.start()])
    return bool(asked_for or _FORBIDDEN.search(text, 0, at))


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
