"""Which variables decided, of all that an expression reads."""

from __future__ import annotations

from typing import Any

import pytest

from osler.pathways.hooks.tracing import part_of, reached, scope_of

VALUES: dict[str, list[Any]] = {
    "yes": [True], "no": [False], "empty": [], "band": ["30"], "two": ["a", "b"],
}  # fmt: skip


@pytest.mark.parametrize(
    ("expression", "names"),
    [
        ("%band", ["band"]),
        ("%band = '30'", ["band"]),
        ("%yes or %band = '45'", ["yes"]),
        ("%yes or %band = '30'", ["yes", "band"]),
        ("%no or %band = '30'", ["band"]),
        ("%no and %band = '30'", ["no"]),
        ("%yes and %band = '30'", ["yes", "band"]),
        ("iif(%yes or %band = '45', 'below', %two)", ["yes"]),
        ("iif(%no, %two, %band)", ["no", "band"]),
        ("iif(%empty, %two, %band)", ["empty", "band"]),
        ("iif(%no, %two, iif(%yes, %band, %empty))", ["no", "yes", "band"]),
        # What cannot be told counts: a variable that is not known, several values, a loop.
        ("iif(%other, %two, %band)", ["other", "two", "band"]),
        ("%other or %yes", ["yes"]),
        ("iif(%two, %yes, %no)", ["two", "yes", "no"]),
        ("%two.where($this = 'a' or %yes).exists()", ["two", "yes"]),
    ],
)
def test_the_branch_that_was_taken_decides(expression: str, names: list[str]) -> None:
    part = part_of(expression)
    assert part is not None
    assert list(reached(part, scope_of(VALUES))) == names


def test_what_is_no_expression_is_not_traced() -> None:
    assert part_of("%a or or") is None
