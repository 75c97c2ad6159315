"""Amounts with a unit as they stand in a text, before it is known what each one is."""

# ruff: noqa: E501  (an alternative of a pattern reads best on one line)

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise

from osler.domain.dosage import Comparator
from osler.dosage.numbers import BEGIN, DASH, NUMBER, SCALES, UPPER, plain, read_number
from osler.dosage.spans import words
from osler.dosage.units import TIME, UNIT, read_time_unit, read_unit, to_base
from osler.patterns import lazy


@dataclass(frozen=True, slots=True)
class Amount:
    """A number or range with its unit: `per` "kg" or "m2", `per_time` UCUM, `over` a volume or form.

    `over` is the denominator of a concentration or strength ("mL", "(5.mL)", "L", "{tablet}").
    """

    low: Decimal
    high: Decimal
    unit: str
    start: int
    end: int
    comparator: Comparator | None = None
    compared_from: int = 0  # where the comparator begins
    per: str | None = None
    per_time: str | None = None
    over: str | None = None
    combined: tuple[Decimal, ...] = ()
    pieces: int = 1  # "2 × 500 mg": the amount is that of both

    @property
    def code(self) -> str:
        """The unit with its denominator, UCUM."""
        return f"{self.unit}/{self.over}" if self.over else self.unit


