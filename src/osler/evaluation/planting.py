"""A real statement with one wrong dose in it: tenfold and hundredfold errors, and wrong units.

The text is changed and read again by the grammar, as it would be if the source had printed it.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from osler.domain import Dosage, DosageRole, Statement
from osler.dosage import parse_dosages

FACTORS = {"×10": "10", "÷10": "0.1", "×100": "100", "÷100": "0.01"}
UNITS = {
    "mg → mcg": ("mg", "mcg"),
    "mcg → mg": ("mcg", "mg"),
    "mg → g": ("mg", "g"),
    "g → mg": ("g", "mg"),
    "units → mg": ("U", "mg"),
    "mg → units": ("mg", "units"),
}
_NUMBER = re.compile(r"(?<![a-zA-Z])(?:\d[\d,]*(?:\.\d+)?|\.\d+)")
_WRITTEN = {
    "mg": r"mgs?|milligrams?",
    "mcg": r"mcgs?|[μµ]g|micrograms?",
    "g": r"g|gm|grams?",
    "U": r"units?|iu|u|i\.u\.",
}
_READ = {"mg": "mg", "ug": "mcg", "g": "g", "U": "U", "[iU]": "U"}


@dataclass(frozen=True, slots=True)
class Planted:
    """A statement as it stands and with one amount changed; `kind` says how."""

    kind: str
    statement: Statement
    changed: Statement
    dosage: Dosage  # as it stands


def judgeable(statement: Statement) -> tuple[Dosage, ...]:
    """The dosages that a wrong amount can be planted in: a mass or units, no strength."""
    return tuple(
        dosage
        for dosage in statement.dosages
        if dosage.unit in _READ
        and dosage.role is not DosageRole.STRENGTH
        and dosage.amount_end > dosage.amount_start
    )


def plant(statements: Sequence[Statement], count: int, seed: int) -> Iterator[Planted]:
    """So many errors, half of them in the number and half in the unit, in statements at random."""
    rng = random.Random(seed)
    places = [(s, d) for s in statements for d in judgeable(s)]
    rng.shuffle(places)
    for made, (statement, dosage) in enumerate(places):
        if made == count:
            return
        number = rng.random() < 0.5
        fitting = [k for k, (unit, _) in UNITS.items() if unit == _READ[dosage.unit or ""]]
        kind = rng.choice(list(FACTORS) if number or not fitting else fitting)
        yield Planted(kind, statement, changed(statement, dosage, kind), dosage)


def changed(statement: Statement, dosage: Dosage, kind: str) -> Statement:
    """The statement with one amount made wrong, read again."""
    text = statement.text
    amount = text[dosage.amount_start : dosage.amount_end]
    if kind in FACTORS:
        amount = _NUMBER.sub(lambda m: _times(m.group(), FACTORS[kind]), amount)
    else:
        old, new = UNITS[kind]
        amount = re.sub(
            rf"(?<![^\W\d_])(?:{_WRITTEN[old]})(?![^\W\d_])", new, amount, flags=re.IGNORECASE
        )
    said = text[: dosage.amount_start] + amount + text[dosage.amount_end :]
    return replace(statement, text=said, dosages=parse_dosages(said))


def _times(number: str, factor: str) -> str:
    value = Decimal(number.replace(",", "")) * Decimal(factor)
    return f"{value.normalize():f}"
