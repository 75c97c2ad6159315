"""What a picture shows, as a table to read."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """One row of text, and the numbers of the references it rests on."""

    cells: tuple[str, ...]
    references: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A header and its rows; the references stand in the last column."""

    header: tuple[str, ...]
    rows: tuple[Row, ...]


def cited(references: tuple[int, ...]) -> str:
    """Reference numbers as the page writes them: "[1][2]"."""
    return "".join(f"[{number}]" for number in references)
