"""Words are cut once, and a cue finds what its pattern finds."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from osler.statements.groups import reading as groups
from osler.statements.sentences import cues
from osler.statements.words.cutting import NUMBERS, Cue, lowered, new_mark, word_mark, words_in

_CUES = {
    **{name: c for m in (cues, groups) for name, c in vars(m).items() if isinstance(c, Cue)},
    **{phase.value: c for phase, c in cues._PHASES},
}


@given(st.text(max_size=60))
def test_each_word_stands_where_it_is_said_to_begin(text: str) -> None:
    words = words_in(text)
    low = lowered(text)
    assert len(low) == len(text)
    for word, start in zip(words.all, words.starts, strict=True):
        assert low[start : start + len(word)] == word
        assert start == 0 or not text[start - 1].isalnum()
    assert "".join(words.all) == "".join(c for c in low if c.isalnum())
    assert words.starts == sorted(words.starts)


@pytest.mark.parametrize("name", sorted(_CUES))
def test_a_cue_finds_what_its_pattern_finds(name: str) -> None:
    cue = _CUES[name]

    @settings(max_examples=30, suppress_health_check=list(HealthCheck), deadline=None)
    @given(st.from_regex(cue.pattern.pattern, alphabet=st.characters(max_codepoint=126)))
    def found_alike(text: str) -> None:
        ours, plain = cue.search(text), cue.pattern.search(text)
        assert (ours and ours.span()) == (plain and plain.span())
        assert [m.span() for m in cue.finditer(text)] == [
            m.span() for m in cue.pattern.finditer(text)
        ]

    found_alike()


def test_a_mark_is_on_exactly_its_words() -> None:
    mark = word_mark("stop withhold")
    assert words_in("Withhold metformin.").marks & mark
    assert not words_in("Stopping, or withholding, metformin.").marks & mark


@pytest.mark.parametrize("text", ["give 5 mg", "½ tablet", "B₁₂", "Twenty-four hours", "q12h"])
def test_words_with_numbers_are_marked(text: str) -> None:
    assert words_in(text).marks & NUMBERS
    assert not words_in("give it daily").marks & NUMBERS


def test_a_text_read_while_a_mark_was_made_is_read_again() -> None:
    text = "Withhold zanamivir."
    earlier = words_in(text)
    mark = new_mark(test="zanamivir".__eq__)
    assert not earlier.marks & mark
    assert words_in(text).marks & mark


def test_marks_made_by_several_threads_are_all_found() -> None:
    names = [f"novel{n}" for n in range(40)]

    def made(name: str) -> tuple[str, int]:
        words_in(" ".join(names))
        return name, new_mark(test=name.__eq__)

    with ThreadPoolExecutor(4) as threads:
        marks = dict(threads.map(made, names))
    assert len(set(marks.values())) == len(names)
    for name, mark in marks.items():
        assert words_in(f"Give {name} daily").marks & mark
