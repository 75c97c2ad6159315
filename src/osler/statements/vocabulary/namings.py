"""Other names that a document gives: abbreviations, names in brackets, "also called", brands."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from osler.domain import Source
from osler.patterns import lazy
from osler.statements.vocabulary.abbreviations import (
    brackets,
    explained,
    is_short_form,
    long_form,
    singular,
)
from osler.statements.vocabulary.substances import canonical, is_class, is_substance
from osler.statements.words.cutting import split
from osler.statements.words.ordinary import ordinary_words

_LONGEST = 8  # words of a name
_LONGEST_BESIDE = 4  # words of a name in brackets beside a heading
_ENDS = lazy(r"[,.;:()\[\]\n\"“”]|\s[-–—]\s")
_CALLED = ("called", "known as", "referred to as", "termed")
_ADVERB = lazy(
    r"(?:^|[\s,(])(?:also|sometimes|commonly|often|formerly|previously|otherwise|usually)"
    r"(?: been)?\s$",
)
_IS = lazy(
    r"[\s,(]*(?:(?:is|are|was|were|has|have|may be|can be)\s+)?(?:\w+ly\s+|also\s+|sometimes\s+|"
    r"often\s+|otherwise\s+)?(?:been\s+)?$"
)
_STOPS = lazy(
    r"\s(?:is|are|was|were|has|have|can|may|which|that|who|because|when|where|if|and (?:is|are)|"
    r"in|by|for|after|among|occurs?|refers?|means|as|to|from|with|on|at|but)\s.*$"
)
_OR = lazy(r"\s+or\s+")
_ARTICLE = lazy(r"^(?:an?|the|or|and|simply|just|either)\s+", re.IGNORECASE)
_SENTENCE = lazy(r"(?:[.!?:;]\s+|\n|•\s*)")
_PRONOUN = lazy(
    r"(?:it|they|this|these|that|those|which|he|she|we|you|there|some|many|other|another|one|both|"
    r"such|what|when|where|in|if|as|for|because|although|while)\b",
    re.IGNORECASE,
)
_REMARK = lazy(r"\s*\([^()]*\)?\s*$")
_HEADING = lazy(r"(?P<name>[^()]{3,60}?)\s*\((?P<others>[^()]{2,70})\)\s*\W*$")
_ASPECT = lazy(
    r"(?:what|how|who|why|is|are|do|does|can|when|where|assess\w*|introduction|overview|"
    r"(?:clinical |nursing )?(?:features?|investigations?|complications?|treatment|management|"
    r"diagnosis|prevention|symptoms?|signs?|causes?|care|types?|role|case|table|figure|box|"
    r"chapter|section|step|part|unit|appendix|differential|assessment|classification))\b",
    re.IGNORECASE,
)
_NO_OTHER = lazy(
    r"\d|\b(?:see|continued|cont|optional|e\.?g|i\.?e|or clinical|if|when|for|in|of|adults?|"
    r"child(?:ren)?|infants?|neonates?|pregnan\w+|women|men|patients?|part|table|figure|version|"
    r"draft|and|etc|new|old|acute|chronic|severe|mild|moderate|primary|secondary|general)\b",
    re.IGNORECASE,
)
_SEPARATED = lazy(r"\s*[,;/]\s*|\s+or\s+", re.IGNORECASE)
_INVERTED = lazy(r"([A-Z][\w'’-]+(?: [\w'’-]+){0,2}), ([\w'’-]+(?: [\w'’-]+){0,2})")
_JOINED = frozenset({"and", "or", "with", "of", "in", "type", "the", "for", "to", "by"})
_BRANDS = lazy(r"[A-Z][a-z]{3,}(?:[,/] ?[A-Z][a-z]{3,}){0,3}")


class Naming(NamedTuple):
    """Two names of one thing; `short` where `name` is an abbreviation of the other."""

    name: str
    other: str
    short: bool = False


def namings(source: Source, text: str, headings: Iterable[str]) -> tuple[Naming, ...]:
    """Give what a document says of other names, each pair once, sorted.

    Names are in lower case, abbreviations as written. `headings` are those of the sections.
    """
    found: set[Naming] = set()
    for before, inside in brackets(text):
        pair = explained(before, inside)
        if pair is not None:
            _abbreviates(*pair, found)
        elif "A" <= inside[0] <= "Z" and before[-1:].isalpha() and _BRANDS.fullmatch(inside):
            _branded(before[before.rfind(" ") + 1 :], inside, found)
    for heading in {source.title, *headings}:
        _of_heading(heading, found)
    _of_synonyms(source, found)
    for name, other in _called(text):
        _same(name, other, found)
    return tuple(sorted(found))


def _abbreviates(short: str, long: str, found: set[Naming]) -> None:
    name = _plain(long)
    if name:
        found.add(Naming(short, name, True))


def _same(name: str, other: str, found: set[Naming]) -> None:
    """Enter two names, of which one may be an abbreviation of the other."""
    if is_short_form(other) and not is_short_form(name) and not other.isnumeric():
        _abbreviates(singular(other), name, found)
        return
    one, two = _plain(name), _plain(other)
    if one and two and split(one) != split(two):
        found.add(Naming(min(one, two), max(one, two)))


def _branded(drug: str, brands: str, found: set[Naming]) -> None:
    """Enter the brands in brackets beside a drug, apart from those that every text knows."""
    if is_substance(drug) and not is_class(drug):
        for brand in split(brands):
            if canonical(brand) != canonical(drug):
                _same(drug, brand, found)


def _plain(name: str) -> str:
    """A name in lower case without its article and what clings to it; "" where it is none."""
    plain = " ".join(_REMARK.sub("", name).strip(" \t\n'’\"“”*-–—").lower().split())
    plain = _ARTICLE.sub("", plain)
    words = split(plain)
    if plain in ordinary_words() or plain.startswith("stage "):
        return ""
    if not 1 <= len(words) <= _LONGEST or len(plain) < 3 or len(plain) > 80:
        return ""
    return plain if any(map(str.isalpha, plain)) else ""


def _of_heading(heading: str, found: set[Naming]) -> None:
    if "(" in heading:
        match = _HEADING.match(heading)
        if match is None or _ASPECT.match(heading):
            return
        for other in _SEPARATED.split(match["others"]):
            _beside(match["name"], other.strip(), found)
    elif "," in heading and (match := _INVERTED.fullmatch(heading.strip())) is not None:
        words = {*split(match[1]), *split(match[2])}
        if not words & _JOINED:
            _same(heading.replace(",", ""), f"{match[2]} {match[1]}", found)


def _beside(name: str, other: str, found: set[Naming]) -> None:
    """What stands in brackets beside a heading: an abbreviation, or another name."""
    capitals = is_short_form(other) and " " not in other
    if capitals and (long := long_form(singular(other), name)) is not None:
        _abbreviates(singular(other), long, found)
    elif len(other) > 3 and other.count(" ") < _LONGEST_BESIDE and not _NO_OTHER.search(other):
        _same(name, other.lower() if other.isupper() else other, found)


def _of_synonyms(source: Source, found: set[Naming]) -> None:
    for other in source.extra.get("synonyms", ()):
        if isinstance(other, str):
            _same(source.title, other, found)


def _called(text: str) -> Iterator[tuple[str, str]]:
    """Names of a sentence's subject: "Pertussis, also called whooping cough, is ..."."""
    for verb in _CALLED:
        at = text.find(verb)
        while at >= 0:
            head = text[max(0, at - 120) : at]
            if (adverb := _ADVERB.search(head)) is not None:
                before = _SENTENCE.split(head[: adverb.start() + 1])[-1]
                name = _IS.sub("", before).strip()
                words = name.split()
                if 0 < len(words) <= 6 and not _PRONOUN.match(name) and "," not in name:
                    rest = text[at + len(verb) : at + len(verb) + 100].lstrip(" \"“'‘:")
                    said = _STOPS.sub("", _ENDS.split(rest, maxsplit=1)[0] + " ")
                    for other in _OR.split(said.strip()):
                        yield name, other
            at = text.find(verb, at + 1)
