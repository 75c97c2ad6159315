"""Where a patient lives: postal codes, streets, houses and towns.

Postal codes: the UK's as Royal Mail writes them, Canada's, and the US ZIP behind a state or a
word that says so, for five digits alone may be anything.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from osler.domain.identifier import Identifier, IdentifierKind
from osler.patterns import lazy
from osler.privacy.clinical import is_word
from osler.privacy.lists import listed
from osler.privacy.numbers import LIKELY

_STATES = (
    "AL|AK|AZ|AR|CA|CO|CT|DE|FL|GA|HI|ID|IL|IN|IA|KS|KY|LA|ME|MD|MA|MI|MN|MS|MO|MT|NE|NV|NH|NJ|NM|"
    "NY|NC|ND|OH|OK|OR|PA|RI|SC|SD|TN|TX|UT|VT|VA|WA|WV|WI|WY|DC"
)
_UK = lazy(
    r"(?<![\w-])(?:GIR ?0AA|[A-PR-UWYZ](?:\d{1,2}|[A-HK-Y]\d{1,2}|\d[A-HJKPSTUW]|"
    r"[A-HK-Y]\d[ABEHMNPRV-Y]) ?\d[ABD-HJLNP-UW-Z]{2})(?![\w-])"
)
_UK_SMALL = lazy(
    r"\b(?:post ?code|lives (?:at|in)|living (?:at|in)|from|address)\b[^.?!]{0,40}?"
    r"(?P<value>\b[a-z]{1,2}\d[a-z\d]? ?\d[a-z]{2}\b)",
    re.IGNORECASE,
    holds="code|liv|from|address",
)
# Small letters without a cue; a second half that is a unit or an ordinal is none: "d3 5yr".
_UK_SPACED = lazy(
    r"(?<![\w-])[a-pr-uwyz][a-hk-y]?\d(?:\d|[a-z])? "
    r"\d(?!hr|yr|ug|ng|bd|qd|qh|hs|st|nd|rd|th|dl|ds|tb|ph|pt|ed|gy|eu|au)[abd-hjlnp-uw-z]{2}(?![\w-])"
)
# A ZIP or the like right behind an address that is hidden already.
_BEHIND_ADDRESS = lazy(
    r"\[(?:ADDRESS|NAME|DATE|DATE OF BIRTH)\][\s,]+(?P<value>\d{5}(?:-\d{4})?)"
    r"(?![\w/-]|\.\d|\s*(?:mg|units?|IU)\b)",
    holds="[address|[name|[date",
)
_CANADA = lazy(
    r"(?<![\w-])[ABCEGHJ-NPRSTVXY]\d[ABCEGHJ-NPRSTV-Z][ -]?\d[ABCEGHJ-NPRSTV-Z]\d(?![\w-])"
)
_EIRCODE = lazy(
    r"(?<![\w-])[AC-FHKNPRTV-Y]\d[\dW] ?(?=[A-Z\d]*\d)(?=\d*[A-Z])[\dAC-FHKNPRTV-Y]{4}(?![\w-])"
)
_LED = lazy(
    r"\b(?:zip(?: ?code)?|post(?:al)? ?code|pin ?code|plz|eircode)\s*(?:is\b|[:=])?\s*"
    r"(?P<value>(?=\S*\d)[A-Z\d]{2,8}(?:[ -]\d[A-Z\d]{2,3})?)\b",
    re.IGNORECASE,
    holds="zip|code|plz",
)
_US = lazy(rf"\b(?:{_STATES})\.? (?P<value>\d{{5}}(?:-\d{{4}})?)(?![\w/]|\s*(?:mg|units?|IU)\b)")
KINDS_OF_STREET = (
    "street|st|road|rd|avenue|ave|lane|ln|drive|dr|close|court|ct|crescent|cres|gardens?|gdns|"
    "terrace|place|pl|way|grove|boulevard|blvd|square|sq|hill|park|parade|row|mews|walk|view|green|"
    "parkway|pkwy|highway|hwy|circle|rise|quay|wharf|estate|heights|wynd|pde|race|nagar|colony|marg|"
    "loan|brae|vennel|gate|croft|fold|garth|hollow|ridge|trail|trl|pike|alley|path|passage|loop|cove|"
    "bend|tce|terr|esplanade|promenade|boreen|causeway|embankment|bank|common|drift|mount|orchard"
)
_STREET = lazy(
    r"(?:\b(?:[Ff]lat|[Aa]pt|[Aa]partment|[Uu]nit|[Ss]uite|[Hh]ouse)\s*#?\s*\w{1,5}[ ,]+)?"
    r"(?<![\w.-])\d{1,5}(?:/\d{1,3})?[a-zA-Z]?,? (?:(?:The|N|S|E|W|North|South|East|West|St|Saint|"
    r"Old|Upper|Lower)\.? )?"
    rf"(?:[A-Z][\w'’-]+ ){{1,3}}(?:{KINDS_OF_STREET}|{KINDS_OF_STREET.title()})\b\.?"
    r"(?:,? (?i:apt|flat|unit|suite|apartment)\.? ?#?\w{1,5}\b)?"
)
_CAPITALS = r"(?:[A-Z][\w'’-]+ ){1,3}"
_BUILDING = (
    "House|Cottage|Lodge|Farm|Rectory|Vicarage|Manor|Barn|Hall|Villas?|Bungalow|Court|Mansions|"
    "Tower|Towers|Point|Building|Buildings|Apartments"
)
# A house of a name before its street, or a flat in it; a home where people are cared for.
_NAMED_HOUSE = lazy(
    rf"(?:\b(?i:flat|apt|apartment|unit|room)\.? ?#?\w{{1,5}},? {_CAPITALS}"
    rf"(?:{_BUILDING}|{KINDS_OF_STREET.title()})\b"
    rf"(?:, (?:\d{{1,5}} )?{_CAPITALS}(?:{KINDS_OF_STREET.title()})\b)?"
    rf"|\b{_CAPITALS}(?:{_BUILDING}), (?:\d{{1,5}} )?{_CAPITALS}(?:{KINDS_OF_STREET.title()})\b"
    rf"|\b{_CAPITALS}(?:Care|Nursing|Residential|Retirement) (?:Home|Village)\b)"
)
# Languages in which the kind of street comes first: Welsh, French, Spanish, Italian, …
_STREET_FIRST = lazy(
    r"(?<![\w.-])\d{1,5}[a-zA-Z]?,? (?:Heol|Ffordd|Stryd|Lôn|Maes|Rue|Avenue|Boulevard|Place|Calle|"
    r"Avenida|Carrer|Rua|Via|Viale|Piazza|Ulica|Ul\.|Jalan)(?: (?:y|yr|de|du|des|del|della|la|"
    r"los|da|do|dos|[A-Z][\w'’-]+)){1,4}\b"
)
# German, Dutch and Nordic streets, in one word before the number; numbered roads; plots.
_STREET_JOINED = lazy(
    r"\b[A-Z][a-zäöüßåøæ]{2,}(?:weg|strasse|straße|str\.|gasse|platz|allee|laan|straat|plein|gatan|"
    r"vägen|veien|gata|katu|utca|vej|gade) \d{1,4}[a-z]?\b"
    r"|\b(?:County|State|Farm|Forest|Rural) (?:Road|Rd|Route|Highway|Hwy) \d{1,5}(?:,? #\d+)?"
    r"|\b(?:H\.? ?No\.?|Plot(?: [Nn]o\.?)?|House [Nn]o\.?|Door [Nn]o\.?|Lot) ?#?\d[\w/-]*"
    r"|\b\d{1,4}[a-z]?,? (?:rue|calle|via|avenida|rua|chemin) "
    r"(?:(?:de|du|des|del|della|la|les) )*[A-Z][\w'’-]+"
    r"|\b(?:Heol|Ffordd|Stryd|Lôn|Rue|Calle|Rua|Viale|Piazza|Avenida) (?:(?:y|yr|de|du|des|del|la|"
    r"los|da|dos) )*[A-Z][\w'’-]+"
)
# What stands before or behind an address that is hidden already, in capitals: its house, its town.
_OF_ADDRESS = lazy(
    r"\[ADDRESS\],? (?P<value>(?:(?:off|near|opp\.?) )?[A-Z][\w'’-]+(?: [A-Z][\w'’-]+){0,3})"
    r"(?=\s*(?:[,.:;?)\n]|$|\[))"
    r"|(?:\b(?:at|to|from|of|in|home|visit:)|,) "
    r"(?P<house>(?:The )?[A-Z][\w'’-]+(?: [A-Z][\w'’-]+){0,3}),"
    r"(?= \[ADDRESS\])",
    holds="[address",
)
_STREET_CUED = lazy(
    r"(?:\b(?:at|to|of|from|in|address:?)|[,\]]) (?P<value>\d{1,4}[a-z]? (?:[a-z'’]{3,} ){1,2}"
    rf"(?:{KINDS_OF_STREET}))\b(?! (?:mg|ml|days|weeks))"
)
_STREET_SMALL = lazy(
    r"\b(?:lives at|living at|residing at|resident at|address(?: is|:)?|home is)"
    r"\s*:?\s*"
    r"(?P<value>(?:(?:flat|apt|apartment|unit) ?\w{1,5},? )?\d{1,5}[a-z]?,? (?:[\w'’-]+ ){1,4}?"
    rf"(?:{KINDS_OF_STREET})\b\.?)",
    re.IGNORECASE,
    holds="lives|living|resid|address|home",
)
# Whatever in capitals somebody lives at; a house of a name, or a flat, wherever it is spoken of.
_LIVES_AT = lazy(
    r"\b(?:(?:lives|living|live|resid(?:es|ing|ent)|home|stays|staying) at|home address(?: is|:)?|"
    r"address(?: is|:)?|HV to|visit(?:ed)? (?:to|at))\s+"
    r"(?P<value>(?:(?i:flat|apt|unit|room) \w{1,5},? )?(?:(?:\d{1,5}[a-z]?,? )?[A-Z][a-z'’-]+)"
    r"(?:,? (?:[A-Z][a-z'’-]+|(?:of|the|on)(?= (?:the )?[A-Z])|\d{1,5}[a-z]?\b)){0,6})"
)
_HOUSE = lazy(
    rf"\b(?P<value>(?:The )?{_CAPITALS}(?:Cottage|Lodge|Farm|Farmhouse|Rectory|Vicarage|Manor|Barn|"
    r"Villas?|Bungalow|Mansions|Towers|Apartments|Court|House)\b)(?! (?i:officer|surgeon|"
    r"dust|rules?|criteria|physician|job|doctor|staff|mite))"
    rf"(?:, (?:(?:\d{{1,5}} )?{_CAPITALS}(?:{KINDS_OF_STREET.title()})\b))?"
)
_FLAT = lazy(
    r"\b(?P<value>(?:flat|apt|apartment)\.? ?#?\d{1,4}(?:/\d{1,2})?[a-z]?\b)(?![.]\d)",
    re.IGNORECASE,
)
_STREET_PLAIN = lazy(
    r"(?<![\w.,-])(?P<value>\d{1,4}[a-z]? (?:(?:[nsew]|[a-z'’]{2,}) ){1,3}(?:street|road|avenue|"
    r"lane|drive|crescent|terrace|gardens|grove|close))\b"
)
_STREET_ALONE = lazy(
    rf"(?:\b(?:of|at|on|from|near)|[,\]]) (?P<value>{_CAPITALS}"
    r"(?:Street|Road|Avenue|Lane|Drive|Crescent|Terrace|Gardens|Grove|Close|Boulevard|Mews|Wynd|St|Rd|"
    r"Ave|Ln|Pde|Nagar|Colony))\b"
)
_LIVES_IN = lazy(
    r"\b(?:(?:lives|living|live|based|home) (?:in|near|outside)|moved (?:here )?(?:from|to)|"
    r"(?:years? old|yr old|y/?o|\d[mf]|man|woman|lady|gentleman) from|"
    r"(?:hospital|clinic|surgery|practice) in) "
    r"(?P<value>[a-z]{4,})\b(?! (?:home|care|accommodation|house|housing|flat|community|unit))"
)
_ABROAD = lazy(
    r"\b(?:lives at|living at|residing at|address(?: is|:)?)\s*:?\s*"
    r"(?P<value>(?:[A-Z][\w'’-]+,? ){1,4}\d{1,4}[a-z]?)\b",
    holds="lives|living|resid|address",
)
_TOWN = lazy(
    r"(?:\b(?:lives in|living in|resides in|resident of|comes from|visiting from|"
    r"moved (?:here )?(?:from|to)|(?:years?[- ]old|yrs? old|y/?o|man|woman|lady|gentleman|pt|"
    r"girl|boy|\d{1,3}[MF]) from|lives|(?:hospital|clinic|surgery|practice|school|home) in)"
    r"|\[(?:AGE OVER 89|NAME)\] (?:from|of)"
    r"|\b[Oo]ur(?= [A-Z]\w+ (?:branch|surgery|clinic|practice)))"
    r" (?P<value>[A-Z][a-z][\w'’-]*(?:[ -][A-Z][\w'’-]+){0,2}"
    r"(?:, (?:[A-Z]{2}\b|[A-Z][\w'’-]+))?)(?! to\b)"
)
_LITTLE = "de|du|des|del|della|dei|di|la|las|los|le|les|l'|da|das|do|dos|e|y"
_LATIN_WORD = rf"(?: (?:{_LITTLE}))* [A-ZÀ-Ý][\w'’-]+"
_LATIN_NAME = rf"{_LATIN_WORD}(?:{_LATIN_WORD}){{0,2}}"
_LATIN_KIND = "rue|impasse|quai|calle|avenida|rua|travessa|carrer|paseo|piazza|corso|viale|largo"
# Romance streets with their number before or behind, and what floor: "12 bis, rue de la Fontaine",
# "Rua das Laranjeiras, 318", "Calle Olmo 15, 2ºB".
_ROMANCE = lazy(
    r"(?<![\w.-])(?:\d{1,4} ?(?:bis|ter|quater)?,? "
    rf"(?i:{_LATIN_KIND}|avenue|boulevard|chemin|allée){_LATIN_NAME}"
    rf"|(?i:{_LATIN_KIND}){_LATIN_NAME},? (?:n[º°o]\.? ?)?\d{{1,4}}[a-zA-Z]?\b"
    r"(?:,? \d{1,2}\.?[ºª°][ -]?[A-Za-z]?\b)?)"
)
# Parts of an address, each with its number: "House 9, Road 11, Block D", "Plot 4, Phase 2".
_PART = (
    r"(?:house|plot|flat|unit|block|road|street|sector|phase|lane|door|shop|villa|building|floor|"
    r"tower|gali|cross|quarter|apartment|apt|lot|stand|section|zone)"
    r" ?(?:no\.? ?)?#?(?:[A-Z]-?)?(?:\d{1,4}[A-Z]?|(?-i:[A-H]))\b"
)
_PARTS = lazy(rf"\b(?P<value>{_PART}(?:, ?{_PART})+)", re.IGNORECASE)
# A house of a name and a street, in small letters: "rose cottage, back lane".
_HOUSE_SMALL = lazy(
    r"(?<![\w-])(?P<value>(?:the )?(?:[a-z'’]{3,} ){1,2}(?:cottage|farm|farmhouse|bungalow|"
    r"vicarage|rectory|lodge|house|villa), (?:\d{1,4} )?(?:[a-z'’]{3,} ){1,2}"
    r"(?:street|st|road|rd|avenue|ave|lane|ln|drive|close|crescent|terrace|gardens|way|grove|hill|"
    r"row|mews))\b"
)
# "Tigh na Mara, Shore Road", "B-204 Shanti Niwas, Station Rd".
_HOUSE_AND_STREET = lazy(
    r"(?<![\w-])(?P<value>(?:[A-Z]{0,2}[-/]?\d{1,4}[A-Z]?,? )?[A-Z][\w'’-]+"
    r"(?: (?:na|nan|nam|an|a'|y|yr|ar|of|the|[A-Z][\w'’-]+)){1,3}, "
    r"(?:\d{1,4}[a-z]?,? )?(?:[A-Z][\w'’.-]+ ){1,3}"
    r"(?:Street|St|Road|Rd|Avenue|Ave|Lane|Ln|Drive|Close|Crescent|Terrace|Gardens|Way|Grove|Pde|"
    r"Boulevard|Mews|Nagar|Colony|Marg|Estate))\b\.?"
    r"|(?<![\w-])(?P<first>[A-Z][\w'’-]+(?: (?:na|y|yr|[A-Z][\w'’-]+)){1,2}, "
    r"(?:Heol|Ffordd|Stryd|Lôn|Maes)(?: (?:y|yr|[A-Z][\w'’-]+)){1,3})"
)
# Its number or unit in front of a street that is hidden already: "Unit 4/19 [ADDRESS]".
_IN_FRONT = lazy(
    r"(?<![\w.-])(?P<value>(?:unit|flat|apt|apartment|lot|suite|shop)"
    r"(?:\.? ?#?[A-Z]?\d{1,4}[A-Z]?(?:/\d{1,4})?,?)?)(?= \[ADDRESS\])"
    r"|(?<=\[ADDRESS\], )(?P<off>off|opp\.?|opposite|near|behind)(?= \[ADDRESS\])",
    re.IGNORECASE,
    holds="[address",
)
_PO_BOX = lazy(r"\bP\.?\s?O\.?\s?Box \d{1,6}\b", re.IGNORECASE)


def find_places(text: str) -> Iterator[Identifier]:
    """Find postal codes and addresses; spans may overlap."""
    yield from _towns(text)
    for pattern in (_NAMED_HOUSE, _STREET_JOINED, _OF_ADDRESS, _LIVES_AT, _HOUSE, _STREET_ALONE,
                    _HOUSE_SMALL, _HOUSE_AND_STREET, _IN_FRONT):  # fmt: skip
        yield from _values(pattern, text, IdentifierKind.ADDRESS, LIKELY)
    if not any(map(str.isdigit, text)):
        return
    for pattern in (_LED, _US, _UK, _UK_SMALL, _UK_SPACED, _CANADA, _EIRCODE, _BEHIND_ADDRESS):
        yield from _values(pattern, text, IdentifierKind.POSTCODE, LIKELY)
    for pattern in (
        _STREET,
        _STREET_FIRST,
        _STREET_PLAIN,
        _STREET_CUED,
        _FLAT,
        _STREET_SMALL,
        _ABROAD,
        _ROMANCE,
        _PARTS,
        _PO_BOX,
    ):
        yield from _values(pattern, text, IdentifierKind.ADDRESS, LIKELY)


def _towns(text: str) -> Iterator[Identifier]:
    """A town or village that a patient lives in; a country is none."""
    for match in _TOWN.finditer(text):
        if match.group("value").lower() not in listed("countries"):
            span = match.span("value")
            yield Identifier(*span, IdentifierKind.ADDRESS, match.group("value"), LIKELY)
    for match in _LIVES_IN.finditer(text):
        town = match.group("value")
        if town not in listed("countries") and (town in listed("places") or not is_word(town)):
            span = match.span("value")
            yield Identifier(*span, IdentifierKind.ADDRESS, town, LIKELY)


def _values(
    pattern: re.Pattern[str], text: str, kind: IdentifierKind, score: float
) -> Iterator[Identifier]:
    for match in pattern.finditer(text):
        span = match.span(match.lastgroup or 0)
        yield Identifier(*span, kind, text[slice(*span)], score)
