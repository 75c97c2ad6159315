"""Numbers as clinical texts write them: 1,000 · 1 000 · 0.5 · 2,5 · ½ · one · 1.2 million."""

from __future__ import annotations

import re
from decimal import Decimal

from osler.patterns import lazy

WORDS = {
    "one and a half": Decimal("1.5"),
    "two and a half": Decimal("2.5"),
    "half": Decimal("0.5"),
    "quarter": Decimal("0.25"),
    "one": Decimal(1),
    "single": Decimal(1),
    "two": Decimal(2),
    "three": Decimal(3),
    "four": Decimal(4),
    "five": Decimal(5),
    "six": Decimal(6),
    "seven": Decimal(7),
    "eight": Decimal(8),
    "nine": Decimal(9),
    "ten": Decimal(10),
    "eleven": Decimal(11),
    "twelve": Decimal(12),
    "fourteen": Decimal(14),
    "fifteen": Decimal(15),
    "twenty-four": Decimal(24),
    "twenty": Decimal(20),
    "thirty": Decimal(30),
    "forty": Decimal(40),
    "sixty": Decimal(60),
}
BEGIN = frozenset({"0", *(w.split("-")[0].split()[0] for w in WORDS)})
"""The words (as `spans.words` gives them) that a number may begin with."""
FRACTIONS = {"½": Decimal("0.5"), "¼": Decimal("0.25"), "¾": Decimal("0.75")}
_MIXED = lazy(r"(\d+)\s+(\d/\d)")
SCALES = {"million": 10**6, "mega": 10**6, "thousand": 10**3, "billion": 10**9}

# A blank is a thousands separator only where the digits before it cannot be a label
# ("day 1 500 mg", "stage 2 100 mg").
_LABEL = "(?<!day )(?<!(?:days|week|step|type) )(?<!(?:stage|grade|phase) )"
# Nor where they count: "2 325 mg tablets" are two, "1 000 mg" is one thousand.
_NO_COUNT = (
    r"(?!(?<!000)\s*(?:m?g|mcg|micrograms?)\s+(?:[a-z-]+\s+)?(?:tab|cap|pill|lozenge|supposit))"
)
DIGITS = (
    r"(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?(?![\d])"
    rf"|{_LABEL}[1-9]\d{{0,2}}(?:[ \u00a0\u2009\u202f]\d{{3}})+(?![\d.,]){_NO_COUNT}"
    rf"|\d+\s?[½¼¾]|[½¼¾]|(?=\d+[ \u00a0][123]/){_LABEL}\d+[ \u00a0](?:1/[234]|[23]/[34])(?![\d/])"
    r"|\d+(?:[.·]\d+)|\d+,\d{1,2}(?![\d,])|\.\d+|(?:1/[234]|[23]/[34])(?!\d)|\d+)"
)
WORD = r"\b(?:" + "|".join(w.replace(" ", r"\s+") for w in WORDS if w != "single") + r")\b"
NUMBER = rf"(?:(?<![\w.,/]){DIGITS}|{WORD})"
# The second end of a range may follow its dash without a blank.
UPPER = rf"(?:{DIGITS}|{WORD})"
DASH = r"\s*(?:[-‐‑–]\s*to[\s-]|[-‐‑‒–—−]|\bto\b|\bor\b|\buntil\b)\s*"


def read_number(text: str) -> Decimal:
    """The value of one number matched by `NUMBER`."""
    text = " ".join(text.lower().split())
    if text in WORDS:
        return WORDS[text]
    if text[-1] in FRACTIONS:
        return Decimal(text[:-1].strip() or 0) + FRACTIONS[text[-1]]
    mixed = _MIXED.fullmatch(text)
    if mixed:
        return Decimal(mixed[1]) + read_number(mixed[2])
    if "/" in text:
        top, bottom = text.split("/")
        return Decimal(top) / Decimal(bottom)
    text = text.replace("·", ".")
    if re.fullmatch(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?", text):
        text = text.replace(",", "")
    elif "," in text:
        text = text.replace(",", ".")
    return Decimal("".join(text.split()))


def plain(number: Decimal) -> Decimal:
    """The number without trailing noughts or an exponent: 1.0 and 1E+3 become 1 and 1000."""
    if number == number.to_integral_value():
        return number.quantize(Decimal(1)) if abs(number) < 10**20 else number
    return number.normalize()
