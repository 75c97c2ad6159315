"""Letters and digits of other scripts that pass for Latin ones.

A Cyrillic "о" or a full-width "１" is seen as "o" or "1", but no search finds it and no grammar
reads it: a dose hides from every comparison. Documents in other scripts are legitimate, and so
are Greek letters as symbols (μ, α, β-blocker), powers (10⁹/L) and single mathematical letters.
Which Cyrillic, Greek and Armenian letters look like Latin ones follows Unicode's confusables
(UTS 39), without the Greek letters that medicine uses as symbols.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

from osler.patterns import lazy

LETTERS = "letters of another script that pass for Latin ones"
DIGITS = "digits of another script"
RAISED = "raised or lowered digits in a dose"
STRUCK = "marks drawn over digits"

_LOOKALIKES = frozenset(
    "аеорсухіјѕһԁԛԝӏАВЕКМНОРСТУХІЈЅЗ"  # Cyrillic
    "ονριΑΒΕΖΗΙΚΜΝΟΡΤΥΧ"  # Greek
    "օոսհՕՍԼ"  # Armenian
    "ɡɑɩ"  # Latin, phonetic
)
# Greek symbols in capitals ("IFN-Α2B", "CELLS/ΜL") and ρ: suspicious only as the unit of a number.
_SYMBOLS = frozenset("ΑΒΜρ")
# Letters in place of "m", "g" ... that a compatibility form gives away; ª, º and ℓ are themselves.
_THEMSELVES = frozenset("ªºℓ")
_LETTER_KINDS = ("letter", "form", "foreign")
_FOREIGN = ("CYRILLIC", "ARMENIAN", "CHEROKEE")
_DOSE_UNIT = r"(?:mg|mcg|[µμn]g|g|kg|m[lL])(?![A-Za-z])"
_RAISED = lazy(
    rf"(?<![\d.,×x*^])(?<![×x*] )(\d+(?:[.,]\d+)?)[⁰¹²³⁴-⁹₀-₉\u2460-\u2473]+\d*\s?{_DOSE_UNIT}"
    rf"|[\u2460-\u2473\u24ea\u2776-\u2793]\d+\s?{_DOSE_UNIT}"
)


# What each letter is seen as, for those that orders to a program are disguised with.
_SEEN_AS = str.maketrans(
    "аеорсухіјѕһԁԛԝӏАВЕКМНОРСТУХІЈЅονιΑΒΕΖΗΙΚΜΝΟΡΤΥΧοսհɡɑɩ",
    "aeopcyxijshdqwlABEKMHOPCTYXIJSoviABEZHIKMNOPTYXouhgai",
)


def as_seen(text: str) -> str:
    """The text with each look-alike of a Latin letter as that letter, place by place."""
    if text.isascii() or _SEEN_AS.keys().isdisjoint(map(ord, set(text))):
        return text
    return text.translate(_SEEN_AS)


def lookalikes(text: str) -> Iterator[tuple[int, int, str, str]]:
    """Start, end, reason and detail of each place in a normalised text."""
    if text.isascii():
        return
    kinds = {each: kind for each in set(text) if each > "\x7f" and (kind := _kind(each))}
    if not kinds:
        return
    if "raised" in kinds.values():
        for found in _RAISED.finditer(text):
            yield found.start(), found.end(), RAISED, ""
    odd = "".join(each for each in kinds if kinds[each] != "raised")
    scripts = _Scripts(text, kinds)
    told = 0
    for found in re.finditer(f"[{odd}]+", text) if odd else ():
        if found.start() < told:
            continue
        start, end = _word_around(text, found.start(), found.end())
        reason = _judged(text, start, end, kinds, scripts)
        if reason:
            told = end
            yield start, end, reason, _named(text[start:end])


class _Scripts:
    """Whether the lines of a text are written in Latin letters; each is counted once."""

    def __init__(self, text: str, kinds: dict[str, str]) -> None:
        self._text = text
        self._kinds = kinds
        self._latin: dict[int, bool] = {}  # by where the line starts

    def latin(self, at: int) -> bool:
        """Whether the line at `at` is Latin; forms of Latin letters count as neither."""
        begin = self._text.rfind("\n", 0, at) + 1
        if begin not in self._latin:
            stop = self._text.find("\n", at)
            line = self._text[begin : stop if stop >= 0 else None]
            letters = [each for each in line if each.isalpha() and self._kinds.get(each) != "form"]
            self._latin[begin] = 2 * sum(each < "\u0250" for each in letters) >= len(letters)
        return self._latin[begin]


@lru_cache(maxsize=4096)
def _kind(character: str) -> str:
    """How a character may pass for another: "letter", "form" (of a Latin letter: full-width,
    mathematical), "digit", "raised", "mark", or "" where it does not.

    A "foreign" letter looks like no Latin one, but does not belong in a word with them.
    """
    if character in _LOOKALIKES:
        return "letter"
    category = unicodedata.category(character)
    if category == "Nd":
        return "digit"
    if category == "Mn":
        return "mark"
    if category == "No":
        return "raised" if unicodedata.digit(character, None) is not None else ""
    if category in ("Ll", "Lu", "Nl") and character not in _THEMSELVES:
        plain = unicodedata.normalize("NFKC", character)
        if len(plain) == 1 and plain.isascii() and plain.isalpha():
            return "form"
        return "foreign" if unicodedata.name(character, "").startswith(_FOREIGN) else ""
    return ""


def _judged(text: str, start: int, end: int, kinds: dict[str, str], scripts: _Scripts) -> str:
    """Why the word `start:end` is suspicious, or ""."""
    word = text[start:end]
    found = {kinds[each] for each in word if each in kinds}
    if "mark" in found and any(a.isdigit() and kinds.get(b) == "mark" for a, b in pairwise(word)):
        return STRUCK
    if "digit" in found:
        mixed = any("0" <= each <= "9" for each in word)
        return DIGITS if mixed or scripts.latin(start) else ""
    if found.isdisjoint(_LETTER_KINDS) or _is_symbol(text, start, end, kinds):
        return ""
    plain = any(each.isascii() and each.isalpha() for each in word)
    letters = [each for each in word if each.isalpha()]
    # "мg", "аspirin"; a word that is nothing but look-alikes, with digits or of several letters
    pure = all(kinds.get(each) in ("letter", "form") for each in letters) and len(word) > 1
    return LETTERS if (plain or pure) and scripts.latin(start) else ""


def _is_symbol(text: str, start: int, end: int, kinds: dict[str, str]) -> bool:
    """Whether all that may pass for Latin are Greek symbols, and not the unit of a number."""
    odd = (each for each in text[start:end] if kinds.get(each) in _LETTER_KINDS)
    after_number = text[max(start - 2, 0) : start].rstrip(" ")[-1:].isdigit()
    return not after_number and all(each in _SYMBOLS for each in odd)


def _word_around(text: str, start: int, end: int) -> tuple[int, int]:
    while start and _is_inner(text, start - 1):
        start -= 1
    while end < len(text) and _is_inner(text, end):
        end += 1
    return start, end


def _is_inner(text: str, at: int) -> bool:
    """Whether the character belongs to a word or number: a letter, digit, mark or decimal sign."""
    each = text[at]
    if each.isalnum() or unicodedata.category(each) == "Mn":
        return True
    return (
        each in ".,"
        and 0 < at < len(text) - 1
        and text[at - 1].isdigit()
        and text[at + 1].isdigit()
    )


def _named(word: str) -> str:
    """The word's characters that are not ASCII, by code point and name, the first three."""
    odd = dict.fromkeys(each for each in word if not each.isascii())
    return ", ".join(
        f"U+{ord(each):04X} {unicodedata.name(each, 'unnamed').lower()}" for each in list(odd)[:3]
    )
