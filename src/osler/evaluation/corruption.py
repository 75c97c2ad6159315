"""One sentence of a real document, changed in exactly one thing so that it is no longer true.

Everything here is templates over raw text: it knows nothing of how the gate or the grammar read
a dose, so that they can be measured by it. A change is left out where another part of the same
sentence, or what the sentence stands under, would make it true.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from osler.evaluation.corruption_sentences import RawSentence
from osler.evaluation.corruption_words import (
    COMPARATORS,
    DIRECTIVES,
    POPULATIONS,
    ROUTE_FORMS,
    ROUTE_SWAPS,
    ROUTE_WORDS,
    SHORT_ROUTES,
    TIMINGS,
    UNIT_SWAPS,
)

NUMBER = r"\d+(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
DASH = r"\s*(?:-|–|—|\bto\b)\s*"
UNIT = (
    r"mg|mcg|µg|μg|micrograms?|milligrams?|grams?|g|IU|international units|units?|millilitres?"
    r"|mL|ml|mmol|mEq|tablets?|capsules?|puffs?|drops?|MME"
)
AMOUNT = re.compile(
    rf"(?<![\w.,/])(?<!\d[-–—])(?!(?:19|20)\d\d[a-z]\b)(?P<low>{NUMBER})(?:(?P<dash>{DASH})(?P<high>{NUMBER}))?"
    rf"(?P<gap>\s?)(?P<unit>{UNIT})(?![\w²])(?P<per>\s?/\s?(?:kg|m2|m²)\b)?"
)
ANY_NUMBER = re.compile(rf"(?<![\w.])(?:{NUMBER})")
TIME_UNIT = r"minutes?|mins?|hours?|days?|weeks?|months?|years?"
DURATION = re.compile(
    rf"\b(?P<lead>for|x|over|during)\s+(?P<low>{NUMBER})(?:(?P<dash>{DASH})(?P<high>{NUMBER}))?"
    rf"\s?(?P<unit>{TIME_UNIT})\b(?!\s+(?:of age|old))",
    re.IGNORECASE,
)
LONGER = {"min": "hour", "hour": "day", "day": "week", "week": "month", "month": "year"}
SHORTER = {"year": "month"}
INTERVAL = re.compile(
    r"\b(?:every\s+(?P<every>\d{1,2})\s+(?P<unit>hours|days|weeks|months)"
    r"|(?<![-–] )(?<![-–])(?P<hourly>\d{1,2})[ -]?hourly)\b",
    re.IGNORECASE,
)
# Before a match: the other half of a range or of "once or twice", which must stay with it.
HALF = re.compile(r"(?:[-–,]|\b(?:or|to|times|once|twice|in \d+ doses))\s*$", re.IGNORECASE)
REFERENCE = re.compile(r"https?:|\bdoi\b|[“”]")  # literature, exercises and stories
TWO_UNITS = re.compile(r"\bm?g [mμµ]c?g")  # misprints
MASS = {"mg": "mg", "milligram": "mg", "mcg": "ug", "µg": "ug", "μg": "ug", "microgram": "ug"}
IN_MICROGRAMS = {"ug": Decimal(1), "mg": Decimal(1000), "g": Decimal(10) ** 6}


@dataclass(frozen=True, slots=True)
class Variant:
    """A claim made from a passage; `kind` says what was done, `change` shows it."""

    kind: str
    document: str
    passage: str
    claim: str
    context: str
    change: str


Edit = tuple[int, int, str]


def corruptions(sentence: RawSentence) -> Iterator[Variant]:
    """Every single corruption of a sentence that the templates know, in a fixed order."""
    text = sentence.text
    if REFERENCE.search(text) or TWO_UNITS.search(text):
        return
    dosed = any(True for _ in amounts(text))
    for kind, edits in _KINDS.items():
        if not dosed and kind != "polarity":
            continue
        for start, end, replacement in edits(sentence):
            claim = text[:start] + replacement + text[end:]
            if claim.casefold() == text.casefold():
                continue
            yield Variant(
                kind,
                sentence.document,
                text,
                claim[:1].upper() + claim[1:] if text[:1].isupper() else claim,
                sentence.context,
                f"{text[start:end]} → {replacement}",
            )


def amounts(text: str) -> Iterator[re.Match[str]]:
    """Every number with a dose unit, ranges as one; concentrations and lab values left out."""
    for match in AMOUNT.finditer(text):
        rest = text[match.end() : match.end() + 6].lstrip()
        clearance = part(match, "unit") in {"mL", "ml"} and re.match(r"/\s?min", rest)
        if not clearance and not re.match(r"/\s?(?:dl|l\b|ml|mmol)", rest, re.IGNORECASE):
            yield match


def part(match: re.Match[str], name: str) -> str:
    """A named group of AMOUNT, empty where it took no part."""
    return match.group(name) or ""


def written(value: Decimal, like: str = "") -> str:
    """A plain decimal; thousands separated where `like` was."""
    text = f"{value.normalize():f}"
    return f"{Decimal(text):,}" if "," in like else text


def decimal(text: str) -> Decimal:
    """A number as written, thousands separators dropped."""
    return Decimal(text.replace(",", ""))


def _scaled(sentence: RawSentence, factor: Decimal) -> Iterator[Edit]:
    present = _sizes(sentence.text)
    for match in amounts(sentence.text):
        if _split_range(sentence.text, match):
            continue
        low, high = part(match, "low"), part(match, "high")
        start, end = match.span("low")[0], match.span("unit")[0]
        new = written(decimal(low) * factor, low)
        moved = {decimal(low) * factor}
        if high:
            new += part(match, "dash") + written(decimal(high) * factor, high)
            moved.add(decimal(high) * factor)
        unit = part(match, "unit")
        if not any(_size(value, unit) in present for value in moved):
            yield start, end, new + part(match, "gap")


def _times_ten(sentence: RawSentence) -> Iterator[Edit]:
    return _scaled(sentence, Decimal(10))


def _tenth(sentence: RawSentence) -> Iterator[Edit]:
    return _scaled(sentence, Decimal("0.1"))


def _unit_swap(sentence: RawSentence) -> Iterator[Edit]:
    text = sentence.text
    present = _sizes(text)
    for match in amounts(text):
        unit, per = part(match, "unit"), part(match, "per")
        swap = UNIT_SWAPS.get(unit)
        values = [decimal(v) for v in (part(match, "low"), part(match, "high")) if v]
        if swap is None or _split_range(text, match):
            continue
        if not any(_size(value, swap) in present for value in values):
            yield *match.span("unit"), swap
        kilogram = len(re.findall(r"\bkg\b", text))
        if per and "kg" in per and kilogram == 1 and "body weight" not in text:
            yield *match.span("per"), ""
        elif not per and kilogram == 0 and unit in {"mg", "g", "mcg", "μg", "µg", "units"}:
            after = text[match.end() : match.end() + 12].lstrip()
            if not after.startswith(("/", "per ", "(", "in ", "tab", "cap")):
                yield match.span("unit")[1], match.span("unit")[1], "/kg"


def _range_edge(sentence: RawSentence) -> Iterator[Edit]:
    present = _sizes(sentence.text)
    for match in amounts(sentence.text):
        low, high = part(match, "low"), part(match, "high")
        if not high or decimal(high) <= decimal(low):
            continue
        unit = part(match, "unit")
        higher = decimal(high) + (decimal(high) - decimal(low))
        lower = decimal(low) / 2
        if _size(higher, unit) not in present:
            yield *match.span("high"), written(higher, high)
        if _size(lower, unit) not in present and lower == lower.quantize(Decimal("0.01")):
            yield *match.span("low"), written(lower, low)


def _exchange(sentence: RawSentence) -> Iterator[Edit]:
    """Two doses of one sentence in each other's place; a mere list of strengths is left alone."""
    text = sentence.text
    found = [m for m in amounts(text) if not _split_range(text, m)]
    if len(found) != 2:
        return
    first, second = found
    between = text[first.end() : second.start()]
    doses = [m.group()[: len(m.group()) - len(part(m, "per"))] for m in found]
    listed = len(between.split()) < 3 or "(" in between
    if listed or doses[0].casefold() == doses[1].casefold():
        return
    if _size(decimal(part(first, "low")), part(first, "unit")) == _size(
        decimal(part(second, "low")), part(second, "unit")
    ):
        return
    start, end = first.start(), second.end("unit")
    yield start, end, doses[1] + text[first.end("unit") : second.start()] + doses[0]


