"""What the taken steps of a pathway say, each in its place: warnings, treatments, checks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from osler.answering import source_to_json
from osler.pathways import Pathway, Step
from osler_site.pathways.naming import Names
from osler_site.pathways.orders import is_urgent, medication, message, monitoring
from osler_site.pathways.reasons import note_of, once
from osler_site.pathways.shown import Check, Choice, Line, Position, Treatment
from osler_site.presenting.present import marks, reference_view
from osler_site.presenting.view import Mark, ReferenceView

_ONE_OF = ("exactly-one", "at-most-one", "any", "one-or-more")
_LATER = "Not listed first: "  # begins a condition that says only where a way stands


class Sources:
    """The numbered sources of a pathway, and the marks of what rests on them."""

    def __init__(self, pathway: Pathway) -> None:
        self._pathway = pathway
        self._views = {
            r.number: reference_view({"number": r.number, **source_to_json(r.source)})
            for r in pathway.references
        }
        self._used: set[int] = set()

    @property
    def used(self) -> tuple[ReferenceView, ...]:
        """Those that were cited so far, in the order of their numbers."""
        return tuple(self._views[n] for n in sorted(self._used & set(self._views)))

    def marks(self, step: Step) -> tuple[Mark, ...]:
        """The numbers beside what a step says."""
        cited = self._pathway.citations.get(step.id, ())
        self._used |= {c.reference for c in cited}
        described = [
            {"reference": c.reference, "source_id": c.source_id, "start": c.start, "end": c.end}
            for c in cited
        ]
        return marks(described, self._views, self._pathway.library_version)

    def who(self, step: Step) -> tuple[ReferenceView, ...]:
        """The sources that a step rests on."""
        numbers = dict.fromkeys(c.reference for c in self._pathway.citations.get(step.id, ()))
        return tuple(self._views[n] for n in numbers if n in self._views)


@dataclass
class Gathered:
    """What the taken steps say, each in its place."""

    sources: Sources
    names: Names
    today: date
    warnings: list[Line] = field(default_factory=list)
    treatments: list[Treatment] = field(default_factory=list)
    choices: list[Choice] = field(default_factory=list)
    checks: list[Check] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    silences: list[Line] = field(default_factory=list)

    def take(self, steps: Sequence[Step], because: tuple[str, ...], called: str = "") -> None:
        """Sort what was taken; what stands for choice is kept together.

        `called` is the title of the choice of which only one way is left.
        """
        for step in once(steps):
            if not step.taken:
                continue
            why = tuple(dict.fromkeys((*because, *_holding(step))))
            nearest = _holding(step) or because
            options = [child for child in once(step.steps) if child.taken]
            one_of = step.action.get("selectionBehavior") in _ONE_OF
            if one_of and len(options) > 1:
                self.choices.append(self._choice(step, options, why))
                continue
            self._one(step, why, nearest, called)
            self.take(step.steps, why, self.names.title(step) if one_of else "")

    def _one(self, step: Step, why: tuple[str, ...], nearest: tuple[str, ...], called: str) -> None:
        request = step.request or {}
        marks, title, text = self.sources.marks(step), self._title(step), step.description
        kind = note_of(step) or request.get("resourceType")
        if kind == "MedicationRequest":
            ordered, who = medication(request), self.sources.who(step)
            self.treatments.append(Treatment(title or called, ordered, text, marks, why, who))
        elif kind == "ServiceRequest":
            check = Check(
                title, monitoring(request, self.today, step.description), text, marks, nearest
            )
            self.checks.append(check)
        elif kind == "silence":
            self.silences.append(Line(title, text, marks, nearest))
        elif kind in ("CommunicationRequest", "alert") or marks:
            line = Line(title, message(request) or text, marks, nearest)
            pressing = is_urgent(request) or is_urgent(step.action)
            (self.warnings if pressing else self.lines).append(line)

    def _title(self, step: Step) -> str:
        """Its own title; none where that only repeats who says it."""
        return "" if self.names.is_attributed(step) else step.title

    def _choice(self, step: Step, options: Sequence[Step], why: tuple[str, ...]) -> Choice:
        positions = []
        for option in options:
            inner = Gathered(self.sources, self.names, self.today)
            inner.take([option], ())
            self.warnings += inner.warnings
            self.choices += inner.choices
            positions.append(
                Position(
                    title=self.names.title(option),
                    treatments=tuple(inner.treatments),
                    checks=tuple(inner.checks),
                    lines=tuple(inner.lines),
                    silences=tuple(inner.silences),
                    references=self.sources.who(option),
                )
            )
        return Choice(
            id=f"choice-{step.id}",
            title=step.title,
            text=step.description,
            marks=self.sources.marks(step),
            because=why,
            positions=tuple(positions),
        )


def _holding(step: Step) -> tuple[str, ...]:
    """The sentences of the conditions that hold."""
    return tuple(
        r.text for r in step.reasons if r.outcome == "true" and not r.text.startswith(_LATER)
    )
