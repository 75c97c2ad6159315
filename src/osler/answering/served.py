"""Whom and by which routes a document as a whole serves.

A label says once that it is of tablets and for children from six years; its dose lines do not say
it again. What is read here holds for those lines that say nothing themselves.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from osler.answering.forms import SWALLOWED, routes_named
from osler.domain import Applies, Group, Patient, Polarity, Source, SourceId, Statement
from osler.domain.group import EVERYONE
from osler.dosage import find_routes
from osler.patterns import lazy
from osler.statements import applies

_YOUNG = frozenset({"neonate", "infant", "child", "adolescent"})
_GROWN = frozenset({"adult", "older"})
_ADULT_AGE = 18  # years
# A title or an owner of the young: "Infantile haemangioma", "St Anne's Children's Hospital".
_OF_THE_YOUNG = lazy(
    r"\b(?:child(?:ren)?(?:'?s|s?’s?)?|pa?ediatrics?|infantile|infants?|neonat(?:al|es?)|newborns?|"
    r"bab(?:y|ies)|toddlers?|school nurse|NICU|PICU|SCBU)\b",
    re.IGNORECASE,
)
# What is told of the young and is for their mothers, or for both.
_OF_MOTHERS = lazy(
    r"\b(?:breast-?\s?feed\w*|feeding|lactation|milk|mothers?|maternal|maternity|wom[ae]n\w*|"
    r"postnatal|pregnan\w+|obstetric\w*|labou?r|childbirth|birth|child[ -]?bearing|adults?|"
    r"family|families|vaccin\w+|immuni[sz]ation)\b",
    re.IGNORECASE,
)
_INDICATIONS = lazy(
    r"\bindicat(?:ions?|ed)\b|\bwhat (?:it|this) is (?:used )?for\b|\buses?\b|\bwho (?:it|this) is"
    r"\b|\bscope\b|\blicen[sc]ed (?:for|in)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Serves:
    """What a document says of all its doses."""

    routes: frozenset[str] = frozenset()  # the only ones that it names; empty: it names none
    young: Group | None = None  # the children that it is for, where it is for children alone

    def may_serve(self, patient: Patient) -> bool:
        """Whether it is for children alone, and the patient is one of those."""
        return self.young is not None and applies(self.young, patient).applies is not Applies.NO


UNTOLD = Serves()


def serves(source: Source, statements: Callable[[], Sequence[Statement]]) -> Serves:
    """What a source serves; its statements are asked for once."""
    known = _place(source.id, source.title)
    if not known:
        said = statements()
        known.append(Serves(_routes(source, said), _the_young(source, said)))
    return known[0]


@lru_cache(maxsize=4096)
def _place(source_id: SourceId, title: str) -> list[Serves]:
    """Where it is kept what a source serves."""
    return []


def _routes(source: Source, statements: Sequence[Statement]) -> frozenset[str]:
    titles = {source.title, *(heading for s in statements for heading in s.section)}
    texts = [s.text for s in statements if s.polarity is not Polarity.NEGATIVE]
    named = {route for text in titles for route in routes_named(text)}
    # "No infusion is held here": in passing, only what is swallowed is told by its form.
    named |= {r for text in texts for r in routes_named(text) if r in SWALLOWED or r in _told(text)}
    named |= {r for s in statements for d in s.dosages for r in (d.route, *d.routes) if r}
    return frozenset(named)


def _told(text: str) -> frozenset[str]:
    return frozenset(found.value for found in find_routes(text))


def _the_young(source: Source, statements: Sequence[Statement]) -> Group | None:
    """The children that a source is for, if it is for no adults."""
    kept = [
        s for s in statements if s.polarity is not Polarity.NEGATIVE and not s.text.endswith(":")
    ]
    if any(_is_of(s.group, _GROWN) for s in kept):
        return None
    named = f"{source.title} {source.organization or ''}"
    if _OF_MOTHERS.search(named):
        return None
    for statement in kept:
        above = (*statement.section[-1:], statement.text)
        if any(map(_INDICATIONS.search, above)) and _is_of(statement.group, _YOUNG):
            ages = (c for c in statement.group.criteria if c.attribute == "age")
            return Group(tuple(ages))
    return EVERYONE if _OF_THE_YOUNG.search(named) else None


def _is_of(group: Group, stages: frozenset[str]) -> bool:
    """Whether a group names one of these stages of life, or an age of adults among them."""
    return any(
        not c.negated
        and (
            c.value in stages
            or (stages is _GROWN and c.attribute == "age" and (c.low or 0) >= _ADULT_AGE)
        )
        for criterion in group.criteria
        for c in (criterion, *criterion.alternatives)
        if c.attribute in ("age", "life stage")
    )