def _route(sentence: RawSentence) -> Iterator[Edit]:
    text, around = sentence.text, f"{sentence.text}\n{sentence.context}"
    for match in ROUTE_WORDS.finditer(text):
        old, form = ROUTE_FORMS[match.group().lower()]
        new = ROUTE_SWAPS[old]
        mentioned = [ROUTE_FORMS[m.group().lower()][0] for m in ROUTE_WORDS.finditer(around)]
        if mentioned.count(old) > 1 or new in mentioned or "infusion" in around.lower():
            continue
        word = next(w for w, value in ROUTE_FORMS.items() if value == (new, form))
        capital = word[0].upper() + word[1:] if match.group()[0].isupper() else word
        yield match.start(), match.end(), SHORT_ROUTES.get(word, capital)


def _timing(sentence: RawSentence) -> Iterator[Edit]:
    text = sentence.text
    taken: list[tuple[int, int]] = []
    for rule, new, others in TIMINGS:
        for match in rule.finditer(text):
            if any(a < match.end() and match.start() < b for a, b in taken):
                continue
            taken.append(match.span())
            if HALF.search(text[: match.start()]):
                continue
            if not re.search(others, text, re.IGNORECASE):
                yield match.start(), match.end(), match.expand(new)
    for match in INTERVAL.finditer(text):
        name = "every" if match.group("every") else "hourly"
        number = int(match.group(name))
        for new_number in (_other_interval(number), number * 2):
            pattern = rf"(?<!\d){new_number}[ -]?(?:{match.group('unit') or 'hour'})"
            if new_number != number and not re.search(pattern, text, re.IGNORECASE):
                yield *match.span(name), str(new_number)


