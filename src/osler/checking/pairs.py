"""Claims and passages by the line: `osler check --pairs FILE.jsonl`."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from osler.checking.gate import check_text
from osler.domain.errors import UsageError


def check_pairs(lines: Iterable[str]) -> Iterator[dict[str, Any]]:
    """Check `{"id", "claim", "passage", "context"}` lines; `context` may be left out.

    Yields `{"id", "supported", "problems": [{"kind", "claim", "passage"}]}` for each; empty
    lines are passed over. Raises `UsageError` with the line's number where it is no such
    object.
    """
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        pair = _pair(line, number)
        verdict = check_text(pair["claim"], pair["passage"], pair.get("context") or "")
        yield {
            "id": pair.get("id", str(number)),
            "supported": verdict.supported,
            "problems": [
                {"kind": problem.kind.value, "claim": problem.claim, "passage": problem.passage}
                for problem in verdict.problems
            ],
        }


def _pair(line: str, number: int) -> dict[str, Any]:
    try:
        pair = json.loads(line)
    except json.JSONDecodeError as error:
        raise _bad(number, f"it is not JSON ({error.msg} at column {error.colno})") from error
    if not isinstance(pair, dict):
        raise _bad(number, "it is not an object")
    for key in ("claim", "passage"):
        if not isinstance(pair.get(key), str) or not pair[key].strip():
            raise _bad(number, f'"{key}" is missing or not a text')
    if not isinstance(pair.get("context") or "", str):
        raise _bad(number, '"context" is not a text')
    return pair


def _bad(number: int, reason: str) -> UsageError:
    return UsageError(
        f"cannot read pair on line {number}: {reason}",
        help='Write one object a line: {"id": "1", "claim": "…", "passage": "…", "context": "…"}',
    )
