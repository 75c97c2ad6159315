"""What may tell where somebody is, where they live, when it was or how old they are, or may not.

"B4" is a bed or a vitamin, "3/11" a day or eleven of something, "94" an age or a saturation. Here
is only the form of such things, as widely as people write them; what stands around each decides
(`osler.privacy.weighing`). What needs no deciding is found by `places` and `dates`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from osler.domain.identifier import IdentifierKind
from osler.patterns import lazy
from osler.privacy.clinical import unaccented
from osler.privacy.dates import MONTHS, WEEKDAYS
from osler.privacy.lists import listed
from osler.privacy.places import KINDS_OF_STREET
from osler.privacy.wards import HEADS, PLACE_NUMBER, UNITS

_NOT_MEASURED = (
    r"(?!\s?(?:[-–]\s?)?(?:mg|mc?g|micro\w*|[µμ]g|ng|g|kg|ml|l|cm|mm|units?|iu|u|mmol\w*|meq|%|bpm|"
    r"minutes?|mins?|hours?|hrs?|h|days?|d|weeks?|wks?|months?|mths?|tablets?|tabs?|puffs?|drops?|"
    r"percent|times|x|doses?|degrees|lbs?|kilos?|st)\b|\s?[%°]|[.,/:]\d|\s?[-–]\s?\d)"
)
_NUMBER = r"(?<![\w.,/<>=≤≥+-])"
_HOLDS_MONTH = "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
_CODE = lazy(
    rf"{_NUMBER}(?P<value>(?:[A-Z]{{1,2}}\d{{1,2}}|\d{{1,2}}[A-Z])(?:[-/][A-Z]?\d{{1,2}})?|"
    rf"\d{{1,2}}-\d{{1,2}}[A-Z]|\d{{1,2}} (?:North|South|East|West))(?![\w%+]|[.,/-]\d)",
    re.IGNORECASE,
)
_HEADED = lazy(
    rf"(?<![\w-])(?P<value>(?P<head>{HEADS}|{UNITS})[ -]?(?:no\.? ?|number |#)?(?:{PLACE_NUMBER}))"
    rf"(?![\w%+]){_NOT_MEASURED}",
    re.IGNORECASE,
)
# Behind these "of" tells an age: "man of 70".
_PEOPLE = ("man", "men", "lady", "male", "boy", "girl", "child", "adult", "person", "patient")
_NOT_AGED = "".join(f"(?<!{who} )" for who in _PEOPLE)
_IN_NUMBER = lazy(
    rf"\b(?:in|from|to|on|at|for|{_NOT_AGED}of) (?P<value>\d{{1,2}}[A-H]?)\b{_NOT_MEASURED}",
    re.IGNORECASE,
)
_WARD = lazy(
    r"(?<![\w'’-])(?P<value>(?P<head>[^\W\d_]{3,}(?:['’]s)?) (?:ward|wing|unit|suite|lounge))\b",
    re.IGNORECASE,
    holds="ward|wing|unit|suite|lounge",
)
_NTH = r"(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?"
_AFTER_DATE = r"(?:,? (?:last|this|next) year|,? '?\d\d(?!\d))?"
_DAY_MONTH = lazy(
    rf"(?<![\w/.-])(?P<value>(?:{WEEKDAYS},? (?:the )?)?{_NTH}[ -]?(?:of )?(?P<month>{MONTHS})"
    rf"{_AFTER_DATE})(?![\w/])",
    re.IGNORECASE,
    holds=_HOLDS_MONTH,
)
_MONTH_DAY = lazy(
    rf"(?<![\w/.-])(?P<value>(?:{WEEKDAYS},? )?(?P<month>{MONTHS})[ -]?(?:the )?{_NTH}"
    rf"{_AFTER_DATE})(?![\w/]){_NOT_MEASURED}",
    re.IGNORECASE,
    holds=_HOLDS_MONTH,
)
_FRACTION = (
    r"(?:(?:0?[1-9]|[12]\d|3[01])(?P<mark>[/.-])(?:0?[1-9]|1[0-2])|(?:0?[1-9]|1[0-2])/(?:1[3-9]|"
    r"2\d|3[01]))"
    r"(?:(?P=mark)\d\d)?"
)
_DAY_IN_FIGURES = lazy(
    rf"{_NUMBER}(?P<value>{_FRACTION})(?![\w%-]|[./]\d|\s?(?:mg|mcg|ml|units?)\b)"
)
_WEEKDAY = lazy(
    rf"(?<![\w/.-])(?P<value>(?P<head>{WEEKDAYS}),? (?:the )?(?:{_NTH}|\d\d?[/.]\d\d?))(?![\w/])"
    rf"{_NOT_MEASURED}",
    re.IGNORECASE,
)
_THE_NTH = lazy(r"\b(?P<value>the (?:[1-9]|[12]\d|3[01])(?:st|nd|rd|th))\b", re.IGNORECASE)
_DAYS = (
    "first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|\\w+teenth|"
    "twentieth|thirtieth|(?:twenty|thirty)[ -](?:first|second|third|fourth|fifth|sixth|seventh|"
    "eighth|ninth)"
)
_TENS = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
_DIGITS = "one|two|three|four|five|six|seven|eight|nine"
_YEAR_IN_WORDS = (
    rf"(?:nineteen|twenty|two thousand)(?: and)?(?: (?:(?:{_TENS})(?:[- ](?:{_DIGITS}))?|hundred|"
    rf"\w+teen|"
    rf"ten|eleven|twelve|(?:oh )?(?:{_DIGITS})))?"
)
_IN_WORDS = lazy(
    rf"\b(?P<value>(?:the )?(?:{_DAYS}) (?:of )?(?P<month>{MONTHS})(?:,? {_YEAR_IN_WORDS})?"
    rf"|(?:{MONTHS}) (?:the )?(?:{_DAYS})(?:,? {_YEAR_IN_WORDS})?)\b",
    re.IGNORECASE,
    holds=_HOLDS_MONTH,
)
_SPACED = lazy(
    rf"{_NUMBER}(?P<value>(?:0?[1-9]|[12]\d|3[01]) (?:0?[1-9]|1[0-2]) (?:19|20)?\d\d)(?![\w%]|"
    rf"[.,/-]\d| \d)"
)
_OLD = lazy(rf"{_NUMBER}(?P<value>(?:9\d|10\d|11\d)(?: and a half)?)(?![\w+]){_NOT_MEASURED}")
_OLD_IN_WORDS = lazy(
    rf"\b(?P<value>ninety(?:[- ](?:{_DIGITS}))?|(?:a|one) hundred(?: and (?:{_DIGITS}))?|"
    rf"nonagenarian|"
    r"centenarian)\b(?!-?year-?old)" + _NOT_MEASURED,
    re.IGNORECASE,
    holds="ninety|hundred|arian",
)
_WORD = r"[^\W\d_][\w'’-]+"
# Of streets, but of much else, too.
_MORE_KINDS = (
    "approach|yard|end|paddocks?|meadows?|fields?|woods?|vale|dale|chase|bridge|plaza|strand|run|"
    "pass|"
    "point|landing|junction|ferry|crossing|corner|cottages?|villas?|buildings?|towers?|mansions|"
    "broadway|lea|leas|glebe|dell|glen|glade|copse|spinney|warren|bypass|wood|moor|cliffs?|"
    "layout|phase|sector|extension|barracks|site|junction|roundabout|housing|quarters|compound"
)
_STREET = lazy(
    rf"{_NUMBER}(?P<value>(?:(?:flat|apt|unit|no|number) (?:\w{{1,4}},? )?)?(?:\d{{1,4}}[a-z]?,? |"
    rf"(?:the|(?:{_DIGITS})|ten|eleven|twelve|\w+teen|twenty|thirty|forty|"
    rf"fifty)[ -](?:(?:{_DIGITS}) )?)"
    rf"(?:{_WORD} ){{1,3}}?(?P<head>{KINDS_OF_STREET}|{_MORE_KINDS}))\b",
    re.IGNORECASE,
)
# A small word is of a name only in front of more of it: "Stoke on Trent", not "Leeds on lithium".
_GOES_ON = r"(?=[ -](?:the |la |le )?[A-Z])"
_MORE = rf"(?:[A-Z][\w'’-]+|(?:of|the|on|upon|under|le|in){_GOES_ON})"
_CAPITALS = rf"(?:[A-Z][\w'’-]+|St\.?)(?: {_MORE}){{0,3}}"
_TWO_PLACES = lazy(
    rf"(?<![\w'’])(?P<value>(?:The )?{_CAPITALS}, (?:\d{{1,4}} )?{_CAPITALS}(?:, {_CAPITALS})?)"
    rf"(?![\w'’])"
)
_STREET_WITHOUT = lazy(
    rf"(?<![\w'’])(?P<value>(?:[A-Z][\w'’-]+ ){{1,3}}(?P<head>{KINDS_OF_STREET.title()}|House|"
    rf"Housing|"
    r"Lodge|Villas?|Yard|Apartments|Flats|Village|Home))\b"
)
# A number before or behind what may be a street without its kind: "3 Pen-y-Bont", "Via Roma 9".
_NUMBERED = lazy(
    rf"{_NUMBER}(?P<value>\d{{1,4}}[a-z]?,? (?:The )?[A-Z][\w'’-]{{2,}}(?: [A-Z][\w'’-]+){{0,2}})"
    rf"(?![\w'’])"
)
_NUMBER_LAST = lazy(
    r"(?<![\w'’])(?P<value>(?:[A-Z][\w'’.-]+ (?:(?:de|del|della|do|da|van|"
    r"den) )?){1,3}\d{1,4}[a-z]?)(?![\w%/]|[.,]\d)"
)
_UNITS_OF = (
    r"flat|apt|plot|block|unit|caravan|lot|villa|shop|door|number|no|suite|house|chalet|pitch|lodge"
)
_PARTED = lazy(
    rf"(?<![\w-])(?P<value>(?P<head>{_UNITS_OF})\.? ?#?[A-Z]?[-]?\d{{0,4}}[A-Z]?,? "
    rf"(?:(?:{_UNITS_OF})\.? ?\w{{1,4}},? )?(?:the )?(?:{_WORD} ){{0,3}}?"
    rf"(?:{KINDS_OF_STREET}|{_MORE_KINDS}))\b",
    re.IGNORECASE,
)
_TOWN = lazy(
    r"(?:\b(?P<head>in|from|to|at|near|of|outside|around|[Ll]ives|[Aa]ddress:?|"
    r"(?:[Cc]are|[Nn]ursing|[Rr]esidential) [Hh]ome|[Hh]ospice|[Ss]chool|[Pp]ractice|[Ss]urgery|"
    r"[Hh]ostel)|,) "
    r"(?P<value>(?:St\.? |The )?[A-Z][a-zà-ž'’]{2,}(?:[ -](?:"
    rf"(?:on|upon|le|la|in|de|del){_GOES_ON}|[A-Z][a-zà-ž'’]+)){{0,3}})(?![\w'’])"
)
_TOWN_SMALL = lazy(
    r"\b(?P<head>in|from|lives|living|near|outside) (?P<value>[a-zà-ž]{4,})\b"
    r"(?! (?:home|care|accommodation|house|housing|flat|community|unit))"
)
# Dutch, and as in the Dutch way: four digits and two capitals.
_FOUR_AND_TWO = lazy(
    r"(?<![\w.,/-])(?P<value>[1-9]\d{3} (?!IU|ML|MG|KG|MM|CM|BD|OD|QD|AM|PM|NG|UG|ME|MU|EU|AD|BC)"
    r"[A-Z]{2})(?![\w/-])"
)
_WORD_OF_TOWN = lazy(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_MOST_WORDS = 3  # of a listed town

# Numbers of people, and codes without a label or with one that is not listed.
_CODED = lazy(
    r"(?<![\w.,/<>=≤≥+#-])(?P<value>(?=[A-Z]{0,6}(?:[\w ./-]{0,4}\d){4})(?:[A-Z]{1,6}[ -]?)?"
    r"\d[A-Z\d]*"
    rf"(?:[-/. ](?:[A-Z]{{0,3}}\d[A-Z\d]*|[A-Z]{{1,3}}(?=[-/]\d)))*)(?![\w%]|"
    rf"[.,/-]\w){_NOT_MEASURED}",
)
_CALLED = lazy(
    r"\b(?P<value>(?P<head>bleep|pager|ext(?:ension)?\.?|extn|x|dect|bip|page) ?\d{3,6})\b",
    re.IGNORECASE,
    holds="bleep|page|ext|x|dect|bip",
)

_SHAPED = re.compile(r"\d+|[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place of a text (characters) and what it may be; `form` and `detail` are evidence."""

    start: int
    end: int
    kind: IdentifierKind
    form: str  # of a few: "code", "day in figures"
    detail: str  # what of it counts besides: the word in front of a number, a month
    listed: bool = False  # of a town: whether a list has it


