"""docs/benchmarks.md: every part has a marked block of its own; nothing else is touched."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

PAGE = Path(__file__).resolve().parents[1] / "docs" / "benchmarks.md"


@dataclass(frozen=True, slots=True)
class Measured:
    """What a part found: lines of Markdown under its title."""

    title: str
    lines: tuple[str, ...]


def table(header: Sequence[str], rows: Iterable[Sequence[object]]) -> tuple[str, ...]:
    """A Markdown table."""
    lines = [header, ["---"] * len(header), *rows]
    return tuple("| " + " | ".join(str(cell) for cell in line) + " |" for line in lines)


def write(name: str, measured: Measured, provenance: str, page: Path = PAGE) -> None:
    """Put a part's block in the place of its last one, or at the end of the page.

    A part that could not be measured does not wipe out what was measured before.
    """
    begin, end = f"<!-- measured: {name} -->", f"<!-- end of {name} -->"
    body = "\n".join(measured.lines)
    block = f"{begin}\n## {measured.title}\n\n{provenance}\n\n{body}\n{end}"
    text = page.read_text("utf-8")
    known = re.compile(re.escape(begin) + ".*?" + re.escape(end), re.DOTALL)
    if known.search(text):
        if body.startswith("not measured"):
            return
        text = known.sub(lambda _: block, text)
    else:
        text = f"{text.rstrip()}\n\n{block}\n"
    page.write_text(text, "utf-8")
