"""Numbers that stand for a person: of records, of insurance, of telephones; and e-mail addresses.

Formats and check digits: the NHS number's modulus 11 (NHS Data Dictionary), which the health and
care number of Northern Ireland shares; Scotland's CHI number, which begins with a date of birth;
the US Social Security Administration's ranges.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from osler.domain.identifier import Identifier, IdentifierKind
from osler.patterns import lazy

SURE, LIKELY, POSSIBLE = 0.95, 0.8, 0.6  # on presidio's scale from 0 to 1

_NO = r"(?:\s*(?:number|num|no|nr|id|identifier|#)\b\.?)?\s*(?:is\b|was\b|[:#=])?\s*#?\s*"
_EMAIL = lazy(r"[\w.+%-]+@[\w-]+(?:\.[\w-]+)+", holds="@")
_TEN_DIGITS = lazy(r"(?<![\w.])\d{3}[ -]?\d{3}[ -]?\d{4}(?![\w]|\.\d)")
_NHS = lazy(
    rf"\b(?:NHS|CHI|HCN|H&C|health and care|community health index){_NO}"
    r"(?P<value>\d{3}[ -]?\d{3}[ -]?\d{4}|\d{6}[ -]?\d{4}|\d[\d -]{6,12}\d)",
    re.IGNORECASE,
    holds="nhs|chi|hcn|h&c|health",
)
_SSN = lazy(
    rf"\b(?:SSN|social security|soc sec){_NO}(?P<value>\d{{3}}[ -]?\d{{2}}[ -]?\d{{4}}|\d{{4}}\b)",
    re.IGNORECASE,
    holds="ssn|soc",
)
_SSN_SHAPE = lazy(r"(?<![\w-])(?!000|666|9)\d{3}-(?!00)\d{2}-(?!0000)\d{4}(?![\w-])", holds="-")
_CODE = (
    r"(?P<value>(?=[\w/-]*\d)(?:[A-Z]{0,5}[-/ ]?\d[A-Z\d]*(?:[-/.][A-Z\d]+)*(?: \d{2,6}\b)?"
    r"(?: \d{1,6}\b(?!\s*(?:mg|mcg|kg|ml|g)\b)){0,2}|[A-Z\d]+(?:-[A-Z\d]+)+))"
)
_RECORD = lazy(
    r"\b(?:MRN|MR\s?#|URN|UR|UHID|PID|CRN|EMR|EHR|PAS|CHR|HN|(?:hosp(?:ital)?\.?|medical|clinic|patient|"
    r"pt|unit|health|case|chart|file|folder|record|episode|encounter|visit|accession|"
    r"specimen|study|trust|district|local|identity|national)"
    r"(?:'s)?\s*(?:record|unit|case|history|health)?\s*(?:number|num|no|nr|id|identifier|#)\b\.?"
    rf"|(?:chart|record)\s*#)(?:\s*(?:number|no|id)\b\.?)?\s*(?:is\b|was\b|[:#=])?\s*#?\s*{_CODE}",
    re.IGNORECASE,
)
# Without "number" the digits themselves must be many: "pt 7719024", "ID RXK448120".
_NO_UNIT = r"(?![\w/-]|[.,]\d|\s*(?:mg|mcg|g|ml|units?|iu|micrograms?|cells?|copies)\b)"
_RECORD_BARE = lazy(
    rf"\b(?:pt|pat|patient|client|id|hosp(?:ital)?|record|case)\b\s*[:#]?\s*(?=(?:[\w/-]*\d){{5}}){_CODE}"
    rf"{_NO_UNIT}",
    re.IGNORECASE,
)
_ACCOUNT_BARE = lazy(
    r"\b(?:insurance|ins|policy|member(?:ship)?|medicare|medicaid|passport|driv\w+ licen[cs]e|acct|"
    r"account|claim|FIN|CSN|HAR)\b(?: (?:no|number|id)\b\.?)?"
    rf"\s*[:#]?\s*(?:(?=(?:[\w/-]*\d){{5}}){_CODE}|"
    rf"(?-i:[A-Z]{{1,4}}) \d{{3,6}}(?: \d{{1,6}}\b){{1,3}}){_NO_UNIT}",
    re.IGNORECASE,
)
_ACCOUNT = lazy(
    r"\b(?:insurance|policy|member(?:ship)?|subscriber|beneficiary|account|acct|medicare|medicaid|"
    r"passport|driv\w+ licen[cs]e|licen[cs]e|national insurance|NI|NINO|aadhaar|hesn|PPS|PPSN|IHI|"
    r"health card|health insurance)"
    rf"(?:\s*(?:number|num|no|nr|id|card|#)\b\.?)+\s*(?:is\b|was\b|[:#=])?\s*#?\s*{_CODE}",
    re.IGNORECASE,
)
_NINO = lazy(r"\b(?!BG|GB|NK|KN|TN|NT|ZZ)[A-CEGHJ-PR-TW-Z]{2} ?\d{2} ?\d{2} ?\d{2} ?[A-D]\b")
_PHONE_LED = lazy(
    r"\b(?:tel(?:ephone)?|phone|ph|mob(?:ile)?|cell|contact|call(?: (?:him|her|them|back))?|ring|"
    r"reach(?:able)?|number|rang|rings|fax|whatsapp|bleep|pager|landline)\b"
    r"(?:\s*(?:number|no|is|on|at|from|her|him|them)\b\.?){0,3}\s*[:=]?\s*"
    r"(?P<value>\+?\(?\d[\d ().-]{5,17}\d)",
    re.IGNORECASE,
)
_PHONE_SHAPES = lazy(
    r"(?<![\w.+-])(?:"
    r"\+\d{1,3}[ .-]?(?:\(\d{1,4}\)[ .-]?)?\d{1,4}(?:[ .-]?\d{2,4}){2,4}"  # international
    r"|0\d{2,4}[ -]\d{3,4}[ -]?\d{3,4}|0[17]\d{9}|0\d{4}[ -]\d{6}|0\d{3}[ -]\d{3}[ -]\d{4}"  # UK
    r"|\(\d{3}\) ?\d{3}[ .-]?\d{4}"  # North America
    r"|(?:1[ .-])?(?:\d{3}|\(\d{3}\))[ .-]\d{3}[ .-]\d{4}"
    r"|(?:\+|00)\d{1,3}[ .-]?\(0\)[ .-]?\d{2,4}(?:[ .-]?\d{2,4}){2,3}"  # "+44 (0)20 …"
    r"|[6-9]\d{4} \d{5}"  # India
    r"|00[1-9]\d{0,2}[ .-]?\d{2,4}(?:[ .-]?\d{2,4}){2,3}|\(0\d{2,5}\) ?\d{3,4}[ .-]?\d{3,4}"
    r"|0\d{9,10}|0\d{1,4}(?:[ .-]\d{2,5}){2,4}"
    r")(?![\w-]|\.\d)"
)
_TIMES = re.compile(r"(?:[01]\d[03]0|2[0-4][03]0)(?: (?:[01]\d[03]0|2[0-4][03]0))+")  # of a day
_LOCAL = lazy(
    r"(?<![\w.,])[2-9]\d\d\.\d{4}(?![\w.])|"
    r"\b(?:ext(?:ension)?|extn)\b\.?:? ?\d{3,6}\b",
    re.IGNORECASE,
)


def find_numbers(text: str) -> Iterator[Identifier]:
    """Find numbers and addresses that stand for a person; spans may overlap."""
    if "@" in text:
        yield from _of(_EMAIL, text, IdentifierKind.EMAIL, SURE)
    if not any(map(str.isdigit, text)):
        return
    yield from _of(_NHS, text, IdentifierKind.NHS, SURE)
    for match in _TEN_DIGITS.finditer(text):
        if is_nhs_number(match.group()):
            yield Identifier(*match.span(), IdentifierKind.NHS, match.group(), LIKELY)
    yield from _of(_SSN, text, IdentifierKind.SSN, SURE)
    yield from _of(_SSN_SHAPE, text, IdentifierKind.SSN, LIKELY)
    yield from _of(_RECORD, text, IdentifierKind.RECORD, SURE)
    yield from _of(_RECORD_BARE, text, IdentifierKind.RECORD, LIKELY)
    yield from _of(_ACCOUNT, text, IdentifierKind.ACCOUNT, SURE)
    yield from _of(_ACCOUNT_BARE, text, IdentifierKind.ACCOUNT, LIKELY)
    yield from _of(_NINO, text, IdentifierKind.ACCOUNT, LIKELY)
    yield from (
        found
        for found in _of(_PHONE_LED, text, IdentifierKind.PHONE, SURE)
        if 7 <= sum(map(str.isdigit, found.text)) <= 15
    )
    yield from (
        found
        for found in _of(_PHONE_SHAPES, text, IdentifierKind.PHONE, LIKELY)
        if 9 <= sum(map(str.isdigit, found.text)) <= 15 and not _TIMES.fullmatch(found.text)
    )
    yield from _of(_LOCAL, text, IdentifierKind.PHONE, LIKELY)


def is_nhs_number(text: str) -> bool:
    """Whether ten digits carry the NHS number's check digit (weights 10 to 2, modulus 11)."""
    digits = [int(c) for c in text if c.isdigit()]
    if len(digits) != 10 or len(set(digits)) == 1:
        return False
    check = 11 - sum(d * w for d, w in zip(digits, range(10, 1, -1), strict=False)) % 11
    return check % 11 == digits[9] and check != 10


def _of(
    pattern: re.Pattern[str], text: str, kind: IdentifierKind, score: float
) -> Iterator[Identifier]:
    """What a pattern finds, with the words that lead to it: "MRN 12345"."""
    for match in pattern.finditer(text):
        end = match.end()
        yield Identifier(match.start(), end, kind, match.group(), score)