def candidates(text: str) -> Iterator[Candidate]:
    """Every place of the text that may be a bed, an address, a date or an age; they may overlap."""
    has_digits = any(map(str.isdigit, text))
    if has_digits:
        yield from _of(_CODE, text, IdentifierKind.BED, "code")
        yield from _of(_HEADED, text, IdentifierKind.BED, "headed")
        yield from _of(_IN_NUMBER, text, IdentifierKind.BED, "number")
        for pattern, form in ((_DAY_MONTH, "month"), (_MONTH_DAY, "month"), (_WEEKDAY, "weekday"),
                              (_DAY_IN_FIGURES, "figures"), (_THE_NTH, "nth"),
                              (_SPACED, "spaced")):  # fmt: skip
            yield from _of(pattern, text, IdentifierKind.DATE, form)
        yield from _of(_OLD, text, IdentifierKind.AGE, "age")
        yield from _of(_CODED, text, IdentifierKind.RECORD, "coded")
        yield from _of(_CALLED, text, IdentifierKind.PHONE, "called")
        for pattern, form in ((_NUMBERED, "numbered"), (_NUMBER_LAST, "number last"),
                              (_PARTED, "parted")):  # fmt: skip
            yield from _of(pattern, text, IdentifierKind.ADDRESS, form)
        yield from _of(_FOUR_AND_TWO, text, IdentifierKind.POSTCODE, "four and two")
    yield from _of(_IN_WORDS, text, IdentifierKind.DATE, "day in words")
    yield from _of(_WARD, text, IdentifierKind.BED, "ward")
    yield from _of(_OLD_IN_WORDS, text, IdentifierKind.AGE, "age in words")
    for pattern, form in ((_STREET, "street"), (_TWO_PLACES, "two"), (_STREET_WITHOUT, "no number"),
                          (_TOWN, "town"), (_TOWN_SMALL, "town small")):  # fmt: skip
        yield from _of(pattern, text, IdentifierKind.ADDRESS, form)
    yield from _towns(text)


