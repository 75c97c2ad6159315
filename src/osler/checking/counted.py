"""Criteria of which some number is needed: "any two of" is not each one alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from osler.checking.clauses import Sentence, is_dose
from osler.checking.evidence import Evidence
from osler.checking.polarity import content_of
from osler.checking.tokens import FREE_DIRECTIONS, Kind, Token
from osler.domain import Problem, ProblemKind

_JOINTS = frozenset((",", ";", ":", "•", "|", "(", ")", "and", "or"))
_LIST_ENDS = frozenset(("apply", "applies", "present", "met", "fulfilled", "then", "."))
_COUNTED = frozenset(
    ("criteria", "criterion", "features", "factors", "conditions", "characteristics", "risk")
)
# By these a claim says that one criterion is not all that is needed.
_MORE = frozenset(
    (
        "both",
        "another",
        "other",
        "plus",
        "together",
        "also",
        "further",
        "additional",
        "least",
        "one",
    )
) | frozenset(("criteria", "criterion", "combined", "combination", "alone", "only"))
_OWN = frozenset(("age", "weight"))


@dataclass(frozen=True, slots=True)
class _Count:
    """`needed` of `criteria` for what `main` says."""

    needed: int
    marker: Token
    main: tuple[Token, ...]
    criteria: tuple[tuple[Token, ...], ...]


def check(sentence: Sentence, evidence: Evidence) -> list[Problem]:
    """A criterion of several that a claim takes for enough."""
    if any(t.kind is Kind.NEGATION or t.text.lower() in _MORE for t in sentence.tokens):
        return []
    problems = []
    for count in _counts(evidence):
        if any(_is_number(t, count.needed) for t in sentence.tokens):
            continue
        if not _is_about(sentence, count):
            continue
        listed = {id(t) for criterion in count.criteria for t in criterion}
        elsewhere = [t for t in (*evidence.tokens, *evidence.context) if id(t) not in listed]
        known = content_of(elsewhere)
        places = [
            places
            for criterion in count.criteria
            if (places := _mentions(sentence, criterion, known, elsewhere))
        ]
        if not places:
            continue
        first, last = min(map(min, places)), max(map(max, places))
        between = {t.text.lower() for t in sentence.tokens[first:last]}
        alternatives = "or" in between and "and" not in between
        if len(places) < count.needed or alternatives:
            said = sentence.tokens[first].text
            problems.append(Problem(ProblemKind.GROUP, said, f"{count.marker.text} of"))
    return problems


def _counts(evidence: Evidence) -> Iterator[_Count]:
    for number, sentence in enumerate(evidence.sentences):
        tokens = sentence.tokens
        for at, token in enumerate(tokens):
            needed = _needed(token)
            following = tokens[at + 1].text.lower() if at + 1 < len(tokens) else ""
            if needed < 2 or following != "of":
                continue
            opened = at + 2
            while opened < len(tokens) and _opens_list(tokens[opened]):
                opened += 1
            stop = next(
                (n for n in range(opened, len(tokens)) if _ends_list(tokens[n])), len(tokens)
            )
            criteria = list(_pieces(tokens[opened:stop]))
            if stop == len(tokens):
                for item in evidence.sentences[number + 1 :]:
                    if criteria and not item.tokens[0].text.startswith(("•", "-", "*")):
                        break
                    if item.has_dose:
                        break
                    criteria += [item.tokens] if opened == len(tokens) else []
            if len(criteria) > needed or (len(criteria) == needed and needed > 1):
                main = (*tokens[:at], *tokens[stop:])
                yield _Count(needed, token, main, tuple(criteria))


def _needed(token: Token) -> int:
    q = token.quantity
    if q is None or q.unit or q.per or q.low != q.low.to_integral_value() or "<" in q.comparator:
        return 0
    return int(q.low) if q.comparator != ">" else int(q.low) + 1


def _is_number(token: Token, needed: int) -> bool:
    return token.quantity is not None and _needed(token) == needed


def _opens_list(token: Token) -> bool:
    text = token.text.lower()
    return text in ("the", "these", "following", ":", "•") or text in _COUNTED


def _ends_list(token: Token) -> bool:
    return token.text.lower() in _LIST_ENDS or is_dose(token)


def _pieces(tokens: tuple[Token, ...]) -> Iterator[tuple[Token, ...]]:
    piece: list[Token] = []
    for token in tokens:
        if token.text.lower() in _JOINTS:
            if content_of(piece):
                yield tuple(piece)
            piece = []
        else:
            piece.append(token)
    if content_of(piece):
        yield tuple(piece)


def _is_about(sentence: Sentence, count: _Count) -> bool:
    """Whether a claim states what the criteria are for."""
    doses = {t.key for t in count.main if is_dose(t)}
    ours = {t.key for t in sentence.tokens}
    if doses:
        return not doses.isdisjoint(ours)
    main = content_of(list(count.main)) - FREE_DIRECTIONS
    return not main.isdisjoint(content_of(list(sentence.tokens)))


def _mentions(
    sentence: Sentence, criterion: tuple[Token, ...], known: set[str], elsewhere: list[Token]
) -> list[int]:
    """Where a claim speaks of a criterion: its words and numbers that stand nowhere else."""
    keys = content_of(list(criterion)) - known
    roles = {t.quantity.role for t in criterion if t.quantity} & _OWN
    roles -= {t.quantity.role for t in elsewhere if t.quantity}
    return [
        number
        for number, token in enumerate(sentence.tokens)
        if token.key in keys or (token.quantity is not None and token.quantity.role in roles)
    ]
