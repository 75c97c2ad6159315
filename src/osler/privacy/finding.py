"""Identifiers in a text: recognisers' findings, less what is clinical, each place once."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache
from itertools import chain

from osler.domain.identifier import Identifier, IdentifierKind
from osler.patterns import lazy
from osler.privacy.clinical import Span, clinical_spans, named_after, named_together
from osler.privacy.codes import find_codes
from osler.privacy.dates import find_dates
from osler.privacy.model import find_by_model, is_installed
from osler.privacy.names import judge_names
from osler.privacy.numbers import POSSIBLE, SURE, find_numbers
from osler.privacy.places import find_places
from osler.privacy.published import published_spans
from osler.privacy.wards import find_beds
from osler.privacy.weighing import judge_candidates

_FINDERS = (find_numbers, find_codes, find_dates, find_places, find_beds)
_GAP = re.compile(r"[\s,;:(/|-]{1,3}")
_YEARS = lazy(r"\s?-?\s?(?:years?|yrs?|y/?o)\b", re.IGNORECASE)
_MONTH = lazy(r"\d[^\W\d]{0,2}[ -]?[^\W\d]{3}|[^\W\d]{3,}\.?[ -]\d")
_WORDS = lazy(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")


@lru_cache(maxsize=64)  # for one request, which asks several times: it is a patient's text
def find_identifiers(text: str) -> tuple[Identifier, ...]:
    """What tells who the patient is, in reading order, without overlaps.

    Our own recognisers, and presidio's model where the extra `privacy` is installed. The same text
    gives the same identifiers; what is clinical (drugs, conditions, tests, doses) is never one.
    What can be told only once its neighbours are hidden is found too, so that a text is hidden
    for good.
    """
    found = _found(text)
    while more := _found_beside(text, found):
        found = apart(text, [*found, *more])
    return found


def _found_beside(text: str, known: tuple[Identifier, ...]) -> list[Identifier]:
    """What is found in the text once what is known has placeholders; places are the text's."""
    if not known:
        return []
    pieces: list[str] = []
    starts: list[tuple[int, int]] = []  # where a piece of the text begins in the new one, and in it
    at = length = 0
    for one in known:
        starts.append((length, at))
        pieces += [text[at : one.start], one.kind.placeholder]
        length += one.start - at + len(one.kind.placeholder)
        at = one.end
    starts.append((length, at))
    more = []
    for new in _found("".join([*pieces, text[at:]])):
        begin, there = max((s for s in starts if s[0] <= new.start), default=(0, 0))
        start = there + new.start - begin
        moved = replace(new, start=start, end=start + len(new.text))
        if text[moved.start : moved.end] == new.text and not _overlaps(moved, known):
            more.append(moved)
    return more


def _found(text: str) -> tuple[Identifier, ...]:
    others = find_others(text)
    clinical = [*clinical_spans(text), *named_after(text)]
    judged = judge_names(text, others, clinical)
    found = [*others, *(i for i in judged.names if not _is_clinical(text, i))]
    if is_installed() and judged.doubtful:
        found += [
            i
            for i in find_by_model(text)
            if _is_credible(text, i, judged.doubtful) and not _overlaps(i, others)
        ]
    known = apart(text, found)
    weighed = judge_candidates(text, known, clinical)
    known = apart(text, [*known, *weighed]) if weighed else known
    return tuple(_born(text, one, known) for one in known)


def _born(text: str, one: Identifier, found: Iterable[Identifier]) -> Identifier:
    """A date right behind a name, with two digits for the year, as one of birth."""
    if one.kind is IdentifierKind.DATE and one.score == POSSIBLE:
        for name in found:
            if name.kind is IdentifierKind.NAME and _GAP.fullmatch(text, name.end, one.start):
                return replace(one, kind=IdentifierKind.BIRTH)
    return one


def find_others(text: str) -> tuple[Identifier, ...]:
    """Numbers, dates and places that tell who the patient is, in reading order, apart."""
    own = [i for find in _FINDERS for i in find(text)]
    if text.isupper() and len(text.title()) == len(text):
        # Streets and months are told by their capitals.
        cased = text.title()
        own += [
            replace(i, text=text[i.start : i.end])
            for i in chain(find_dates(cased), find_places(cased))
        ]
    return apart(text, [i for i in own if not _is_clinical(text, i)])


def _is_clinical(text: str, found: Identifier) -> bool:
    """Whether the place belongs to a drug, a condition, a test, a dose, or a thing named after."""
    if any(s <= found.start and found.end <= e for s, e in published_spans(text)):
        return True
    if found.kind is IdentifierKind.AGE:
        if _YEARS.match(text, found.end):
            return False
        return any(s <= found.start and found.end < e for s, e in _measures(text, found))
    spans = clinical_spans(text)
    if found.kind is IdentifierKind.NAME:
        # "Mr Bell": a title outdoes a palsy, but "Ms Contin" and "Lady Windermere" are no one
        return any(s < found.start and found.end <= e for s, e in (*spans, *named_together(text)))
    if found.score >= SURE or (found.kind is IdentifierKind.DATE and _MONTH.search(found.text)):
        return False  # "on Monday 8 December, warfarin 5 mg" is read as one dosage
    return any(s <= found.start and found.end <= e for s, e in spans)


def _measures(text: str, found: Identifier) -> list[tuple[int, int]]:
    return [(s, e) for s, e in clinical_spans(text) if s <= found.start < e]


def _is_credible(text: str, found: Identifier, doubtful: Iterable[Span]) -> bool:
    """Whether a model's finding can be: it takes "Pabrinex" for a person.

    Of names, only what we are in doubt of.
    """
    if any(s < found.end and found.start < e for s, e in clinical_spans(text)):
        return False
    return found.kind is not IdentifierKind.NAME or all(
        any(s <= match.start() + found.start < e for s, e in doubtful)
        for match in _WORDS.finditer(found.text)
    )


def apart(text: str, found: list[Identifier]) -> tuple[Identifier, ...]:
    """Each place once: what overlaps becomes one, of the longer's kind, then of the surer's."""
    ranked = sorted(found, key=lambda i: (i.start - i.end, -i.score, i.start, i.kind.value))
    kept: list[Identifier] = []
    for one in ranked:
        touched = [k for k in kept if k.start < one.end and one.start < k.end]
        if not touched:
            kept.append(one)
            continue
        start = min(one.start, *(k.start for k in touched))
        end = max(one.end, *(k.end for k in touched))
        whole = replace(touched[0], start=start, end=end, text=text[start:end])
        kept = [whole if k is touched[0] else k for k in kept if k not in touched[1:]]
    return tuple(sorted(kept, key=lambda i: i.start))


def _overlaps(one: Identifier, others: Iterable[Identifier]) -> bool:
    return any(other.start < one.end and one.start < other.end for other in others)
