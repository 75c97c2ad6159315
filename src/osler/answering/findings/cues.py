"""Words of change, comparison and no difference, and how far from the outcome each stands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from osler.answering.findings.lexicon import lexicon
from osler.library.terms import terms
from osler.patterns import lazy

_WORD = lazy(r"\d+(?:[.·]\d+)?|[^\W\d_][^\W_]*")
_BORDER = lazy(
    r";|[:.]\s|,?\s*\b(?:but|while|whereas|although|however|though|except|despite|yet)\b|"
    r", and\b|,? with no\b|,\s(?=(?:no|the|there)\b)"
)
_BORDER_COSTS = 12  # words
_WEAK_COSTS = 4
_NONE_GAINS = 2  # a phrase that denies reaches further than a word of change
_BACK_GAINS = 18  # across one border, and before a word that stands beside the outcome
_CHANGE_GAINS = 1
_TAIL = 2  # words after a denial that name nothing of its own
_BOUND = lazy(r"\s+than\s+(?:or\s+equal\s+to\s+)?\d|\s+(?:\w+\s+)?\d")

Span = tuple[int, int]


class Way(Enum):
    """Where a cue points."""

    NONE = "none"
    UP = "up"
    DOWN = "down"
    BETTER = "better"
    WORSE = "worse"


_OPPOSITE = {
    Way.UP: Way.DOWN,
    Way.DOWN: Way.UP,
    Way.BETTER: Way.WORSE,
    Way.WORSE: Way.BETTER,
}


@dataclass(frozen=True, slots=True)
class Cue:
    """A cue at `start:end`; `distance` in words, each border of a clause counting as twelve."""

    distance: int
    start: int
    end: int
    way: Way
    text: str


@dataclass(frozen=True, slots=True)
class Mention:
    """Where a line names the outcome: the stretch, and its words there. Empty: nowhere."""

    start: int
    end: int
    words: tuple[Span, ...]


def mention_of(wanted: Mapping[str, float], text: str) -> Mention:
    """The shortest stretch that holds most of the outcome's terms, by weight."""
    words = [
        (match.start(), match.end(), term)
        for match in _WORD.finditer(text)
        for term in (terms(match.group()) or [""])[:1]
    ]
    reach = max(6, len(wanted) + 4)
    best, at = 0.0, (0, 0)
    for first, (_, _, opening) in enumerate(words):
        if opening not in wanted:
            continue
        seen: set[str] = set()
        last, weight = first, 0.0
        for place in range(first, min(len(words), first + reach)):
            term = words[place][2]
            if term in wanted and term not in seen:
                seen.add(term)
                weight += wanted[term]
                last = place
        weight -= 0.02 * (last - first)  # of two that hold the same, the shorter
        if weight > best:
            best, at = weight, (first, last)
    if best == 0.0:
        return Mention(0, 0, ())
    stretch = words[at[0] : at[1] + 1]
    named = tuple((start, end) for start, end, term in stretch if term in wanted)
    return Mention(stretch[0][0], stretch[-1][1], named)


def find_cues(text: str, outcome: Mention) -> list[Cue]:
    """The cues of a line, without those that are words of the outcome ("reduction in pain")."""
    words = lexicon()
    borders = [match.span() for match in _BORDER.finditer(text)]

    def cue(start: int, end: int, way: Way, gain: int = 0) -> Cue:
        distance = _distance(text, start, end, outcome, borders)
        return Cue(distance - gain, start, end, way, text[start:end])

    # The words of a phrase that denies, and of a change that is compared, are no cues themselves.
    found = [
        cue(*match.span(), Way.NONE, _none_gain(text, *match.span(), borders))
        for match in words.none.finditer(text)
    ]
    taken = [*outcome.words, *((each.start, each.end) for each in found)]
    changes = [cue(*span, way, _CHANGE_GAINS) for span, way in _compared_changes(text, taken)]
    taken += [(each.start, each.end) for each in changes]
    found += changes
    ways = (
        (words.up, Way.UP),
        (words.down, Way.DOWN),
        (words.better, Way.BETTER),
        (words.worse, Way.WORSE),
    )
    for pattern, way in ways:
        for match in pattern.finditer(text):
            if not _overlaps(match.span(), taken) and not _is_bound(text, match.span()):
                weak = words.weak.fullmatch(match.group()) is not None
                found.append(cue(*match.span(), way, -_WEAK_COSTS * weak))
    return found


def _none_gain(text: str, start: int, end: int, borders: Sequence[Span]) -> int:
    """How much nearer a denial counts that speaks of the arms, or of all that was said before it.

    "Improved in both, with no difference between groups"; "was lower, but not significantly".
    """
    words = lexicon()
    opens = max((border[1] for border in borders if border[0] < start), default=0)
    closes = min((border[0] for border in borders if border[0] >= end), default=len(text))
    before, after = text[opens:start], text[end:closes].lstrip()
    names_its_own = words.own.search(after) or any(
        not words.back.fullmatch(match.group()) for match in _WORD.finditer(before)
    )
    reaches_back = words.between_arms.match(after) or len(_WORD.findall(after)) <= _TAIL
    return _NONE_GAINS + (_BACK_GAINS if reaches_back and not names_its_own else 0)


def _compared_changes(text: str, taken: Sequence[Span]) -> Iterator[tuple[Span, Way]]:
    """ "A greater reduction", "the reduction was smaller": the change, turned where lessened."""
    words = lexicon()
    for pattern in (words.change_after, words.change_before):
        for match in pattern.finditer(text):
            way = next(way for way in _OPPOSITE if match[way.value] is not None)
            lessened = words.lessened.fullmatch(match["degree"]) is not None
            spans = (match.span(way.value), match.span("degree"))
            if not any(_overlaps(span, taken) for span in spans):
                yield match.span(), _OPPOSITE[way] if lessened else way


def _is_bound(text: str, span: Span) -> bool:
    """Whether the word belongs to a number: "more than 50 %", "at least one"."""
    word = text[slice(*span)]
    if word in {"least", "most"}:
        return text[: span[0]].endswith("at ")
    if word == "more" and text[: span[0]].endswith(" or "):  # "one or more"
        return True
    return word in {"more", "less", "greater", "lower", "higher", "fewer"} and bool(
        _BOUND.match(text, span[1])
    )


def _distance(text: str, start: int, end: int, outcome: Mention, borders: Sequence[Span]) -> int:
    if end <= outcome.start:
        between = end, outcome.start
    elif start >= outcome.end:
        between = outcome.end, start
    else:
        return 0
    crossed = sum(between[0] <= border < between[1] for border, _ in borders)
    return len(_WORD.findall(text[slice(*between)])) + _BORDER_COSTS * crossed


def _overlaps(span: Span, others: Sequence[Span]) -> bool:
    return any(start < span[1] and span[0] < end for start, end in others)
