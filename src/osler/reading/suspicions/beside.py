"""Words that a file carries and its page does not show: comments, alternative text, titles.

They are never read. Most say nothing that matters; those that state an amount or speak to a
program are listed for a person, for that is how a dose is planted.
"""

from __future__ import annotations

from osler.patterns import lazy
from osler.reading.suspicions.garbled import UNIT_NAMES
from osler.reading.suspicions.injected import injected
from osler.reading.suspicions.normalise import normalise

BESIDE = "text that the page does not show"
STRUCK = "text that is struck out"

_AMOUNT = lazy(rf"\d\s?{UNIT_NAMES}")


def is_worth_telling(text: str) -> bool:
    """Whether words that nobody sees state an amount or speak to the program that reads them."""
    said = normalise(text)
    return _AMOUNT.search(said) is not None or next(injected(said), None) is not None
