"""How long ago something was, against the time within which a text is for it."""

from __future__ import annotations

from osler.answering.candidates.candidate import Candidate
from osler.answering.candidates.dosing_parts import parts_that_dose
from osler.answering.candidates.times_since import Since, Window, events_in, times_since, windows
from osler.domain import BlockKind, Question
from osler.dosage import may_state_dosage
from osler.statements.tables.rows import header_and_cell


def too_early_or_late(candidate: Candidate, question: Question) -> str | None:
    """Why a statement is for another time since what happened: "80 hours, not within 72 hours of
    exposure". None where it is not, or where only a part of it is.
    """
    told = times_since(question.understood)
    if not told:
        return None
    for texts, needs_all in _texts(candidate):
        judged = [_judged(text, candidate, told) for text in texts]
        missed = [why for why in judged if why is not None and why[0] is False]
        if missed and (len(missed) == len(judged) or not needs_all):
            return missed[0][1]
    return None


def time_met(candidate: Candidate, question: Question) -> tuple[Window, str] | None:
    """The narrowest time that it is for and that the question lies in, with the reason in words."""
    told = times_since(question.understood)
    if not told:
        return None
    met = [
        (window, _said(since, window, holds=True))
        for texts, _ in _texts(candidate)
        for text in texts
        for window in windows(text)
        for since in _of_its_event(window, candidate, told)
        if window.holds(since)
    ]
    narrowest = [m for m in met if not any(o[0].is_in(m[0]) for o in met)]
    return narrowest[0] if narrowest else None


def _texts(candidate: Candidate) -> list[tuple[list[str], bool]]:
    """The texts that say when a statement is for, and whether all of them have to fail: its
    columns or parts with doses; what stands above it."""
    statement = candidate.statement
    above = [(c.quote,) for c in (*candidate.lead, *candidate.headings)]
    levels = [(list(each), False) for each in (*above, (candidate.source.title,))]
    if statement.block is BlockKind.ROW and (cells := header_and_cell(statement)):
        doses = [f"{header}: {cell}" for header, cell in cells if may_state_dosage(cell)]
        others = [
            _with_unit(header, cell)
            for header, cell in cells
            if not may_state_dosage(cell) and not windows(header)  # a column of another time
        ]
        return [([text], False) for text in others] + [(doses, True)] + levels
    return [(parts_that_dose(statement), True), *levels]


def _with_unit(header: str, cell: str) -> str:
    """A cell under its header, with the unit that only that has: "Hours since", "8–24"."""
    unit = next((u for u in ("minutes", "hours", "days", "weeks") if u in header.lower()), "")
    bare = unit and not any(u[:-1] in cell.lower() for u in ("minutes", "hours", "days", "weeks"))
    return f"{header}: {cell} {unit}" if bare and cell[-1:].isdigit() else f"{header}: {cell}"


def _judged(text: str, candidate: Candidate, told: tuple[Since, ...]) -> tuple[bool, str] | None:
    """Whether a text is for one of the times told, and why; None where it says nothing of them."""
    missed = None
    for window in windows(text):
        times = _of_its_event(window, candidate, told)
        if any(window.takes_in(since) for since in times):
            return True, ""
        if times and missed is None:
            missed = False, _said(times[0], window, holds=False)
    return missed


def _of_its_event(window: Window, candidate: Candidate, told: tuple[Since, ...]) -> list[Since]:
    events = window.events or _events_above(candidate)
    return [since for since in told if since.events & events]


def _events_above(candidate: Candidate) -> frozenset[str]:
    """What the document or the part of it is on; that something is dosed tells nothing."""
    texts = (candidate.source.title, *(c.quote for c in candidate.statement.context))
    return frozenset().union(*map(events_in, texts)) - {"dose"}


def _said(since: Since, window: Window, *, holds: bool) -> str:
    return f"{since.text}: {'' if holds else 'not '}{window.text}"
