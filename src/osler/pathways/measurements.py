"""What an observation measures, by its codes and its words: packaged (`data/measurements.tsv`)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from osler.pathways.quantities import Quantity, less

BY = "by"
"""How an observation stands to a measurement that one goes by it."""

OTHER = "another code"
"""The same measurement, under a name or a code that is not gone by."""

_LOINC = re.compile(r"\d{1,7}-\d")
_SPACES = re.compile(r"[\s\-_]+")


@dataclass(frozen=True, slots=True)
class Standing:
    """How what a row of the table names stands to its measurement: `BY`, `OTHER`, or what it is
    instead ("creatinine").
    """

    measurement: str
    name: str

    @property
    def is_same(self) -> bool:
        """Whether it is that measurement."""
        return self.name in (BY, OTHER)


@dataclass(frozen=True, slots=True)
class _Words:
    standing: Standing
    pattern: re.Pattern[str]
    unless: re.Pattern[str] | None


def standing_of(observation: Mapping[str, Any]) -> Standing | None:
    """What an observation measures, and how far one goes by it; None where nobody asks."""
    concept = observation.get("code", {})
    codings = [c for c in concept.get("coding", ()) if "code" in c]
    by_code = [_codes()[str(c["code"])] for c in codings if str(c["code"]) in _codes()]
    if by_code:
        return min(by_code, key=lambda standing: standing.name != BY)
    texts = [concept.get("text"), *(c.get("display") for c in codings)]
    for text in texts:
        if isinstance(text, str):
            plain = _SPACES.sub(" ", text.lower())
            for words in _words():
                if words.pattern.search(plain) and not (
                    words.unless and words.unless.search(plain)
                ):
                    return words.standing
    return None


def is_possible(measurement: str, value: Mapping[str, Any]) -> bool:
    """Whether a Quantity can be a value of the measurement; true where its unit does not tell."""
    bounds, read = _bounds().get(measurement), Quantity.from_fhir(value)
    if bounds is None or read is None:
        return True
    low, high = bounds
    return not (less(read, low) or less(high, read))


def codes_of(measurement: str) -> tuple[str, ...]:
    """The codes to search observations by, of all that stands to a measurement."""
    return tuple(code for code, standing in _codes().items() if standing.measurement == measurement)


def measurements() -> tuple[str, ...]:
    """The names of what is measured."""
    return tuple(dict.fromkeys(name for name, _, _, _ in _rows()))


@cache
def _rows() -> tuple[tuple[str, str, str, str], ...]:
    text = Path(__file__).with_name("data").joinpath("measurements.tsv").read_text("utf-8")
    return tuple(_fields(line) for line in text.splitlines() if not line.startswith("#"))


def _fields(line: str) -> tuple[str, str, str, str]:
    measurement, standing, key, value = line.split("\t")
    return measurement, standing, key, value


@cache
def _codes() -> dict[str, Standing]:
    return {
        code: Standing(measurement, name)
        for measurement, name, key, value in _rows()
        if key in ("loinc", "snomed")
        for code in value.split()
    }


@cache
def _words() -> tuple[_Words, ...]:
    unless = {(m, name): value for m, name, key, value in _rows() if key == "unless"}
    return tuple(_worded(unless))


def _worded(unless: Mapping[tuple[str, str], str]) -> Iterator[_Words]:
    for measurement, name, key, value in _rows():
        if key == "words":
            but = unless.get((measurement, name))
            but_pattern = re.compile(but) if but else None
            yield _Words(Standing(measurement, name), re.compile(value), but_pattern)


@cache
def _bounds() -> dict[str, tuple[Quantity, Quantity]]:
    found = {}
    for measurement, _, key, value in _rows():
        if key == "within":
            low, high, unit = value.split(" ", 2)
            found[measurement] = Quantity(Decimal(low), unit), Quantity(Decimal(high), unit)
    return found
