"""How like a person's name the letters of a word are, for words that no list has.

The logarithm of the odds that a word is a name rather than one of English or of medicine, from
the runs of two to four letters in it (tools/fit_names.py), in eight steps.
"""

from __future__ import annotations

from bisect import bisect_right
from functools import cache
from importlib.resources import files

from osler.privacy.clinical import unaccented

LENGTHS = (2, 3, 4)  # letters
_STEPS = (-4.0, -2.0, -1.0, 0.0, 1.0, 2.0, 4.0)  # logits


def runs(word: str) -> list[str]:
    """The runs of letters in a word of small letters, its ends marked."""
    marked = f"^{unaccented(word)}$"
    return [marked[at : at + n] for n in LENGTHS for at in range(len(marked) - n + 1)]


def likeness(word: str) -> int:
    """From 0, a word's letters, to 7, a name's."""
    weights = letter_weights()
    return bisect_right(_STEPS, sum(weights.get(run, 0.0) for run in ["", *runs(word)]))


@cache
def letter_weights() -> dict[str, float]:
    """What each run counts, in logits; "" counts always."""
    return weights_of("name_letters")


def weights_of(name: str) -> dict[str, float]:
    """The weights of `data/NAME.tsv`."""
    return read_weights(files("osler.privacy").joinpath(f"data/{name}.tsv").read_text("utf-8"))


def read_weights(text: str) -> dict[str, float]:
    """Hundredths of a logit and what they are for, line by line; # begins a remark."""
    rows = (line.split("\t") for line in text.split("\n") if line and line[0] != "#")
    return {what: int(weight) / 100 for weight, what in rows}
