"""Laboratory values and other measures of the patient in a question."""

from __future__ import annotations

import re
from decimal import Decimal

from osler.patterns import lazy

_LINK = (
    r"\s*(?:\([^()]{0,30}\))?\s*(?:is|was|of|now|=|:|~|≈|at|about|around|approximately|"
    r"score|currently|has|fallen|down|to|dropped|level|value|risk|"
    r"(?:comes?|came|works?|worked)\s+(?:out|back)(?:\s+(?:at|as|to))?)*\s*(?:is|of|now|"
    r"to)?\s*[=:~]?\s*"
)
_BOUND = r"(?P<bound>[><]=?|≥|≤|(?:under|below|less than|over|above|more than)\s)?\s*"
_NUM = r"(?P<n>\d+(?:\.\d+)?)"
_VALUES = (
    (
        "bmi",
        lazy(rf"\b(?:bmi|body mass index){_LINK}{_BOUND}{_NUM}", re.IGNORECASE, "bmi|body mass"),
    ),
    ("egfr", lazy(rf"\be?gfr{_LINK}{_BOUND}{_NUM}", re.IGNORECASE, "gfr")),
    (
        "crcl",
        lazy(
            rf"\b(?:cr\s?cl|clcr|creat(?:inine)?\.? cl(?:earance)?|cockcroft[-\s]gault|"
            rf"(?<!lactate )clearance){_LINK}"
            rf"{_BOUND}{_NUM}",
            re.IGNORECASE,
            "cr|clearance",
        ),
    ),
    (
        "risk_percent",
        lazy(
            rf"\b(?:q?risk-?\s?[23]?|ascvd risk|(?:10|"
            rf"ten)[-\s]year (?:cv\w* )?risk){_LINK}{_BOUND}{_NUM}\s*%",
            re.IGNORECASE,
            "risk",
        ),
    ),
)
# "CR 30 mg" is a controlled release: a value of "Cr" is not followed by the unit of a dose.
_CREATININE = lazy(
    rf"\b(?:(?:[sS]\.?\s?)?(?i:creatinine|creat)|s?[cC]r)\b(?! ?(?i:cl))(?i:{_LINK}){_NUM}"
    r"(?!\.?\d)\s*(?:(?P<unit>(?i:mg/dl|[µμu]mol/l|[µμu]mol|micromol/l|micromoles))|(?!m?c?g\b))",
    0,
    "cr",
)
_MG_DL = Decimal("88.42")  # µmol/L in 1 mg/dL of creatinine
_LOW, _HIGH = ("<", "under", "below", "less than"), (">", "over", "above", "more than")


# "eGFR was 50, now 25", "falls from 50 to 25", "80 → 40"
_CHANGED = lazy(
    r"\b(?P<what>e?GFR|Cr\s?Cl|clearance|creatinine|BMI|weight|potassium|sodium|INR|Hb|"
    r"platelets?|K|Na)"
    r"(?:\s+(?:was|is|has|had|of|been|fell|falls|fallen|falling|dropped|drops|dropping|gone|"
    r"went|goes|"
    r"rose|rises|risen|rising|down|up|declined|decreased|increased|worsened|improved|from|"
    r"last \w+))*"
    r"\s*[:=]?\s*(?P<was>\d+(?:\.\d+)?)\s*(?:m[lL]/min\S*|[µμu]mol/[lL]|micromol/[lL]|"
    r"mmol/[lL]|kg|mg/d[lL])?"
    r"(?:\s+(?:last|a|one|two|three|\d+) \w+(?: ago)?|\s+(?:yesterday|before|previously|"
    r"initially))?"
    r"(?:\s*[,;.]?\s*(?:and |but |then )?(?:(?:it|that) )?(?:(?:is|has|['’]s|fell|dropped|"
    r"rose|went|gone|falls|falling|"
    r"fallen|risen|down|up|was|came|come)\s+)*(?:now|today|currently|to|down to|up to)"
    r"(?:\s+(?:at|is|it is|it['’]s|only|just|to|down|up))*|\s*(?:→|-+>|=>))\s*(?=\d)",
    re.IGNORECASE,
    "now|today|currently|to|→|>",
)


def as_it_is_now(text: str) -> str:
    """The text with the present value where it tells the one before too: "eGFR 25"."""
    return _CHANGED.sub(
        lambda m: f"{m['what']} " if _SAYS_SO.search(m.group()) else m.group(), text
    )


# "eGFR 30 to 45" is a range.
_SAYS_SO = lazy(
    r"\b(?:now|today|currently|from|f[ea]ll\w*|dropp\w+|drops|gone|went|goes|rose|ris\w+|down|up|"
    r"declin\w+|decreas\w+|increas\w+|worsen\w+|improv\w+)\b|[→>]",
    re.IGNORECASE,
)


def values(text: str) -> dict[str, Decimal | None]:
    """Give BMI (kg/m²), eGFR (mL/min/1.73 m²), creatinine clearance (mL/min) and risk (%).

    A value said to lie strictly below or above a limit is given as 1 below or above it: it is on
    the right side of the limit, and that is all that is known.
    """
    return {name: _value(pattern, text) for name, pattern in _VALUES}


def _value(pattern: re.Pattern[str], text: str) -> Decimal | None:
    match = pattern.search(text)
    if match is None:
        return None
    bound = (match["bound"] or "").strip().lower()
    return Decimal(match["n"]) + (-1 if bound in _LOW else 1 if bound in _HIGH else 0)


def creatinine(text: str) -> Decimal | None:
    """Give the serum creatinine in µmol/L, or None."""
    match = _CREATININE.search(text)
    if match is None:
        return None
    amount, unit = Decimal(match["n"]), (match["unit"] or "").lower()
    # Without a unit, below 20 can only be mg/dL and from 20 on only µmol/L.
    return amount * _MG_DL if unit.startswith("mg") or (not unit and amount < 20) else amount
