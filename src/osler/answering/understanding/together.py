"""Two drugs named side by side: whether a question asks how they go together."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

from osler.domain import Aspect, Term
from osler.statements.vocabulary.substances import find_substances, is_substance

_WITH = re.compile(
    r"[\s,]*(?:\w+\s+)?(?:(?:together |along |at the same time )?(?:with|as)|while (?:on|taking)|"
    r"whilst (?:on|taking)|when (?:on|taking)|alongside|if (?:on|taking)|in someone on)\s+"
    r"(?:an? |the |my |her |his )?",
    re.IGNORECASE,
)
_AND = re.compile(r"\s*(?:and|plus|\+|&|/)\s*", re.IGNORECASE)
_TOGETHER = re.compile(
    r"\b(?:interact\w*|together|combin\w+|same time|co-?prescri\w+|co-?administ\w+|concurrent\w*|"
    r"concomitant\w*)\b",
    re.IGNORECASE,
)
# Two drugs that are weighed against each other are not taken together.
_COMPARED = re.compile(
    r"\b(?:differ\w*|compar\w+|versus|vs|better|swap|switch\w*|chang\w+|convert\w*|instead|or|"
    r"which|allerg\w*|fail\w*|regimen|treat\w*|therapy)\b",
    re.IGNORECASE,
)
# What may be asked of two drugs beside whether they go together.
_OF_BOTH = frozenset({Aspect.ANY, Aspect.CONTRAINDICATION, Aspect.CAUTION, Aspect.INTERACTION})


def go_together(question: str) -> bool:
    """Whether two drugs are named side by side, as taken at the same time."""
    drugs = find_substances(question)
    if len({d.name for d in drugs}) < 2 or _COMPARED.search(question):
        return False
    if _TOGETHER.search(question):
        return True
    for one, other in pairwise(drugs):
        between = question[one.end : other.start]
        if one.name == other.name:
            continue
        if _WITH.fullmatch(between):
            return True
        if _AND.fullmatch(between) and not _is_combination(one.name, other.name):
            return True
    return False


def _is_combination(one: str, other: str) -> bool:
    return any(is_substance(name) for name in (f"{one}-{other}", f"{other}-{one}"))


def together(
    question: str, named: tuple[Term, ...], aspects: tuple[Aspect, ...]
) -> tuple[tuple[Term, ...], tuple[Aspect, ...]]:
    """The terms and aspects of a question; of two drugs and no dose, those of an interaction.

    One of the drugs is then the subject, and the others are what it is taken with.
    """
    drugs = [t for t in named if t.kind in ("substance", "co-drug")]
    conditions = any(t.kind not in ("substance", "co-drug") for t in named)
    if len(drugs) < 2 or conditions or not _OF_BOTH.issuperset(aspects):
        return named, aspects
    if not go_together(question):
        return named, aspects
    subject, *others = drugs
    beside = [replace(t, kind="co-drug") for t in others]
    if aspects == (Aspect.ANY,):
        return (subject, *beside), (Aspect.INTERACTION,)
    both = tuple(dict.fromkeys((*aspects, Aspect.INTERACTION)))
    return (subject, *beside), both
