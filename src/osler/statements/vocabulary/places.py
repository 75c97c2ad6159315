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


# Parts of a country by which a question says where its patient is: "in Connecticut".
_PARTS = (
    ("US", lazy(
        r"\b(?:Alabama|Alaska|Arizona|Arkansas|California|Colorado|Connecticut|Delaware|Florida|"
        r"Hawaii|Idaho|Illinois|Indiana|Iowa|Kansas|Kentucky|Louisiana|Maine|Maryland|"
        r"Massachusetts|Michigan|Minnesota|Mississippi|Missouri|Montana|Nebraska|Nevada|"
        r"New (?:England|Hampshire|Jersey|Mexico|York)|(?:North|South) (?:Carolina|Dakota)|Ohio|"
        r"Oklahoma|Oregon|Pennsylvania|Rhode Island|Tennessee|Texas|Utah|Vermont|Virginia|"
        r"Wisconsin|Wyoming)\b")),
    ("GB", lazy(r"\b(?:Northern Ireland|Scottish|Welsh|London)\b")),
    ("AU", lazy(r"\b(?:Queensland|New South Wales|Tasmania|Northern Territory)\b")),
    ("CA", lazy(
        r"\b(?:Alberta|British Columbia|Manitoba|Ontario|Quebec|Nova Scotia|Saskatchewan)\b")),
)  # fmt: skip


def without_parts_of_countries(text: str) -> str:
    """A text without the names of states and provinces, which tell of no illness."""
    for _, pattern in _PARTS:
        text = pattern.sub(" ", text)
    return text


def country(text: str) -> str | None:
    """The country by its code (ISO 3166-1 alpha-2), or None where none is told."""
    return next((code for code, pattern in (*_PARTS, *_PLACES) if pattern.search(text)), None)


# "US: DVT", "US-guided", "abdo US" is ultrasound.
_SCAN = lazy(
    r"\b(?:abdo\w*|pelvi\w*|renal|liver|on|by|doppler|bedside|thyroid)\sUS\b|"
    r"\bUS(?:\s?:|[-\s](?:scan|guid|show|confirm|find|report|abdo|pelvi|doppler|of\b)\w*)"
)


def countries(text: str) -> frozenset[str]:
    """The codes of all countries whose advice a text asks for."""
    told = _SCAN.sub(" ", text)
    return frozenset(code for code, pattern in _PLACES if pattern.search(told))
