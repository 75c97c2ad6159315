"""Identifiers in a text: recognisers' findings, less what is clinical, each place once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache
from itertools import chain

from osler.domain.identifier import Identifier, IdentifierKind
from osler.patterns import lazy
from osler.privacy.clinical import (
    clinical_spans,
    is_clinical_word,
    is_given_name,
    is_surname,
    is_word,
    named_after,
)
from osler.privacy.dates import find_dates
from osler.privacy.model import find_by_model, is_installed
from osler.privacy.name_cues import ASKS_WHAT, no_noun_follows
from osler.privacy.names import find_names
from osler.privacy.numbers import SURE, find_numbers
from osler.privacy.places import find_places

_WORDS = lazy(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_MOST_NAME_WORDS = 5


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
        found = _apart(text, [*found, *more])
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
    own = list(chain(find_numbers(text), find_dates(text), find_places(text), find_names(text)))
    found = [i for i in own if not _is_clinical(text, i)]
    if is_installed() and _leaves_unknown(text, found):
        others = [i for i in found if i.kind is not IdentifierKind.NAME]
        found += [
            i for i in find_by_model(text) if _is_credible(text, i) and not _overlaps(i, others)
        ]
    return _apart(text, found)


def _is_clinical(text: str, found: Identifier) -> bool:
    """Whether the place belongs to a drug, a condition, a test, a dose, or a thing named after."""
    if found.kind is IdentifierKind.AGE:
        return any(s <= found.start and found.end < e for s, e in _measures(text, found))
    spans: Iterable[tuple[int, int]] = clinical_spans(text)
    if found.kind is IdentifierKind.NAME:
        if found.score >= SURE:  # "Mr Bell": a title outdoes a palsy, but "Ms Contin" is no one
            return any(s < found.start and found.end <= e for s, e in spans)
        spans = chain(spans, named_after(text))
        return any(s < found.end and found.start < e for s, e in spans)
    if found.score >= SURE:
        return False
    return any(s <= found.start and found.end <= e for s, e in spans)


def _measures(text: str, found: Identifier) -> list[tuple[int, int]]:
    return [(s, e) for s, e in clinical_spans(text) if s <= found.start < e]


def _leaves_unknown(text: str, found: list[Identifier]) -> bool:
    """Whether a word is left that no list of ours knows: only there is a model of any use."""
    if any(map(str.isdigit, text)) and len([c for c in text if c.isdigit()]) >= 7:
        return True
    return any(
        not is_word(m.group()) and not any(i.start <= m.start() < i.end for i in found)
        for m in _WORDS.finditer(text)
    )


def _is_credible(text: str, found: Identifier) -> bool:
    """Whether a model's finding can be: it takes "Pabrinex" for a person."""
    if found.kind is not IdentifierKind.NAME:
        return not any(s < found.end and found.start < e for s, e in clinical_spans(text))
    words = [m.group() for m in _WORDS.finditer(found.text)]
    if not words or len(words) > _MOST_NAME_WORDS or any(map(str.isdigit, found.text)):
        return False
    if any(is_clinical_word(w) for w in words) or _is_clinical(text, found):
        return False
    if any(is_given_name(w) or is_surname(w) for w in words):
        return True
    return (
        len(words) > 1
        and all(w[0].isupper() and not w.isupper() for w in words)
        and not any(map(is_word, words))
        and no_noun_follows(text, found.start, found.end)
        and not ASKS_WHAT.search(text[: found.start])
    )


def _apart(text: str, found: list[Identifier]) -> tuple[Identifier, ...]:
    """Each place once: of what overlaps the longer, then the surer; names that touch are one."""
    ranked = sorted(found, key=lambda i: (i.start - i.end, -i.score, i.start, i.kind.value))
    kept: list[Identifier] = []
    for one in ranked:
        if not _overlaps(one, kept):
            kept.append(one)
    return tuple(sorted(kept, key=lambda i: i.start))


def _overlaps(one: Identifier, others: Iterable[Identifier]) -> bool:
    return any(other.start < one.end and one.start < other.end for other in others)
