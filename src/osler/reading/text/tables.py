"""Tables drawn with pipes in plain text, as Markdown writes them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from osler.reading.blocks.tables import Cell, Table, merged_down
from osler.reading.suspicions.normalise import LINE_BREAK

_PIPES = re.compile(
    r"(?:^[ \t]*(?:#{1,6}[ \t]+|(?=Table\b))(?P<caption>[^\n|]+)\n(?:[ \t]*\n)*)?"
    r"(?P<head>^[ \t]*\|[^\n]*\|[ \t]*\n)[ \t]*\|[ \t:|-]*-[ \t:|-]*\n"
    r"(?P<body>(?:[ \t]*\|[^\n]*(?:\n|\Z))*)",
    re.M,
)


def split_tables(text: str) -> Iterator[str | Table]:
    """The running text and the tables in it, in order; a title line before one is its caption."""
    end = 0
    if "|" in text:
        text = text.replace("\r\n", "\n")
        for found in _PIPES.finditer(text):
            yield text[end : found.start()]
            rows = [_cells(found["head"])]
            rows += [_cells(line) for line in found["body"].splitlines() if line.strip()]
            yield Table(merged_down(rows), header_rows=1, caption=found["caption"] or "")
            end = found.end()
    yield text[end:]


def _cells(line: str) -> list[Cell]:
    line = line.strip().removeprefix("|").removesuffix("|")
    return [
        Cell(re.sub(r"<br\s*/?>", LINE_BREAK, part).replace("**", "")) for part in line.split("|")
    ]
