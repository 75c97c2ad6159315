"""The same sentence in other words: what a gate must let pass.

As in `osler.evaluation.corruption`, templates over raw text. Each rewrite changes one thing, in
writing only: unit spelling, abbreviation, order of route and timing, number form, dash, white
space and case.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from decimal import Decimal

from osler.evaluation.corruption import (
    HALF,
    NUMBER,
    REFERENCE,
    TIME_UNIT,
    TWO_UNITS,
    Edit,
    Variant,
    amounts,
    decimal,
    part,
    written,
)
from osler.evaluation.corruption_sentences import RawSentence

SPELLINGS = {
    "mg": ("milligrams", "milligram"),
    "mcg": ("micrograms", "µg", "μg"),
    "µg": ("micrograms", "mcg"),
    "μg": ("micrograms", "mcg"),
    "microgram": ("mcg", "µg"),
    "micrograms": ("mcg", "µg"),
    "milligrams": ("mg",),
    "g": ("grams", "gram"),
    "grams": ("g",),
    "mL": ("millilitres", "ml"),
    "ml": ("millilitres", "mL"),
    "IU": ("international units",),
}
SMALLER = {"g": ("mg", 1000), "mg": ("mcg", 1000)}
LARGER = {"mg": ("g", 1000), "mcg": ("mg", 1000), "μg": ("mg", 1000), "µg": ("mg", 1000)}
WORDS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
FOLLOWS_ADVERB = (
    r"(?=\s+(?:every|once|twice|three|four|daily|over|stat|then|for|\d)|\s*(?:[,;:.)]|$))"
)


def _rule(pattern: str, *replacements: str) -> tuple[re.Pattern[str], tuple[str, ...]]:
    return re.compile(pattern, re.IGNORECASE), replacements


ABBREVIATIONS = (
    _rule(r"\borally\b", "by mouth", "PO"),
    _rule(r"\bby mouth\b", "orally"),
    _rule(r"\bintravenously\b", "IV"),
    _rule(r"\bintramuscularly\b", "IM"),
    _rule(r"\bsubcutaneously\b", "SC"),
    _rule(rf"\b(?-i:IV)\b{FOLLOWS_ADVERB}", "intravenously"),
    _rule(rf"\b(?-i:IM)\b{FOLLOWS_ADVERB}", "intramuscularly"),
    _rule(r"\bonce daily\b", "od", "once a day"),
    _rule(r"\btwice daily\b", "bd", "twice a day", "two times a day"),
    _rule(r"(?<![-–] )(?<![-–])\b(?:three|3) times daily\b", "tds", "three times a day"),
    _rule(r"(?<![-–] )(?<![-–])\b(?:four|4) times daily\b", "qds", "four times a day"),
    _rule(r"\bevery (\d{1,2}) hours\b", r"\1-hourly", r"\1 hourly", r"q\1h"),
    _rule(r"(?<![-–\d] )(?<![-–\d])\b(\d{1,2}) hourly\b", r"every \1 hours", r"\1-hourly"),
    _rule(r"\bstat\b", "immediately"),
    _rule(r"\bnocte\b", "at night"),
)
ROUTE = r"orally|by mouth|intravenously|intramuscularly|subcutaneously|sublingually|IV|IM"
FREQUENCY = (
    rf"(?:once|twice|(?:three|four|five|\d) times) daily|daily|every (?:{NUMBER}) hours"
    r"|(?:once |twice )?weekly|\d{1,2} hourly"
)
ROUTE_TIMING = re.compile(rf"\b({ROUTE}) ({FREQUENCY})\b(?! dose)", re.IGNORECASE)
TIMING_ROUTE = re.compile(rf"(?<![-–]) ({FREQUENCY}) ({ROUTE})\b", re.IGNORECASE)
TIMING_DURATION = re.compile(
    rf"\b({FREQUENCY}) (for \d+(?:\s?[-–]\s?\d+)? (?:{TIME_UNIT}))\b", re.IGNORECASE
)
SPACED_DASH = re.compile(rf"(?<![\w.,/–-])({NUMBER})(\s*[-–]\s*)({NUMBER})(?=\s?[a-zA-Zµμ])")
FOR_DAYS = re.compile(rf"\bfor (\d{{1,2}}) (?={TIME_UNIT})")


def rewrites(sentence: RawSentence) -> Iterator[Variant]:
    """Every rewrite of a sentence that states a dose, in a fixed order."""
    text = sentence.text
    if "|" in text:  # a table run together: no sentence to rewrite
        return
    if REFERENCE.search(text) or TWO_UNITS.search(text) or not any(True for _ in amounts(text)):
        return
    for kind, edits in _KINDS.items():
        for start, end, replacement in edits(text):
            claim = text[:start] + replacement + text[end:]
            if claim != text:
                change = f"{text[start:end]} → {replacement}"
                yield Variant(kind, sentence.document, text, claim, sentence.context, change)


def _unit_spelling(text: str) -> Iterator[Edit]:
    for match in amounts(text):
        unit, per = part(match, "unit"), part(match, "per")
        start, end = match.span("unit")
        gap = "" if part(match, "gap") else " "
        for spelling in SPELLINGS.get(unit, ()):
            # A word beside "/kg/day" is how nobody writes; abbreviations may take a word's place.
            if spelling.isalpha() and len(spelling) > 4 and text[end : end + 1] == "/":
                continue
            if spelling == "milligram" and not re.match(r" tab", text[end:]):
                continue
            if spelling == "gram" and part(match, "low") != "1":
                continue
            yield start, end, gap + spelling
        if per.strip() == "/kg" and text[match.span("per")[1] : match.span("per")[1] + 1] != "/":
            yield *match.span("per"), " per kg"


def _abbreviation(text: str) -> Iterator[Edit]:
    for pattern, replacements in ABBREVIATIONS:
        for match in pattern.finditer(text):
            if HALF.search(text[: match.start()]):
                continue
            for replacement in replacements:
                yield match.start(), match.end(), match.expand(replacement)


def _order(text: str) -> Iterator[Edit]:
    for pattern in (ROUTE_TIMING, TIMING_DURATION):
        for match in pattern.finditer(text):
            if not HALF.search(text[: match.start()]):
                yield match.start(), match.end(), f"{match.group(2)} {match.group(1)}"
    for match in TIMING_ROUTE.finditer(text):
        if HALF.search(text[: match.start()]):
            continue
        yield match.start(1), match.end(2), f"{match.group(2)} {match.group(1)}"


def _number_form(text: str) -> Iterator[Edit]:
    for match in amounts(text):
        low, high = part(match, "low"), part(match, "high")
        unit, gap = part(match, "unit"), part(match, "gap")
        start, end = match.span("low")[0], match.span("unit")[1]
        edge = re.search(r"[-–/x×]\s*$", text[:start]) or re.match(r"\s*[-–/]\s*\d", text[end:])
        if edge:
            continue
        if not high and decimal(low) >= 1000:
            new = low.replace(",", "") if "," in low else f"{decimal(low):,}"
            yield start, match.span("low")[1], new
        for table, up in ((SMALLER, True), (LARGER, False)):
            if unit not in table:
                continue
            other, factor = table[unit]
            values = [decimal(v) * factor if up else decimal(v) / factor for v in (low, high) if v]
            if all(Decimal("0.1") <= v <= 5000 for v in values):
                yield (
                    start,
                    end,
                    (part(match, "dash") or " ").join(map(written, values)) + gap + other,
                )
        counted = unit.rstrip("s") in {"tablet", "capsule", "puff", "drop"}
        if counted and not high and low.isdigit() and 1 <= int(low) <= 10:
            yield *match.span("low"), WORDS[int(low) - 1]
    for match in FOR_DAYS.finditer(text):
        if 1 <= int(match.group(1)) <= 10:
            yield *match.span(1), WORDS[int(match.group(1)) - 1]
    for match in re.finditer(r"(?<![-–] )(?<![-–])\b(three|3|four|4) times (?:daily|a day)", text):
        other = {"three": "3", "3": "three", "four": "4", "4": "four"}[match.group(1)]
        yield *match.span(1), other


def _dash(text: str) -> Iterator[Edit]:
    for match in SPACED_DASH.finditer(text):
        for dash in ("-", "–", " – ", " to "):
            if dash != match.group(2):
                yield *match.span(2), dash


def _writing(text: str) -> Iterator[Edit]:
    yield 0, len(text), text[:-1] if text.endswith(".") else f"{text}."
    match = next(iter(amounts(text)))
    start, end = match.span("gap")
    if not text[end:].startswith(("U", "u")):
        yield start, end, "" if part(match, "gap") else " "
        yield start, end, "\N{NO-BREAK SPACE}"
    word = re.match(r"[A-Z][a-z]{3,}\b", text)
    if word:
        yield word.start(), word.end(), word.group().lower()
        yield word.start(), word.end(), word.group().upper()
    if " " in text:
        at = text.index(" ")
        yield at, at + 1, "  "


_KINDS: dict[str, Callable[[str], Iterator[Edit]]] = {
    "unit spelling": _unit_spelling,
    "abbreviation": _abbreviation,
    "order": _order,
    "number form": _number_form,
    "dash": _dash,
    "writing": _writing,
}
