"""A drafted order whose coded dose and whose words say different things."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from osler.domain.claim import ProblemKind
from osler.domain.dosage import Dosage
from osler.dosage import Directions, differences, per_day, to_base
from osler.pathways.instructions import read_coded, read_written, texts_of, turns_of
from osler.pathways.orders import Order


def contradictions(request: Mapping[str, Any], order: Order) -> Iterator[tuple[Dosage, Dosage]]:
    """The coded and the written dosage of each instruction in which both are, and differ.

    They differ by the amount of one dose or by how often it is given, where both say that in units
    that can be compared; the same amount in a day by other portions differs, too. Of words that
    state several doses, side by side or one after another, that is one that is not coded, unless
    each is, by one instruction or another.
    """
    if order.is_combined:
        return
    listed = [i for i in request.get("dosageInstruction", ()) if isinstance(i, Mapping)]
    if not any(map(texts_of, listed)):
        return
    coded = [read_coded(instruction, order.products) for instruction in listed]
    every = [dosage for dosage in coded if dosage is not None]
    for dosage, instruction in zip(coded, listed, strict=True):
        if dosage is None:
            continue
        for said in read_written(instruction, order.products):
            other = _differing(dosage, said, every)
            if other is not None:
                yield dosage, other
                break


def _differing(coded: Dosage, said: Directions, every: list[Dosage]) -> Dosage | None:
    """The dose of the words that the coded one is not."""
    written = [d for turn in turns_of(said) for d in turn if d.low is not None]
    if len(written) == 1:
        return written[0] if _differ(coded, written[0]) else None
    apart = (d for d in written if all(_differ(one, d) or _unlike(one, d) for one in every))
    return next(apart, None)


def _differ(coded: Dosage, written: Dosage) -> bool:
    if _unlike(coded, written):
        return False
    found = set(differences(coded, written))
    timed = per_day(coded) is not None and per_day(written) is not None
    return ProblemKind.AMOUNT in found or (timed and ProblemKind.TIMING in found)


def _unlike(one: Dosage, other: Dosage) -> bool:
    """Whether two amounts are in units that cannot be compared."""
    if one.low is None or other.low is None or not one.unit or not other.unit:
        return True
    same = to_base(one.low, one.unit)[1] == to_base(other.low, other.unit)[1]
    return not (same and one.per == other.per and one.per_time == other.per_time)
