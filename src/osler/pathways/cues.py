"""The cues that turn round what a text names, and where what they turn round ends: packaged."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import cache
from pathlib import Path


class Said(IntEnum):
    """What is said of a word; the higher outweighs the lower."""

    STATED, PAST, DOUBTED, ABSENT, RELATIVE = range(5)


@dataclass(frozen=True, slots=True)
class Phrase:
    """One cue of `data/cues.tsv`.

    `said` is None where it turns nothing round, `most` the words that it reaches at most, and it
    `spares` a disease that it is followed by ("referral for CKD stage 4").
    """

    words: tuple[str, ...]
    said: Said | None
    side: str
    most: int
    spares: bool


@dataclass(frozen=True, slots=True)
class Bounds:
    """The words at which what a cue turns round ends, each by its first word or its last.

    `begins` are names of diseases, `treats` of what is done for them; `joins` are by their last.
    """

    ends: Mapping[str, tuple[tuple[str, ...], ...]]
    begins: Mapping[str, tuple[tuple[str, ...], ...]]
    treats: Mapping[str, tuple[tuple[str, ...], ...]]
    joins: Mapping[str, tuple[tuple[str, ...], ...]]


_FAR = 40  # words that a cue reaches at most
_BOUNDS = ("ends", "begins", "treats", "joins")


@cache
def phrases() -> Mapping[str, tuple[Phrase, ...]]:
    """Each cue by its first word."""
    found: dict[str, list[Phrase]] = {}
    for name, where, words in _rows():
        if name == "kin" or name in _BOUNDS:
            continue
        said = None if name == "same" else _SAID[name]
        side, _, most = where.partition(" ")
        for each in _each(words):
            phrase = Phrase(each, said, side, int(most or _FAR), name == "planned")
            found.setdefault(each[0], []).append(phrase)
    return {word: tuple(each) for word, each in found.items()}


@cache
def bounds() -> Bounds:
    """Where what a cue turns round ends."""
    rows = {name: list(_each(words)) for name, _, words in _rows() if name in _BOUNDS}
    return Bounds(*(_by(rows[name], -1 if name == "joins" else 0) for name in _BOUNDS))


_SAID = {
    "absent": Said.ABSENT,
    "relative": Said.RELATIVE,
    "doubted": Said.DOUBTED,
    "planned": Said.DOUBTED,
    "past": Said.PAST,
}


def _by(each: Sequence[tuple[str, ...]], at: int) -> dict[str, tuple[tuple[str, ...], ...]]:
    found: dict[str, list[tuple[str, ...]]] = {}
    for words in each:
        found.setdefault(words[at], []).append(words)
    return {word: tuple(held) for word, held in found.items()}


def _each(words: str) -> Iterator[tuple[str, ...]]:
    """The phrases of a row, of one with KIN one for each relative."""
    for phrase in words.split("|"):
        kin = _kin() if "KIN" in phrase else ("",)
        for relative in kin:
            yield tuple(phrase.replace("KIN", relative).split())


@cache
def _kin() -> tuple[str, ...]:
    return next(tuple(words.split("|")) for name, _, words in _rows() if name == "kin")


@cache
def _rows() -> tuple[tuple[str, str, str], ...]:
    text = Path(__file__).with_name("data").joinpath("cues.tsv").read_text("utf-8")
    lines = (line.split("\t") for line in text.splitlines() if not line.startswith("#"))
    return tuple((name, where, words) for name, where, words in lines)