_ARTICLE = r"(?:\s+(?:an?|of\s+an?)(?=\s))?"
# "2.4 M units" are millions, "3 mU" are thousandths.
_SCALE = rf"(?:\s*(?P<scale>{'|'.join(SCALES)}|(?-i:M(?=\s*(?:[Uu]nits|IU|U)\b))))?"
# "One double-strength tablet"
KINDS_OF_FORM = r"(?:(?:double|single|half|extra|adult|full)[\s-]strength|DS|SS|dispersible|soluble|effervescent|chewable|scored|paediatric|pediatric|adult)"
_KIND = rf"(?:{KINDS_OF_FORM}\s+(?=(?i:tab|caps|sachet|supposit|lozenge)))?"
# The unit of the lower end may differ, and either end may carry its own "/kg".
_QUANTITY = lazy(
    rf"(?P<n1>(?i:{NUMBER})){_ARTICLE}"
    rf"(?:(?:\s*(?P<u1>{UNIT})(?P<p1>\s?(?:/|per)\s?kg(?:/day|/hour)?)?)?"
    rf"(?i:{DASH})(?:<\s*)?(?P<n2>(?i:{UPPER})))?{_ARTICLE}"
    rf"(?i:{_SCALE})[\s-]*(?i:{_KIND})(?P<unit>{UNIT})"
)
# "10, 20, 40 and 80 mg": the unit is said once for several amounts, the least of them first.
_LISTED = lazy(
    rf"{UPPER}(?:\s*,\s*{UPPER})+\s*(?:,|,?\s*\b(?:or|and)\b)\s*{UPPER}\s*(?P<unit>{UNIT})"
)
_ONE_OF = lazy(UPPER)
_COUNTS = lazy(  # "on days 1, 2, 3 mg", "step 1 – 6 mg", "on day two 500 mg capsules"
    r"\b(?:days?|lines?|doses?|courses?|parts?|groups?|numbers?|weeks?|months?|years?|hours?|age[ds]?|stages?|types?|grades?|phases?|visits?|"
    r"steps?|cycles?|levels?|options?|tables?|figures?|recommendations?|chapters?|sections?)\s*$",
    re.I,
)
_PARTING_DASH = lazy(r"\s+[-‐‑‒–—−]\s+")
# "CDC, 2022g" is a reference, "age 5" and "B12" are not amounts.
_REFERENCE = lazy(r"(?:19|20)\d\d[a-zA-Z]")
_BETWEEN = lazy(
    rf"(?:(?<=between )|(?<=from )|(?<=Between )|(?<=From ))(?P<n1>{NUMBER})(?:\s*(?P<u1>(?-i:{UNIT})))?\s+and\s+(?P<n2>{UPPER})\s*(?P<unit>(?-i:{UNIT}))",
    re.I,
)
_FORM = r"tablets?|tabs?|capsules?|puffs?|sachets?|ampoules?|vials?|sprays?|drops?|doses?|patch"
_DENOMINATOR = lazy(
    rf"(?:\s+(?:of\s+)?(?!(?:daily|weekly|twice|once|per|and|or|to|then|in|is|oral|orally|every)\b)(?:elemental\s+)?[A-Za-z]+(?=\s*(?:/|\s+per\s)\s*(?:kg|kilo)))?\s*(?:(?P<slash>/|\bper\b|\bfor\s+(?:each|every)(?=\s+(?:kg|kilo)))|(?P<article>\ban?\b(?=\s+(?:day|week|month|hour|minute|year)\b)|\beach\b(?=\s+(?:hour|minute)\b)))\s*"
    rf"(?:(?P<n>\d+(?:\.\d+)?)\s*)?"
    rf"(?:(?P<kg>kgs?\b|KG\b|kg(?=[a-z])|Kg\b|kilogram\b|kilo\b)|(?P<m2>m\s?(?:2|²|\^2)|(?:body\s+)?(?:square\s+met(?:re|er)|surface\s+area))"
    rf"|(?P<form>(?:{_FORM})\b)|(?P<volume>(?:m[lL]s?|ML|millilit(?:re|er)|d[lL]|L|l|lit(?:re|er)|g|gram|mmol|mg)\b)|(?P<time>{TIME}))",
)
# "125/31 mg", "160/4.5 micrograms", "50/200/200 mg": parts of a combination, not a fraction.
_COMBINED = lazy(
    r"(?<![\w.,/])(?!1/[234](?!\d)|[23]/[34](?!\d))(?P<parts>(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
    r"(?:\s?/\s?\d+(?:\.\d+)?){1,3})[\s-]*"
    rf"(?P<unit>{UNIT})"
)
_FURTHER = lazy(rf"\s?/\s?(?P<n>(?!1\s)\d+(?:\.\d+)?)\s?(?P<unit>{UNIT})")
_MASSES = frozenset({"g", "mg", "ug"})
_BODY = lazy(r"\s*(?:of\s+)?(?:actual\s+|ideal\s+|lean\s+)?(?:body\s?-?weight|bw\b|b\.w\.)", re.I)
_COMPARE = {
    "at least": Comparator.AT_LEAST, "not less than": Comparator.AT_LEAST,
    "no less than": Comparator.AT_LEAST, "a minimum of": Comparator.AT_LEAST, "≥": Comparator.AT_LEAST,
    ">=": Comparator.AT_LEAST, "minimum": Comparator.AT_LEAST, "up to": Comparator.AT_MOST,
    "no more than": Comparator.AT_MOST, "not above": Comparator.AT_MOST, "never above": Comparator.AT_MOST, "not over": Comparator.AT_MOST, "not more than": Comparator.AT_MOST, "≤": Comparator.AT_MOST,
    "<=": Comparator.AT_MOST, "at most": Comparator.AT_MOST, "as much as": Comparator.AT_MOST, "less than": Comparator.LESS,
    "below": Comparator.LESS, "under": Comparator.LESS, "<": Comparator.LESS, "fewer than": Comparator.LESS,
    "younger than": Comparator.LESS, "lower than": Comparator.LESS, "more than": Comparator.GREATER,
    "greater than": Comparator.GREATER, "over": Comparator.GREATER, "above": Comparator.GREATER,
    "beyond": Comparator.GREATER, "in excess of": Comparator.GREATER,
    "exceeding": Comparator.GREATER, "exceeds": Comparator.GREATER, "higher than": Comparator.GREATER,
    "older than": Comparator.GREATER, ">": Comparator.GREATER, "about": Comparator.ABOUT,
    "approximately": Comparator.ABOUT, "around": Comparator.ABOUT, "approx.": Comparator.ABOUT,
    "~": Comparator.ABOUT, "≈": Comparator.ABOUT,
}  # fmt: skip
_COMPARED = lazy(
    r"(?:^|(?<=[\s(])|(?<![A-Za-z])(?=[<>≤≥~≈]))("
    + "|".join(re.escape(c).replace(r"\ ", r"\s+") for c in sorted(_COMPARE, key=len, reverse=True))
    + r")\s*(?:a\s+|the\s+)?(?:total\s+(?:of\s+)?)?$",
    re.I,
)


GIVING = (
    r"(?:(?:be|been|to)\s+)*(?:tak(?:e|en)|giv(?:e|en)|used?|receiv(?:e|ed)|administer(?:ed)?|drink|"
    r"inject(?:ed)?|appl(?:y|ied)|increased?(?:\s+to)?|consumed?|prescribed?)\s+(?:(?:it|this|them)\s+)?"
)
"""The words of giving a dose that a prohibition may hold: "do not take more than"."""
_FORBIDDEN = lazy(rf"\b(?:not|never)\s+{GIVING}$", re.I)


