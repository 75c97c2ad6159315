"""Rewritings by hand: no unfaithful one may stand for any reader, and most faithful ones do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from itertools import combinations
from re import compile as pattern

import pytest
from bad_sentences import bad_wordings
from rewritings import READERS, Rewriting, answers_from, offered_for, rewritings

from osler.domain import Answer, Audience, Claim
from osler.library import Library
from osler.writing.gating import reworded_claim
from osler.writing.joining import joined_claim
from osler.writing.offering import Offered

ALL = rewritings()
FAITHFUL = tuple(each for each in ALL if each.faithful)
UNFAITHFUL = tuple(each for each in ALL if not each.faithful)
# What is known to pass; fewer than that is a loss.
LEAST = {"sentence": 82, "row": 18, "joined": 13}
# Figures without their units, and words on which a claim turns.
WEIGHTY = pattern(
    r"\d[\d.,]*(?:\s?(?:[-–]|to)\s?\d[\d.,]*)?"
    r"|(?:once|twice|three times|four times) (?:daily|a day|a week|a month)"
    r"|\b(?:severe|moderate|high|low|peak|trough|above|below|women|children|adult|no|not)\b"
)
KINDS = (
    {"severe", "moderate"}, {"high", "low", "moderate"}, {"peak", "trough"}, {"above", "below"},
    {"women", "children", "adult"},
)  # fmt: skip


Answers = Callable[[str, Audience], Answer]


@pytest.fixture(scope="module")
def worded(library: Library) -> Answers:
    return answers_from(library)


def shown(text: str, offered: tuple[Offered, ...]) -> Claim | None:
    return reworded_claim(text, offered[0]) if len(offered) == 1 else joined_claim(text, offered)


def test_there_are_enough_of_them() -> None:
    assert len(FAITHFUL) >= 60
    assert len(UNFAITHFUL) >= 120
    assert {each.shape for each in FAITHFUL} == {each.shape for each in UNFAITHFUL} == {*LEAST}
    assert {each.label for each in FAITHFUL} == {reader.value for reader in READERS}


@pytest.mark.parametrize("of", sorted({(each.part, each.number) for each in ALL}), ids=str)
def test_no_unfaithful_rewriting_is_shown_to_any_reader(
    worded: Answers, of: tuple[int, int]
) -> None:
    for each in UNFAITHFUL:
        if (each.part, each.number) != of:
            continue
        for reader in READERS:
            offered = offered_for(worded(each.question, reader), each.claims)
            assert shown(each.text, offered) is None, (reader, each.label, each.text)
            # Nor under the id of any one of the claims that it joins.
            assert not any(reworded_claim(each.text, one) for one in offered), each.text


def test_most_faithful_rewritings_are_shown(worded: Answers) -> None:
    passed = Counter(each.shape for each in FAITHFUL if _passes(each, worded))
    assert passed >= Counter(LEAST), passed


def _passes(each: Rewriting, worded: Answers) -> bool:
    offered = offered_for(worded(each.question, each.readers[0]), each.claims)
    claim = shown(each.text, offered)
    if claim is None:
        return False
    assert claim.text == each.text
    cited = {citation for one in offered for citation in one.claim.citations}
    assert set(claim.citations) == cited
    assert len(claim.dosages) == sum(len(one.claim.dosages) for one in offered)
    return True


@pytest.mark.parametrize("shape", LEAST)
def test_a_faithful_rewriting_with_one_thing_wrong_is_not_shown(
    worded: Answers, shape: str
) -> None:
    """Templates that know nothing of the checks spoil what passes; those that lose small words
    alone are harmless, and left out."""
    spoilt = 0
    for each in FAITHFUL:
        if each.shape != shape or not _passes(each, worded):
            continue
        offered = offered_for(worded(each.question, each.readers[0]), each.claims)
        for kind, wording in (*_bad(each.text), *_swapped(each.text)):
            spoilt += 1
            assert shown(wording, offered) is None, (kind, wording, each.text)
    assert spoilt > 200


def _bad(text: str) -> Iterator[tuple[str, str]]:
    return ((kind, wording) for kind, wording in bad_wordings(text) if kind != "losses")


def _swapped(text: str) -> Iterator[tuple[str, str]]:
    """Two figures, or two words of the same kind, each in the place of the other; and one lost."""
    found = list(WEIGHTY.finditer(text))
    for one, other in combinations(found, 2):
        first, last = one.group(), other.group()
        if first != last and first[0].isdigit() == last[0].isdigit() and _turns(first, last):
            between = text[one.end() : other.start()]
            yield "swapped", text[: one.start()] + last + between + first + text[other.end() :]
    for one in found:
        yield "lost", text[: one.start()].rstrip() + text[one.end() :]


def _turns(first: str, last: str) -> bool:
    """Whether two words in each other's place say something else, rather than nothing."""
    if first[0].isdigit() or (" " in first and " " in last):
        return True
    return any({first, last} <= kind for kind in KINDS)
