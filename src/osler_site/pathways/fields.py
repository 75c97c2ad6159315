"""The questions of a form with what was answered, what is wrong, and what is asked at all."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from osler_site.pathways.answering import Read, unit_name
from osler_site.pathways.questions import Json, Option, Question, Section, Unit
from osler_site.pathways.shown import Given, Origin

_MOST_BESIDE = 7  # options that are shown at once


@dataclass(frozen=True, slots=True)
class Field:
    """One question as a form shows it."""

    question: Question
    values: tuple[str, ...]
    chosen_unit: str
    error: str
    asked: bool
    taken_as: str  # what the pathway goes by as long as it is not answered here
    from_record: bool  # whether that is what the record says
    wanted: bool  # its answer would decide something

    @property
    def id(self) -> str:
        """The id of its first control."""
        return self.question.name

    @property
    def value(self) -> str:
        """What stands in a box."""
        return ("\n" if self.question.repeats else "").join(self.values)

    @property
    def control(self) -> str:
        """ "radio", "checkbox", "select", "number", "date", "text" or "lines"."""
        q = self.question
        if q.kind == "choice":
            if q.repeats:
                return "checkbox"
            return "radio" if len(q.options) <= _MOST_BESIDE else "select"
        if q.kind == "date":
            return "date"
        if q.kind == "text":
            return "lines"
        return "number" if q.kind in ("decimal", "integer", "quantity") else "text"

    @property
    def is_group(self) -> bool:
        """Whether it is several controls under one legend."""
        return self.control in ("radio", "checkbox")

    @property
    def options(self) -> tuple[tuple[Option, bool], ...]:
        """The answers to choose from, and whether each is chosen."""
        return tuple((o, o.token in self.values) for o in self.question.options)

    @property
    def unit_field(self) -> str:
        """The name of the field that holds the unit."""
        return unit_name(self.question)

    @property
    def assumes(self) -> bool:
        """Whether something is taken for granted that it does not already say itself."""
        return bool(self.taken_as) and not self.taken_as.casefold().startswith("not known")

    @property
    def units(self) -> tuple[tuple[Unit, bool], ...]:
        """The units to choose from, and whether each is chosen."""
        return tuple((u, u.code == self.chosen_unit) for u in self.question.units)

    @property
    def described(self) -> str:
        """The ids of what is said beside it."""
        said = (("error", self.error), ("hint", self.question.hint), ("as", self.taken_as))
        return " ".join(f"{self.id}-{what}" for what, there in said if there)


@dataclass(frozen=True, slots=True)
class FieldSection:
    """Fields under one title."""

    title: str
    fields: tuple[Field, ...]

    @property
    def asked(self) -> bool:
        """Whether any of them is asked."""
        return any(f.asked for f in self.fields)


def fields_of(
    sections: Sequence[Section],
    read: Read,
    given: Mapping[str, Given],
    asked: Collection[str],
    wanted: Collection[str],
) -> tuple[FieldSection, ...]:
    """The form. `given` is what the pathway went by, by linkId."""

    def field(q: Question) -> Field:
        went_by = given.get(q.link_id)
        assumed = went_by if went_by and went_by.source is not Origin.ANSWERED else None
        return Field(
            question=q,
            values=read.typed.get(q.link_id, ()),
            chosen_unit=_unit(read.answers.get(q.link_id, ())),
            error=read.errors.get(q.link_id, ""),
            asked=q.link_id in asked,
            taken_as=assumed.answer if assumed else "",
            from_record=assumed is not None and assumed.source is Origin.RECORD,
            wanted=q.name in wanted,
        )

    return tuple(FieldSection(s.title, tuple(map(field, s.questions))) for s in sections)


def _unit(said: Sequence[Json]) -> str:
    amounts = (a["valueQuantity"] for a in said if "valueQuantity" in a)
    return next((str(amount.get("code", "")) for amount in amounts), "")
