"""What a template shows of a pathway's result: words and links, nothing to be worked out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from osler_site.pathways.orders import Medication, Monitoring
from osler_site.pictures import Way
from osler_site.presenting.view import Mark, PictureView, ReferenceView


@dataclass(frozen=True, slots=True)
class ReasonView:
    """One condition: its sentence, whether it holds, and what was answered of what it asks."""

    text: str
    outcome: str  # "yes", "no", "unknown", "failed"
    said: tuple[str, ...]
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Branch:
    """A step, what became of it, why, and the steps within it."""

    title: str
    way: Way
    reasons: tuple[ReasonView, ...]
    branches: tuple[Branch, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence with the numbers of its sources."""

    title: str
    text: str
    marks: tuple[Mark, ...]
    because: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Treatment:
    """A medicine to be given, or said not to be: its doses, for whom, and who says so."""

    title: str
    medication: Medication
    text: str
    marks: tuple[Mark, ...]
    because: tuple[str, ...]
    references: tuple[ReferenceView, ...]


@dataclass(frozen=True, slots=True)
class Position:
    """One of several ways that stand side by side: what belongs to it, and who takes it."""

    title: str
    treatments: tuple[Treatment, ...]
    checks: tuple[Check, ...]
    lines: tuple[Line, ...]
    silences: tuple[Line, ...]
    references: tuple[ReferenceView, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """Ways between which the sources do not decide, or disagree."""

    id: str
    title: str
    text: str
    marks: tuple[Mark, ...]
    because: tuple[str, ...]
    positions: tuple[Position, ...]


@dataclass(frozen=True, slots=True)
class Check:
    """What is to be checked, and when."""

    title: str
    monitoring: Monitoring
    text: str
    marks: tuple[Mark, ...]
    because: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Wanted:
    """A question whose answer would decide something, and the id of its field."""

    text: str
    field: str
    why: str


class Origin(StrEnum):
    """Where an answer came from; the value is how it is said."""

    ANSWERED = "answered"
    RECORD = "from the record"
    ASSUMED = "not answered, taken as this"


@dataclass(frozen=True, slots=True)
class Given:
    """A question and what the pathway went by."""

    link_id: str
    question: str
    answer: str
    source: Origin


@dataclass(frozen=True, slots=True)
class Result:
    """A whole result."""

    title: str
    version: str
    library_version: int
    engine_version: str
    at: datetime
    given: tuple[Given, ...]
    warnings: tuple[Line, ...]
    treatments: tuple[Treatment, ...]
    choices: tuple[Choice, ...]
    checks: tuple[Check, ...]
    lines: tuple[Line, ...]
    silences: tuple[Line, ...]
    wanted: tuple[Wanted, ...]
    problems: tuple[str, ...]  # what the evaluator could not work with
    branches: tuple[Branch, ...]
    references: tuple[ReferenceView, ...]
    pictures: tuple[PictureView, ...]
    is_blank: bool = False  # nobody answered anything: only what to answer first stands in it

    @property
    def answered(self) -> tuple[Given, ...]:
        """What was answered, or stands in the record."""
        return tuple(g for g in self.given if g.source is not Origin.ASSUMED)

    @property
    def assumed(self) -> tuple[Given, ...]:
        """What the pathway takes for granted as long as nobody says."""
        return tuple(g for g in self.given if g.source is Origin.ASSUMED)

    @property
    def summary(self) -> str:
        """What there is, for who hears the page."""
        counted = (
            (len(self.warnings), "warning"),
            (len(self.treatments), "treatment"),
            (len(self.choices), "choice between sources"),
            (len(self.checks), "check"),
            (len(self.wanted), "question open"),
        )
        if self.is_blank:
            return "Nothing is answered yet."
        parts = [f"{n} {_plural(what, n)}" for n, what in counted if n]
        return f"Result: {', '.join(parts) if parts else 'nothing follows from these answers'}."


def _plural(what: str, count: int) -> str:
    head, space, tail = what.partition(" ")
    return what if count == 1 else f"{head}s{space}{tail}"
