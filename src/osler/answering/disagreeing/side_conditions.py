"""The conditions that a claim is for, and not those that it prevents, causes or excepts."""

from __future__ import annotations

import re
from collections.abc import Set
from decimal import Decimal
from functools import lru_cache

from osler.answering.advising.checks import ONLY_IF
from osler.answering.composing.compose import Composed
from osler.domain import Group, Patient, StatementKind
from osler.patterns import lazy
from osler.statements import find_conditions
from osler.statements.vocabulary.analytes import analyte_units
from osler.statements.vocabulary.conditions import is_a

# "5 to 7 mmol/L; in frailty, 7 to 10": of whom the rest does not speak.
_EXCEPTION = lazy(
    r"\b[\w\s]+\sincluded\b|;\s*(?:but\s+)?(?:in|for|with)\s[^;,.]{1,60},[^;.]*(?:[.]\d[^;.]*)*",
    re.I,
)


# What is to be prevented, or is feared: nothing that the patient has.
_PURPOSE = lazy(
    r"\b(?:because of|due to|to (?:prevent|avoid|reduce)|(?:prevention|risks?|chance) of)\s"
    r"(?:the\s|a\s)?(?:risk of\s)?[^.;:,]*|\b\w+\s(?:prevention|prophylaxis)\b",
    re.I,
)


# What a drug does, or why something is said, is nothing that the patient has.
_EFFECT = lazy(
    r"\b(?:(?:may|can|might|could)\s(?:also\s)?(?:cause|lead\sto|produce)|causes?|leads?\sto|"
    r"makes?\s(?:them|it|the\s\w+|patients?|people|children|infants?)|"
    r"(?:also\scovers?|also\streats?|is\salso\sactive\sagainst)\s|"
    r"low(?:ers|ering)\sthe\srisks?\sof|reduc(?:es|ing)\sthe\srisks?\sof)\b[^.;]*",
    re.I,
)

# "X is not to be used for cramps: deaths from …": why, and not for whom.
_WHY = lazy(
    r"(\b(?:not|no\slonger)\s(?:to\s)?(?:be\s)?(?:recommended|advised|used|given)\b[^.;:]{0,60}"
    r"(?<!\bin)(?<!\bfor)(?<!\bwith)(?<!\bfollowing)(?<!\bif)(?<!\bwhen)):\s[^.;]*",
    re.I,
)


@lru_cache(maxsize=8192)
def names_in(text: str) -> frozenset[str]:
    """The conditions that a text names."""
    return frozenset(found.name for found in find_conditions(text))


def prevented_by(text: str) -> frozenset[str]:
    """The conditions that a text only wants to prevent."""
    return names_in(text) - names_in(_PURPOSE.sub(" ", text))


def conditions_of(item: Composed, asked: Set[str]) -> frozenset[str]:
    """The conditions that a claim is for: none that it is to prevent in those asked about."""
    criteria = [c for s in item.claim.statements for c in s.group.criteria]
    negated = {c.value for c in criteria if c.negated}
    stated = {c.value for c in criteria if c.attribute == "condition" and c.value}
    text = _WHY.sub(r"\1", _EFFECT.sub(" ", item.claim.text))
    main = names_in(_EXCEPTION.sub("", text))
    if all(s.kind is StatementKind.MONITORING for s in item.claim.statements):
        main &= names_in(ONLY_IF.sub("", text))  # else it is not done
    excepted = names_in(item.claim.text) - main
    without = names_in(_PURPOSE.sub(" ", text))
    if any(is_among(name, asked) for name in without | stated):
        excepted |= main - without
        main &= without
    return frozenset((main | stated - excepted) - negated - ORGANS)


_JOINED_BY = lazy(r"\b(?:in|with|after|during|before|without|due|from|complicat\w+)\b", re.I)


def names_beside(item: Composed, asked: Set[str]) -> frozenset[str]:
    """What headings list beside something asked about: each alone is what the text is on.

    "Mountain sickness and cerebral oedema", "Pulmonary oedema (breathless at rest)"; but
    "hypertension in heart failure" is for who has both.
    """
    candidate = item.scored.candidate
    found: set[str] = set()
    for context in (*candidate.headings, *candidate.lead):
        names = names_in(context.quote)
        if any(is_among(n, asked) for n in names) and not _JOINED_BY.search(context.quote):
            found |= {n for n in names if not is_among(n, asked)}
    return frozenset(found - names_in(item.scored.candidate.statement.text))


# How a value that is too low or too high is called: "severe hypophosphataemia (below 0.3 mmol/L)".
_NAMED_VALUE = lazy(
    r"\b(?P<name>(?:hypo|hyper)(?P<stem>[a-z]{3,}?)a?emia)\s*\(\s*(?:[a-z]+\s)?"
    r"(?P<side>below|under|less than|<|above|over|more than|>|≥|≤)\s*(?P<n>\d+(?:\.\d+)?)"
    r"\s?(?P<unit>[a-z]+/[a-z]+)?",
    re.I,
)
_STEMS = {"kal": "potassium", "natr": "sodium", "glyc": "glucose", "uric": "uric acid"}


def named_by_value(text: str, patient: Patient) -> dict[str, bool]:
    """The conditions that a text only puts as a name to a value; whether the patient has it."""
    values = dict(patient.measurements)
    found: dict[str, bool] = {}
    for m in _NAMED_VALUE.finditer(text):
        stem, bound = m["stem"].lower(), Decimal(m["n"])
        of = _STEMS.get(stem) or next((v for v in values if v.startswith(stem)), "")
        value = values.get(of)
        if value is None or (m["unit"] or analyte_units()[of]) != analyte_units()[of]:
            continue
        low = m["side"].lower() in ("below", "under", "less than", "<", "≤")
        has = value < bound if low else value > bound
        found |= dict.fromkeys(names_in(m["name"]), has)
    return found


_CLAUSE = lazy(r"(?:[^.;:]|[.](?=\d))+")
_LIST = lazy(r"\bor\b|\bany(?:one)?\b|\([^,()]+,[^,()]+,", re.I)


def other_reasons(item: Composed, groups: list[Group], asked: Set[str]) -> frozenset[str]:
    """What a claim lists beside something that the patient has: each alone is a reason."""
    met = [c.text for g in groups for c in g.criteria if (c.low or c.high) is not None]
    found: set[str] = set()
    for clause in _CLAUSE.findall(item.claim.text):
        names = names_in(clause)
        has = any(is_among(n, asked) for n in names) or any(t and t in clause for t in met)
        if has and _LIST.search(clause):
            found |= {n for n in names if not is_among(n, asked)}
    return frozenset(found)


ORGANS = frozenset({"renal impairment", "chronic kidney disease"})  # compared as criteria


def is_among(name: str, others: Set[str]) -> bool:
    """Whether a condition is one of others, or a kind of one, or the other way round.

    A name that ends in another is a kind of it: "heavy menstrual bleeding" is bleeding.
    """
    return any(
        is_a(name, other)
        or is_a(other, name)
        or name.endswith(f" {other}")
        or other.endswith(f" {name}")
        for other in others
    )
