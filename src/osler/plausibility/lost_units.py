"""A number that stands where a dose stands and has no unit: "metronidazole 200 orally"."""

from __future__ import annotations

import re

from osler.domain import Statement
from osler.patterns import lazy
from osler.statements import find_substances
from osler.statements.vocabulary.substances import is_class

# The number directly behind a drug's name, and behind it what follows only a dose. Numbers of
# one digit are passed over: they count tablets, days, doses and footnotes.
_BARE = lazy(
    r"[\s:]*(?P<number>\d[\d,.]*\d(?:\s*[-–]\s*\d[\d,.]*)?)\s+"
    r"(?:(?:given\s+)?(?:orally|by\s+mouth|intravenously|intramuscularly|subcutaneously|IV|IM|PO"
    r"|SC)\b|(?:once|twice|three\s+times|four\s+times|\d\s+times)\s+(?:daily|a\s+day|weekly)\b"
    r"|(?:daily|hourly|bd|tds|qds|nocte|stat)\b|every\s+\d+\s*(?:-\s*\d+\s*)?hours\b"
    r"|\d+(?:\s*-\s*\d+)?\s*-?\s*hourly\b)",
    re.IGNORECASE,
)
_YEAR = lazy(r"(?:19|20)\d\d")


def lost_unit(statement: Statement) -> str | None:
    """Why a statement's dose cannot be read, in words; None where none has lost its unit."""
    text = statement.text
    for found in find_substances(text):
        bare = _BARE.match(text, found.end)
        if bare is None or is_class(found.name) or _YEAR.fullmatch(bare["number"]):
            continue
        return f"“{text[found.start : bare.end()]}” states an amount without a unit"
    return None
