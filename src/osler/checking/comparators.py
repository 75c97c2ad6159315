"""More than, at most, up to: the comparators that stand before or after a number."""

from __future__ import annotations

from osler.checking import lexicon

_ROWS = [(place, sign, words.split("|")) for place, sign, words in lexicon.rows("comparators.tsv")]


def _signs(wanted: str) -> dict[tuple[str, ...], str]:
    return {
        tuple(words.split()): sign
        for place, sign, phrases in _ROWS
        if place == wanted
        for words in phrases
    }


BEFORE = _signs("before")
AFTER = _signs("after")
LONGEST = max(len(words) for words in (*BEFORE, *AFTER))
FIRST_WORDS = frozenset(words[0] for words in BEFORE)
SIGNS = {"<": "-", "<=": "≤", ">": "+", ">=": "≥"}
FLIPPED = {"<": ">=", ">": "<="}
# Between a negation and the comparator that it turns: "should not be raised by more than".
TURNED_OVER = frozenset(next(words for place, _, words in _ROWS if place == "turned"))
# "Do not give more than 4 g", but "not given above 38 °C" says when.
TURNED_BY_COUNT = TURNED_OVER.union(next(words for place, _, words in _ROWS if place == "counted"))
COUNTING = frozenset(("more", "less", "longer", "fewer", "greater", "larger"))