_PIECES = lazy(
    r"(?<![\w.,/×])(?P<n>[2-9]|10)\s*[x×]\s*$|\b(?P<word>two|three|four|five|six)\s+$", re.I
)
# "One to two 500 mg tablets", "between 1 and 2 × 500 mg": what stands before the higher count.
_FEWEST = lazy(
    rf"(?<![\w.,/])(?P<between>between\s+)?(?P<n>one|two|three|four|five|[1-9])"
    rf"(?:(?i:{DASH})|\s+or\s+|\s+(?P<and>and)\s+)$",
    re.I,
)
_NO_COUNT = lazy(r"(?:\bor|(?<!\bup )\bto|[-‐‑‒–—−/])\s*$", re.I)
_FORMS_AFTER = lazy(
    r"[\s-]*(?:[\w/-]+\s+)?(?:tablets|capsules|sachets|suppositories|patches|vials|ampoules)\b",
    re.I,
)
_OR_LESS = lazy(
    r"\s+or\s+(?:(?P<less>less|fewer|lower|under|below)|more|greater|higher|over|above)\b"
    r"(?!\s+(?:than|often|frequent|recent|of)\b)",
    re.I,
)  # fmt: skip


def _comparator_after(text: str, end: int) -> tuple[Comparator | None, int]:
    """The comparator that follows an amount ("10 mg or less"), and where it ends."""
    found = _OR_LESS.match(text, end)
    if not found:
        return None, end
    return Comparator.AT_MOST if found["less"] else Comparator.AT_LEAST, found.end()


def comparator_before(text: str, start: int) -> tuple[Comparator | None, int]:
    """The comparator that ends where a number starts, and where it begins."""
    lead = text[max(0, start - 30) : start]
    found = _COMPARED.search(lead)
    if not found:
        return None, start
    word = " ".join(found[1].lower().split())
    begin = start - len(lead) + found.start(1)
    if _COMPARE[word] is Comparator.GREATER and _FORBIDDEN.search(text[max(0, begin - 40) : begin]):
        return Comparator.AT_MOST, begin
    return _COMPARE[word], start - len(lead) + found.start(1)


def find_amounts(text: str) -> list[Amount]:
    """Every number with a unit that a dose, a strength or a laboratory value may have."""
    found: list[Amount] = []
    position = 0
    between = "between" in text or "from" in text
    for start, word in words(text):
        if start < position or word not in BEGIN:
            continue
        if word == "0" and text.find(",", start, start + 8) > 0:
            several = _read_list(text, start)
            if several:
                found += several
                position = several[-1].end
                continue
        match = (_BETWEEN.match(text, start) if between else None) or _QUANTITY.match(text, start)
        if match and _is_count(text, match):
            continue  # the amount is what comes behind the dash
        amount = _read(text, match) if match else _read_combined(text, start)
        if amount is not None:
            found.append(amount)
            position = amount.end
    return found


def _is_count(text: str, match: re.Match[str]) -> bool:
    """Whether a number only counts, before a dash with blanks about it: "Day 1 – 200 mg"."""
    upper = match.groupdict().get("n2")
    if not upper or _COUNTS.search(text, max(0, match.start() - 20), match.start()) is None:
        return False
    return _PARTING_DASH.match(text, match.end("n1")) is not None


def _read_list(text: str, start: int) -> list[Amount]:
    """Three or more rising amounts that share the unit of the last, each by itself."""
    listed = _LISTED.match(text, start)
    if listed is None or _COUNTS.search(text, max(0, start - 20), start):
        return []
    places = [(m.start(), m.end()) for m in _ONE_OF.finditer(text, start, listed.start("unit"))]
    numbers = [read_number(text[first:last]) for first, last in places]
    last = _QUANTITY.match(text, places[-1][0])
    amount = _read(text, last) if last else None
    if amount is None or any(b <= a for a, b in pairwise(numbers)):
        return []
    before = [
        replace(amount, low=plain(n), high=plain(n), start=first, end=end, compared_from=first)
        for n, (first, end) in zip(numbers[:-1], places[:-1], strict=True)
    ]
    return [*before, amount]


