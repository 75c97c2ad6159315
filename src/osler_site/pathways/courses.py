"""The schedule of a result as time lines: what is given, then what is checked, from today on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Protocol

from osler.domain import Dosage, Phase
from osler_site.pathways.calendar import after, day
from osler_site.pathways.shown import Check, Choice, Treatment
from osler_site.pictures import Check as Checked
from osler_site.pictures import Courses, Row, Schedule, Step, Table
from osler_site.pictures.rates import days
from osler_site.pictures.schedule import stretch
from osler_site.pictures.table import cited
from osler_site.pictures.wording import capital
from osler_site.presenting.view import Mark

_NAMES = {
    Phase.LOADING: "Loading", Phase.START: "Start", Phase.CONTINUATION: "Continuation",
    Phase.MAINTENANCE: "Maintenance", Phase.PROPHYLAXIS: "Prevention", Phase.TAPER: "Taper",
}  # fmt: skip
_HEADER = ("Way", "Part", "What", "When", "Source")
_NOTE = "Days are counted from today, as if this began today."


class Found(Protocol):
    """What a result holds."""

    today: date
    treatments: list[Treatment]
    choices: list[Choice]
    checks: list[Check]


def courses(found: Found) -> Courses | None:
    """One picture of what is given, each way to choose from by itself, and of what is checked;
    None where there is neither.
    """
    lines = [_course("", found.treatments, (), found.today)] if found.treatments else []
    for choice in found.choices:
        for number, position in enumerate(choice.positions):
            lead = f"{choice.title}: either" if number == 0 else "or"
            if position.treatments:
                checks = tuple(_check(c) for c in position.checks)
                head = f"{lead} {position.title}"
                lines.append(_course(head, position.treatments, checks, found.today))
    if found.checks:
        lines.append(_course("Checks", (), tuple(_check(c) for c in found.checks), found.today))
    if not lines:
        return None
    rows = tuple(row for line in lines for row in line.table.rows)
    title = f"From {day(found.today)} on"
    return Courses(title, tuple(lines), _NOTE, Table(_HEADER, rows))


def _course(
    head: str, treatments: Sequence[Treatment], checks: tuple[Checked, ...], today: date
) -> Schedule:
    steps = tuple(step for t in treatments if not t.medication.stops for step in _steps(t, today))
    cited = [n for s in steps for n in s.references] + [n for c in checks for n in c.references]
    return Schedule(
        title=head,
        source=head,
        group="",
        substance="",
        steps=steps,
        checks=checks,
        references=tuple(dict.fromkeys(cited)),
        not_drawn=(),
        note=_NOTE,
        table=_table(head, steps, checks),
    )


def _steps(t: Treatment, today: date) -> Iterator[Step]:
    numbers = _numbers(t.marks)
    begun: date | None = today
    for n, given in enumerate(t.medication.doses, 1):
        if given.dosage is None:
            continue
        phase = given.dosage.phase
        name = _NAMES.get(phase, t.title) if phase else t.title
        name = name or capital(t.medication.name)
        if len(t.medication.doses) > 1:
            name = f"{_NAMES[phase]}, step {n}" if phase in _NAMES else f"Step {n}"
        said = f"{t.medication.name} {given.text}"
        step = stretch(name, said, given.dosage, numbers, said)
        length, begun = _length(given.dosage, begun)
        yield replace(step, length=length)


def _length(d: Dosage, begun: date | None) -> tuple[str | None, date | None]:
    """From when to when, and when the next step begins; None where that is not stated."""
    start = f"from {day(begun)}" if begun else "after that"
    stated = d.duration
    if stated is None or stated.for_life:
        return (f"{start}, for life" if stated else start), None
    if stated.until:
        return f"{start}, until {stated.until}", None
    end = None
    if begun and stated.high is not None and stated.unit:
        end = after(begun, float(stated.high), stated.unit)
    return (f"{start} to {day(end)}" if end else start), end


def _check(c: Check) -> Checked:
    m = c.monitoring
    when = "; ".join(map(str, m.dates))
    said = ", ".join(part for part in (m.what or c.title, m.often) if part)
    repeat = m.timing.get("repeat", {})
    each = days(Fraction(repeat["period"]), repeat["periodUnit"]) if "period" in repeat else None
    return Checked(
        text=f"{said}: {when}{f', {m.then}' if m.then else ''}" if when else said,
        intervals=(m.often,),
        every=(each,) if each else (),
        references=_numbers(c.marks),
        claim=c.text or said,
    )


def _numbers(marks: Sequence[Mark]) -> tuple[int, ...]:
    return tuple(m.number for m in marks)


def _table(head: str, steps: tuple[Step, ...], checks: tuple[Checked, ...]) -> Table:
    rows = [
        Row((head, s.name, s.dose, s.how_long, cited(s.references)), s.references) for s in steps
    ]
    rows += [
        Row((head, "Check", *_parted(k.text), cited(k.references)), k.references) for k in checks
    ]
    return Table(_HEADER, tuple(rows))


def _parted(text: str) -> tuple[str, str]:
    what, _, when = text.partition(": ")
    return what, when
