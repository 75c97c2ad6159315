"""A result as plain text with its references: for copying into a note."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from osler_site.citing.plain import NOTICE, reference_line
from osler_site.pathways.calendar import day
from osler_site.pathways.shown import (
    Check,
    Choice,
    Given,
    Line,
    Origin,
    Position,
    Result,
    Treatment,
)
from osler_site.presenting.view import Mark

OURS = "Osler’s words"


def plain(result: Result) -> str:
    """The whole result: answers, warnings, treatments, checks, what is open, references."""
    return "\n".join(_lines(result)).strip() + "\n"


def _lines(r: Result) -> Iterator[str]:
    yield from (r.title, "=" * min(len(r.title), 78), made(r), "")
    yield from _listed("Answers", [_answer(g) for g in r.given])
    yield from _listed("Warnings", [line for w in r.warnings for line in _line(w)])
    yield from _listed("To be found out", [f"- {w.text}" for w in r.wanted])
    yield from _listed("The library is silent", [line for x in r.silences for line in _line(x)])
    yield from _listed("Treatment", [line for t in r.treatments for line in _treatment(t)])
    for choice in r.choices:
        yield from _listed(choice.title, list(_choice(choice)))
    yield from _listed("Checks", [line for c in r.checks for line in _check(c)])
    yield from _listed("Also", [line for x in r.lines for line in _line(x)])
    yield from _listed("Not worked with", [f"- {problem}" for problem in r.problems])
    yield from _listed("References", [reference_line(reference) for reference in r.references])
    yield NOTICE


def made(r: Result) -> str:
    """When and from what a result came."""
    return (
        f"{day(r.at.date())}, {r.at:%H:%M}. Pathway version {r.version}, "
        f"library version {r.library_version}, Osler {r.engine_version}. Not stored."
    )


def _listed(title: str, lines: Sequence[str]) -> Iterator[str]:
    if lines:
        yield from (title, *lines, "")


def _cited(marks: Sequence[Mark]) -> str:
    return f" [{', '.join(str(m.number) for m in marks)}]" if marks else ""


def _answer(g: Given) -> str:
    source = "" if g.source is Origin.ANSWERED else f" ({g.source.value})"
    colon = "" if g.question.endswith(("?", ")")) else ":"
    return f"- {g.question}{colon} {g.answer}{source}"


def _line(x: Line) -> Iterator[str]:
    title = f"{x.title}: " if x.title and x.text else x.title
    yield f"- {title}{x.text}{_cited(x.marks)}"


def _treatment(t: Treatment) -> Iterator[str]:
    lead = "Do not give " if t.medication.stops else ""
    doses = ", then ".join(given.text for given in t.medication.doses)
    yield f"- {lead}{t.medication.name} {doses}".rstrip() + _cited(t.marks)
    for note in (t.text, *t.medication.notes):
        if note:
            yield f"  {note}"
    if t.because:
        yield f"  Because: {'; '.join(t.because)}"


def _choice(choice: Choice) -> Iterator[str]:
    if choice.text:
        ours = "" if choice.marks else f"{OURS}: "
        yield f"{ours}{choice.text}{_cited(choice.marks)}"
    for number, position in enumerate(choice.positions, 1):
        who = "; ".join(f"{r.publisher}, {r.held}" for r in position.references)
        yield f"Way {number}: {position.title}{f' ({who})' if who else ''}"
        yield from _position(position)


def _position(p: Position) -> Iterator[str]:
    for x in p.silences:
        yield from _line(x)
    for t in p.treatments:
        yield from _treatment(t)
    for c in p.checks:
        yield from _check(c)
    for x in p.lines:
        yield from _line(x)


def _check(c: Check) -> Iterator[str]:
    m = c.monitoring
    said = " ".join(part for part in (m.what or c.title, m.often) if part)
    dates = "; ".join(map(str, m.dates))
    more = f", {m.then}" if m.then and dates else ""
    yield f"- {said}{f': {dates}{more}' if dates else ''}{_cited(c.marks)}"
    for note in (c.text, *m.notes):
        if note:
            yield f"  {note}"
