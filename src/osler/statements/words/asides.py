"""Criteria that a text mentions without narrowing down whom it is about."""

from __future__ import annotations

import re

from osler.domain import Criterion
from osler.patterns import lazy

# "Propylthiouracil (preferred in pregnancy)", "all adults (including pregnant women)"
_IN_BRACKETS = lazy(
    r"\(\s*(?:preferred|safer?|also|even|especially|particularly|including)\b[^()]{0,50}$",
    re.IGNORECASE,
)
# "250 mg 6 hourly; doses doubled for severe infections", "20 mg/kg, up to 80 mg/kg in severe"
_RAISED = lazy(
    r"\d.*\b(?:doubl\w+|increas\w+|rais\w+|up\s+to\s+\d)[^;:()]{0,45}\s(?:in|for)\s+$",
    re.IGNORECASE | re.DOTALL,
)
# "DVT, with or without PE": with it and without it alike.
_EITHER_WAY = lazy(
    r"\bwith\s*(?:or|and|/|and/or|\()\s*(?:without|out\))\s+"
    r"(?:(?:an?|the|any|known|concomitant|concurrent|associated|symptomatic|acute|other)\s+)*"
    r"(?:[\w-]+(?:\s+[\w-]+){0,2}(?:,|/|,?\s+(?:or|and)\b)\s*(?:an?\s+|the\s+)?){0,3}$",
    re.IGNORECASE,
)
# "7 mg/kg of ideal body weight; in an underweight patient actual weight is used": the second
# clause says by what weight, not for whom.
_BY_WHAT_WEIGHT = lazy(
    r"\b(?:actual|total|ideal|lean|adjusted|corrected|dosing)\s+(?:body\s+)?weight\b|\bA?[IDL]?BW\b",
    re.IGNORECASE,
)
_BUILDS = frozenset({"underweight", "overweight", "obesity"})
_PER_KG = lazy(r"/\s?kg\b|\bper\s+(?:kg|kilogram)", re.IGNORECASE)
_HAD_OR_NOT = frozenset({"condition", "procedure", "drug"})
# "Avoid at term: it can cause neonatal haemolysis": the harm that is feared, not who is treated
_HARM = lazy(
    r"\b(?:because|as it|since it|owing to|due to|(?:can|may|might|could) (?:also )?cause|"
    r"risk of|associated with|linked (?:to|with))\s(?:\w+\s){0,3}$",
    re.IGNORECASE,
)
_OF_ILLNESS = frozenset({"severity", "condition"})
# "It may exceed 300 mg a day even in CKD": with it as without it.
_EVEN = lazy(
    r"\b(?:even|regardless of|irrespective of|whether or not)\s+"
    r"(?:(?:in|with|if|for|when|during|there|is|are|has|have|the|an?|any|patients?|people|those|"
    r"severe|known)\s+)*$",
    re.IGNORECASE,
)
# "6 to 17 years, as for adults": the dose of others, and not for them here.
_AS_FOR = lazy(r"\b(?:as|like)\s+(?:(?:for|in|with)\s+)(?:the\s+|[a-z]+er\s+)?$", re.IGNORECASE)
_LIKE_OTHERS = frozenset({"life stage", "age"})
# "Until fever and rash have gone": how long, and not for whom.
_UNTIL = lazy(r"\b(?:until|till)\b[^.;:]{0,60}$", re.IGNORECASE)
_DOSED_APART = frozenset({"pregnancy", "breastfeeding", "life stage"})


def is_aside(text: str, start: int, end: int, criterion: Criterion) -> bool:
    """Say whether the criterion at `start:end` narrows nothing down.

    It is a remark in brackets, or is there "with or without" it, or only raises a dose: what
    is said of worse illness after a dose leaves that dose to everyone else.
    """
    before = text[max(0, start - 100) : start]
    if criterion.attribute in _HAD_OR_NOT and _EITHER_WAY.search(before):
        return True
    if criterion.attribute not in _DOSED_APART and _EVEN.search(before):
        return True
    if criterion.attribute in _LIKE_OTHERS and _AS_FOR.search(before):
        return True
    if criterion.attribute in _OF_ILLNESS and _UNTIL.search(before):
        return True
    if "(" in before and _IN_BRACKETS.search(before):
        return True
    if criterion.value in _BUILDS and _tells_the_weight(text, start, end):
        return True
    if criterion.text.lower().startswith(("neonatal", "fetal", "foetal")) and _HARM.search(before):
        return True
    return criterion.attribute in _OF_ILLNESS and _RAISED.search(before) is not None


def _tells_the_weight(text: str, start: int, end: int) -> bool:
    """Whether a later clause, itself without a dose, says what weight to dose its people by."""
    begin = text.rfind(";", 0, start)
    if begin < 0 or not _PER_KG.search(text, 0, begin):
        return False
    stop = text.find(";", end)
    clause = text[begin : stop if stop >= 0 else len(text)]
    return _BY_WHAT_WEIGHT.search(clause) is not None and not _PER_KG.search(clause)
