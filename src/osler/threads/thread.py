"""A conversation: its questions as typed and in full, and what is known of the patient."""

from __future__ import annotations

from dataclasses import dataclass, replace

from osler.domain import Patient


@dataclass(frozen=True, slots=True)
class Resolved:
    """A question of a thread, so worded that it can be asked alone."""

    typed: str
    full: str
    patient: Patient  # what the full question says of the patient
    facts: tuple[str, ...] = ()  # the same in words, for the reader
    carried: tuple[str, ...] = ()  # what was taken from before, in words
    corrected: tuple[str, ...] = ()  # facts that replace earlier ones, or were withdrawn
    changed_topic: bool = False  # it is about something else, and takes nothing along
    unsure: tuple[str, ...] = ()  # what may be misread or lost, as phrases for the reader

    @property
    def stands_alone(self) -> bool:
        """Whether it is asked as it was typed."""
        return self.full == self.typed


@dataclass(frozen=True, slots=True)
class Turn:
    """One question that was asked."""

    typed: str
    full: str
    patient: Patient


@dataclass(frozen=True, slots=True)
class Thread:
    """The questions asked so far. What it is about is what its last full question says."""

    turns: tuple[Turn, ...] = ()

    @property
    def last(self) -> Turn | None:
        """The turn that a follow-up goes on from."""
        return self.turns[-1] if self.turns else None

    @property
    def patient(self) -> Patient:
        """What is known of the patient by now."""
        return self.last.patient if self.last else Patient()

    def then(self, resolved: Resolved) -> Thread:
        """The thread after a question was asked."""
        turn = Turn(resolved.typed, resolved.full, resolved.patient)
        return replace(self, turns=(*self.turns, turn))

    def until(self, number: int) -> Thread:
        """The first `number` turns: what stood before the next one was asked."""
        return replace(self, turns=self.turns[:number])
