"""What is in a tablet or a millilitre of a product, by its names; and doses of it as mass."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

from osler.domain.dosage import Dosage
from osler.dosage.grammar import parse_dosages
from osler.dosage.numbers import plain
from osler.dosage.units import to_base

COUNTED = frozenset({"{tablet}", "{capsule}", "{ampoule}", "{vial}", "{sachet}", "{patch}"})
_CONTENTS = frozenset({"ug", "umol", "[iU]", "U"})


@dataclass(frozen=True, slots=True)
class Strength:
    """`amount` `unit` (UCUM, as written) in one form, or in one millilitre (`per` "mL")."""

    amount: Decimal
    unit: str
    per: str = ""

    def times(self, number: Decimal) -> Decimal:
        """What so many of it hold."""
        return plain(number * self.amount)


@lru_cache(maxsize=4096)
def strengths_of(name: str) -> tuple[Strength, ...]:
    """The strengths that a name states: "500 mg tablets", "1 mg/mL", "500 mg/5 mL"."""
    found = []
    for d in parse_dosages(name):
        if d.low is None or d.unit is None or d.low != d.high:
            continue
        unit, _, volume = d.unit.partition("/")
        if to_base(Decimal(1), unit)[1] not in _CONTENTS:
            continue
        size = to_base(d.low, d.unit)[0] / to_base(Decimal(1), unit)[0] if volume else d.low
        base = to_base(Decimal(1), d.unit)[1].partition("/")[2]
        found.append(Strength(plain(size), unit, base))
    return tuple(dict.fromkeys(found))


def all_strengths(names: Iterable[str]) -> tuple[Strength, ...]:
    """The strengths that any of the names states, once each."""
    return tuple(dict.fromkeys(s for name in names for s in strengths_of(name)))


def strength_for(unit: str, strengths: Iterable[Strength]) -> Strength | None:
    """The strength by which an amount in this unit is mass; None where there is none."""
    for strength in strengths:
        if (unit in COUNTED and not strength.per) or (unit and unit == strength.per):
            return strength
    return None


def in_mass(d: Dosage, strengths: Iterable[Strength]) -> Dosage:
    """ "2 tablets" of "metformin 500 mg tablets" is 1,000 mg; 1 mL of "1 mg/mL" is 1 mg."""
    if d.low is None or d.high is None or d.unit is None:
        return d
    strength = strength_for(d.unit, strengths)
    if strength is None:
        return d
    return replace(d, low=strength.times(d.low), high=strength.times(d.high), unit=strength.unit)
