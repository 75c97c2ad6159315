"""Dates of birth, other full dates, and ages over 89.

HIPAA's Safe Harbor takes every part of a date but its year for an identifier, and ages over 89.
An interval ("every 3 months", "for 10 days") or a year is none. Two digits for the year are read
as a date only where a word says so: "2/10/20 mg" are three strengths.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain

from osler.domain.identifier import Identifier, IdentifierKind
from osler.patterns import lazy
from osler.privacy.clinical import is_clinical_word
from osler.privacy.numbers import LIKELY, POSSIBLE, SURE

OLDEST_TOLD = 89  # years; older is an identifier (45 CFR 164.514(b)(2)(i)(C))
_OLDEST = 120

MONTHS = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|"
    r"sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_DAY = r"(?:0?[1-9]|[12]\d|3[01])"
_NTH = rf"{_DAY}(?:st|nd|rd|th)?"
WEEKDAYS = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?"
_LONG_YEAR = r"(?:18|19|20)\d\d"
_NUMERIC = (
    rf"(?:{_DAY}(?:[/.-]| / ){_DAY}(?:[/.-]| / )YEAR|"
    rf"{_LONG_YEAR}[/.-](?:0?[1-9]|1[0-2])[/.-]{_DAY})"
)
_WORDED = (
    rf"(?:{_NTH}[ ./-]?(?:of )?{MONTHS}[ ,./-]*YEAR|{MONTHS}[ ./-]?{_NTH},? YEAR"
    rf"|{_NTH}[ -]?{MONTHS}[ -]?'?\d\d|{_LONG_YEAR}[ ./-]?{MONTHS}[ ./-]?{_DAY})"
)
_ANY_YEAR = rf"(?:{_LONG_YEAR}|'?\d\d)"
_LED_DATE = f"(?:{_NUMERIC}|{_WORDED})".replace("YEAR", _ANY_YEAR)
_SPACED = rf"(?:0[1-9]|[12]\d|3[01]) (?:0[1-9]|1[0-2]) {_LONG_YEAR}"
_FULL_DATE = f"(?:{_NUMERIC}|{_WORDED}|{_SPACED})".replace("YEAR", _LONG_YEAR)
# A day without its year; months in capitals, for "10 may help".
_DAY_AND_MONTH = (
    r"(?:(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs)?|Fri|Sat(?:ur)?|Sun)(?:day)?,? (?:the )?)?"
    rf"(?:{_NTH} (?:of )?(?-i:MONTHS)\b|(?-i:MONTHS)\.? {_NTH}\b(?! ?(?:%|mg|mcg|ml|/)))"
).replace(
    "MONTHS",
    "(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|"
    "Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)",
)

_BIRTH = lazy(
    r"\b(?:d\.?\s?o\.?\s?b\b\.?|date of birth|birth ?date|birthday|born(?: on)?|(?<!\.)b\.)\s*"
    rf"(?:is\b|was\b|on\b|[:=(-])*\s*(?:{_LED_DATE}|"
    rf"{_DAY}[ /.-]{_DAY}[ /.-]?(?:{_LONG_YEAR}|\d\d)|\d{{8}}|\d{{6}})(?!\d)"
    rf"|\bborn (?:in )?{MONTHS} {_LONG_YEAR}\b",
    re.IGNORECASE,
    holds="d|b",
)
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,? (?:the )?)?"
_DATE = lazy(
    rf"(?<![\w/.-])(?:the (?=\d))?{_WEEKDAY}{_FULL_DATE}(?![\w/-])"
    rf"|(?<=\(){_DAY}[/.-]{_DAY}[/.-]\d\d(?=\))"
    # Two digits each, set off by commas: "93 kg, 27/01/44".
    r"|(?<=[,;/] )(?:0[1-9]|[12]\d|3[01])/(?:0[1-9]|1[0-2])/\d\d(?=\s*(?:[,;.?)-]|$))",
    re.IGNORECASE,
)
_DAY_OF_YEAR = lazy(
    r"(?:(?<=\bon )|(?<=[,:;] )|(?<=since )|(?<=clinic )|(?<=work )|(?<=[Ss]een )|(?<=dmitted )|"
    r"(?<=harged )|(?<=from )|(?<=igned )|(?<=dated )|(?<=until )|(?<=of )|(?<=list )|(?<=died )|"
    rf"(?<=\] )){_DAY_AND_MONTH}(?![\w/-])",
    re.IGNORECASE,
    holds="jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec",
)
_EVENT = lazy(
    r"\b(?:admitted|admission|discharged?|seen|attended|died|death|transferred|operated|surgery|"
    rf"appointment|appt|clinic|visit|presented|since|on|started|stopped|dated|reviewed|"
    rf"letter of|last seen)(?: on| date)?[: ]+(?P<value>{_LED_DATE})"
    r"(?![\w/-]|\s*(?:mg|mcg|g|ml|units?|micrograms?)\b)",
    re.IGNORECASE,
)
# Two digits for the year, beside a name that is hidden already: "[NAME] 7/8/49 on warfarin".
_BESIDE = lazy(
    rf"\[(?:NAME|NHS NUMBER|RECORD NUMBER|BED OR ROOM|POSTAL CODE|ADDRESS)\][\s,;:(/|-]*"
    rf"(?P<value>{_LED_DATE})"
    r"(?![\w/-]|\.\d|\s*(?:mg|mcg|g|ml|units?|micrograms?|%)\b)",
    re.IGNORECASE,
    holds="[name]|[nhs|[record|[bed|[postal|[address",
)
# Two digits for the year and nothing beside it, where it can be no strengths: "12/3/46".
_SHORT = lazy(
    rf"(?<![\w/.,-])(?P<value>{_DAY}(?P<mark>[/.-])(?:0?[1-9]|1[0-2])(?P=mark)\d\d)"
    r"(?![\w/-]|[.,]\d|\s*(?:mg|mcg|g|ml|units?|micrograms?|%|ratio|score|vision)\b)"
)
_WORD_BEFORE = re.compile(r"([^\W\d_]+)\W*$")
_OLD = r"(?:9\d|1[01]\d|120)"
_NO_MEASURE = (
    r"(?!\s*(?:kg|kilos?|lbs?|cm|mm|mg|mcg|ml|g|%|mmol|units?|iu|bpm|beats|sats?|days?|weeks?|months?|"
    r"hours?|hrs?|mins?|micro\w*|nmol|pmol|umol|/\d|on air|percent|degrees)\b|\s*%|\s?[./x]\s?\d)"
)
_TOLD = "NAME|BED OR ROOM|ADDRESS|POSTAL CODE|RECORD NUMBER|NHS NUMBER|DATE OF BIRTH|PHONE NUMBER"
_PERSON = (
    "he|she|who|i|dad|mum|mom|mother|father|husband|wife|gran\\w*|nan|aunt\\w*|uncle|patient|pt|man|"
    "woman|lady|gentleman|resident|client|neighbou?r|friend"
)
_AGE = lazy(
    rf"(?<![\w.,/-])(?<!tc )(?<!technetium )(?P<age>{_OLD})(?:"
    r"(?=\s*[- ]?(?:y(?:ea)?rs?[- ]?(?:old|of age|young)|y\.?\s?[-/]?\s?o\b|years\b|yrs?\b|y\b))"
    r"|(?=\s?/?\s?[MF]\b(?!\s*C))|(?=\s+(?:year|yr)\b)"
    r"|(?=,?\s+(?:male|female|man|woman|lady|gentleman|gent)\b))"
    rf"|\b(?:age[ds]?|age is|age of|aged about|turn(?:s|ed|ing)|reached|"
    rf"(?:(?<=is )|(?<='s )|(?<=just )|(?<=well ))(?:over|past|nearly|almost))\s*[:=]?\s*"
    rf"(?P<led>{_OLD})\b{_NO_MEASURE}"
    rf"|\b(?:[MF]|male|female)[ /,]{{0,2}}(?P<sexed>{_OLD})\b{_NO_MEASURE}"
    rf"|\b(?:{_PERSON})\b(?: (?!is\b)[\w'-]+)?(?:'s| is| was| am| turned| who is)\s+"
    rf"(?:now |nearly |almost |over |about |already |only )?(?P<being>{_OLD})\b{_NO_MEASURE}"
    rf"|\b(?:mr|mrs|ms|miss|mx)\b\.?(?: [\w'’-]+){{1,3}} \((?P<bracketed>{_OLD})\)"
    # Beside what is hidden already: "[NAME], 94, new AF".
    rf"|\[(?:{_TOLD})\][\s,;:|/–-]{{1,3}}\(?(?P<beside>{_OLD})"
    r"(?=\)|,|;|\.(?!\d)|\s[|/–-]|\n| ?(?:$|\?)"
    r"|\s+(?:with|on|has|from|is|in|new|known|who|presents|seen|under|admitted|and|lives|living|"
    r"attends|came|fell|frail|a|an)\b)"
    rf"|(?<![\w.,/-])(?P<before>{_OLD})[,;]?\s+\(?(?=\[NAME\])"
    r"|\b(?P<said>(?:ninety|one hundred|a hundred)(?:[- ](?:and )?"
    r"(?:one|two|three|four|five|six|seven|eight|nine))?)"
    r"(?=[- ]years?[- ]old|[- ]years?\b|\s?y/?o\b)"
    r"|\b(?:aged|is|turned|turning)\s+(?P<worded>ninety(?:[- ](?:one|two|three|four|five|six|seven|"
    r"eight|nine))?)\b(?!\s*(?:percent|per|kilo|milli|minutes|days))"
    # No dose and no value is written so: "ninety-four, on warfarin".
    r"|(?<!sats )(?<!saturation )(?<!saturations )(?<!rate )(?<!pulse )(?<!weighs )(?<!weight )"
    r"\b(?P<alone>ninety-(?:one|two|three|four|five|six|seven|eight|nine))\b(?!\s*(?:%|per|over|"
    r"kilo|milli|micro|grams?|mc?g|kg|ml|units?|beats|minutes|hours|days|weeks|months|tablets))",
    re.IGNORECASE,
    holds="9|10|11|120|ninety|hundred",
)


def find_dates(text: str) -> Iterator[Identifier]:
    """Find dates of birth, full dates and ages over 89; spans may overlap."""
    for match in _BIRTH.finditer(text):
        yield Identifier(*match.span(), IdentifierKind.BIRTH, match.group(), SURE)
    for match in chain(_DATE.finditer(text), _DAY_OF_YEAR.finditer(text)):
        yield Identifier(*match.span(), IdentifierKind.DATE, match.group(), LIKELY)
    for match in _BESIDE.finditer(text):
        span = match.span("value")
        yield Identifier(*span, IdentifierKind.BIRTH, match.group("value"), LIKELY)
    for match in _SHORT.finditer(text):
        # "olmesartan 20/5/12" are strengths.
        before = _WORD_BEFORE.search(text, 0, match.start())
        if before is None or not is_clinical_word(before.group(1)):
            span = match.span("value")
            yield Identifier(*span, IdentifierKind.DATE, match.group("value"), POSSIBLE)
    for match in _EVENT.finditer(text):
        span = match.span("value")
        yield Identifier(*span, IdentifierKind.DATE, match.group("value"), LIKELY)
    for match in _AGE.finditer(text):
        name = match.lastgroup or "age"
        value = match.group(name)
        if not value.isdigit() or OLDEST_TOLD < int(value) <= _OLDEST:
            yield Identifier(*match.span(name), IdentifierKind.AGE, value, SURE)
