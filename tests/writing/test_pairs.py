"""Pairs are given as soon as they are whole, whatever the pieces."""

from __future__ import annotations

import json
from contextlib import suppress
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from osler.writing.pairs import Pairs
from osler.writing.replies import Stopped

OBJECTS = st.dictionaries(st.text(max_size=8), st.text(max_size=40) | st.booleans(), max_size=6)


def read(text: str, cuts: list[int]) -> list[tuple[str, Any]]:
    pairs = Pairs()
    found: list[tuple[str, Any]] = []
    edges = [0, *sorted(min(cut, len(text)) for cut in cuts), len(text)]
    for start, end in pairwise(edges):
        found += pairs.feed(text[start:end])
    pairs.finish()
    return found


@settings(deadline=None)
@given(
    OBJECTS, st.lists(st.integers(0, 300), max_size=20), st.booleans(), st.sampled_from((None, 2))
)
def test_an_object_is_read_in_whatever_pieces_it_comes(
    value: dict[str, str | bool], cuts: list[int], ascii_only: bool, indent: int | None
) -> None:
    text = json.dumps(value, ensure_ascii=ascii_only, indent=indent)
    assert read(text, cuts) == [*value.items()]
    assert read(f"```json\n{text}\n```\n", cuts) == [*value.items()]


@settings(deadline=None)
@given(st.text(max_size=300), st.lists(st.integers(0, 300), max_size=5))
def test_any_other_text_gives_pairs_or_is_stopped(text: str, cuts: list[int]) -> None:
    found: list[tuple[str, Any]] = []
    with suppress(Stopped):
        found = read(text, cuts)
    assert all(isinstance(name, str) for name, _ in found)


@settings(deadline=None)
@given(OBJECTS.filter(bool), st.data())
def test_what_breaks_off_is_told(value: dict[str, str | bool], data: st.DataObject) -> None:
    text = json.dumps(value)
    end = data.draw(st.integers(0, len(text) - 1))
    with pytest.raises(Stopped):
        read(text[:end], [])


def test_a_pair_is_there_before_the_object_is_whole() -> None:
    pairs = Pairs()
    assert [*pairs.feed('{"c1": "Take it with fo')] == []
    assert [*pairs.feed('od.", "c2"')] == [("c1", "Take it with food.")]


@pytest.mark.parametrize(
    "text", ["", "  ", "No.", "[1]", '{"c1": "x"} more', '{"c1": 1e', '{"c1" "x"}', "{c1: 1}"]
)
def test_what_is_no_such_object_is_told(text: str) -> None:
    with pytest.raises(Stopped):
        read(text, [])
