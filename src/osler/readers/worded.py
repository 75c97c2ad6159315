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

    def say(text: str) -> str:
        """A text of ours in the language; one made from the sources' words is marked."""
        said = translate(text)
        foreign = said == text and language != SOURCE_LANGUAGE
        return f"{text} ({translate('in English')})" if foreign else said

    sections = arranged(answer.sections, profile)
    silence = answer.abstention
    return replace(
        answer,
        bottom_line=tuple(map(word, answer.bottom_line)),
        sections=tuple(Section(say(s.title), tuple(map(word, s.claims))) for s in sections),
        conflicts=tuple(_conflict(c, word, say) for c in answer.conflicts),
        safety_notices=tuple(map(say, answer.safety_notices)),
        abstention=replace(silence, reason=say(silence.reason)) if silence else None,
        audience=audience,
        boxes=boxes_for(answer, audience, translate),
        language=language,
        unworded=len(refused),
    )


def _conflict(
    conflict: Conflict, word: Callable[[Claim], Claim], say: Callable[[str], str]
) -> Conflict:
    positions = tuple(Position(word(p.claim), p.references) for p in conflict.positions)
    reason = say(conflict.reason) if conflict.reason else None
    return replace(conflict, about=say(conflict.about), reason=reason, positions=positions)
