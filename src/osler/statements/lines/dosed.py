"""Which of the drugs that a text names a dose is of."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from osler.domain import Dosage
from osler.patterns import lazy
from osler.statements.lines.companions import (
    asides,
    companions,
    given_in,
    may_be_of_either,
    without_occasions,
)
from osler.statements.vocabulary.diluents import is_diluent
from osler.statements.vocabulary.substances import find_substances, is_class
from osler.statements.words.lexicon import Found

# Between an amount and the drug it is of: "50 mg of oral thiamine", "2 g IV ceftriaxone",
# "a 500 mg dose of amoxicillin", "1 cm of the ointment".
_ADJACENT = lazy(
    r"\s*(?:\([^()]{1,25}\)\s*)?(?:(?:as\s+an?\s+)?(?:(?:loading|starting|first|single|bolus)\s+)?(?:dose|bolus|infusion|tablets?|capsules?|drops?|puffs?)\s+of\s+|of\s+)?"
    r"(?:(?:the|elemental|oral|intravenous|intramuscular|iv|im|po|soluble|injectable)\s+)*",
    re.IGNORECASE,
)
# "With rifampicin, phenytoin or the like, begin at 21 mg/kg": so the others are named that are
# taken beside it.
_OPENING = lazy(
    r"(?:with|(?:if|when)\s+(?:taken|given|used)\s+with|(?:in|for)\s+(?:[\w-]+\s+){1,2}"
    r"(?:taking|on|receiving))\b(?:[^,.;:()\d]|\([^()]*\)|,(?=[^,.;:()\d]*\bor\b))*,\s",
    re.IGNORECASE,
)
# What follows is how a drug is measured, by a part of it.
_MEASURED_AS = lazy(
    r"[,(]?\s*\b(?:(?:counted|expressed|measured|calculated|dosed|given)\s+)?"
    r"(?<!such )as\s+(?:the\s+)?$",
    re.IGNORECASE,
)
# "When noradrenaline has been above 0.25 mcg/kg/min", "once lithium is below 400 mg": a bound
# is on the drug that the words before it speak of, though that is not what is given.
_LIES = lazy(
    r"\s+(?:(?:doses?|rates?|infusions?|is|are|has|have|been|was|were|still|comes?|gone|goes|falls?|"
    r"fallen|runs?|running|rises?|stays?|down|up|to)\s+){1,5}"
    r"(?:above|over|below|under|beyond|at\s+least|(?:more|less|lower|higher)\s+than)\s+$",
    re.IGNORECASE,
)
# "Highly emetogenic (for example cisplatin): 8 mg": an example in brackets is not dosed.
# Nor is one of what quickens or slows another drug: "strong inducers, such as phenytoin, call
# for 800 mg".
_EXAMPLE = lazy(
    r"\((?:for example|for instance|e\.?g\.?|such as)\b[^()]*$"
    r"|\b(?:inducers?|(?:strong|potent|moderate|weak|CYP\w*|P-?gp|enzyme)\s+(?:[\w-]+\s+)?"
    r"(?:inhibitors?|substrates?))\b[,(\s]*(?:of\s+[\w-]+[,\s]*)?"
    r"(?:such\s+as|like|including|for\s+(?:example|instance),?|e\.?g\.?,?)\s+"
    r"(?:[\w-]+(?:\s*,\s*|\s+(?:or|and)\s+)){0,4}$",
    re.IGNORECASE,
)
# A volume after these words is what a drug is given in.
_VOLUMES = frozenset({"mL", "L"})
_DISSOLVED = lazy(r"\b(?:in|with|into|dilute[sd]?|up to|made up to)\s+$", re.IGNORECASE)


def dosed_names(text: str, dosages: Iterable[Dosage]) -> tuple[str | None, ...]:
    """For each dosage of `text` the drug it is of, None where the text itself does not say.

    The drug directly behind the amount or directly before it, else the last one named before
    that is no companion ("four days after the methotrexate dose") and no poison ("opioid
    toxicity").
    """
    named = find_substances(text)
    given = [
        f
        for f in without_occasions(text, given_in(text))
        if not _EXAMPLE.search(text, 0, f.start) and not is_diluent(text, f)
    ]
    beside = companions(text, named)
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
        if last and _stands_before(text, last, dosage.amount_start, last.start in beside):
            if dosage.unit == "%" and is_diluent(text, last):
                result.append(None)  # how strong the fluid is
                continue
            measured = _MEASURED_AS.search(text, 0, last.start)
            whole = [f for f in named if measured and f.end <= measured.start()]
            # "best served by hydroxocobalamin 1 mg"; "co-trimoxazole, as trimethoprim 4 mg/kg"
            # and "L-dopa/carbidopa (as levodopa) 50 mg" is levodopa's, which stands in both
            is_one_of_them = any(f.name == last.name for f in whole)
            result.append(whole[-1].name if whole and not is_one_of_them else last.name)
            continue
        if last and _LIES.fullmatch(text, last.end, dosage.amount_start):
            result.append(last.name)
            continue
        before = [f for f in given if opened <= f.start < dosage.amount_start]
        if before[1:] and may_be_of_either(text, *before[-2:]):
            result.append(None)
            continue
        result.append(next((f.name for f in reversed(before) if f.start not in beside), None))
    return tuple(result)


def _stands_before(text: str, drug: Found, amount: int, is_beside: bool) -> bool:
    """Whether a drug stands right before an amount, and none that is taken besides."""
    gap = text[drug.end : amount].strip()
    if is_beside and (gap or is_class(drug.name)):
        return False  # "without valproate, 25 mg", "on diuretics 1.25 mg"
    # "(dose expressed as levodopa): 50 mg", but not "(for example cisplatin): 8 mg"
    is_measure = gap.startswith(")") and _MEASURED_AS.search(text, 0, drug.start)
    return not gap.strip(" ,):" if is_measure else " ,)")


def only_beside(text: str, dosages: Sequence[Dosage]) -> bool:
    """Whether every drug that a text names stands beside its doses, which are of another.

    "5 mg the day after methotrexate" and "1 mg daily except on the methotrexate day" leave
    out what is taken.
    """
    if any(name is not None for name in dosed_names(text, dosages)):
        return False
    named = find_substances(text)
    return {found.start for found in named} <= asides(text, named)
