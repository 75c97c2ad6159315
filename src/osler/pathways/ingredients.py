"""What is in a medicine, by its names and its codes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from osler.pathways.substances import ATC
from osler.statements.substances import base_of, find_substances
from osler.statements.words import split

_SYSTEMS = {"urn:oid:2.16.840.1.113883.6.73": ATC}


def ingredients(names: Iterable[str], codings: Iterable[Mapping[str, Any]]) -> list[str]:
    """What is in a product of these names and codes; empty where nothing of it is known."""
    table = _table()
    found: dict[str, None] = {}
    for coding in codings:
        system = str(coding.get("system"))
        key = _SYSTEMS.get(system, system), str(coding.get("code"))
        found |= dict.fromkeys(table.get(key, ()))
    for name in names:
        for named in find_substances(name):
            found |= {named.name: None, base_of(named.name): None}
        words = f" {' '.join(split(name.lower()))} "
        for (system, brand), held in table.items():
            if system == "name" and f" {brand} " in words:
                found |= dict.fromkeys(held)
    return list(found)


@cache
def _table() -> dict[tuple[str, str], tuple[str, ...]]:
    lines = Path(__file__).with_name("data").joinpath("ingredients.tsv").read_text("utf-8")
    rows = [line.split("\t") for line in lines.splitlines() if not line.startswith("#")]
    return {(system, code): tuple(held.split("|")) for system, code, held in rows}
