"""Codes without a label that stand for a patient: "0048213", "77-40913", "RXK448120".

What is counted, measured or dosed has a unit, a comma or a comparison beside it; a code has none.
Codes of trials, papers, guidelines and drugs in development are told by their letters.
"""

from __future__ import annotations

from collections.abc import Iterator

from osler.domain.identifier import Identifier, IdentifierKind
from osler.patterns import lazy
from osler.privacy.numbers import LIKELY

_PUBLIC = (
    "NCT|PMID|PMC|ISRCTN|EUDRACT|DOI|TA|NG|CG|QS|RXCUI|SNOMED|SCTID|LOINC|ICD|ATC|UNII|NDC|CAS|CD|"
    "GSK|LY|BMS|PF|RO|MK|ABT|AZD|JNJ|BAY|SAR|AMG|TAK|RG|BI|GS|ALN|ISIS|SB|UK|CP|ABBV|BIIB|ONO"
)
_UNIT = (
    r"\s*(?:mg|mcg|micrograms?|[µμ]g|g|kg|ml|l|units?|iu|u|mmol|meq|mbq|cells?|copies|cop|"
    r"cfu|spores?|platelets|neutrophils|people|patients|persons|women|men|children|births|"
    r"million|thousand|k|%|x|per|/|cases?|doses?)\b"
)
_COUNTED = (
    r"(?<![<>≤≥=~.,/])(?<![<>≤≥=~] )(?<!count )(?<!load )(?<!of )(?<!titre )(?<!platelets )"
    r"(?<!plt )(?<!ferritin )(?<!bnp )(?<!ck )"
)
_AFTER = rf"(?![\w/-]|[.,]\d|{_UNIT})"
_CODE = lazy(
    rf"(?<![\w.,/+-]){_COUNTED}(?P<value>"
    # Letters and five digits or more, seven digits or more, a nought and four or more.
    rf"(?!(?:{_PUBLIC})[ -]?\d)[A-Z]{{1,4}}[-/ ]?\d{{5,10}}[A-Z]?|\d{{7,12}}[A-Z]?|0\d{{5,11}}"
    # Parts, of which one has five digits or more, or two have three: "22/118734", "A-20931-7".
    r"|(?:[A-Z]{1,4}[-/])?(?:\d{1,4}[-/]){1,2}\d{5,8}[A-Z]?|\d{5,8}[-/]\d{1,4}(?:[-/]\d{1,4})?"
    r"|[A-Z]{1,4}[-/]?\d{3,8}[-/]\d{1,6}(?:[-/]\d{1,5})?"
    r"|\d{3}-\d{3}-\d{3,4}"
    # Digits and letters mixed, of a US health insurance card: "1EG4-TE5-MK73".
    r"|[1-9][A-Z][A-Z\d]\d-?[A-Z][A-Z\d]\d-?[A-Z]{2}\d\d"
    rf"){_AFTER}",
)
_SMALL = lazy(
    rf"(?<![\w.,/+-]){_COUNTED}(?P<value>(?!(?:{_PUBLIC})\d)[a-z]{{1,3}}\d{{6,10}}){_AFTER}"
)
_MARKED = r"\s*(?:[|;/]|[-–—]\s|,|\n|$)"
# Fewer digits between marks, at the head of a line, or beside what is hidden already.
_SET_OFF = lazy(
    r"(?:(?:^|\n|[|;]|\s/|\s[-–—])\s*"
    r"|\[(?:NAME|DATE OF BIRTH|NHS NUMBER|RECORD NUMBER|BED OR ROOM|ADDRESS|AGE OVER 89)\][\s,;:|(/#-]*)"
    rf"(?P<value>(?!(?:{_PUBLIC})[ -]?\d)(?:[A-Z]{{1,4}}[-/]?)?\d{{5,6}}){_AFTER}(?={_MARKED}|\s*\)|\s*\[|\s)",
)
_BEFORE_NAME = lazy(
    rf"(?<![\w.,/+-]){_COUNTED}(?P<value>[A-Z]{{0,3}}\d{{5,6}})(?=[\s,;:|/()-]+\[(?:NAME|DATE OF BIRTH)\])",
    holds="[name|[date",
)


def find_codes(text: str) -> Iterator[Identifier]:
    """Find codes without a label; spans may overlap."""
    if sum(map(str.isdigit, text)) < 5:
        return
    for pattern in (_CODE, _SMALL, _SET_OFF, _BEFORE_NAME):
        for match in pattern.finditer(text):
            span = match.span("value")
            yield Identifier(*span, IdentifierKind.RECORD, match.group("value"), LIKELY)
