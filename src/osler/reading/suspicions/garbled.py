"""Numbers in doses that a person and a program may read differently.

Letters among digits ("1O mg"), a decimal point that has come loose ("0. 5 mg"), a unit misread
from print ("10 rng"), and three digits after a point or comma whose meaning only the document's
own convention tells: "1.000 mg" is one milligram or one thousand. "1.0 mg" and ".5 mg" are poor
style and read as written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from osler.patterns import lazy

LETTERS = "letters among the digits of a dose"
LOOSE = "a number in pieces"
UNIT = "a unit misread from print"
PIECES = "a word in pieces"
TWO_WAYS = "a number that can be read in two ways"

UNIT_NAMES = (
    r"(?:mg|mcg|[µμn]g|micrograms?|milligrams?|grams?|g|kg|m[lL]|IU|iu|[uU]nits?|mmol|mEq|MU)"
    r"(?![A-Za-z])"
)
_LETTERS = lazy(
    rf"(?<![\w.,/-])([\dOoIl|]+(?:[.,][\dOoIl|]+)?|\d+[SBZ]\d+|[SB]0{{1,3}})\s?{UNIT_NAMES}"
)
# A point with space beside it; two points; digits or their end set apart ("4 0 0 mg", "40 00 mg",
# "40- 00 mg": no range ends in "00").
_LOOSE = lazy(
    rf"(?<![\d.,])(?:\d{{1,4}} \. ?\d+|(?<!\w)0\. \d+|(?<=\b(?:is|of|by|or|to) )\d{{1,3}}\. \d+"
    rf"|\d+[.,]{{2,}}\d+|\d(?: \d){{2,}}|\d+(?:-\s?| )0\d*)\s?{UNIT_NAMES}"
)
_MISREAD = lazy(r"(?<![\w.,])\d+(?:[.,]\d+)?\s?(?:rng|rncg|rnl|mq|m9|nng|[µμ]q)(?!\w)")
_THOUSANDS = lazy(
    rf"(?<![\d.,'’‚])[1-9]\d{{0,2}}(?:([.,'’‚\u066b\u066c])\d{{3}})+(?![\d.,]\d)\s?{UNIT_NAMES}"
)
# "40,00 mg" where decimals are written with points: a decimal, or a thousand short of a digit?
_SHORT = lazy(rf"(?<![\d.,'’])[1-9]\d*,\d?0\s?{UNIT_NAMES}")
_DECIMAL_COMMA = lazy(r"(?<![\d.,])\d+,\d{1,2}(?![\d,])")
_TELLING_COMMA = lazy(rf"(?<![\d.,])\d+,\d?[1-9]\s?{UNIT_NAMES}")
_DECIMAL_POINT = lazy(r"(?<![\d.,])\d+\.\d{1,2}(?![\d.])")
# A digit in the company that such numbers keep, by sort: what is looked at more closely.
_CANDIDATE = lazy(
    r"[0-9](?:(?P<letters>[OoIl|]|(?<=[OoIl|][0-9])|(?<=[OoIl|][.,][0-9])|[.,][OoIl|]"
    r"|[SBZ][0-9])"
    r"|(?P<ways>[.,'’‚\u066b\u066c])[0-9]{3}|(?P<short>,)[0-9]?0(?![0-9])"
    r"|(?P<loose>[ ]\.|\.[ ][0-9]|[.,]{2,}[0-9]|[ ][0-9][ ][0-9]|(?:-[ ]?|[ ])0)"
    r"|(?P<unit>[ ]?(?:rn|mq|m9|nn|[µμ]q)))"
)
_LETTERS_ALONE = ("lO", "IO", "|O", "S0", "B0")
_PATTERNS = {
    "letters": (_LETTERS, LETTERS),
    "ways": (_THOUSANDS, TWO_WAYS),
    "short": (_SHORT, TWO_WAYS),
    "loose": (_LOOSE, LOOSE),
    "unit": (_MISREAD, UNIT),
}
# "20 mg( 2 m l)o nce daily": blanks that print never had, and none where it had one.
_BROKEN = ("o nce", "t wice", "d aily", "w eek", "m onth", "y ears", "h our", "d ays")
_IN_PIECES = lazy(
    r"(?<![^\W\d_])(?:o nce|t wice|d aily|w eeks?|m onths?|y ears?|h ours?|d ays?)(?![^\W_])"
    r"|(?<=\d)w eeks?(?=to)"
)
_BEFORE, _AFTER = 12, 32  # characters around a candidate


def garbled(text: str) -> Iterator[tuple[int, int, str, str]]:
    """Start, end, reason and detail of each place in a normalised text."""
    if any(broken in text for broken in _BROKEN):
        for piece in _IN_PIECES.finditer(text):
            yield piece.start(), piece.end(), PIECES, ""
    told = -1
    commas: bool | None = None  # whether the document writes "2,5" rather than "2.5"
    for place, sort in sorted(_candidates(text)):
        pattern, reason = _PATTERNS[sort]
        found = pattern.search(text, max(place - _BEFORE, 0), place + _AFTER)
        if found is None or not max(found.start(), told + 1) <= place < found.end():
            continue
        detail: str | None = ""
        if reason == TWO_WAYS:
            if commas is None:
                commas = _has_decimal_commas(text)
            detail = _two_ways(found, commas=commas) if sort == "ways" else _short(text)
        if detail is not None and (reason != LETTERS or _passes(found[1])):
            told = found.end()
            yield found.start(), found.end(), reason, detail


def _candidates(text: str) -> Iterator[tuple[int, str]]:
    for match in _CANDIDATE.finditer(text):
        yield match.start(), match.lastgroup or "letters"
    for letters in _LETTERS_ALONE:
        at = text.find(letters)
        while at >= 0:
            yield at, "letters"
            at = text.find(letters, at + 2)


def _two_ways(found: re.Match[str], *, commas: bool) -> str | None:
    """In what two ways a number may be read; None where the document's convention tells."""
    if found[1] not in ".,":
        return "an unusual sign between its digits"
    if commas:
        return "the document writes decimals with commas"
    return "a thousand, or three decimals?" if found[1] == "." and _is_round(found[0]) else None


def _short(text: str) -> str | None:
    """As `_two_ways`, of a comma before one or two digits that end in 0."""
    return None if _TELLING_COMMA.search(text) else "a decimal, or a thousand short of a digit?"


def _passes(numeral: str) -> bool:
    """Whether letters pass for digits in it: "1O", "l0" and "lO" do, "10" and "O2" do not."""
    if any(each in "SBZ" for each in numeral):
        return True
    if numeral.isdecimal() or numeral in ("O2", "I2"):
        return False
    letters = [each for each in numeral if each in "OoIl|"]
    return bool(letters) and (len(letters) < len(numeral) or numeral in ("lO", "IO", "|O"))


def _has_decimal_commas(text: str) -> bool:
    """Whether the document writes "2,5" rather than "2.5"."""
    commas = sum(1 for _ in _DECIMAL_COMMA.finditer(text))
    return commas > sum(1 for _ in _DECIMAL_POINT.finditer(text))


def _is_round(number: str) -> bool:
    """Whether the last of its digits is 0: nobody measures "1.250", but carvedilol is 3.125 mg."""
    return [each for each in number if each.isdigit()][-1] == "0"
