"""What a MedicationRequest orders: which substance, at which doses."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from types import MappingProxyType
from typing import Any

import msgspec

from osler.domain.dosage import Dosage
from osler.dosage import all_strengths, find_routes, to_base
from osler.pathways.daily import most_a_day
from osler.pathways.ingredients import ingredients, single_strengths, spaced
from osler.pathways.instructions import doses_in as doses_in
from osler.pathways.instructions import read_instruction
from osler.pathways.reading import from_json
from osler.statements import find_substances
from osler.statements.vocabulary.substances import base_of, belongs_to

Codes = Mapping[tuple[str, str], tuple[str, ...]]
"""Substances by system and code."""

# "50/1000", "sitagliptin/metformin", "A 1 g / B 50 mg", "folic acid and cyanocobalamin".
_SEVERAL = re.compile(
    r"\b\d[\d.,]*\s*/\s*\d{2,}|[a-z]{5,}\s*[/+&]\s*[a-z]{5,}|(?:mg|mcg|g)\s*[/+&]\s*[a-z]{5,}"
    r"|[a-z]{5,}\s(?:and|with|plus)\s[a-z]{5,}",
    re.IGNORECASE,
)
_SWALLOWED = re.compile(r"\b(?:tablets?|tabs?|capsules?|caps)\b", re.IGNORECASE)
_READ = (
    "resourceType", "medicationCodeableConcept", "medicationReference", "contained",
    "dosageInstruction",
)  # fmt: skip
_ENCODER = msgspec.json.Encoder(decimal_format="number")
_NO_CODES: Codes = MappingProxyType({})
_NONE_HELD: Mapping[str, Mapping[str, Any]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Drug:
    """What a MedicationRequest is for, whatever the dose."""

    name: str  # as the order has it
    substances: tuple[str, ...]
    products: tuple[str, ...]  # every name and display of it


@dataclass(frozen=True, slots=True)
class Order:
    """A MedicationRequest as far as doses go.

    `dosages` are those of its instructions that were read in full; what follows a dose later is in
    its `steps`. `unread` are instructions of which that cannot be said. `partly` is what was read
    of them, and what words beside a coded dose state: enough to find a dose that is too high, and
    not to call one right. `obscure` are instructions whose words beside a coded dose may state
    another, and could not be read. Of a product with several
    substances or strengths (`is_combined`) no dose is read: it could be that of any of them.
    """

    name: str  # as the order has it
    substances: tuple[str, ...]
    dosages: tuple[Dosage, ...]
    unread: int = 0
    products: tuple[str, ...] = ()  # every name and display of it
    is_combined: bool = False
    partly: tuple[Dosage, ...] = ()
    obscure: int = 0
    most_a_day: Decimal | None = None  # mg in one day, by all that is ordered together

    def names(self, other: Order) -> bool:
        """Whether one of two orders is for the drug of the other, or for any form of it.

        A draft of hydroxocobalamin is one of vitamin B12, for which a pathway may have doses that
        name no salt; and the other way round. Two salts of one substance are two drugs.
        """
        return any(
            belongs_to(theirs, mine) or belongs_to(mine, theirs)
            for mine in self.substances
            for theirs in other.substances
        )

    def fulfils(self, other: Order) -> bool:
        """Whether a like dose of it is what another order wants.

        So it is of a draft that names the drug more broadly. One of a salt may go by what is
        said of no salt only where both say the route: tablets have other doses than injections.
        """
        broadly = any(
            belongs_to(theirs, mine) for mine in self.substances for theirs in other.substances
        )
        if broadly or not self.names(other):
            return broadly
        wanted = {route for d in other.dosages for route in d.routes}
        by_form = self._routes_by_form()
        return all((routes := set(d.routes) or by_form) and routes <= wanted for d in self.dosages)

    def _routes_by_form(self) -> set[str]:
        """The route that the form of the product says: tablets are swallowed."""
        product = " ".join(self.products)
        named = {found.value for found in find_routes(product)}
        return named or ({"oral"} if _SWALLOWED.search(product) else set())


def read_order(request: Mapping[str, Any], codes: Codes = _NO_CODES) -> Order | None:
    """What a MedicationRequest orders; None for another resource or one that names no substance.

    `codes` are known besides those that Osler knows itself.
    """
    drug = read_drug(request, codes)
    if drug is None:
        return None
    names, substances = drug.products, drug.substances
    combined = _is_combined(names, substances)
    listed = request.get("dosageInstruction", [])
    read = [
        read_instruction(instruction, names)
        for instruction in (listed if isinstance(listed, list) else [])
        if isinstance(instruction, Mapping) and not combined
    ]
    return Order(
        drug.name,
        substances,
        tuple(d for one in read if one.is_read for d in one.dosages),
        sum(not one.is_read for one in read),
        names,
        combined,
        tuple(d for one in read for d in (one.beside if one.is_read else one.dosages)),
        sum(one.is_obscure for one in read),
        most_a_day(request, names) if read else None,
    )


def read_drug(request: Mapping[str, Any], codes: Codes = _NO_CODES) -> Drug | None:
    """What a MedicationRequest is for; None where it names no substance."""
    if request.get("resourceType") != "MedicationRequest":
        return None
    said = tuple(names_of(request))
    names = (*map(spaced, said), *single_strengths(said))
    codings = [coding for concept in _concepts_of(request) for coding in codings_in(concept)]
    substances = _substances(names, codings, codes)
    if not substances:
        return None
    return Drug(said[0] if said else " and ".join(substances), substances, names)


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
    found, known = _named(names)
    held = ingredients(names, codings)
    for coding in codings:
        held += codes.get((str(coding.get("system")), str(coding.get("code"))), ())
    more = (s for s in held if s not in found and base_of(s) not in known)
    return tuple(dict.fromkeys((*found, *more)))


@lru_cache(maxsize=4096)
def _named(names: tuple[str, ...]) -> tuple[tuple[str, ...], frozenset[str]]:
    """The substances that names say, and what they are forms of."""
    found = tuple(dict.fromkeys(f.name for name in names for f in find_substances(name)))
    return found, frozenset(map(base_of, found))


@lru_cache(maxsize=4096)
def _is_combined(names: tuple[str, ...], substances: tuple[str, ...]) -> bool:
    if len({base_of(name) for name in substances}) > 1 or any(map(_SEVERAL.search, names)):
        return True
    strengths = {(unit, amount) for name in names for amount, unit in strengths_in(name)}
    return len(strengths) > 1


def strengths_in(name: str) -> Iterator[tuple[Decimal, str]]:
    """What is in a tablet, or in a millilitre: the amount in its base unit ("ug", "ug/mL")."""
    for strength in all_strengths((name,)):
        amount, base = to_base(strength.amount, strength.unit)
        yield amount, f"{base}/{strength.per}" if strength.per else base


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
        held = _contained(request)
        yield from concepts_in(held.get(str(reference.get("reference")), {}), held)


def _contained(request: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    """The resources within a request, by the reference to each ("#m")."""
    held = request.get("contained", [])
    listed = [one for one in held if isinstance(one, Mapping)] if isinstance(held, list) else []
    return {f"#{one.get('id')}": one for one in listed}


def concepts_in(
    medication: Mapping[str, Any], held: Mapping[str, Mapping[str, Any]] = _NONE_HELD
) -> Iterator[Any]:
    """The code of a Medication and those of its ingredients, some of which may be `held` beside."""
    yield medication.get("code")
    listed = medication.get("ingredient", [])
    for one in listed if isinstance(listed, list) else []:
        if isinstance(one, Mapping):
            yield one.get("itemCodeableConcept")
            reference = one.get("itemReference")
            if isinstance(reference, Mapping):
                yield held.get(str(reference.get("reference")), {}).get("code")


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
