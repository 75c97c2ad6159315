"""What a MedicationRequest orders: which substance, at which doses."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from types import MappingProxyType
from typing import Any

import msgspec

from osler.domain.dosage import Dosage, DosageRole
from osler.domain.errors import DosageError
from osler.dosage import from_fhir, parse_dosages, to_base
from osler.pathways.ingredients import ingredients
from osler.pathways.reading import from_json
from osler.statements import find_substances
from osler.statements.substances import base_of, belongs_to

Codes = Mapping[tuple[str, str], tuple[str, ...]]
"""Substances by system and code."""

_COUNTED = frozenset({"{tablet}", "{capsule}", "{ampoule}", "{vial}", "{sachet}", "{patch}"})
_STRENGTHS = frozenset({"ug", "umol", "[iU]", "U"})
_BASES = frozenset({"ug", "mL", "umol", "[iU]", "U", "meq"})
# "50/1000", "sitagliptin/metformin", "A 1 g / B 50 mg", "folic acid and cyanocobalamin".
_SEVERAL = re.compile(
    r"\b\d[\d.,]*\s*/\s*\d{2,}|[a-z]{5,}\s*[/+&]\s*[a-z]{5,}|(?:mg|mcg|g)\s*[/+&]\s*[a-z]{5,}"
    r"|[a-z]{5,}\s(?:and|with|plus)\s[a-z]{5,}",
    re.IGNORECASE,
)
_READ = (
    "resourceType", "medicationCodeableConcept", "medicationReference", "contained",
    "dosageInstruction",
)  # fmt: skip
_ENCODER = msgspec.json.Encoder(decimal_format="number")
_NO_CODES: Codes = MappingProxyType({})


@lru_cache(maxsize=4096)
def doses_in(text: str) -> tuple[Dosage, ...]:
    """The dosages that a text states; a pathway says the same to everyone, so it is read once."""
    return parse_dosages(text)


@dataclass(frozen=True, slots=True)
class Order:
    """A MedicationRequest as far as doses go; `unread` are instructions that state none we read.

    Of a product with several substances or strengths (`is_combined`) no dose is read: it could be
    that of any of them.
    """

    name: str  # as the order has it
    substances: tuple[str, ...]
    dosages: tuple[Dosage, ...]
    unread: int = 0
    products: tuple[str, ...] = ()  # every name and display of it
    is_combined: bool = False

    def names(self, other: Order) -> bool:
        """Whether this order is for the drug of another one, or for any form of it."""
        return any(belongs_to(its, mine) for mine in self.substances for its in other.substances)


def read_order(request: Mapping[str, Any], codes: Codes = _NO_CODES) -> Order | None:
    """What a MedicationRequest orders; None for another resource or one that names no substance.

    `codes` are known besides those that Osler knows itself.
    """
    if request.get("resourceType") != "MedicationRequest":
        return None
    names = tuple(names_of(request))
    codings = [coding for concept in _concepts_of(request) for coding in codings_in(concept)]
    substances = _substances(names, codings, codes)
    if not substances:
        return None
    combined = _is_combined(names, substances)
    instructions = request.get("dosageInstruction", [])
    read = [
        read_instruction(instruction, names)
        for instruction in (instructions if isinstance(instructions, list) else [])
        if isinstance(instruction, Mapping) and not combined
    ]
    dosages = tuple(d for d in read if d is not None)
    name = names[0] if names else " and ".join(substances)
    return Order(name, substances, dosages, len(read) - len(dosages), names, combined)


def read_made(request: Mapping[str, Any]) -> Order | None:
    """What a request that a pathway made orders: the same for everyone, so it is read once."""
    return _read_written(_ENCODER.encode({name: request.get(name) for name in _READ}))


@lru_cache(maxsize=1024)
def _read_written(request: bytes) -> Order | None:
    return read_order(from_json(request))


def _substances(
    names: tuple[str, ...], codings: list[Mapping[str, Any]], codes: Codes
) -> tuple[str, ...]:
    """As the names say; those of codes and brands where the names leave them out."""
    found = dict.fromkeys(f.name for name in names for f in find_substances(name))
    known = {base_of(name) for name in found}
    held = ingredients(names, codings)
    for coding in codings:
        held += codes.get((str(coding.get("system")), str(coding.get("code"))), ())
    return tuple(found | dict.fromkeys(s for s in held if base_of(s) not in known))


def _is_combined(names: tuple[str, ...], substances: tuple[str, ...]) -> bool:
    if len({base_of(name) for name in substances}) > 1 or any(map(_SEVERAL.search, names)):
        return True
    strengths = {(unit, amount) for name in names for amount, unit in strengths_in(name)}
    return len(strengths) > 1


def strengths_in(name: str) -> Iterator[tuple[Decimal, str]]:
    """What is in a tablet, or in a millilitre: the amount in its base unit ("ug", "ug/mL")."""
    for d in doses_in(name):
        if d.low is None or d.unit is None or d.low != d.high:
            continue
        unit, _, volume = d.unit.partition("/")
        amount, base = to_base(d.low, unit)
        if base in _STRENGTHS:
            yield amount, f"{base}/{volume}" if volume else base


def names_of(request: Mapping[str, Any]) -> Iterator[str]:
    """Text and displays of the medication, whether coded or contained."""
    reference = request.get("medicationReference")
    if isinstance(reference, Mapping) and isinstance(reference.get("display"), str):
        yield reference["display"]
    for concept in _concepts_of(request):
        yield from names_in(concept)


def codings_in(concept: Any) -> Iterator[Mapping[str, Any]]:
    """The codings of a CodeableConcept."""
    codings = concept.get("coding", []) if isinstance(concept, Mapping) else []
    for coding in codings if isinstance(codings, list) else []:
        if isinstance(coding, Mapping):
            yield coding


def _concepts_of(request: Mapping[str, Any]) -> Iterator[Any]:
    """The medication and, where it is contained, what is in it."""
    concept, reference = (
        request.get("medicationCodeableConcept"),
        request.get("medicationReference"),
    )
    if isinstance(concept, Mapping):
        yield concept
    elif isinstance(reference, Mapping):
        held = request.get("contained", [])
        for medication in held if isinstance(held, list) else []:
            if isinstance(medication, Mapping) and (
                f"#{medication.get('id')}" == reference.get("reference")
            ):
                yield from concepts_in(medication)


def concepts_in(medication: Mapping[str, Any]) -> Iterator[Any]:
    """The code of a Medication and those of its ingredients."""
    yield medication.get("code")
    held = medication.get("ingredient", [])
    for one in held if isinstance(held, list) else []:
        if isinstance(one, Mapping):
            yield one.get("itemCodeableConcept")


def names_in(concept: Any) -> Iterator[str]:
    """Text and displays of a CodeableConcept."""
    if not isinstance(concept, Mapping):
        return
    if isinstance(concept.get("text"), str):
        yield concept["text"]
    codings = concept.get("coding", [])
    for coding in codings if isinstance(codings, list) else []:
        if isinstance(coding, Mapping) and isinstance(coding.get("display"), str):
            yield coding["display"]


def read_instruction(instruction: Mapping[str, Any], names: tuple[str, ...]) -> Dosage | None:
    """One instruction; where its structure cannot be read, as its text says."""
    structured = {**instruction, "doseAndRate": _units_read(instruction.get("doseAndRate"))}
    unrouted = {name: value for name, value in structured.items() if name != "route"}
    for candidate in (structured, unrouted):
        try:
            found = from_fhir(candidate)
        except DosageError:
            continue
        if found.low is not None:
            return _by_strength(found, names)
    return read_words(instruction, names)


def read_words(instruction: Mapping[str, Any], names: tuple[str, ...]) -> Dosage | None:
    """One instruction as its text says it."""
    text = instruction.get("text")
    stated = doses_in(text) if isinstance(text, str) and len(text) < 500 else ()
    doses = [d for d in stated if d.low is not None and d.role is not DosageRole.STRENGTH]
    return _by_strength(doses[0], names) if doses else None


def _units_read(rates: Any) -> Any:
    """Quantities with the units that people write ("mcg", "microgram") as UCUM."""
    if isinstance(rates, list):
        return [_units_read(rate) for rate in rates]
    if not isinstance(rates, Mapping):
        return rates
    if "value" not in rates:
        return {name: _units_read(value) for name, value in rates.items()}
    unit = rates.get("code") or rates.get("unit")
    if not isinstance(unit, str) or len(unit) > 40 or _is_ucum(unit):
        return rates
    read = doses_in(f"1 {unit}")
    return {**rates, "code": read[0].unit} if read and read[0].unit else rates


def _is_ucum(unit: str) -> bool:
    base = to_base(Decimal(1), unit.partition("/")[0])[1]
    return base in _BASES or base.startswith("{")


def _by_strength(d: Dosage, names: tuple[str, ...]) -> Dosage:
    """ "2 tablets" of "metformin 500 mg tablets" is 1,000 mg; 1 mL of "1 mg/mL" is 1 mg."""
    if d.low is None or d.high is None or d.unit is None:
        return d
    for strength in (s for name in names for s in doses_in(name)):
        if strength.low is None or strength.unit is None or strength.low != strength.high:
            continue
        unit, _, volume = strength.unit.partition("/")
        if to_base(Decimal(1), unit)[1] not in _STRENGTHS:
            continue
        if (d.unit in _COUNTED and not volume) or (d.unit == "mL" and volume == "mL"):
            return replace(d, low=d.low * strength.low, high=d.high * strength.low, unit=unit)
    return d
