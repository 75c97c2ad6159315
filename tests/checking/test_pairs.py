"""`check_pairs`: lines in, verdicts out."""

from __future__ import annotations

import json

import pytest

from osler.checking import check_pairs
from osler.domain.errors import UsageError


def _line(**fields: object) -> str:
    return json.dumps(fields)


def test_each_line_gets_a_verdict_with_its_problems() -> None:
    lines = [
        _line(id="a", claim="5 mg daily", passage="5 mg a day"),
        "",
        _line(id="b", claim="50 mg daily", passage="5 mg a day", context="Title"),
    ]
    good, bad = check_pairs(lines)
    assert good == {"id": "a", "supported": True, "problems": []}
    assert bad["id"] == "b"
    assert not bad["supported"]
    assert {"kind": "amount", "claim": "50 mg", "passage": "5 mg"} in bad["problems"]


@pytest.mark.parametrize(
    "line",
    ["{", "[]", _line(id="x", claim="5 mg"), _line(claim=3, passage="5 mg"),
     _line(claim="5 mg", passage="5 mg", context=7)],
)  # fmt: skip
def test_a_bad_line_is_named_by_its_number(line: str) -> None:
    with pytest.raises(UsageError, match="line 2"):
        list(check_pairs([_line(claim="5 mg", passage="5 mg"), line]))
