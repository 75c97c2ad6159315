"""How wide a text is, and where it breaks; a picture can ask no browser."""

from __future__ import annotations

import re
from functools import lru_cache

# Hundredths of the font's size from the space to the tilde, as wide as in the widest of the
# usual fonts (DejaVu Sans), so that no text is cut off in another.
_WIDTHS = (
    32, 40, 46, 84, 64, 95, 78, 27, 39, 39, 50, 84, 32, 36, 32, 34, 64, 64, 64, 64, 64, 64, 64, 64,
    64, 64, 34, 34, 84, 84, 84, 53, 100, 68, 69, 70, 77, 63, 58, 77, 75, 29, 29, 66, 56, 86, 75,
    79, 60, 79, 69, 63, 61, 73, 68, 99, 69, 61, 69, 39, 34, 39, 84, 50, 50, 61, 63, 55, 63, 62, 35,
    63, 63, 28, 28, 58, 28, 97, 63, 61, 63, 63, 41, 52, 39, 63, 59, 82, 59, 59, 52, 64, 34, 64, 84,
)  # fmt: skip
_OTHERS = {"\u202f": 20, "\u00a0": 32, "·": 32, "–": 50, "’": 32, "µ": 64}
_WIDE = 120  # any other sign, an ideogram or an emoji included
_LATIN = 90
_BOLD = 1.18
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def width(text: str, size: float, *, bold: bool = False) -> float:
    """The width of one line, at least."""
    hundredths = sum(_sign(c) for c in text)
    return hundredths * size / 100 * (_BOLD if bold else 1)


def _sign(c: str) -> int:
    at = ord(c) - 32
    if 0 <= at < len(_WIDTHS):
        return _WIDTHS[at]
    return _OTHERS.get(c, _LATIN if ord(c) < 0x590 else _WIDE)


@lru_cache(maxsize=8192)  # the same sources, routes and groups stand in many pictures
def wrap(text: str, room: float, size: float, *, bold: bool = False) -> tuple[str, ...]:
    """The lines of a text, none wider than `room`; a word that is too long is broken."""
    lines: list[str] = []
    line = ""
    for word in clean(text).split(" "):
        if not word:
            continue
        joined = f"{line} {word}" if line else word
        if width(joined, size, bold=bold) <= room:
            line = joined
            continue
        if line:
            lines.append(line)
        *full, line = _broken(word, room, size, bold)
        lines += full
    return (*lines, line) if line else tuple(lines)


def clean(text: str) -> str:
    """The text on one line, without what XML cannot hold."""
    return re.sub(r"[\s]+", lambda m: m[0] if m[0] in "\u202f\u00a0" else " ",
                  _NOT_XML.sub("", text)).strip()  # fmt: skip


def _broken(word: str, room: float, size: float, bold: bool) -> list[str]:
    parts = [""]
    for c in word:
        if parts[-1] and width(parts[-1] + c, size, bold=bold) > room:
            parts.append("")
        parts[-1] += c
    return parts
