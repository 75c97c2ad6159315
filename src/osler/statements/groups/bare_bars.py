"""Bars without a verb: "Not in pregnancy." is said of the pregnant, and keeps the drug from them.

Behind a dose the same words tell who is left: "100 mg, not in pregnancy" is for who is not
pregnant.
"""

from __future__ import annotations

import re

from osler.domain import Group
from osler.patterns import lazy
from osler.statements.groups.reading import read_group
from osler.statements.vocabulary.substances import find_substances

# "Not", behind nothing or behind the name of what is barred, and then whom it is kept from. What
# somebody is "not on" or is "not", they are without.
_BARE_BAR = lazy(
    r"(?P<barred>[^.;:!?]{0,60}?)[:,]?\s*\b(?P<not>not|never)\s+"
    r"(?:to be used\s+)?(?=(?:in|with|if|when|while|whilst|during|for|under|below|above|over|"
    r"between|until|after|within)\b)[^.;:!?]*(?:\d\.\d[^.;:!?]*)*[.!]?",
    re.IGNORECASE,
)


# "Parkinson's disease: not": the bar stands behind whom it is for.
_SAID_LAST = lazy(
    r"\(?[^.;:!?()]{3,60}:\s*(?:not|never|avoid|do not (?:use|give))\s*[.!]?\)?", re.IGNORECASE
)
# "Give when all are true:", "Suitable for those:": what it opens are the people who are meant.
_MEANT = lazy(
    r"\b(?:if|when|where|all|any|both|one|who|criteria|eligible|suitable|includes?|offer)\b",
    re.IGNORECASE,
)
_BARS = lazy(r"\b(?:not|never|avoid|contra-?indicated)\b", re.IGNORECASE)


def tells_who_is_meant(lead: str) -> bool:
    """Whether the lead-in of a list opens what must be so, and not what is said of a drug."""
    opens = lead.rstrip().endswith(":") and _MEANT.search(lead) is not None
    return opens and _BARS.search(lead) is None


def group_of_bare_bar(text: str) -> Group | None:
    """The people from whom a bar without a verb keeps a drug; None where a text is no such bar."""
    if _SAID_LAST.fullmatch(text.strip()):
        whole = read_group(text)
        return whole if whole.criteria else None
    found = _BARE_BAR.fullmatch(text.strip())
    if found is None or not _is_a_name(found["barred"]):
        return None
    group = read_group(f"Do not give {text.strip()[found.end('not') :].lstrip()}")
    return group if group.criteria else None


def _is_a_name(words: str) -> bool:
    """Whether words are nothing, or the name of a drug alone."""
    rest = words.strip(" *_-•")
    if not rest:
        return True
    return any(f.start == 0 and f.end == len(rest) for f in find_substances(rest))
