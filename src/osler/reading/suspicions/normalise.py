"""Fold what only looks different into one form, and leave what means something alone.

`µ` (micro sign) and `μ` (Greek mu), `²`, `½`, `≥` and every dash stay as they are: they are the
source's own words. Compatibility folding (NFKC) would turn "10⁹" into "109" and "m²" into "m2",
so only canonical composition (NFC) is applied.
"""

from __future__ import annotations

import re
import unicodedata

from osler.reading.suspicions.symbol_font import PRIVATE

LINE_BREAK = "\u2028"  # what <br> becomes where lines matter; white space to `normalise`
_INVISIBLE = (
    *range(0x00, 0x09),
    *range(0x0E, 0x1C),
    *range(0x7F, 0x85),
    *range(0x86, 0xA0),
    0xAD,  # soft hyphen
    0x034F,
    0x061C,
    0x180E,
    *range(0x200B, 0x2010),  # zero width, direction marks
    *range(0x202A, 0x202F),  # direction embeddings and overrides
    *range(0x2060, 0x2070),
    0xFEFF,
    *range(0xFFF9, 0xFFFD),
    *range(0xE0000, 0xE0080),  # tags: text that nobody sees
)
_FOLDED: dict[int, str | None] = {
    **dict.fromkeys(_INVISIBLE),
    **dict.fromkeys(range(0xD800, 0xE000)),  # lone surrogates cannot be written as UTF-8
    **PRIVATE,
}
_LIGATURE = re.compile("[\ufb00-\ufb06]")
_LIGATURES = str.maketrans(
    {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
)

_SUPERSCRIPT = str.maketrans("0123456789+-−–n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁻ⁿ")
_POWER = re.compile(r"[-−–]?\d{1,3}")
_MARKER = re.compile(
    r"[\[(]?\s*(?:[a-z]|\d{1,3}|[*†‡§¶#‖]+)(?:\s*[,;–-]\s*(?:[a-z]|\d{1,3}|[*†‡§¶#‖]+))*\s*[\])]?"
)
_TEN = re.compile(r"(?:^|[^\d.,])10$")
_UNIT = re.compile(r"(?:^|[^A-Za-zµμ])(?:[cdkmµμ]?m|ft|in|s|sec|min|h|hr|kg|g|mg|[dmµμ]?[lL]|mol)$")


def normalise(text: str) -> str:
    """Text on one line: NFC, invisible characters gone, ligatures and white space folded."""
    folded = " ".join(text.split())
    if not folded.isprintable():
        folded = " ".join(folded.translate(_FOLDED).split())
    if folded.isascii():
        return folded
    folded = unicodedata.normalize("NFC", folded)
    return folded.translate(_LIGATURES) if _LIGATURE.search(folded) else folded


def superscript(before: str, inside: str, *, linked: bool = False) -> tuple[str, tuple[str, ...]]:
    """What a raised `inside` after `before` becomes: text to write, and footnotes referred to.

    "m" + "2" is "²" and "10" + "9" is "⁹"; "mg" + "2" writes nothing and refers to note "2",
    for a marker that stuck to a dose would change it. `linked` says that the raised text is
    a link to a note.
    """
    inside = normalise(inside)
    bare = before.rstrip()
    if not linked and _POWER.fullmatch(inside) and bare == before:
        negative = not inside[0].isdigit()
        if _TEN.search(before) or (
            _UNIT.search(before) and (negative or (inside in "23" and _is_length(before)))
        ):
            return inside.translate(_SUPERSCRIPT), ()
        if not before or before[-1] in " (/":
            return inside, ()  # an isotope: "¹⁴C"
    if inside[:1] == "0" and inside.isdigit() and before[-1:].isdigit():
        return inside.translate(_SUPERSCRIPT), ()  # no note is numbered 0; a dose may be raised so
    if _MARKER.fullmatch(inside):
        return "", tuple(re.findall(r"[a-z]|\d+|[*†‡§¶#‖]+", inside))
    return inside, ()


def _is_length(before: str) -> bool:
    """Whether the text ends in a unit that has a square or a cube (metres, mostly)."""
    return re.search(r"(?:^|[^A-Za-zµμ])(?:[cdkmµμ]?m|ft|in|s)$", before) is not None
