"""Titles and headings that name children beside others, and so say of no dose that it is theirs.

Under "Ketorolac for adults and children" and "Surgery and paediatrics" a dose may be an adult's.
"""

from __future__ import annotations

import re
from dataclasses import replace

from osler.domain import Combinator, Criterion, Group
from osler.patterns import lazy

_YOUNG = frozenset({"neonate", "infant", "child", "adolescent"})
_JOINED = lazy(r"\s*(?:\band\b|&|\+|/)\s*", re.IGNORECASE)
# "Adults and children with asthma" says whom the lines are for.
_PICKS_OUT = lazy(r"\b(?:with|who|whose|having)\b", re.IGNORECASE)
# What names people, or that there are doses, and no other matter.
_PEOPLE = lazy(
    r"\b(?:adults?|child(?:ren)?(?:['’]s)?|p(?:a)?ediatrics?|neonat\w+|newborns?|infants?|bab(?:y|ies)|"
    r"toddlers?|adolescents?|teenagers?|young|older|elderly|people|persons?|patients?|women|men|"
    r"dos(?:e|es|age|ages|ing)|posology|usual|recommended|use|using|medicines?|drugs?|treatment|"
    r"prescribing|of|for|in|the|all|ages?|both|and|or|only)\b|[\W\d_]+",
    re.IGNORECASE,
)


def without_mixed_people(text: str, group: Group, *, is_title: bool = False) -> Group:
    """The people of a heading or title but for those that it names beside others.

    A heading that names nothing but people ("Adults and children") says whom its lines are for;
    a title names them for the whole of the document, which has lines for either.
    """
    members = [m for c in group.criteria for m in (c, *c.alternatives) if not m.negated]
    stages = {m.value for m in members if m.attribute == "life stage"}
    if not stages & _YOUNG or any(m.attribute == "age" for m in members):
        return group
    of_both = "adult" in stages and (is_title or bool(_rest(text)))
    if of_both and _PICKS_OUT.search(text) and not is_title:
        return group
    if of_both and group.combinator is Combinator.ANY:
        return Group()
    if not of_both and not _stand_beside_a_matter(text):
        return group
    kept = tuple(c for c in group.criteria if not _is_of_a_stage(c))
    return replace(group, criteria=kept)


def _is_of_a_stage(criterion: Criterion) -> bool:
    return all(m.attribute == "life stage" for m in (criterion, *criterion.alternatives))


def _stand_beside_a_matter(text: str) -> bool:
    """Whether "and" joins children to what names no people: "Surgery and paediatrics"."""
    parts = [part for part in _JOINED.split(text) if part]
    named = [bool(_WORDS.search(part)) for part in parts]
    alone = [is_so and not _rest(part) for is_so, part in zip(named, parts, strict=True)]
    return any(alone) and not all(named)


def _rest(text: str) -> str:
    return _PEOPLE.sub("", text)


_WORDS = lazy(
    r"\b(?:adults?|child(?:ren)?|p(?:a)?ediatric\w*|neonat\w+|newborns?|infants?|bab(?:y|ies)|"
    r"toddlers?|adolescents?|teenagers?|young|older|elderly|women|men|pregnan\w+|breast-?feed\w*)\b",
    re.IGNORECASE,
)
