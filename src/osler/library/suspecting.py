"""Which statements state a dose that is not plausible, as one version of the library knows it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from osler.domain import SourceId, Statement, StatementId, Suspicion
from osler.library import decisions, doses
from osler.library.store import Store
from osler.plausibility import Dose, reasons

UNLIKELY = "unlikely dose"
UNLIKE_OTHERS = "dose unlike those of other statements"  # of itself it is plausible
_REMEMBERED = 5_000  # statements and drugs


@dataclass(frozen=True, slots=True)
class SuspiciousDose:
    """A statement whose dose is not plausible, and why, until a person clears it."""

    statement_id: StatementId
    source_id: SourceId
    file: str
    text: str
    reason: str
    page: int | None = None


class Suspecting:
    """The judgement of one version: from the register, its statements and its decisions."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._doses = lru_cache(maxsize=_REMEMBERED)(self._read_doses)
        self._known: dict[StatementId, Suspicion | None] = {}

    def of(self, statement: Statement) -> Suspicion | None:
        """See `Library.suspicion`."""
        if statement.id not in self._known:
            if len(self._known) >= _REMEMBERED:
                self._known.clear()
            self._known[statement.id] = self._suspicion(statement)
        return self._known[statement.id]

    def _suspicion(self, statement: Statement) -> Suspicion | None:
        decision = decisions.read(self._store.connection, self._store.version, statement.id)
        reason = UNLIKELY
        if decision is None:
            why = self._reason(statement)
            if why is not None and not reasons(statement, lambda _: ()):
                reason = UNLIKE_OTHERS
        else:
            why = None if decision.cleared else f"{decision.who}: {decision.why}"
        if why is None:
            return None
        return Suspicion(statement.start, statement.end, reason, why, statement.page)

    def _reason(self, statement: Statement) -> str | None:
        words = doses.wording(statement.text)
        found = reasons(statement, lambda drug: self._others(drug, words))
        return "; ".join(found) or None

    def _others(self, drug: str, words: int) -> list[Dose]:
        """What statements of other wording give: a copy of this one would only repeat it."""
        return [dose for wording, dose in self._doses(drug) if wording != words]

    def _read_doses(self, drug: str) -> list[tuple[int, Dose]]:
        return doses.read(self._store.connection, self._store.version, drug)
