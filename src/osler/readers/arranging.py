"""The sections of an answer in a reader's order, under a reader's titles, as deep as they read."""

from __future__ import annotations

from osler.domain import Claim, Section, StatementKind
from osler.readers.forbidding import warns
from osler.readers.gate import doses
from osler.readers.grade import reading_grade
from osler.readers.plain import in_plain_words
from osler.readers.profiles import GROUP, Gathered, Profile, topic_of
from osler.readers.sentences import in_short_sentences


def arranged(sections: tuple[Section, ...], profile: Profile) -> tuple[Section, ...]:
    """The sections in the profile's order; within a topic they keep theirs.

    What a reader's section leaves out for length, or since it is hard to read, never states a
    dose, warns, forbids or sets a condition, be it in its own words or by what leads in to them.
    """
    if not profile.first:
        return sections
    titled: list[tuple[str, Section]] = []
    gathered: dict[str, list[Claim]] = {each.topic: [] for each in profile.gathers}
    for section in sections:
        topic = topic_of(section.title)
        kept: list[Claim] = []
        for claim in section.claims:
            wanted = _wanted(claim, topic, profile)
            (gathered[wanted.topic] if wanted else kept).append(claim)
        if kept:
            titled.append((topic, Section(_title(section.title, topic, profile), tuple(kept))))
    titled += [
        (each.topic, Section(each.title, tuple(gathered[each.topic])))
        for each in profile.gathers
        if gathered[each.topic]
    ]
    titled.sort(key=lambda item: profile.place(item[0]))
    shortened = (
        Section(s.title, _within(s.claims, profile.most.get(t), profile)) for t, s in titled
    )
    return tuple(section for section in shortened if section.claims)


def _wanted(claim: Claim, topic: str, profile: Profile) -> Gathered | None:
    """Where a line without a dose is gathered, by what it speaks of; a dose stays in its place."""
    if claim.dosages or topic == GROUP:
        return None
    return next((each for each in profile.gathers if each.cue.search(claim.text)), None)


def _title(title: str, topic: str, profile: Profile) -> str:
    if topic == GROUP:
        return in_plain_words(title) if profile.words == "plain" else title
    return profile.titles.get(topic, title)


def _within(claims: tuple[Claim, ...], most: int | None, profile: Profile) -> tuple[Claim, ...]:
    if most is None:
        return claims
    kept: list[Claim] = []
    plain = 0
    for claim in claims:
        if _is_needed(claim):
            kept.append(claim)
        elif plain < most and not _is_hard(claim, profile):
            kept.append(claim)
            plain += 1
    return tuple(kept)


def _is_hard(claim: Claim, profile: Profile) -> bool:
    """Whether a line is too hard for its reader even in plain words and short sentences."""
    if profile.hardest is None:
        return False
    text = claim.composed or claim.text
    return reading_grade(in_short_sentences(in_plain_words(text))) > profile.hardest


def _is_needed(claim: Claim) -> bool:
    return bool(
        claim.dosages
        or claim.derivations
        or warns(claim)
        or any(s.kind is StatementKind.DOSE for s in claim.statements)
        or doses(claim.composed or claim.text)
    )
