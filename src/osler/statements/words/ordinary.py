"""English words that an abbreviation spells too: "all" is not acute lymphoblastic leukaemia."""

from __future__ import annotations

from functools import cache
from pathlib import Path


@cache
def ordinary_words() -> frozenset[str]:
    """The words, in small letters."""
    text = Path(__file__).parents[1].joinpath("data", "ordinary_words.txt").read_text("utf-8")
    lines = text.splitlines()
    return frozenset(word for line in lines if line[:1] != "#" for word in line.split())
