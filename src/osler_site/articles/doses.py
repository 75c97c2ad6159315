"""Whether a text states a dose: what no text without a citation may do."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import replace

from osler.answering.advising.relative_doses import find_changes
from osler.domain import Dosage
from osler.dosage import differences, find_frequencies, parse_dosages
from osler.patterns import lazy

# "Double-blind" and "double vision" change no dose.
_NO_CHANGE = lazy(
    r"\bdoubl\w+[-\s](?:blind\w*|dummy|masked|vision|contrast|lumen|strand\w*|check\w*)\b", re.I
)
_NUMBER = (
    r"(?:half|one|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty|thirty|forty"
    r"|fifty|sixty|seventy|eighty|ninety|hundred|thousand)"
)
_UNIT = (
    r"(?:mgs?|mcg|g|kg|ml|iu|milligrams?|micrograms?|grams?|millilitres?|milliliters?|units?"
    r"|drops?|puffs?|tablets?|capsules?|ampoules?|vials?|sachets?|patch(?:es)?|teaspoons?)"
)
_AMOUNT = (
    r"(?:dos(?:e|es|age|ages|ing)|amounts?|strength|infusion|infusion rate|rate of infusion"
    r"|tablets?|capsules?)"
)
_BETWEEN = r"(?:[\w/-]+\s){0,5}?"
_FACTOR = (
    r"(?:twice|thrice|half|double|triple|quadruple"
    r"|(?:a |one |two[- ])?(?:thirds?|quarters?|fifths?)"
    rf"|(?:{_NUMBER}|\d+(?:\.\d+)?)(?:\stimes|[-\s]?fold)|\d+(?:\.\d+)?\s?(?:%|per\s?cent))"
)
# A ceiling of these is none of a dose: "maximum 4 weeks", "must not exceed 130 mmHg".
_NO_DOSE = (
    r"(?:seconds?|minutes?|hours?|days?|weeks?|months?|years?|ms|mm\s?hg|(?:m|µ|u|micro)?mol\b"
    r"|ml/min|cm|mm|per\s?cent|%|°|patients?|people|articles?|sources?)"
)
_COUNT = rf"(?:{_NUMBER}\b|\d[\d.,]*)(?![\d.,]*\s?{_NO_DOSE})"
# What the grammar of doses and of their changes leaves out, because it cites or computes them:
# here the words alone are enough.
_TOLD = tuple(
    lazy(pattern, re.I)
    for pattern in (
        # "twice the usual dose", "150 % of the labelled dose"
        rf"\b{_FACTOR}[-\s]+{_BETWEEN}{_AMOUNT}\b(?![-\s]daily)",
        # "increase the dose tenfold", "raise the dose by 25 %"
        rf"\b(?:increas|decreas|reduc|rais|lower|cut|escalat|multipl|divid|titrat)\w*\b[^.;]{{0,60}}?"
        rf"(?:\b{_NUMBER}fold\b|\b{_FACTOR}(?!\w))",
        # "five hundred mg", "two tablets"
        rf"\b{_NUMBER}[-\s]{_UNIT}\b",
        # "prefer 700 twice daily"
        r"\b\d[\d.,]*\s(?:(?:once|twice|thrice|\w+ times) (?:a |per |each )?(?:day|daily|week"
        r"|weekly|night)|b\.?d\b|t\.?d\.?s\b|q\.?d\.?s\b|nightly\b)",
        # "take an extra tablet", "repeat the dose"
        rf"\b(?:give|take|add|use|inject)\b[^.;]{{0,30}}\b(?:extra|second|third|additional|another"
        rf"|further|more)\s{_BETWEEN}(?:{_AMOUNT}|{_UNIT})\b",
        r"\brepeat (?:the |this |that |each )?dos(?:e|es)\b",
        # "max 10", "a maximum of ten"
        rf"\bmax(?:imum|imal|imally|\.)?:?\s(?:of |is )?{_COUNT}",
        # "do not exceed 3"
        rf"(?:\b(?:not?|never|cannot|without)|n[’']t)\b[^.;]{{0,40}}?\bexceed(?:ing|ed)?\s"
        rf"(?:more than |a total of )?{_COUNT}",
        # "3 doses", "two further doses"; "one doses by weight" counts sources
        rf"\b(?!one\b|half\b)(?:{_NUMBER}|(?!1\b)\d[\d.,]*)\s(?:[\w-]+\s)?doses\b",
    )
)
_TWICE_DAILY = lazy(
    r"\b(?:once|twice|thrice|\w+ times)[-\s](?:a |per )?(?:daily|day|weekly)\b", re.I
)
_GIVING = lazy(
    r"\b(?:give|given|take|taken|inject\w*|administer\w*|infuse\w*|apply|applied|swallow\w*"
    r"|prescribe\w*|inhale\w*)\b",
    re.I,
)
_ASKED = lazy(
    r"(?:is|are|was|can|could|may|should|shall|must|do|does|did|will|would|has|have|what|which"
    r"|how|when|where|who|whom|why)\b(?:[^.!;:\n]|\.\d)*\?$",
    re.I,
)


def states_a_dose(text: str) -> bool:
    """Whether a text states a dose, changes one ("double it", "half the usual dose"), or says
    how often something is given.

    It errs on the side of saying so: who writes such a text can put it into a claim.
    """
    if parse_dosages(text):
        return True
    if any(True for _ in find_changes(_NO_CHANGE.sub(" ", text))):
        return True
    told = _TWICE_DAILY.sub(" ", text)  # "twice-daily dosing" is no double dose
    if any(pattern.search(told if n == 0 else text) for n, pattern in enumerate(_TOLD)):
        return True
    how_often = (f.value for f in find_frequencies(text))
    return bool(_GIVING.search(text)) and any(f.period_unit for f in how_often)


def asks_of(text: str, stated: Collection[Dosage]) -> bool:
    """Whether a text asks ("Is 20 mg too much?") and names no dose but these, nor a change of one.

    Words alone do not tell who asks from who advises ("Is it right to give 900 mg, the correct
    dose?"): what is stated with a citation may be repeated in a question, and nothing else.
    """
    if not _ASKED.match(text.strip()):
        return False
    rest = text
    for named in parse_dosages(text):
        if not any(_repeats(named, known) for known in stated):
            return False
        rest = rest.replace(named.text, " ")
    return not states_a_dose(rest)


def _repeats(named: Dosage, stated: Dosage) -> bool:
    """Whether a dose says what is stated, or one end of its range, and nothing besides.

    It may leave out how a day's total is divided.
    """
    undivided = named.per_time and not (named.divided or named.frequency)
    if undivided and stated.per_time == named.per_time:
        stated = replace(stated, divided=None, frequency=None)
    ends = (stated, replace(stated, high=stated.low), replace(stated, low=stated.high))
    return any(not differences(named, end) for end in ends)
