"""Whom and by which routes a document as a whole serves.

A label says once that it is of tablets and for children from six years; its dose lines do not say
it again. What is read here holds for those lines that say nothing themselves.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from osler.answering.candidates.forms import SWALLOWED, routes_named
from osler.domain import Applies, Group, Patient, Polarity, Source, SourceId, Statement
from osler.domain.group import EVERYONE
from osler.dosage import find_routes
from osler.patterns import lazy
from osler.statements import applies
from osler.statements.groups.growth import YOUNG

_GROWN = frozenset({"adult", "older"})
_ADULT_AGE = 18  # years
_CHILDREN = (
    r"(?:child(?!-?\s?(?:pugh|resistant|proof|safe|bearing|birth))(?:ren)?(?:'?s|s?’s?)?|"
    r"pa?ediatrics?|infantile|infants?|neonat(?:al|es?)|newborns?|bab(?:y|ies)|toddlers?|"
    r"adolescents?|young people|teenagers?|school nurse|NICU|PICU|SCBU)"
)
_JOINED = r"(?:and|or|as well as|also|plus|including)"
# A title or an owner of the young: "Infantile haemangioma", "St Anne's Children's Hospital".
_OF_THE_YOUNG = lazy(
    rf"\b{_CHILDREN}(?:(?:,|/|&|\s)+(?:{_JOINED}\s+)?{_CHILDREN})*\b", re.IGNORECASE
)
# "Surgery and paediatrics", "children and the elderly", "not for children": children among others,
# or left out.
_AMONG_OTHERS_BEFORE = lazy(
    rf"(?:\b{_JOINED}|&|/)\s+(?:the\s+|in\s+|for\s+|of\s+)*$|"
    r"\b(?:not|non|no|never|except|excluding|other than|unless|outside|beyond|older|elderly|men|"
    r"all ages|everyone|contacts|ante-?natal|perinatal|(?:post|ante|intra|peri)-?partum)\b",
    re.IGNORECASE,
)
_AMONG_OTHERS_AFTER = lazy(
    rf"^\s*(?:{_JOINED}\b|&|/)|\b(?:older|elderly|men|all ages|everyone|contacts)\b", re.IGNORECASE
)
# What is told of the young and is for their mothers, or for both.
_OF_MOTHERS = lazy(
    r"\b(?:breast-?\s?feed\w*|feeding|lactation|milk|mothers?|maternal|maternity|wom[ae]n\w*|"
    r"postnatal|pregnan\w+|obstetric\w*|labou?r|childbirth|birth|child[ -]?bearing|adults?|"
    r"family|families|vaccin\w+|immuni[sz]ation)\b",
    re.IGNORECASE,
)
# What may be an indication of the whole or of a part, or no indication at all.
_INDICATIONS = lazy(
    r"\bindicat(?:ions?|ed)\b|\bwhat (?:it|this) is (?:used )?for\b|\buses?\b|\bwho (?:it|this) is"
    r"\b|\bscope\b|\blicen[sc]ed (?:for|in)\b",
    re.IGNORECASE,
)
# A heading under which stands what the whole document is for.
_INDICATIONS_OF_ALL = lazy(
    r"(?:\d[\d.]*\s+)?(?:(?:therapeutic |licen[sc]ed )?indications?|"
    r"(?:what|who) (?:(?:it|this) is|.{1,40}\bis) (?:used )?for|uses?|scope)\W*",
    re.IGNORECASE,
)
# "Narcolepsy in children aged 6 years and over, when others failed": one thing, in children alone.
_IN_CHILDREN_ALONE = lazy(
    rf"(?:(?!\b(?:{_JOINED}|not|no|except|than|contacts|parents)\b)[^,;:.])*"
    rf"\b(?:in|for)\s+{_CHILDREN}\b"
    rf"(?:(?!\b{_JOINED}\b(?! (?:over|above|older|up|under|younger|below|{_CHILDREN})\b))[^,;:.]|"
    r"\.\d|,\s+(?:when|if|who|where|as part of)\b)*\.?\s*",
    re.IGNORECASE,
)
# "Treatment must be started by a specialist": no indication, though it stands among them.
_BY_WHOM = lazy(
    r"(?:(?:the )?(?:treatment|therapy)|it) (?:must|should)(?: only)? be "
    r"(?:under|(?:started|begun|initiated|prescribed|supervised) (?:by|under))\b[^.;:]*\.?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Serves:
    """What a document says of all its doses."""

    routes: frozenset[str] = frozenset()  # the only ones that it names; empty: it names none
    young: Group | None = None  # the children that it is for, where it is for children alone
    adults: bool = True  # False: nothing names them, and something that it is for names the young

    def may_serve(self, patient: Patient) -> bool:
        """Whether it says that it is for children alone, and the patient is one of those."""
        return self.young is not None and applies(self.young, patient).applies is not Applies.NO


UNTOLD = Serves()


def serves(source: Source, statements: Callable[[], Sequence[Statement]]) -> Serves:
    """What a source serves; its statements are asked for once."""
    known = _place(source.id, source.title)
    if not known:
        said = statements()
        known.append(Serves(_routes(source, said), *_people(source, said)))
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


def _people(source: Source, statements: Sequence[Statement]) -> tuple[Group | None, bool]:
    """The children that a source is for, if it says that it is for them alone, and whether it may
    be for adults."""
    kept = [
        s for s in statements if s.polarity is not Polarity.NEGATIVE and not s.text.endswith(":")
    ]
    if any(_is_of(s.group, _GROWN) for s in kept):
        return None, True
    named = f"{source.title} {source.organization or ''}"
    if _OF_MOTHERS.search(named):
        return None, True
    of_the_young = any(map(_names_children_alone, (source.title, source.organization or "")))
    young = _indicated_in(kept) or (EVERYONE if of_the_young else None)
    told = any(
        any(map(_INDICATIONS.search, (*s.section[-1:], s.text))) and _is_of(s.group, YOUNG)
        for s in kept
    )
    return young, not (young or told or _OF_THE_YOUNG.search(named))


def _names_children_alone(text: str) -> bool:
    """Whether a title names children, and nobody and nothing beside them."""
    return any(
        not _AMONG_OTHERS_BEFORE.search(text[: found.start()])
        and not _AMONG_OTHERS_AFTER.search(text[found.end() :])
        for found in _OF_THE_YOUNG.finditer(text)
    )


def _indicated_in(statements: Sequence[Statement]) -> Group | None:
    """The children that all indications of a document name, if each names them alone."""
    told = [
        s
        for s in statements
        if s.section
        and _INDICATIONS_OF_ALL.fullmatch(s.section[-1])
        and not _BY_WHOM.fullmatch(s.text)
    ]
    above = {s.section[:-1] for s in told}
    if len(above) != 1:
        return None
    outer = above.pop()
    if any(s.section[: len(outer)] != outer for s in statements):
        return None  # the indications of one drug of several
    if not all(_is_of(s.group, YOUNG) and _IN_CHILDREN_ALONE.fullmatch(s.text) for s in told):
        return None
    return Group(tuple(c for c in told[0].group.criteria if c.attribute == "age"))


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