def _duration(sentence: RawSentence) -> Iterator[Edit]:
    text = sentence.text
    for match in DURATION.finditer(text):
        unit, lead = match.group("unit").lower(), match.group("lead").lower()
        stem = "min" if unit.startswith("min") else unit.rstrip("s")
        if lead == "over" and stem in {"year", "month"}:
            continue  # an age
        other = LONGER.get(stem) or SHORTER[stem]
        number = match.group("high") or match.group("low")
        if len(re.findall(rf"(?<![\d.]){re.escape(number)}\s?{stem}", text)) > 1:
            continue
        plural = other if number == "1" else f"{other}s"
        if not re.search(rf"(?<!\d){re.escape(number)}\s?{other}", text):
            yield *match.span("unit"), plural
        doubled = written(decimal(number) * 2)
        name = "high" if match.group("high") else "low"
        if not re.search(rf"(?<!\d){doubled}\s?{stem}", text) and number != "1":
            yield *match.span(name), doubled


def _comparator(sentence: RawSentence) -> Iterator[Edit]:
    for pattern, new in COMPARATORS:
        for match in pattern.finditer(sentence.text):
            if not re.search(rf"(?<!\w){re.escape(new)}(?!\w)", sentence.text, re.IGNORECASE):
                yield match.start(), match.end(), _cased(match.group(), new)


def _population(sentence: RawSentence) -> Iterator[Edit]:
    around = f"{sentence.text}\n{sentence.context}"
    for pattern, new, others in POPULATIONS:
        found = list(pattern.finditer(sentence.text))
        if len(found) != 1 or re.search(others, around, re.IGNORECASE):
            continue
        yield found[0].start(), found[0].end(), _cased(found[0].group(), new)


def _polarity(sentence: RawSentence) -> Iterator[Edit]:
    for pattern, new, others in DIRECTIVES:
        found = list(pattern.finditer(sentence.text))
        if len(found) != 1 or (others and re.search(others, sentence.text, re.IGNORECASE)):
            continue
        yield found[0].start(), found[0].end(), _cased(found[0].group(), new)


_KINDS: dict[str, Callable[[RawSentence], Iterator[Edit]]] = {
    "amount ×10": _times_ten,
    "amount ÷10": _tenth,
    "unit": _unit_swap,
    "range edge": _range_edge,
    "exchange": _exchange,
    "route": _route,
    "timing": _timing,
    "duration": _duration,
    "comparator": _comparator,
    "population": _population,
    "polarity": _polarity,
}


def _size(value: Decimal, unit: str) -> tuple[Decimal, str]:
    """Value and unit, masses in micrograms, so that 1 mg and 1000 mcg are one."""
    stem = unit if unit in {"µg", "μg", "mg", "mcg", "g"} else unit.rstrip("s").lower()
    mass = "g" if stem in {"g", "gram"} else MASS.get(stem)
    if mass is not None:
        return (value * IN_MICROGRAMS[mass]).normalize(), "ug"
    return value.normalize(), {"ml": "mL", "millilitre": "mL", "l": "L"}.get(stem, stem)


def _sizes(text: str) -> set[tuple[Decimal, str]]:
    """Every amount stated, and every bare number in every unit of the sentence.

    A bare number can be the other end of a list ("250, 500 or 1000 mg").
    """
    units = {m.group("unit") for m in AMOUNT.finditer(text)}
    numbers = {decimal(m.group()) for m in ANY_NUMBER.finditer(text)}
    return {_size(number, unit) for number in numbers for unit in units}


def _split_range(text: str, match: re.Match[str]) -> bool:
    """Whether the amount is one end of a range that names its unit twice ("500 mg - 1 g")."""
    before, after = text[: match.start()], text[match.end() :]
    return bool(
        re.search(rf"(?:{UNIT}|\d)\s*(?:-|–|—|to|/|x|×|\+)\s*$", before)
        or re.match(r"\s*(?:-|–|—|to|/|\+)\s*\d", after)
    )


def _other_interval(number: int) -> int:
    return {4: 6, 6: 8, 8: 6, 12: 8, 24: 12}.get(number, number + 1)


def _cased(old: str, new: str) -> str:
    return new[:1].upper() + new[1:] if old[:1].isupper() else new
