"""A drafted order whose coded dose and whose words say different things."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from osler.domain.claim import ProblemKind
from osler.domain.dosage import Dosage
from osler.dosage import differences, per_day, to_base
from osler.pathways.orders import Order, read_instruction, read_words


def contradictions(request: Mapping[str, Any], order: Order) -> Iterator[tuple[Dosage, Dosage]]:
    """The coded and the written dosage of each instruction in which both are, and differ.

    They differ by the amount of one dose or by how often it is given, where both say that in units
    that can be compared; the same amount in a day by other portions differs, too.
    """
    if order.is_combined:
        return
    for instruction in request.get("dosageInstruction", ()):
        if not instruction.get("doseAndRate"):
            continue
        coded = read_instruction(instruction, order.products)
        written = read_words(instruction, order.products)
        if coded is None or written is None or not _comparable(coded, written):
            continue
        found = set(differences(coded, written))
        timed = per_day(coded) is not None and per_day(written) is not None
        if ProblemKind.AMOUNT in found or (timed and ProblemKind.TIMING in found):
            yield coded, written


def _comparable(one: Dosage, other: Dosage) -> bool:
    if one.low is None or other.low is None or not one.unit or not other.unit:
        return False
    same = to_base(one.low, one.unit)[1] == to_base(other.low, other.unit)[1]
    return same and one.per == other.per and one.per_time == other.per_time