def _read(text: str, m: re.Match[str]) -> Amount | None:
    said = m.groupdict()
    if _REFERENCE.match(text, m.start("n1")):
        return None
    number, upper, first_unit = said["n1"], said.get("n2"), said.get("u1")
    unit_text, scale = said["unit"], said.get("scale")
    if first_unit and re.search(
        r"[a-z]\s*(?:/kg)?\s*or\s", text[m.start("u1") : m.start("n2")], re.I
    ):
        upper, unit_text, first_unit = None, first_unit, None  # "500 mg or 850 mg" are two
    factor = Decimal(1)
    if scale:
        factor = Decimal(SCALES.get(scale.lower(), 10**6))
    unit = read_unit(unit_text)
    low = read_number(number)
    high = read_number(upper) if upper else low
    if first_unit:
        low, high, unit = _joined(low, read_unit(first_unit), high * factor, unit)
    else:
        low, high = low * factor, high * factor
    if unit in ("MU", "M[iU]"):
        low, high, unit = low * 10**6, high * 10**6, unit[1:]
    unit_end = m.end("u1") if said.get("u1") and not first_unit else m.end()
    combined: tuple[Decimal, ...] = ()
    further = _FURTHER.match(text, unit_end)
    if further and low == high and unit in _MASSES and read_unit(further["unit"]) == unit:
        combined, unit_end = (read_number(further["n"]),), further.end()
    per, per_time, over, end = _denominators(text, unit_end)
    start, pieces = m.start("n1"), 1
    several = _PIECES.search(text, max(0, start - 8), start) if over is None else None
    if several and (several["n"] or _FORMS_AFTER.match(text, end)):
        start, fewest, pieces = _pieces(text, several)
        low, high = low * fewest, high * pieces
    comparator, begin = comparator_before(text, start)
    if comparator is None:
        comparator, end = _comparator_after(text, end)
    return Amount(
        plain(low), plain(high), unit, start, end, comparator, begin, per, per_time, over, combined,
        pieces,
    )  # fmt: skip


def _pieces(text: str, several: re.Match[str]) -> tuple[int, int, int]:
    """Where a count of pieces begins, its lower and its upper end: "one to two 500 mg tablets".

    One piece, where the number does not count them: "on day two 500 mg capsules twice daily".
    """
    most = int(read_number(several["n"] or several["word"]))
    start = several.start()
    none = several.end(), 1, 1
    fewest = _FEWEST.search(text, max(0, start - 20), start)
    if fewest is None:
        lead = text[max(0, start - 20) : start]
        return none if _NO_COUNT.search(lead) or _COUNTS.search(lead) else (start, most, most)
    least, start = int(read_number(fewest["n"])), fewest.start()
    is_range = least < most and bool(fewest["and"]) == bool(fewest["between"])
    counts = _COUNTS.search(text, max(0, start - 20), start)
    return (start, least, most) if is_range and not counts else none


def _read_combined(text: str, start: int) -> Amount | None:
    """The strengths of a combination, its first part the amount."""
    m = _COMBINED.match(text, start)
    if not m or read_unit(m["unit"]) not in _MASSES:
        return None
    first, *rest = (plain(read_number(part)) for part in re.split(r"\s?/\s?", m["parts"]))
    per, per_time, over, end = _denominators(text, m.end())
    comparator, begin = comparator_before(text, start)
    unit = read_unit(m["unit"])
    return Amount(
        first, first, unit, start, end, comparator, begin, per, per_time, over, tuple(rest)
    )


def _joined(
    low: Decimal, low_unit: str, high: Decimal, high_unit: str
) -> tuple[Decimal, Decimal, str]:
    """Both ends in the smaller unit: "250 microgram – 1 mg" is 250–1000 ug."""
    if low_unit == high_unit:
        return low, high, low_unit
    _, base = to_base(low, low_unit)
    high_base, other = to_base(high, high_unit)
    if base != other:
        return low, high, high_unit
    one, _ = to_base(Decimal(1), low_unit)
    return low, high_base / one, low_unit


def _denominators(text: str, end: int) -> tuple[str | None, str | None, str | None, int]:
    per = per_time = over = None
    while m := _DENOMINATOR.match(text, end):
        if m["kg"] and not per:
            per = "kg"
        elif m["m2"] and per_time == "min" and m["n"]:
            over, per_time = "min/{1.73_m2}", None  # glomerular filtration
        elif m["m2"]:
            per = "m2"
        elif m["form"]:
            if not m["form"].lower().startswith("dose"):
                over = over or read_unit(m["form"])
        elif m["volume"] and not over:
            unit = read_unit(m["volume"])
            over = f"({m['n']}.{unit})" if m["n"] and m["n"] != "1" else unit
        elif m["time"] and not per_time:
            if m["n"] and m["n"] != "24":
                break
            per_time = "d" if m["n"] == "24" else read_time_unit(m["time"].lower())
        else:
            break
        end = m.end()
        body = _BODY.match(text, end)
        if body:
            end = body.end()
    return per, per_time, over, end
