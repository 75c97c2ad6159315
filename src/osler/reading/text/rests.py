"""Which lines of a table that is drawn with spaces go on with the row above them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from osler.reading.text.headings import OPEN_END

AMOUNT = re.compile(r"\d\s*(?:[mµμ]?c?g|m?L|units?|IU|tabs?|tablets?|puffs?|drops?)\b", re.I)
# "5 mg", "1 to 2 g", "Initially 5 mg", "Child: 5 mg"
_OPENS_DOSE = re.compile(
    r"(?!(?:then|or|and|max(?:imum)?|up to|increas\w+|repeat\w*)\b)(?:(?-i:[A-Z])[^\d.;]{0,30}\s)?"
    rf"(?:\d[\d.,]*\s*(?:-|–|to)\s*)?(?:\d[\d.,]*)?{AMOUNT.pattern}",
    re.I,
)
_LEADS_ON = re.compile(
    r"\b(?:or|then|plus|followed by|above|below|over|under|beyond|exceed(?:s|ed|ing)?|at least|"
    rf"at most|reache[sd])$|{OPEN_END.pattern}",
    re.I,
)
_DIGIT = re.compile(r"\d")


def is_rest(cells: Sequence[str], above: Sequence[str], *, first: bool) -> bool:
    """Whether a line is the rest of the row above it: of its cells, or of the row of headers."""
    filled = [text for text in cells if text]
    worded = first and not any(map(_DIGIT.search, filled))
    if worded and all(text[0].islower() or text[0] in "([" for text in filled):
        return True
    if cells[0]:
        return len(filled) == 1 and bool(above[0]) and _opens_low(cells[0], above[0])
    if len(filled) == 1:
        return not any(
            text and _opens_dose(text, over) for text, over in zip(cells, above, strict=True)
        )
    return all(_opens_low(text, over) for text, over in zip(cells, above, strict=True) if text)


def is_of_headers(cells: Sequence[str]) -> bool:
    """Whether a line adds only brackets to the headers over it: "(mg, at most 5)"."""
    return all(text[0] == "(" for text in cells if text)


def _opens_dose(text: str, above: str) -> bool:
    """Whether a line opens an amount that the cell above it does not lead up to."""
    return _OPENS_DOSE.match(text) is not None and _LEADS_ON.search(above[-12:]) is None


def _opens_low(text: str, above: str) -> bool:
    return text[0].islower() or text[0] in "([)" or OPEN_END.search(above[-12:]) is not None
