"""Codes without a label that stand for a patient: "0048213", "77-40913", "RXK448120".

What is counted, measured or dosed has a unit, a comma or a comparison beside it, or the short
name of what is measured before it; a code has none. Codes of trials, papers, guidelines and
drugs in development are told by their letters.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from osler.domain.identifier import Identifier, IdentifierKind
from osler.patterns import lazy
from osler.privacy.lists import listed
from osler.privacy.numbers import LIKELY

_PUBLIC = (
    "NCT|PMID|PMC|ISRCTN|EUDRACT|DOI|TA|NG|CG|QS|RXCUI|SNOMED|SCTID|CT|LOINC|ICD|ATC|UNII|NDC|CAS|"
    "CD|GSK|LY|BMS|PF|RO|MK|ABT|AZD|JNJ|BAY|SAR|AMG|TAK|RG|BI|GS|ALN|ISIS|SB|UK|CP|ABBV|BIIB|ONO"
)
_UNIT = (
    r"\s*(?:mg|mcg|micrograms?|[µμ]g|g|kg|ml|l|units?|iu|u|mmol|meq|mbq|cells?|copies|cop|"
    r"cfu|spores?|platelets|neutrophils|people|patients|persons|women|men|children|births|"
    r"million|thousand|k|%|x|per|/|cases?|doses?)\b"
)
_START = r"(?<![^\W_])(?<![.,/+<>≤≥=~-])(?<![<>≤≥=~] )"
_END = rf"(?!(?!_)\w|[.,]\d|[/-]\w|{_UNIT})"
_NOT_PUBLIC = rf"(?!(?:{_PUBLIC})[ -]?\d)"
_CODE = lazy(
    rf"{_START}{_NOT_PUBLIC}(?!(?:19|20)\d\d/\d\d(?!\d))(?P<value>"
    # Seven digits or more, or a nought and five more.
    r"\d{7,12}[A-Z]?|0\d{5,11}|\d{3}-\d{3}-\d{3,4}|\d{4}-\d{4}"
    # Capitals, digits, hyphens and bars mixed, five digits at least: "22/118734", "PM-P7XK20418".
    r"|(?=(?:[A-Z/-]*\d){5})[A-Z\d]+(?:[-/][A-Z\d]+){1,3}|(?=(?:[A-Z]*\d){5})[A-Z][A-Z\d]{5,13}"
    rf"|(?=(?:[A-Z]*\d){{5}})\d[A-Z\d]{{6,13}}){_END}",
    re.IGNORECASE,
)
_LONE = lazy(
    rf"(?:^|\n|[|;]\s?|\s/\s|\#\s?)(?P<value>\d\d(?:[ .-]\d\d){{2,3}}(?: \d)?|\d{{5,6}}){_END}"
    r"(?=\s*(?:[|;/,:\n-]|$))"
)
_TOLD = "NAME|DATE OF BIRTH|NHS NUMBER|RECORD NUMBER|BED OR ROOM|ADDRESS|AGE OVER 89"
# Fewer digits beside what is hidden already.
_BESIDE = lazy(
    rf"\[(?:{_TOLD})\][\s,;:|(/#-]*{_NOT_PUBLIC}(?P<value>[A-Z]{{0,4}}[-/]?\d{{5,6}}){_END}"
    rf"|{_START}{_NOT_PUBLIC}(?P<first>[A-Z]{{0,3}}\d{{5,6}}){_END}"
    r"(?=[\s,;:|/()-]+\[(?:NAME|DATE OF BIRTH)\])",
    holds="[",
)
_DOSED = re.compile(
    r"\d(?:mc?g|[µu]g|ng|g|ml|l|iu|u|units?|kg|mmol|meq|hr?s?|d|days?|wks?|mos?|yrs?)(?![a-z])",
    re.IGNORECASE,
)
_BEFORE = re.compile(r"([A-Za-z]+)[\s:=-]{0,2}$")
# "1/35E-21" is a pill's strength, "178/100" a pressure.
_RUN = re.compile(r"\d{4}|\d\d([ .-])\d\d\1\d\d|\d{3}-\d{3}-\d{3}")
# Words before what is counted, or a code of everybody's.
_COUNTS = frozenset(
    f"{_PUBLIC}|count|load|titre|of|than|under|over|below|above|platelets|neutrophils|ferritin".lower().split(
        "|"
    )
)


def find_codes(text: str) -> Iterator[Identifier]:
    """Find codes without a label; spans may overlap."""
    if sum(map(str.isdigit, text)) < 5:
        return
    for pattern in (_CODE, _LONE, _BESIDE):
        for match in pattern.finditer(text):
            name = match.lastgroup or "value"
            start, end = match.span(name)
            value = match.group(name)
            if _RUN.search(value) and not _DOSED.search(value) and not _is_counted(text, start):
                yield Identifier(start, end, IdentifierKind.RECORD, value, LIKELY)


def _is_counted(text: str, start: int) -> bool:
    """Whether a measure's name or a public label stands before: "VL 1250000", "SNOMED 44054006"."""
    before = _BEFORE.search(text, max(0, start - 20), start)
    if before is None:
        return False
    word = before.group(1)
    if word.lower() in listed("labels"):
        return False
    return word.lower() in _COUNTS or (word.isupper() and 1 < len(word) < 5)
