"""The claims of an article, each with its place and a name that its content gives it."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Placed:
    """A claim, or another text of the article, in its place.

    `key` is made of what it says and cites, so a verdict given on it cannot pass to another
    wording. `item` is the name of its entry, which stays when an editor rewords it.
    """

    key: str
    item: str
    where: str  # "Bottom line", the section's title, "Conflict: …"
    value: Any
    block: int  # index in the stream; -1 for what is a field of the page
    field: str  # "claims" or "positions"; of a wording the field that holds it
    index: int  # in that list
    is_wording: bool = False  # a text that cites nothing (see `wording.py`), not a claim


def placed_claims(stream: Iterable[Any]) -> Iterator[Placed]:
    """Every claim of an article, in the order in which it is shown."""
    seen: Counter[str] = Counter()
    for number, block in enumerate(stream):
        field, where = _list_of(block)
        if not field:
            continue
        for index, child in enumerate(block.value[field].bound_blocks):
            digest = _digest(child.value)
            seen[digest] += 1
            key = f"{digest}-{seen[digest]}"
            yield Placed(key, child.id, where, child.value, number, field, index)


def claims_in(stream: Iterable[Any]) -> Iterator[Any]:
    """Every claim's value in a stream, in the order in which it is shown."""
    for placed in placed_claims(stream):
        yield placed.value


def _list_of(block: Any) -> tuple[str, str]:
    if block.block_type == "bottom_line":
        return "claims", "Bottom line"
    if block.block_type == "section":
        return "claims", block.value["title"]
    if block.block_type == "conflict":
        return "positions", f"Conflict: {block.value['about']}"
    return "", ""


def _digest(value: Any) -> str:
    cited = [(c["source_id"], c["start"], c["end"]) for c in value["citations"]]
    said = json.dumps([value["text"], cited, value["override"] or ""], ensure_ascii=False)
    return hashlib.sha256(said.encode()).hexdigest()[:16]
