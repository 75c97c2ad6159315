"""Do two extractors read the same doses? What they do not agree on may not carry a claim.

A PDF draws glyphs; which characters they stand for is guessed from fonts that may lie. The one
guess that kills is the unit: a Symbol-font "μg" read as "mg" is a dose a thousand times too
large. So each line that holds a number is looked for, character by character, in what the
second extractor read of the page; only where the whole line is not found are its numbers with
their units looked for one by one.
"""

from __future__ import annotations

import re
import unicodedata

from osler.reading.pdf.words import Line, PageReader

REASON = "two extractors read a dose differently"

_FOLD = str.maketrans({"µ": "μ", "–": "-", "—": "-", "−": "-", "‐": "-", "‑": "-", "’": "'"})
_UNIT = (
    r"(?:mcg|[μmnck]?g|micro-?grams?|milli-?grams?|nano-?grams?|kilo-?grams?|grams?|[mμdc]?[lL]|cc|"
    r"lit(?:er|re)s?|milli-?lit(?:er|re)s?|IU|iu|i\.u\.|[Uu]nits?|U|MU|mega-?units?|[mμnp]?mol|"
    r"milli-?moles?|micro-?moles?|m?Eq|m?Osm|%|per\s?cent|tab(?:let)?s?|cap(?:sule)?s?|puffs?|"
    r"drops?|sachets?|ampoules?|vials?|patch(?:es)?|sprays?|doses?|injections?|MME|mmHg|kPa|"
    r"times|hours?|hrs?|h|days?|d|weeks?|wks?|months?|minutes?|mins?|years?|yrs?)"
)
_NUMBER = r"\d+(?:[.,·]\d+)*"
_DIGIT = re.compile(r"\d")
_STARTS_WITH_UNIT = re.compile(rf"{_UNIT}(?![A-Za-z])")
_QUANTITY = re.compile(rf"(?<![\d.,·])({_NUMBER})\s*((?:[^\s\dA-Za-z.,;:()\[\]]\s?)?[A-Za-zμ%°/]*)")
_DOSE = re.compile(rf"{_NUMBER}\s*-?\s*{_UNIT}(?![A-Za-z])")
# What extractors write for a glyph they cannot name, next to what may be a unit.
_UNREADABLE = re.compile(
    rf"({_NUMBER})\s*[\u25A0-\u25FF\u2700-\u27BF\uE000-\uF8FF\uFFFD]+\s*[A-Za-z]"
)


def find_doubts(lines: list[Line], page: PageReader) -> None:
    """Write into each line's `doubts` the numbers of doses that the extractors do not share."""
    whole = ""
    for line in lines:
        if not (_DIGIT.search(line.raw) or _STARTS_WITH_UNIT.match(line.raw)):
            continue
        whole = whole or squash(page.second_text())
        if squash(line.raw) not in whole:
            line.doubts += _doubts_of(line, whole, page)
        if match := _UNREADABLE.search(line.raw):
            line.doubts.append((match.group(1), f"unreadable character in “{match.group()}”"))


def _doubts_of(line: Line, whole: str, page: PageReader) -> list[tuple[str, str]]:
    here = page.second_text_at(line)
    squashed = squash(here)
    if squash(line.raw) in squashed:
        return []
    is_dose = bool(_DOSE.search(_folded(line.raw)) or _DOSE.search(_folded(here)))
    doubts = []
    for match in _QUANTITY.finditer(_folded(line.raw)):
        number, unit = match.groups()
        if _has(squashed, squash(number + unit)) or _near(match, whole):
            continue
        if is_dose or re.fullmatch(_UNIT, unit):
            second = " ".join(here.split()) or "nothing"
            doubts.append((number, f"one reads “{line.raw}”, the other “{second}”"))
    return doubts


def _near(match: re.Match[str], whole: str) -> bool:
    """Whether the quantity stands beside one of its neighbouring words in the other text."""
    text, quantity = match.string, squash(match.group())
    before, after = text[: match.start()].split(), text[match.end() :].split()
    left = squash(before[-1]) if before else ""
    right = squash(after[0]) if after else ""
    return bool(
        (len(left) > 2 and _has(whole, left + quantity))
        or (len(right) > 2 and _has(whole, quantity + right))
    )


def _has(text: str, quantity: str) -> bool:
    """Whether `quantity` stands in `text`, not as part of a longer number or word."""
    start = r"(?<![\d.,·])" if quantity[:1].isdigit() else ""
    end = r"(?!\d)" if quantity[-1:].isdigit() else ""
    return re.search(start + re.escape(quantity) + end, text) is not None


def squash(text: str) -> str:
    """Only what was read: no white space, one form of each look-alike."""
    return "".join(_folded(text).split())


def _folded(text: str) -> str:
    text = text.replace("\u00ad", "").replace("\ufffe", "-").replace("\x02", "-")
    return text if text.isascii() else unicodedata.normalize("NFKC", text).translate(_FOLD)


def states_dose(text: str) -> bool:
    """Whether a number with a unit stands in `text`."""
    return _DOSE.search(_folded(text)) is not None
