"""Characters that only a symbol font shows for what they are, "m" for "μ" above all.

Adobe's Symbol encoding (The Unicode Consortium, Mappings/VENDORS/ADOBE/symbol.txt) for what
clinical texts use of it. Word and some web pages write its codes in the private use area,
U+F000 higher, where Wingdings bullets stand too.
"""

from __future__ import annotations

_SYMBOL = {
    0x61: "α", 0x62: "β", 0x67: "γ", 0x64: "δ", 0x6B: "κ", 0x6C: "λ", 0x6D: "μ", 0x44: "Δ",
    0x57: "Ω", 0xA3: "≤", 0xB3: "≥", 0xB1: "±", 0xB0: "°", 0xB4: "×", 0xB7: "•", 0xAE: "→",
    0xAD: "↑", 0xAF: "↓", 0xBB: "≈",
}  # fmt: skip
_WINGDINGS = {0xA7: "▪", 0xD8: "➢", 0xFC: "✓", 0xA8: "◻", 0x76: "❖", 0x71: "❑"}

PRIVATE = {0xF000 + code: each for code, each in (_SYMBOL | _WINGDINGS).items()}
"""What codes of the private use area show, by code point."""


def symbol(code: int) -> str | None:
    """The character that a code of the Symbol font, in either form, shows; None if not known."""
    return _SYMBOL.get(code & 0xFF)


def in_symbol(text: str) -> str:
    """A text that is set in the Symbol font, as it is seen."""
    return text.translate(_SYMBOL | PRIVATE)


def names_symbol(face: str) -> bool:
    """Whether the first font that a `face` or `font-family` names is Symbol."""
    return face.split(",")[0].strip().strip("'\"").lower() in ("symbol", "symbolmt", "symbol mt")
