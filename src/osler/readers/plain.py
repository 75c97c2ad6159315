"""A claim's text in other words: abbreviations written out, terms in plain language.

Names of drugs are never replaced, nor a part of a longer name of a drug or an illness. What
comes out is checked by the gate before anybody sees it: nothing here needs to be trusted.
"""

from __future__ import annotations

import re
from functools import lru_cache

from osler.dosage import find_routes
from osler.readers.fields import under_its_name, without_underscores
from osler.readers.glossary import Index, Match, find, plain_words, written_out
from osler.statements.vocabulary.abbreviations import explained
from osler.statements.vocabulary.conditions import find_conditions, find_tests
from osler.statements.vocabulary.substances import find_substances, is_class

# What may follow a route that stands beside a dose; a noun may not ("IV aminophylline").
_NO_NOUN = re.compile(
    r"\s*(?:$|[.,;:)(\]]|\d|(?:every|each|once|twice|three|four|five|six|for|daily|weekly|monthly"
    r"|nightly|then|or|and|as|in|at|per|over|if|until|till|to|with|when|followed|given|a|an|on"
    r"|by|repeated|immediately|slowly|before|after|during|is|are|was|\d+)\b)",
    re.I,
)
_HOURLY = re.compile(
    r"(?<![\w.])(\d+(?:\s*(?:[-–]|to)\s*\d+)?)\s*[- ]?(hour|week|month)ly\b(?!\s+(?:dose|rate))",
    re.I,
)
_ARTICLE = re.compile(r"\b([Aa])(n?) $")
_A_NOUN_IS_DUE = re.compile(r"\bthe $", re.I)  # "by the intranasal or the sublingual route"
_OPENING = re.compile(r"(?:^|[.!?:]\s+|\n)$")
_VOWELS = "aeiou"
_SHORT = 5  # letters: an abbreviation is no heading


@lru_cache(maxsize=4096)
def in_full(text: str) -> str:
    """The text with abbreviations and Latin written out: "bd" is "twice a day"."""
    text = _HOURLY.sub(lambda m: f"every {m[1]} {m[2].lower()}s", text)
    return _replaced(text, written_out())


@lru_cache(maxsize=4096)
def in_plain_words(text: str) -> str:
    """The text in plain language, abbreviations written out first."""
    return without_underscores(_replaced(in_full(under_its_name(text)), plain_words()))


@lru_cache(maxsize=4096)
def with_plain_routes(text: str) -> str:
    """The text with only its routes, and what is written out, in plain words."""
    return _replaced(in_full(text), plain_words(), only_routes=True)


def _replaced(text: str, index: Index, *, only_routes: bool = False) -> str:
    kept = _kept(text)
    routes = find_routes(text)
    pieces: list[str] = []
    at = 0
    for match in find(text, index):
        entry = match.entry
        if only_routes and not (entry.beside_a_dose or entry.in_brackets):
            continue
        if any(_cuts(match, start, end, name) for start, end, name in kept):
            continue
        if (entry.beside_a_dose or entry.in_brackets) and not any(
            match.start < r.end and r.start < match.end for r in routes
        ):
            continue  # "stage IV", "oral contraceptive"
        if text[match.end : match.end + 1] in ("'", "’"):
            continue  # "patients' views"
        if _is_explained(text, match):
            continue  # "antenatal care (ANC)"
        if entry.beside_a_dose and _A_NOUN_IS_DUE.search(text[: match.start]):
            continue
        if entry.beside_a_dose and not _NO_NOUN.match(text, match.end):
            bracket = next((e for e in index[entry.words[0]] if _explains(e, match)), None)
            if bracket is None or text[match.end :].lstrip().startswith("("):
                continue
            said = text[match.start : match.end]
            pieces += [text[at : match.start], f"{said} ({bracket.plain})"]
            at = match.end
            continue
        if entry.in_brackets:
            continue
        pieces.append(text[at : match.start])
        pieces.append(_put(pieces, text, match))
        at = match.end
    pieces.append(text[at:])
    return "".join(pieces)


def _is_explained(text: str, match: Match) -> bool:
    """Whether a short form stands in brackets right behind the words that it is short for."""
    before = text[: match.start]
    if not before.endswith("(") or text[match.end : match.end + 1] != ")":
        return False
    said = text[match.start : match.end]
    plain = match.entry.plain.lower()
    words = before[:-1].rstrip()
    return words.lower().endswith((plain, f"{plain}s", plain.removesuffix("s"))) or (
        explained(words, said) is not None
    )


def _explains(entry: object, match: Match) -> bool:
    other = match.entry
    return getattr(entry, "in_brackets", False) and getattr(entry, "term", "") == other.term


def _put(pieces: list[str], text: str, match: Match) -> str:
    """The plain words as they stand there: with a capital, and after the right article."""
    plain, before = match.entry.plain, text[: match.start]
    article = _ARTICLE.search(before)
    if article and pieces:
        vowel = plain[0].lower() in _VOWELS
        last = pieces[-1]
        if last.endswith(article.group()):
            pieces[-1] = f"{last[: -len(article.group())]}{article[1]}{'n' if vowel else ''} "
    if len(match.entry.term) > _SHORT and text[match.start : match.end].isupper():
        return plain.upper()  # a heading in capitals
    opens = _OPENING.search(before) is not None
    if opens and text[match.start].isupper():
        return plain[:1].upper() + plain[1:]
    return plain


def _kept(text: str) -> tuple[tuple[int, int, str | None], ...]:
    """Spans that stay whole: names of drugs (named None), of illnesses and of classes.

    What is measured is no drug: "blood glucose".
    """
    tests = find_tests(text)
    drugs = (
        (f.start, f.end, f.name if is_class(f.name) else None)
        for f in find_substances(text)
        if not any(t.start <= f.start and f.end <= t.end for t in tests)
    )
    return (*drugs, *((f.start, f.end, f.name) for f in find_conditions(text)))


def _cuts(match: Match, start: int, end: int, name: str | None) -> bool:
    """Whether a match lies in a drug's name, or in a part of a longer name."""
    if match.end <= start or end <= match.start:
        return False
    if name is None:
        # A phrase may hold the whole of a name and say it again: "oral iron", "iron by mouth".
        return match.entry.plain.lower().find(_core(match, start, end)) < 0
    return not (match.start <= start and end <= match.end)


def _core(match: Match, start: int, end: int) -> str:
    """What of the term the drug's name covers, in small letters."""
    low, high = max(start, match.start) - match.start, min(end, match.end) - match.start
    return match.entry.term.lower()[low:high].removeprefix("oral ").strip() or "\0"
