"""A table row for one patient: the cells of the columns that are for this patient."""

from __future__ import annotations

from osler.domain import Applies, Patient, Phase, Statement
from osler.dosage import find_phases, may_state_dosage
from osler.statements import applies, read_group, sentence_spans
from osler.statements.rows import header_and_cell

LONGEST_CELL = 25  # words; a longer cell is read sentence by sentence


def row_phases(statement: Statement) -> frozenset[Phase]:
    """The phases that a row's first cell or the headers of its columns name.

    Empty where a column with doses names none: then the row is not about one phase.
    """
    cells = header_and_cell(statement)
    if not cells:
        return frozenset({statement.phase} - {None})  # type: ignore[arg-type]
    found = {f.value for f in find_phases(cells[0][1])}
    for header, text in cells[1:]:
        named = {f.value for f in find_phases(header)}
        if not named and not found and may_state_dosage(text):
            return frozenset()
        found |= named
    return frozenset(found)


def _for_patient(text: str, patient: Patient, phases: tuple[Phase, ...]) -> str:
    """Of a cell that is a paragraph, the sentences for this patient and these phases."""
    if len(text.split()) <= LONGEST_CELL:
        return text
    kept = []
    for start, end in sentence_spans(text):
        sentence = text[start:end]
        named = {f.value for f in find_phases(sentence)}
        if phases and named and not named & set(phases):
            continue
        if applies(read_group(sentence), patient).applies is Applies.NO:
            continue
        kept.append(sentence)
    return " ".join(kept) or text


def cells_for(statement: Statement, patient: Patient, phases: tuple[Phase, ...] = ()) -> str:
    """A row's text without the columns that are for other patients or other phases.

    A column is for a group where its header names one ("45–65 kg"). Columns that do not
    apply are left out; where one applies, those that cannot be told are left out too. A
    preventive dose is left out unless it is asked for.
    """
    cells = header_and_cell(statement)
    if not cells:
        return statement.text
    verdicts = []
    for header, _ in cells[1:]:
        group = read_group(header)
        verdicts.append(applies(group, patient).applies if group.criteria else None)
    some_apply = Applies.YES in verdicts
    kept = [cells[0]]
    for cell, verdict in zip(cells[1:], verdicts, strict=True):
        if verdict is Applies.NO or (verdict is Applies.UNKNOWN and some_apply):
            continue
        named = {f.value for f in find_phases(cell[0])}
        if named == {Phase.PROPHYLAXIS} and Phase.PROPHYLAXIS not in phases:
            continue
        kept.append((cell[0], _for_patient(cell[1], patient, phases)))
    return "; ".join(f"{header}: {text}" for header, text in kept)