def _towns(text: str) -> Iterator[Candidate]:
    """Towns of the list, wherever they stand; the longest of those that begin at a word."""
    words = list(_WORD_OF_TOWN.finditer(text))
    for at, first in enumerate(words):
        if len(first.group()) < 3 and not first.group().istitle():
            continue
        for last in reversed(words[at : at + _MOST_WORDS]):
            town = text[first.start() : last.end()]
            if len(town) > 3 and is_town(town):
                kind = "small" if town.islower() else ""
                yield Candidate(
                    first.start(), last.end(), IdentifierKind.ADDRESS, "listed town", kind
                )
                break


def is_town(text: str) -> bool:
    """Whether a list has a town of this name, and no state or country has it; accents aside."""
    joined = unaccented(text).replace(" ", "-")
    return joined not in listed("countries") and (
        joined in listed("towns") or joined in listed("places")
    )


def _of(
    pattern: re.Pattern[str], text: str, kind: IdentifierKind, form: str
) -> Iterator[Candidate]:
    for match in pattern.finditer(text):
        start, end = match.span("value")
        groups = match.groupdict()
        detail = groups.get("head") or groups.get("month") or groups.get("mark") or ""
        if form in ("code", "nth"):
            detail = match["value"]
        elif form == "coded":
            detail = _SHAPED.sub(lambda m: "9" if m.group().isdigit() else "a", match["value"])
        if form.startswith("town") and match["value"].lower() in listed("countries"):
            continue
        known = form.startswith("town") and is_town(match["value"])
        yield Candidate(start, end, kind, form, detail.lower(), known)
