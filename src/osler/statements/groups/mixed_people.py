"""Titles and headings that name children beside others, and so say of no dose that it is theirs.

Under "Ketorolac for adults and children" and "Surgery and paediatrics" a dose may be an adult's.
"""

from __future__ import annotations

import re
from dataclasses import replace

from osler.domain import Combinator, Criterion, Group
from osler.patterns import lazy
from osler.statements.groups.growth import YOUNG
from osler.statements.vocabulary.conditions import find_conditions

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
    if not stages & YOUNG or any(m.attribute == "age" for m in members):
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
    """Whether "and" joins the care of children to other specialties: "Surgery and paediatrics".

    An illness joined to an age still says whom the lines are for: "Sepsis and newborns".
    """
    parts = [part for part in _JOINED.split(text) if part]
    of_children = [bool(_CARE_OF_CHILDREN.search(part)) and not _rest(part) for part in parts]
    others = [part for part, is_so in zip(parts, of_children, strict=True) if not is_so]
    return any(of_children) and bool(others) and all(_names_a_specialty(part) for part in others)


def _names_a_specialty(part: str) -> bool:
    """Whether it names a specialty, and neither people nor an illness."""
    rest = _SPECIALTY.sub("", part)
    return rest != part and not _WORDS.search(rest) and not find_conditions(rest)


def _rest(text: str) -> str:
    return _PEOPLE.sub("", text)


_CARE_OF_CHILDREN = lazy(
    r"\b(?:p(?:a)?ediatrics?|neonatology|neonatal\s+care|child(?:ren['’]s)?\s+health)\b",
    re.IGNORECASE,
)
_SPECIALTY = lazy(
    r"\b(?:(?:\w+\s+)?(?:surgery|medicine)|obstetrics?|orthop(?:a)?edics?|an(?:a)?esthe(?:sia|tics)|"
    r"(?:intensive|critical|palliative|primary|emergency|maternity)\s+care|general\s+practice|"
    r"emergenc(?:y|ies)|psychiatry|geriatrics?|dentistry|\w*oncology|"
    r"(?!(?:pos|(?:a)?eti|path|physi|termin|epidemi)o)\w{4,}ology)\b",
    re.IGNORECASE,
)
_WORDS = lazy(
    r"\b(?:adults?|child(?:ren)?|p(?:a)?ediatric\w*|neonat\w+|newborns?|infants?|bab(?:y|ies)|"
    r"toddlers?|adolescents?|teenagers?|young|older|elderly|women|men|pregnan\w+|breast-?feed\w*)\b",
    re.IGNORECASE,
)
