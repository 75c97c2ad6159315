"""P-values and intervals in a sentence."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from osler.answering.findings import significance
from osler.answering.findings.significance import number, without_tests


@pytest.mark.parametrize(
    ("text", "significant"),
    [
        ("p < 0.001", True),
        ("(p=.05)", True),
        ("p value was 0.03", True),
        ("p = 0·0432", True),
        ("p = 0.06", False),
        ("p > .05", False),
        ("p ≥ 0.05", False),
        ("mean difference 2 (95% ci 1 to 3)", True),
        ("mean difference 2 (95% ci -1 to 3)", False),
        ("hazard ratio 0.8 (95% confidence interval 0.7-0.95)", True),
        ("or = 1.2 (95% ci: 0.9, 1.5)", False),
    ],
)
def test_a_test_tells_of_a_difference_or_of_none(text: str, significant: bool) -> None:
    assert [test.significant for test in significance.tests_in(text)] == [significant]


@pytest.mark.parametrize(
    "text", ["p = 12.5 kg", "vitamin p 5 mg", "up to 0.5 mg", "in 95% of them"]
)
def test_other_numbers_are_no_tests(text: str) -> None:
    assert significance.tests_in(text) == []


def test_numbers_are_read_as_printed() -> None:
    assert [number(text) for text in ("0·5", "- 2.5", "1,317")] == [0.5, -2.5, 1317]


@given(st.text(alphabet="p=<.0159 ci%to-·≤(),", max_size=60))
def test_any_text_is_read_and_its_tests_stand_in_it(text: str) -> None:
    for test in significance.tests_in(text):
        assert text[test.start : test.end] == test.text
    assert len(without_tests(text)) == len(text)
