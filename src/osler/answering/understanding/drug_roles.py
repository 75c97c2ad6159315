"""What a drug named in a question is to it: asked about, taken beside, left behind, or ruled out.

"Still wheezy after 2 lots of salbutamol, no theophylline. Magnesium dose?" names three drugs and
asks for one. The words around each tell which; they are data (`data/drug_roles.toml`).
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from enum import Enum
from functools import lru_cache
from pathlib import Path
from re import Pattern

from osler.patterns import lazy
from osler.statements.vocabulary.substances import find_substances
from osler.statements.words.lexicon import Found

_BEFORE = 80  # characters that are looked at on either side
_DATA = Path(__file__).parents[1] / "data" / "drug_roles.toml"
# What separates statements about drugs: the words of one say nothing of the next.
_CLAUSE = lazy(r"[.?!;]\s|\bbut\b|\bhowever\b", re.IGNORECASE)
_LISTED = lazy(r"\s*(?:/|&|\+|,?\s*\b(?:and|or|nor)\b)\s*(?:the\s+)?", re.IGNORECASE)


class Role(Enum):
    """In the order in which a role prevails where a drug is named twice."""

    ASKED = "asked"  # nothing says otherwise
    TAKEN = "taken"  # the patient has it, and perhaps another beside it
    LEFT = "left"  # the patient goes from it to another
    TRIED = "tried"  # was given, and did not do
    OUT = "out"  # is not taken, not wanted, not tolerated, or not to be had


_PREVAILS = list(Role)


def drug_roles(question: str) -> dict[str, Role]:
    """Give each drug of a question its role; of several, the first in the order of `Role`."""
    roles: dict[str, Role] = {}
    before: tuple[Found, Role] | None = None
    asked: Found | None = None  # the last one of which nothing else is said
    told = _told_only(question)
    drugs = find_substances(question)
    said = [_role(question, found) for found in drugs]
    added = any(role is Role.ASKED for role in said)
    on_topic = _asks_of_the_topic(question, drugs, said, told)
    for at, found in enumerate(drugs):
        if _OF_THE_ILLNESS.match(question, found.end):
            continue
        role = said[at]
        if role is None and before is not None and _goes_on(question, before[0], found):
            role = before[1]  # "no aspirin or ibuprofen"
        if role is None and at + 1 < len(drugs) and _goes_on(question, found, drugs[at + 1]):
            after = said[at + 1]
            role = after if after in (Role.OUT, Role.TRIED) else None  # "A + B no help"
        if role is None and on_topic and found.start >= told:
            role = Role.TAKEN
        told_before = found.start < told and not on_topic
        if role is None and told_before and not _is_taken_up_with(question, at, drugs, told):
            beside = _BESIDE.search(question, max(0, found.start - 40), found.start)
            topic = _IS_FOR.match(question, found.end)
            role = Role.TAKEN if beside else None if topic else Role.TRIED
        given = added and _BY_THE_CLOCK.match(question, found.end)
        if role is None and (given or _is_for_it(question, asked, found)):
            role = Role.TAKEN
        role = role or Role.ASKED
        asked = found if role is Role.ASKED else asked
        known = roles.get(found.name, role)
        roles[found.name] = min(role, known, key=_PREVAILS.index)
        listed = role in (Role.OUT, Role.TRIED)
        before = (found, role) if listed else None
    taken_up = _taken_up(question)
    return roles if taken_up is None else {**roles, taken_up: Role.ASKED}


_TOGETHER = lazy(r"\s*(?:[-+&/]|and|with|in)?\s*", re.IGNORECASE)


def _is_taken_up_with(question: str, at: int, drugs: Sequence[Found], told: int) -> bool:
    """Whether a drug that is told is given together with one that the asking sentence names again:
    "insulin dextrose for a potassium of 7. Doses, and more glucose after?"."""
    named_again = {found.name for found in drugs if found.start >= told}
    pairs = ((drugs[i], drugs[i + 1]) for i in (at - 1, at) if 0 <= i < len(drugs) - 1)
    return drugs[at].name in named_again or any(
        _TOGETHER.fullmatch(question, one.end, other.start) is not None
        and {one.name, other.name} & named_again
        for one, other in pairs
    )


# "Cyclizine. How much, if ondansetron is stopped?": it is named beside what is asked.
_BESIDE_THE_DOSE = lazy(
    r"(?:\bdos(?:e|es|age|ing)|\bhow\s+(?:much|often|long)|\bwhen)\b(?!\s+(?:of|for)\b)[^.?!]*"
    r"\b(?:if|when|while|with|without|on|after|before|alongside|beside|in)\s+(?:(?!of\b)\w+\s+){0,3}$",
    re.IGNORECASE,
)


def _asks_of_the_topic(
    question: str, drugs: Sequence[Found], said: Sequence[Role | None], told: int
) -> bool:
    """Whether the asking sentence wants none of the drugs that it names, so that it asks of the
    one that was named before it: "Paracetamol. What dose with naproxen?"."""
    asking = [(found, role) for found, role in zip(drugs, said, strict=True) if found.start >= told]
    return (
        told > 0
        and not asks_for_another(question)
        and all(
            _BESIDE_THE_DOSE.search(question, told, found.start)
            if role is None
            else role is not Role.ASKED
            for found, role in asking
        )
    )


# "Pegfilgrastim for 3-weekly docetaxel": what it is given for is not asked about.
_FOR_IT = lazy(
    r"[^.?!;:,]{0,40}\b(?:for|before|after|during|prior to|reverses?|reversing|reversal of|"
    r"(?:add(?:ed|ing)?|on top|in addition) (?:of|to))\s+"
    r"(?:(?:\d+[\s-]?)?(?:weekly|daily|hourly)\s+|(?:the|her|his|their|iv|oral|high[\s-]dose)\s+){0,3}",
    re.IGNORECASE,
)


def _is_for_it(question: str, asked: Found | None, found: Found) -> bool:
    """Whether a drug stands after one that is asked about as what that one is given for."""
    return asked is not None and _FOR_IT.fullmatch(question, asked.end, found.start) is not None


# "Hyoscine 60 mg/24h, add octreotide?": what is given by the clock, beside one that is asked for.
_BY_THE_CLOCK = lazy(
    r"\s+\d[\d.,]*\s*(?:m?c?g|micrograms?|units?|ml)?\s*(?:/\s*(?:24\s?h\w*|day)|od|bd|tds|qds|nocte|"
    r"daily|a day|per day|(?:once|twice) (?:daily|a day))\b",
    re.IGNORECASE,
)
# "Insulin with glucose for hyperkalaemia. Doses?": the topic is named, and nothing told.
_IS_FOR = lazy(r"\s+(?:[\w-]+\s+){0,3}(?:for|in)\s", re.IGNORECASE)
# "Needs ciprofloxacin. Do I change the pirfenidone?"
_BESIDE = lazy(
    r"\b(?:needs?|needing|requires?|prescribed|started|starting|put|wants?|having)\s+(?:\w+\s+){0,2}$",
    re.IGNORECASE,
)
_SENTENCE = lazy(r"[.?!]\s+")
_ASKS = lazy(r"\b(?:dos(?:e|es|age|ing)|how|what|which|when|should|can)\b|\?", re.IGNORECASE)


def _told_only(question: str) -> int:
    """Where the sentence begins that asks and names a drug; what is named before it is told.

    "Rocuronium given, count of 0. How much sugammadex?" asks for one drug.
    """
    start, told = 0, 0
    for stop in (*_SENTENCE.finditer(question), None):
        end = stop.end() if stop else len(question)
        sentence = question[start:end]
        if _ASKS.search(sentence):
            told = start if find_substances(sentence) else 0
            break
        start = end
    return told


# "No immunoglobulin was to be had there. Do we give it now?"
_IT = lazy(
    r"\b(?:giv(?:e|en|ing)|hav(?:e|ing)|restart\w*|start\w*|stop\w*|tak(?:e|ing)|us(?:e|ing)|"
    r"repeat\w*|continu\w*|need|hold|halve|reduce|increase|carry on with|is|should|can|does)\s+"
    r"(?:it|them)\b",
    re.IGNORECASE,
)


def _taken_up(question: str) -> str | None:
    """The drug that the sentence that asks takes up by a pronoun, naming none itself."""
    told, end, asking = question.rstrip(" ?").rpartition(". ")
    before = find_substances(told) if end and not asks_for_another(question) else ()
    if not before or find_substances(asking):
        return None
    return before[-1].name if _IT.search(asking) else None


# "No known isoniazid resistance", "dapsone-induced": said of what is treated.
_OF_THE_ILLNESS = lazy(
    r"[\s-]*(?:resistan|sensitiv|susceptib)\w*|[\s-](?:induced|related|associated)\b", re.IGNORECASE
)


def _goes_on(question: str, one: Found, other: Found) -> bool:
    return _LISTED.fullmatch(question, one.end, other.start) is not None


def was_tried(question: str, start: int, end: int) -> bool:
    """Whether what stands there is told to have been given and not to have done: a drug or a way
    of giving one, as in "not responding to nebulisers"."""
    return _role_of(question, start, end) is Role.TRIED


def _role(question: str, found: Found) -> Role | None:
    return _role_of(question, found.start, found.end)


def _role_of(question: str, start: int, end: int) -> Role | None:
    before = _CLAUSE.split(question[max(0, start - _BEFORE) : start])[-1]
    after = question[end : end + _BEFORE]
    for role, side, cue in _cues():
        said = cue.search(before) if side == "before" else cue.match(after)
        if said and not (role is Role.LEFT and _stays(before, after)):
            return role
    return None


# "Do I change the pirfenidone?": to nothing else.
_FROM = lazy(r"\b(?:from|off|replaced)\b[^,]{0,30}$", re.IGNORECASE)
_ELSEWHERE = lazy(r"\b(?:to|onto|for|over|with)\b|->|→", re.IGNORECASE)


def _stays(before: str, after: str) -> bool:
    """Whether nothing is said of what comes in place of a drug that is changed."""
    if _FROM.search(before):
        return False
    return _ELSEWHERE.search(_CLAUSE.split(after, maxsplit=1)[0]) is None


def asks_which_drug(question: str) -> bool:
    """Whether it is left open which drug is to be given: "which drug first"."""
    return _which().search(question) is not None


@lru_cache(maxsize=1)
def _which() -> Pattern[str]:
    return lazy(rf"\b(?:{'|'.join(_data()['which']['words'])})\b", re.IGNORECASE)


_ELECTROLYTES = frozenset({"sodium", "potassium", "calcium", "magnesium", "phosphate", "glucose"})
_CHECKED = lazy(
    r"\b(?:re-?)?(?:check\w*|monitor\w*|measur\w*|repeat|test\w*|serum|plasma|blood|low|high|raised|"
    r"normal)\s+(?:(?:her|his|the|their|serum|plasma|blood|for|my|[\w&]+\s+and|[\w&]+,)\s+)*$",
    re.IGNORECASE,
)
_WITH_A_VALUE = lazy(
    r"\s*(?:levels?\b|(?:(?:is|was|of|now|at|=|:)\s*)*[<>]?\s*\d+(?:\.\d+)?"
    r"(?!\d|\s*(?:m?c?g|g|mmol(?!\s*/)|m?l|%|tablets?|units?)\b))",
    re.IGNORECASE,
)


def is_measured(question: str, found: Found) -> bool:
    """Whether a salt is named as what is measured in the blood: "potassium 3.6"."""
    if found.name not in _ELECTROLYTES:
        return False
    before = _CHECKED.search(question, max(0, found.start - 40), found.start)
    return before is not None or _WITH_A_VALUE.match(question, found.end) is not None


def asks_for_another(question: str) -> bool:
    """Whether it is asked what to give in place of a drug, or after it."""
    return _another().search(question) is not None


@lru_cache(maxsize=1024)
def ruled_out(question: str) -> frozenset[str]:
    """The drugs that are not to be had or given, where it is asked what to give in their place."""
    if not asks_for_another(question):
        return frozenset()
    return frozenset(name for name, role in drug_roles(question).items() if role is Role.OUT)


@lru_cache(maxsize=1)
def _data() -> dict[str, dict[str, list[str]]]:
    with _DATA.open("rb") as file:
        return tomllib.load(file)


@lru_cache(maxsize=1)
def _cues() -> tuple[tuple[Role, str, Pattern[str]], ...]:
    """The cues in the order in which they are tried: what is plainly said comes first."""
    data = _data()
    small = "|".join(data["words"]["small"])
    found = []
    for step in data["order"]["steps"]:
        name, side = step.rsplit(" ", 1)
        said = "|".join(data[name][side])
        pattern = (
            rf"\b(?:{said})\s+(?:(?:{small})\s+)*(?:\w+\s*[/+&]\s*)?$"
            if side == "before"
            else rf"[\s-]*(?:{said})(?![\w-])"
        )
        found.append((Role(name), side, lazy(pattern, re.IGNORECASE)))
    return tuple(found)


@lru_cache(maxsize=1)
def _another() -> Pattern[str]:
    return lazy(rf"\b(?:{'|'.join(_data()['another']['words'])})\b", re.IGNORECASE)


def names_of(roles: dict[str, Role], *wanted: Role) -> tuple[str, ...]:
    """The drugs that have one of these roles."""
    return tuple(name for name, role in roles.items() if role in wanted)
