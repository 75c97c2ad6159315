"""Where in a hospital somebody lies: beds, bays, rooms, wards, and their numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from osler.answering.understanding.everyday import is_everyday
from osler.domain.identifier import Identifier, IdentifierKind
from osler.patterns import lazy
from osler.privacy.clinical import is_clinical_word
from osler.privacy.numbers import LIKELY, SURE

PLACE_NUMBER = r"[A-Z]?\d{1,4}[A-Z]?(?:[-/][A-Z]?\d{0,3}[A-Z]?\b)?|(?-i:[A-H])"
UNITS = (
    r"HDU|ITU|ICU|CCU|AMU|SAU|MAU|EAU|NICU|PICU|MICU|SICU|SCBU|HASU|ASU|ASU|A&E|ED|ER|CDU|MDU|SDEC|"
    r"PACU|L&D|AAU|ATU|CICU|BMTU|MLU"
)
# Words that a number follows, of places that may be something else, too: "level 8", "theatre 4".
HEADS = (
    r"theatre|theater|OR|corridor|hall(?:way)?|zone|station|level|floor|unit|cell|area|suite|box|"
    r"table|space|lounge|recovery|triage|wing|block|side|pod|majors|minors|window|seat|slot|desk|"
    r"ward|wd|"
    r"room|rm|bay|resus|chair|cub|cube|cart|labou?r ward|delivery"
)
_SURE = (
    r"room|rm|bay|cubicle|cub|side ?r(?:oo)?m|s/r|SR|cot|bed ?space|bed|trolley|resus(?: bay)?|"
    r"chair|"
    r"recliner|pod|booth|couch|incubator|crib|stretcher|gurney|majors|minors|plinth|"
    r"isolation(?: room)?|hall(?:way)? bed"
)
_QUALIFIER = (
    r"(?:(?:the )?(?:window|corner|end|first|last|middle|door) bed (?:in|on|of) |(?:window|male|"
    r"female|side|isolation|recovery|dialysis|labour|labor|delivery|birthing|resus|"
    r"treatment|day|hall|hallway|corridor|private|single|infusion|chemo) )?"
)
_ONE = rf"(?:{_SURE})(?:\s*(?:no|number)\b\.?)?\s*[#-]?\s*(?:{PLACE_NUMBER})\b(?!\.\d)"
_WARD = r"(?:ward|wd)\s*(?:no\.?\s*|#)?(?:\d{1,3}[A-Za-z]?|[A-Z]\d{1,3})\b"
_CORE = lazy(
    rf"\b(?:{_QUALIFIER}{_ONE}|{_WARD})(?!\s*(?:mg|ml|days?|weeks?|hours?|rest|degrees?|deg)\b|\s?°)"
    r"(?:[ ,/]*(?:bed|room|bay|cubicle)\s*#?\s*\d{1,3}[A-Za-z]?\b)*"
    rf"|\b(?:the )?side ?room (?:on|of|in) (?:{_WARD}|\d{{1,2}}[A-Z]|[A-Z]\d{{1,2}}|(?:{UNITS}))\b"
    rf"|\b(?:{UNITS})[ -](?:[A-Z]?\d{{1,2}}|(?-i:[A-H]))\b(?!\s*(?:mg|ml|days?|hours?|h|weeks?|"
    rf"%)\b)"
    r"|\b(?-i:SR|S/R)\s?\d{1,2}\b(?![.,/]\d|\s?(?:mg|g|mcg)\b)"
    r"|\b(?-i:W\d{1,2}[ /-]?B\d{1,2})\b|\b(?-i:B\d{1,2}/\d{1,2})\b",
    re.IGNORECASE,
)
# What belongs to it and stands in front: "7B bed 11", "level 8 bed 19", "A4 on Ward 9".
_FRONT = lazy(
    rf"\b(?:(?:{UNITS})|(?:level|floor|unit|block|wing|zone) (?:\d{{1,2}}|[A-H])|"
    rf"{_WARD}|[A-Z]\d{{1,2}}|\d{{1,2}}[A-Z]|\d{{1,2}} (?:north|south|east|west)),? "
    r"(?:(?:on|in|of) )?$",
    re.IGNORECASE,
)
_LONGEST_FRONT = 20  # letters
# And behind: "bed 7 on AMU", "bed 3, ward 7B".
_BACK = lazy(
    rf"(?:,? (?:(?:on|in|of|at) )?(?:the )?(?:(?:{UNITS})\b|{_WARD}|{_QUALIFIER}{_ONE}|"
    r"(?-i:[A-Z])\d{1,2}\b|\d{1,2}(?-i:[A-Z])\b|\d{1,2} (?:north|south|east|west)\b))*",
    re.IGNORECASE,
)
_LETTERED = lazy(
    r"\b(?:bed|bay|room|rm|cubicle|cub|pod|chair|booth|cot|majors|resus)\b", re.IGNORECASE
)
_NAMED = lazy(r"\b(?:on|in|from|to) (?P<value>(?P<name>[A-Z][a-z]{3,}) [Ww]ard)\b(?! round)")


def find_beds(text: str) -> Iterator[Identifier]:
    """Find beds, rooms and wards; spans may overlap."""
    for match in _NAMED.finditer(text):
        name = match.group("name")
        if not is_clinical_word(name) and not is_everyday(name.lower()):
            span = match.span("value")
            yield Identifier(*span, IdentifierKind.BED, match.group("value"), LIKELY)
    if not any(map(str.isdigit, text)) and not _LETTERED.search(text):
        return
    for match in _CORE.finditer(text):
        start, end = match.span()
        if front := _FRONT.search(text[max(0, start - _LONGEST_FRONT) : start]):
            start -= len(front.group())
        if back := _BACK.match(text, end):
            end = back.end()
        yield Identifier(start, end, IdentifierKind.BED, text[start:end], SURE)
