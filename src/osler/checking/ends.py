"""What is done until something comes about is not done from then on, nor only before it.

"Continue the course until the fever settles" holds every word of "continue the course when the
fever settles". What is put off is the other way round: "not until" is "once".
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from osler.checking.clauses import Sentence
from osler.checking.evidence import Evidence
from osler.checking.polarity import content_of
from osler.checking.times import PUTTING_OFF
from osler.checking.tokens import Kind, Token
from osler.domain import Problem, ProblemKind

_UNTIL = frozenset(("until", "till"))
_OTHERS = frozenset(("when", "whenever", "once", "if", "from", "since", "soon"))
_ENDS = frozenset(";:.|()\n") | frozenset(("but", "while", "whereas", "then"))


@dataclass(frozen=True, slots=True)
class _Time:
    """What is done (`main`) until an event, or from, when, after or before it."""

    marker: Token
    is_end: bool
    main: frozenset[str]
    event: frozenset[str]
    turned: tuple[bool, bool]  # whether the main clause puts off, whether the event is denied
    later: frozenset[str]  # what is said behind the event


def check(sentence: Sentence, evidence: Evidence) -> Iterator[Problem]:
    """Where the passage says until when, and the claim from when; and the other way round."""
    stated = [
        time
        for number, other in enumerate(evidence.sentences)
        for time in _times(other, evidence.sentences[number + 1 :])
    ]
    for ours in _times(sentence, ()):
        same = [theirs for theirs in stated if _is_same(ours, theirs)]
        if same and all(theirs.is_end != ours.is_end for theirs in same):
            said, held = ours.marker.text, same[0].marker.text
            yield Problem(ProblemKind.COMPARISON, said, held)


def _is_same(ours: _Time, theirs: _Time) -> bool:
    """Whether two speak of the same thing done and the same event, and not of what is next."""
    return (
        ours.turned == theirs.turned
        and 2 * len(ours.main & theirs.main) > len(ours.main)
        and 2 * len(ours.event & theirs.event) > len(ours.event)
        and ours.main.isdisjoint(theirs.later - theirs.main)
    )


def _times(sentence: Sentence, following: Sequence[Sentence]) -> Iterator[_Time]:
    tokens = sentence.tokens
    for at, marker in enumerate(tokens):
        if not _marks(marker) or (at and _marks(tokens[at - 1])):
            continue  # "from when" is one
        start = max((n + 1 for n in range(at) if tokens[n].key in _ENDS), default=0)
        ends = (n for n in range(at + 1, len(tokens)) if tokens[n].key in _ENDS | {","})
        stop = next(ends, len(tokens))
        main, event, later = tokens[start:at], tokens[at + 1 : stop], tokens[stop:]
        if not _content(main):  # "When the fever settles, …"
            main, later = _clause(later), ()
        put_off = any(_puts_off(token) for token in main)
        is_end = marker.text.lower() in _UNTIL or (put_off and marker.key == "order-")
        turned = put_off, any(token.kind is Kind.NEGATION for token in event)
        behind = [*later, *(token for other in following for token in other.tokens)]
        sides = _content(main), _content(event)
        if all(sides):
            yield _Time(marker, is_end, *sides, turned, _content(behind))


def _content(tokens: Sequence[Token]) -> frozenset[str]:
    often = {token.key for token in tokens if token.kind in (Kind.RATE, Kind.TIMING)}
    return frozenset(content_of(list(tokens)) | often)


def _marks(token: Token) -> bool:
    text = token.text.lower()
    return text in _UNTIL or text in _OTHERS or token.key[:-1] == "order"


def _clause(tokens: Sequence[Token]) -> tuple[Token, ...]:
    """What stands behind a comma, up to the next time or end."""
    rest = tokens[1:] if tokens and tokens[0].key == "," else ()
    stop = (n for n, token in enumerate(rest) if _marks(token) or token.key in _ENDS)
    return tuple(rest[: next(stop, len(rest))])


def _puts_off(token: Token) -> bool:
    return (
        token.kind is Kind.NEGATION or token.key == "course-" or token.text.lower() in PUTTING_OFF
    )
