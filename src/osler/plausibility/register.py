"""What is registered of a drug: routes, units, the smallest and the largest strength.

The table comes from `tools/build_register.py`, which says what its columns hold.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Registered:
    """The strengths of one drug, group of routes and sort ("unit", "ml", "h"), in `unit`."""

    route: str
    sort: str
    unit: str
    smallest: float
    largest: float
    products: int


@cache
def _text() -> str:
    text = files("osler.plausibility").joinpath("data/register.tsv").read_text("utf-8")
    return "\n" + text


@lru_cache(maxsize=2048)
def registered(drug: str) -> tuple[Registered, ...]:
    """The register's lines of a drug, by the name it is a form of; none where it has none."""
    table = _text()
    lines = []
    at = table.find(f"\n{drug}\t")
    while at >= 0 and table.startswith(f"{drug}\t", at + 1):
        end = table.index("\n", at + 1)
        lines.append(_line(table[at + 1 : end]))
        at = end
    return tuple(lines)


def _line(line: str) -> Registered:
    _, route, sort, unit, smallest, largest, products = line.split("\t")
    return Registered(route, sort, unit, float(smallest), float(largest), int(products))
