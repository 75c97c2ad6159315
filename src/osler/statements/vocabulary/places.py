"""The country whose advice a question asks for: "in the UK", "per NICE"."""

from __future__ import annotations

from osler.patterns import lazy

_PLACES = (
    ("US", lazy(r"\b(?:US|USA|U\.S\.A?\.?|FDA|American|United States|CDC)\b|\b(?:usa|fda|"
        r"united states|american)\b")),
    ("GB", lazy(r"\b(?:UK|U\.K\.|NICE|BNF|NHS|MHRA|England|Scotland|Wales|Britain|British|"
        r"United Kingdom)\b|\b(?:uk|nhs|bnf|british|england|scotland|united kingdom)\b")),
    ("NG", lazy(r"\bNigerian?\b|\bnigerian?\b")),
    ("AU", lazy(r"\bAustralian?\b|\baustralian?\b")),
    ("CA", lazy(r"\bCanad(?:a|ian)\b|\bcanad(?:a|ian)\b")),
    ("IE", lazy(r"\bIreland\b(?<!Northern Ireland)|\bIrish\b")),
    ("IN", lazy(r"\bIndia\b|\bindia\b")),
)  # fmt: skip


def country(text: str) -> str | None:
    """The country by its code (ISO 3166-1 alpha-2), or None where none is told."""
    return next((code for code, pattern in _PLACES if pattern.search(text)), None)
