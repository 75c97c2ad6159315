"""The collector of cyclic garbage is put off, and turned on again however a question ends."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest

from osler.answering import ask
from osler.answering.uncollected import uncollected
from osler.domain import errors
from osler.library import Library


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    was_on = gc.isenabled()
    gc.enable()
    yield
    if not was_on:
        gc.disable()


def test_it_is_off_within_and_on_again_after() -> None:
    with uncollected():
        assert not gc.isenabled()
    assert gc.isenabled()


def test_it_stays_off_where_it_was_off() -> None:
    gc.disable()
    with uncollected():
        assert not gc.isenabled()
    assert not gc.isenabled()


def test_two_that_overlap_leave_it_on() -> None:
    first, second = uncollected(), uncollected()
    first.__enter__()
    second.__enter__()
    first.__exit__(None, None, None)
    second.__exit__(None, None, None)
    assert gc.isenabled()


def test_a_question_that_fails_turns_it_on_again(starter: Library) -> None:
    with pytest.raises(errors.EmptyQuestion):
        ask(starter, "[NAME], [DATE OF BIRTH]?")
    assert gc.isenabled()
