"""One claim in a reader's words, where the gate lets it; else as composed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from osler.domain import BlockKind, Claim, Dosage, Source
from osler.readers.gate import agrees, equal, parsed
from osler.readers.plain import in_full, in_plain_words, with_plain_routes
from osler.readers.profiles import Profile
from osler.readers.rows import as_sentences
from osler.readers.sentences import in_short_sentences, split, with_reasons_apart

_CUTS = (in_short_sentences, with_reasons_apart, split)  # the shortest sentences first


def worded_claim(claim: Claim, profile: Profile, sources: Mapping[str, Source]) -> Claim:
    """The claim in the first of the profile's wordings that the gate lets through.

    `composed` then holds its composed text. The dosages stay what they were, pointed at where
    the new text states them.
    """
    for text in _wordings_of(claim, profile):
        if text == claim.text:
            return claim
        if agrees(text, claim, sources):
            return replace(
                claim,
                text=text,
                composed=claim.composed or claim.text,
                dosages=pointed(claim.dosages, text),
            )
    return claim


def _wordings_of(claim: Claim, profile: Profile) -> Iterator[str]:
    """The wordings of a claim; a row of a table is cut as a row: its first cell holds for all."""
    text = claim.composed or claim.text
    is_row = any(s.block is BlockKind.ROW for s in claim.statements)
    return wordings(text, profile, (as_sentences,) if is_row else _CUTS)


def wordings(
    text: str, profile: Profile, cuts: tuple[Callable[[str], str], ...] = _CUTS
) -> Iterator[str]:
    """The wordings to try, that of the fewest clinical words first; the last is the text."""
    if profile.words == "composed":
        yield text
        return
    seen: dict[str, None] = {}
    for words in _ways(text, profile):
        for cut in cuts if profile.split else ():
            if (short := cut(words)) not in seen:
                seen[short] = None
                yield short
        if words not in seen:
            seen[words] = None
            yield words


def _ways(text: str, profile: Profile) -> Iterator[str]:
    if profile.words == "plain":
        yield in_plain_words(text)
        yield with_plain_routes(text)
    yield in_full(text)
    yield text


def was_refused(claim: Claim, profile: Profile) -> bool:
    """Whether a claim stands as composed, a full stop apart, though there were other words."""
    composed = claim.composed or claim.text
    if claim.text.rstrip(".") != composed.rstrip("."):
        return False
    return next(_wordings_of(claim, profile)).rstrip(".") != composed.rstrip(".")


def pointed(dosages: tuple[Dosage, ...], text: str) -> tuple[Dosage, ...]:
    """The dosages with the offsets of the equal ones in `text`, each place used once."""
    places = list(parsed(text))
    pointed = []
    for dosage in dosages:
        place = next((p for p in places if _is_at(p, dosage)), None)
        if place is None:
            pointed.append(replace(dosage, start=0, end=0, amount_start=0, amount_end=0))
            continue
        places.remove(place)
        pointed.append(
            replace(
                dosage,
                text=place.text,
                start=place.start,
                end=place.end,
                amount_start=place.amount_start,
                amount_end=place.amount_end,
            )
        )
    return tuple(pointed)


def _is_at(place: Dosage, dosage: Dosage) -> bool:
    """Whether a dosage of the text is this one, which may hold more from its context."""
    stated = replace(
        dosage,
        route=dosage.route if place.route else None,
        routes=dosage.routes if place.routes else (),
        frequency=dosage.frequency if place.frequency else None,
        duration=dosage.duration if place.duration else None,
        maximum=dosage.maximum if place.maximum else None,
        over=dosage.over if place.over else None,
    )
    return equal(place, stated)
