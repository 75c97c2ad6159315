"""Which of the drugs that a text names a dose is of."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise

from osler.domain import Dosage
from osler.statements import find_substances
from osler.statements.focus import given_in, without_occasions

# Between an amount and the drug it is of: "50 mg of oral thiamine", "2 g IV ceftriaxone".
_ADJACENT = re.compile(
    r"\s*(?:of\s+)?(?:(?:elemental|oral|intravenous|intramuscular|iv|im|po|soluble|injectable)\s+)*",
    re.IGNORECASE,
)
# After these words a drug is a companion, a comparison or a reason, not what is dosed.
_COMPANION = re.compile(
    r"\b(?:with|after|before|than|on|taking|to|from|by|despite|without|not|dose of|day of)\s+"
    r"(?:the\s+)?$",
    re.IGNORECASE,
)
# "With rifampicin, phenytoin or the like, begin at 21 mg/kg": so the others are named that are
# taken beside it.
_OPENING = re.compile(
    r"(?:with|(?:if|when)\s+(?:taken|given|used)\s+with|(?:in|for)\s+(?:[\w-]+\s+){1,2}"
    r"(?:taking|on|receiving))\b(?:[^,.;:()\d]|\([^()]*\)|,(?=[^,.;:()\d]*\bor\b))*,\s",
    re.IGNORECASE,
)
# "Highly emetogenic (for example cisplatin): 8 mg": an example in brackets is not dosed.
_EXAMPLE = re.compile(r"\((?:for example|for instance|e\.?g\.?|such as)\b[^()]*$", re.IGNORECASE)
# What follows is how a drug is measured, by a part of it.
_MEASURED_AS = re.compile(
    r"[,(]?\s*\b(?:(?:counted|expressed|measured|calculated|dosed|given)\s+)?as\s+(?:the\s+)?$",
    re.IGNORECASE,
)
# A volume after these words is what a drug is given in.
_VOLUMES = frozenset({"mL", "L"})
_DISSOLVED = re.compile(r"\b(?:in|with|into|dilute[sd]?|up to|made up to)\s+$", re.IGNORECASE)


def dosed_names(text: str, dosages: Iterable[Dosage]) -> tuple[str | None, ...]:
    """For each dosage of `text` the drug it is of, None where the text itself does not say.

    The drug directly behind the amount or directly before it, else the last one named before
    that is no companion ("four days after the methotrexate dose") and no poison ("opioid
    toxicity").
    """
    named = find_substances(text)
    given = without_occasions(text, given_in(text))
    opening = _OPENING.match(text)
    opened = opening.end() if opening else 0
    result: list[str | None] = []
    for dosage in dosages:
        if dosage.unit in _VOLUMES and _DISSOLVED.search(text, 0, dosage.amount_start):
            result.append(None)  # "50 units in 50 mL of sodium chloride 0.9 %"
            continue
        behind = next((f for f in named if f.start >= dosage.amount_end), None)
        if behind and _ADJACENT.fullmatch(text, dosage.amount_end, behind.start):
            result.append(behind.name)
            continue
        last = next((f for f in reversed(named) if f.end <= dosage.amount_start), None)
        if last and not text[last.end : dosage.amount_start].strip(" ,)"):
            measured = _MEASURED_AS.search(text, 0, last.start)
            whole = [f for f in named if measured and f.end <= measured.start()]
            # "best served by hydroxocobalamin 1 mg"; "co-trimoxazole, as trimethoprim 4 mg/kg"
            result.append(whole[-1].name if whole else last.name)
            continue
        before = [
            f.name
            for f in given
            if opened <= f.start < dosage.amount_start
            and not _COMPANION.search(text, 0, f.start)
            and not _EXAMPLE.search(text, 0, f.start)
        ]
        result.append(before[-1] if before else None)
    return tuple(result)


# "Cloxacillin or flucloxacillin - 25 mg/kg", not "amoxicillin or erythromycin 500 mg".
_EITHER = re.compile(r"\s+or\s+", re.IGNORECASE)
_FOR_BOTH = re.compile(r"\s*(?:[:–—]|\s-\s)\s*")


def dosed_alike_beside(text: str, name: str) -> tuple[str, ...]:
    """The drugs that share the doses of one, joined to it by "or" before a dash or colon."""
    named = find_substances(text)
    return tuple(
        one.name
        for one, other in pairwise(named)
        if other.name == name
        and _EITHER.fullmatch(text, one.end, other.start)
        and _FOR_BOTH.match(text, other.end)
    )


# Before these a drug only tells when, why or beside what another one is given.
_BESIDE = re.compile(
    r"\b(?:after|before|except(?: for| on)?|if|when|while|because|unless|without|despite|than)\s+"
    r"(?:(?:the|a|an|each|every|last|next|weekly|taking|day of)\s+){0,3}$",
    re.IGNORECASE,
)


def only_beside(text: str, dosages: Iterable[Dosage]) -> bool:
    """Whether every drug that a text names stands beside its doses, which are of another.

    "5 mg the day after methotrexate" and "1 mg daily except on the methotrexate day" leave
    out what is taken.
    """
    if any(name is not None for name in dosed_names(text, dosages)):
        return False
    return all(_BESIDE.search(text, 0, found.start) for found in find_substances(text))
