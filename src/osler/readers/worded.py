"""An answer worded for its reader: the same facts in other words, order and language."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from osler.domain import Answer, Audience, Claim, Conflict, Position, Section
from osler.readers.arranging import arranged
from osler.readers.boxes import boxes_for
from osler.readers.claims import was_refused, worded_claim
from osler.readers.dose_lines import in_spanish
from osler.readers.profiles import profile_of
from osler.readers.translating import SOURCE_LANGUAGE, translator


def worded(answer: Answer, audience: Audience, *, language: str = SOURCE_LANGUAGE) -> Answer:
    """The answer in the words, order and depth of a reader, and in a language.

    Every reworded claim has passed the gate against the passages it cites, its doses compared
    one by one; one that did not stands as composed and is counted in `unworded`. Nothing is
    looked up: the same answer is worded the same. For a physician in English nothing changes.
    In another language what is ours is translated, a claim's doses are added in that language
    where they can be said with certainty (`dose_lines`), and its own words stay English, as
    composed.

    Raises UsageError for a language without a catalogue.
    """
    translate = translator(language)
    profile = profile_of(audience)
    if language != SOURCE_LANGUAGE:  # the sources' words are quoted, not put in other English
        profile = replace(profile, words="composed", split=False)
    sources = {r.source.id: r.source for r in answer.references}
    known: dict[int, Claim] = {}
    refused: set[str] = set()

    def word(claim: Claim) -> Claim:
        if id(claim) not in known:
            new = worded_claim(claim, profile, sources)
            if was_refused(new, profile):
                refused.add(claim.text)
            if language != SOURCE_LANGUAGE:
                new = replace(new, dose_lines=in_spanish(new, sources), language=SOURCE_LANGUAGE)
            known[id(claim)] = new
        return known[id(claim)]

    sections = arranged(answer.sections, profile)
    return replace(
        answer,
        bottom_line=tuple(map(word, answer.bottom_line)),
        sections=tuple(
            Section(_title(s.title, translate, language), tuple(map(word, s.claims)))
            for s in sections
        ),
        conflicts=tuple(_conflict(c, word) for c in answer.conflicts),
        safety_notices=tuple(map(translate, answer.safety_notices)),
        audience=audience,
        boxes=boxes_for(answer, audience, translate),
        language=language,
        unworded=len(refused),
    )


def _title(title: str, translate: Callable[[str], str], language: str) -> str:
    """A title in the language; one named after a group that is not in the catalogue is marked."""
    said = translate(title)
    marked = said == title and language != SOURCE_LANGUAGE
    return f"{title} ({translate('in English')})" if marked else said


def _conflict(conflict: Conflict, word: Callable[[Claim], Claim]) -> Conflict:
    positions = (Position(word(p.claim), p.references) for p in conflict.positions)
    return replace(conflict, positions=tuple(positions))
