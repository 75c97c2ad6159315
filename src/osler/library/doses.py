"""Every dose that the statements state, by drug: what another dose of the drug is held against.

The rows follow from the statements; `doctor` writes them again where they differ.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from osler.domain import Statement
from osler.library.schema import transaction
from osler.plausibility.doses import Dose, doses_of
from osler.statements.words.cutting import split


class DoseRow(NamedTuple):
    """A dose and the wording of its statement (a hash), by which copies are known."""

    drug: str
    wording: int
    routes: str  # separated by spaces
    unit: str
    per: str | None
    low: float
    high: float
    child: bool
    shared: bool


def rows(statements: Iterable[Statement]) -> tuple[DoseRow, ...]:
    """What a passage's statements give of which drug at a time; a rate says nothing of that."""
    return tuple(
        DoseRow(
            dose.drug,
            wording(statement.text),
            " ".join(dose.routes),
            dose.unit,
            dose.per,
            dose.low,
            dose.high,
            dose.child,
            dose.shared,
        )
        for statement in statements
        if statement.dosages
        for dose in doses_of(statement)
        if not dose.rate
    )


def wording(text: str) -> int:
    """What two copies of a sentence share, whatever their case and punctuation."""
    digest = hashlib.sha256(" ".join(split(text)).encode()).digest()
    return int.from_bytes(digest[:8], "big", signed=True)


def insert(connection: sqlite3.Connection, found: Iterable[tuple[int, DoseRow]]) -> None:
    """Keep doses, each with the row of its passage. The caller holds the transaction."""
    connection.executemany(
        "INSERT INTO doses VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [(passage, *row) for passage, row in found],
    )


def read(connection: sqlite3.Connection, version: int, drug: str) -> list[tuple[int, Dose]]:
    """A drug's doses in one version, each wording's once, with their wordings."""
    found = connection.execute(
        "SELECT DISTINCT d.wording, d.routes, d.unit, d.per, d.low, d.high, d.child, d.shared "
        "FROM doses d JOIN passages p ON p.row = d.passage WHERE d.drug = ? AND EXISTS "
        "(SELECT 1 FROM lifetimes l WHERE l.source = p.source AND l.added <= ? "
        "AND (l.removed IS NULL OR l.removed > ?)) ORDER BY d.wording, d.low, d.high",
        (drug, version, version),
    )
    return [
        (
            words,
            Dose(
                drug=drug,
                routes=tuple(routes.split()),
                unit=unit,
                per=per,
                low=low,
                high=high,
                child=bool(child),
                shared=bool(shared),
                rate=False,
                text="",
            ),
        )
        for words, routes, unit, per, low, high, child, shared in found
    ]


def mend(connection: sqlite3.Connection, right: Mapping[int, Sequence[DoseRow]]) -> bool:
    """Write the doses of every passage again where they are not these; whether they were not."""
    wanted = sorted(
        ((passage, *row) for passage, found in right.items() for row in found), key=repr
    )
    kept = sorted(
        (
            (passage, *rest, bool(child), bool(shared))
            for passage, *rest, child, shared in connection.execute("SELECT * FROM doses")
        ),
        key=repr,
    )
    if kept == wanted:
        return False
    with transaction(connection):
        connection.execute("DELETE FROM doses")
        insert(connection, ((passage, row) for passage, found in right.items() for row in found))
    return True
