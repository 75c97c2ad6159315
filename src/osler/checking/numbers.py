"""Numbers in a list of words: digits, words and fractions, alone or as a range."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

_SMALL = {
    word: Decimal(value)
    for value, word in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
        ]
    )
}
_TENS = {
    word: Decimal(10 * value)
    for value, word in enumerate(
        ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], start=2
    )
}
_SCALES = {
    "hundred": Decimal(100),
    "thousand": Decimal(1000),
    "million": Decimal(1_000_000),
    "billion": Decimal(1_000_000_000),
}
_FRACTIONS = {
    "½": Decimal("0.5"),
    "¼": Decimal("0.25"),
    "¾": Decimal("0.75"),
    "⅓": Decimal(1) / 3,
    "⅔": Decimal(2) / 3,
    "half": Decimal("0.5"),
    "quarter": Decimal("0.25"),
}
ORDINALS = {
    word: number
    for number, word in enumerate(
        (
            *("second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth"),
            *("tenth", "eleventh", "twelfth", "thirteenth", "fourteenth"),
        ),
        start=2,
    )
}
_PARTS = {"quarter": 4, "quarters": 4, "third": 3, "thirds": 3}  # "one quarter", "two thirds"
NUMBER_WORDS = frozenset((*_SMALL, *_TENS, *_SCALES, *_FRACTIONS))
_RANGE = frozenset(("-", "–", "—", "to"))
_DASHES = frozenset("-–—")


def _digits(word: str) -> Decimal | None:
    if not word or not (word[0].isdecimal() or (word[0] in ".·" and word[1:2].isdecimal())):
        return None
    plain = word.replace(",", "").replace("·", ".")
    for space in (" ", "\u00a0", "\u2009", "\u202f"):
        plain = plain.replace(space, "")
    return Decimal(plain)


def read_number(words: Sequence[str], position: int) -> tuple[Decimal, int] | None:
    """The number that starts at `position`, and the position after it."""
    if position >= len(words):
        return None
    word = words[position]
    value = _digits(word)
    if value is not None:
        following = words[position + 1] if position + 1 < len(words) else ""
        if following in _FRACTIONS and following != "half":
            return value + _FRACTIONS[following], position + 2
        if following in ("million", "thousand", "billion", "hundred"):
            return value * _SCALES[following], position + 2
        if (
            value == 1
            and following == "/"
            and words[position + 2 : position + 3]
            in (
                ["2"],
                ["4"],
                ["3"],
            )
        ):
            return value / Decimal(words[position + 2]), position + 3
        return value, position + 1
    if word in _FRACTIONS:
        stop = position + 1
        if word == "half" and words[stop : stop + 1] in (["a"], ["an"], ["of"]):
            stop += 1
        return _FRACTIONS[word], stop
    found = _in_words(words, position)
    if found and list(words[found[1] : found[1] + 3]) == ["and", "a", "half"]:
        return found[0] + _FRACTIONS["half"], found[1] + 3
    if found and found[0] in (1, 2, 3) and words[found[1] : found[1] + 1] != []:
        parts = _PARTS.get(words[found[1]])
        if parts and words[found[1] + 1 : found[1] + 2] in (["of"], ["the"]):
            return found[0] / parts, found[1] + 1
    return found


def _in_words(words: Sequence[str], position: int) -> tuple[Decimal, int] | None:
    total = Decimal(0)
    current: Decimal | None = None
    stop = position
    index = position
    while index < len(words):
        word = words[index]
        if word in _DASHES and current is not None and words[index - 1] in _TENS:
            index += 1
            continue
        if word in _SMALL and (current is None or current % 10 == 0):
            if current is not None and (
                words[stop - 1] not in _TENS
                and words[stop - 1] not in _SCALES
                and words[stop - 1] != "and"
            ):
                break
            current = (current or Decimal(0)) + _SMALL[word]
        elif word in _TENS and (current is None or current % 100 == 0):
            current = (current or Decimal(0)) + _TENS[word]
        elif word == "hundred" and current is not None:
            current *= 100
        elif word in _SCALES and current is not None:
            total += current * _SCALES[word]
            current = Decimal(0)
        elif (
            word == "and"
            and index > position
            and words[index - 1] in _SCALES
            and index + 1 < len(words)
            and (words[index + 1] in _SMALL or words[index + 1] in _TENS)
        ):
            index += 1
            continue
        else:
            break
        index += 1
        stop = index
    return None if current is None else (total + current, stop)


def read_range(words: Sequence[str], position: int) -> tuple[Decimal, Decimal, int] | None:
    """A number, or "6–14", "six to fourteen", "between 6 and 14": low, high, what follows."""
    first = read_number(words, position)
    if first is None:
        return None
    low, stop = first
    joined = words[stop] if stop < len(words) else ""
    between = position > 0 and words[position - 1] == "between"
    if words[position] in ("half", "quarter"):
        return low, low, stop  # "cut by half to 150 mg"
    if joined in _DASHES and words[stop + 1 : stop + 2] == ["to"]:
        stop += 1  # "four- to six-hourly"
    if joined in _RANGE or (between and joined == "and"):
        second = read_number(words, stop + 1)
        if second and second[0] > low:
            return low, second[0], second[1]
        if second and between and second[0] < low:
            return second[0], low, second[1]  # "between 20 and 10 mg", of a taper
    return low, low, stop
