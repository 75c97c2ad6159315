"""Weight and height in what a question says of a patient, in the units people use."""

from __future__ import annotations

import re
from decimal import Decimal

from osler.patterns import lazy

_WEIGHT = lazy(
    r"(?<![\w.])(?P<n>\d+(?:\.\d+)?)\s*-?\s*(?P<unit>kgs?|kilos?|kilograms?|lbs?|pounds)\b(?!\s*/|\s*per)",
    re.IGNORECASE,
    "kg|kilo|lb|pound",
)
_STONES = lazy(
    r"(?<![\w.])(?!(?:1|[2-9]1)st\b)(?P<n>\d{1,2}(?:\.\d+)?)\s*(?:stones?|st)\b"
    r"(?:\s*(?:and\s+)?(?P<lb>\d{1,2})(?:\s*(?:lbs?|pounds?)\b|"
    r"(?![\w.]|\s*(?:m?c?g|ml|kg|y|f|weeks?|months?|days?)\b)))?",
    re.IGNORECASE,
    "st",
)
_WEIGHS = lazy(
    r"\b(?:wt|weight|weighs|weighing)\s*(?:is|:|=|of|about|around|only|just|~)*\s*"
    r"(?P<n>\d+(?:\.\d+)?)(?!\s*(?:[.\d/%]|st|lb|pound|m?c?g\b|kg|ml|months?|weeks?|years?|loss))",
    re.IGNORECASE,
    "wt|weigh",
)
_IDEAL_BEFORE = lazy(
    r"\b(?:ideal(?:\s+body)?\s+weight|IBW)\s*(?:\(\w+\))?\s*(?:is|of|was|=|:)?\s*$", re.IGNORECASE
)
_IDEAL_WEIGHT = lazy(
    r"\b(?:ideal(?:\s+body)?\s+weight|IBW)\s*(?:\(\w+\))?\s*(?:is|of|was|=|:)?\s*"
    r"(?P<n>\d+(?:\.\d+)?)\s*kg\b",
    re.IGNORECASE,
    "ideal|IBW|ibw",
)
_HEIGHT = lazy(
    r"(?<![\w.])(?P<n>\d{2,3}(?:\.\d)?)\s*cm\b|(?<![\w.])(?P<m>[12][.,]\d{1,2})\s*m\b|"
    r"(?<![\w.])(?P<ft>[4-7])\s*(?:(?:ft|foot|feet)\b|['’′](?=\s*\d))\s*(?P<in>\d{1,2}(?:\.\d)?)?",
    re.IGNORECASE,
    "cm|m|ft|foot|feet|'|’|′",
)
_KG_PER_LB = Decimal("0.45359237")
_CM_PER_INCH = Decimal("2.54")
# "9 kg less than before", "lost 9 kg", "weight down by 9 kg": how two weights differ.
_LESS_OR_MORE = lazy(
    r"\s*\(?\s*(?:(?:of\s+)?(?:body\s+)?weight\s+)?(?:"
    r"(?:less|lighter|more|heavier|lower|higher)\b(?!\s+or\s+(?:less|more))|(?:loss|gain)\b|"
    r"(?:was\s+|were\s+|has\s+been\s+)?(?:lost|gained)\b|(?:down|up)\s+(?:on|since)\b|"
    r"(?:below|under|above|over)\s+(?:(?:his|her|their|its|the|my)\s+)?"
    r"(?:usual|normal|ideal|dry|target|previous|last|birth|baseline)\b)",
    re.IGNORECASE,
)
_CHANGED_BY = lazy(
    r"\b(?:lost|lose|loses|losing|gain(?:s|ed|ing)?|shed|put(?:ting)?\s+on|dropped|"
    r"(?:loss|gain|drop|fall|rise|increase|decrease|change|difference)\s+of|"
    r"(?:down|up|fallen|fell|risen|rose|increased|decreased|changed)\s+by|down|up|"
    r"weight\s+(?:loss|gain|change)(?:\s+(?:is|was))?|(?:less|lighter|more|heavier)\s+by)"
    r"(?:\s*:)?\s*(?:(?:about|around|some|nearly|almost|over|at\s+least|more\s+than|another|an?|"
    r"extra|additional|roughly|approximately|only|just|already)\s+)*[~≈]?\s*$",
    re.IGNORECASE,
)


def _is_difference(text: str, start: int, end: int) -> bool:
    """Whether a weight at these characters says how two differ, and none that anyone has."""
    if _LESS_OR_MORE.match(text, end):
        return True
    return _CHANGED_BY.search(text, max(0, start - 60), start) is not None


def read_weight(text: str) -> Decimal | None:
    """The actual weight in kg; from pounds or stones to 0.01 kg."""
    for stones in _STONES.finditer(text):
        if _is_difference(text, stones.start(), stones.end()):
            continue
        pounds = 14 * Decimal(stones["n"]) + Decimal(stones["lb"] or 0)
        return (pounds * _KG_PER_LB).quantize(Decimal("0.01"))
    for match in _WEIGHT.finditer(text):
        if _IDEAL_BEFORE.search(text, max(0, match.start() - 40), match.start()):
            continue
        if _is_difference(text, match.start(), match.end()):
            continue
        if re.search(
            r"(?:mg|mcg|g|units?|ml)\s*/\s*$|per\s+$", text[: match.start()], re.IGNORECASE
        ):
            continue
        amount = Decimal(match["n"])
        if match["unit"].lower().startswith(("lb", "pound")):
            return (amount * _KG_PER_LB).quantize(Decimal("0.01"))
        return amount
    bare = _WEIGHS.search(text)
    if (
        bare is None
        or _is_difference(text, bare.start("n"), bare.end("n"))
        or _IDEAL_BEFORE.search(text[: bare.start("n")])
    ):
        return None
    return Decimal(bare["n"])


def read_ideal_weight(text: str) -> Decimal | None:
    """The ideal body weight in kg, where it is stated as such."""
    match = _IDEAL_WEIGHT.search(text)
    return Decimal(match["n"]) if match else None


_SHORTEST = 40  # cm; less is of a wound, a worm or a liver


def read_height(text: str) -> Decimal | None:
    """The height in cm."""
    heights = map(_height, _HEIGHT.finditer(text))
    return next((height for height in heights if height >= _SHORTEST), None)


def _height(match: re.Match[str]) -> Decimal:
    if match["n"]:
        return Decimal(match["n"])
    if match["m"]:
        return Decimal(match["m"].replace(",", ".")) * 100
    return (12 * Decimal(match["ft"]) + Decimal(match["in"] or 0)) * _CM_PER_INCH
