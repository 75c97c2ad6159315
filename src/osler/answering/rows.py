"""A table row for one patient: the cells of the columns that are for this patient."""

from __future__ import annotations

from osler.domain import Applies, Patient, Statement
from osler.statements import applies, read_group
from osler.statements.rows import row_cells_of_text


def cells_for(statement: Statement, patient: Patient) -> str:
    """A row's text without the columns that are for other patients.

    A column is for a group where its header names one ("45–65 kg"). Columns that do not
    apply are left out; where one applies, those that cannot be told are left out too.
    """
    cells = row_cells_of_text(statement)
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
        kept.append(cell)
    return "; ".join(f"{header}: {text}" for header, text in kept)
