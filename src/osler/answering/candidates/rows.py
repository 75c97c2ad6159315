"""A table row for one patient: the cells of the columns that are for this patient."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

from osler.answering.candidates.barred import is_beyond
from osler.answering.candidates.row_drugs import cells_of_other_drugs
from osler.domain import Applies, Combinator, Group, Patient, Phase, Statement
from osler.dosage import find_phases, may_state_dosage
from osler.statements import applies, read_group, sentence_spans
from osler.statements.beyond import barred_beyond, barred_by_column
from osler.statements.patients.allergies import cross_reacts
from osler.statements.tables.rows import header_and_cell
from osler.statements.vocabulary.conditions import find_conditions, is_a
from osler.statements.vocabulary.substances import find_substances

LONGEST_CELL = 25  # words; a longer cell is read sentence by sentence


def row_phases(statement: Statement) -> frozenset[Phase]:
    """The phases that a row's first cell or the headers of its columns name.

    Where a column with doses names none, that of the lead-in or heading, if they name one.
    """
    cells = header_and_cell(statement)
    if not cells:
        return _phase_above(statement)
    found = {f.value for f in find_phases(cells[0][1])}
    for header, text in cells[1:]:
        named = phases_named(header)
        if not named and not found and may_state_dosage(text):
            break
        found |= named
    return frozenset(found) or _phase_above(statement)


def substances_of_cells(statement: Statement) -> frozenset[str]:
    """The substances of a statement; of a row those of its cells, as its headers tell of all rows
    alike."""
    cells = header_and_cell(statement)
    if not cells:
        return frozenset(statement.substances)
    return frozenset(found.name for _, cell in cells for found in find_substances(cell))


_TREATMENT = re.compile(r"\s*treatment\b", re.IGNORECASE)
# Headers that name a phase by a word that means it only there.
_LABELS = {
    "start": {Phase.START},
    "initial": {Phase.START},
    "first": {Phase.START},
    "step up": {Phase.TITRATION},
    "increase": {Phase.TITRATION},
    "prevention": {Phase.PROPHYLAXIS},
}


_IN_BRACKETS = re.compile(r"\s*\([^()]*\)")


@lru_cache(maxsize=4096)
def phases_named(header: str) -> frozenset[Phase]:
    """The phases that a column's header names."""
    name = _IN_BRACKETS.sub("", header).strip().lower()  # "Start (per day)"
    return frozenset({f.value for f in find_phases(header)} or _LABELS.get(name, set()))


def _phase_above(statement: Statement) -> frozenset[Phase]:
    return frozenset() if statement.phase is None else frozenset((statement.phase,))


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


def group_for(statement: Statement, patient: Patient) -> Group:
    """Who a row is for, with the column of this patient: "CrCl 15–30 mL/min: 75 mg".

    Where each of its doses stands under a band, and none of the bands is this patient's, the
    row is for others. What bars beyond a value is for those beyond it, too.
    """
    group = statement.group
    beyond = barred_beyond(statement)
    if beyond and is_beyond(beyond, patient) is Applies.YES:
        return Group(beyond, Combinator.ANY, text=beyond[0].text)
    if group.criteria and group.combinator is not Combinator.ALL:
        return group
    cells = header_and_cell(statement)[1:]
    bands = [read_group(header) for header, _ in cells]
    verdicts = [applies(band, patient).applies if band.criteria else None for band in bands]
    own = next((b for b, v in zip(bands, verdicts, strict=True) if v is Applies.YES), None)
    dosed = [v for (_, text), v in zip(cells, verdicts, strict=True) if may_state_dosage(text)]
    if own is None and dosed and all(v is Applies.NO for v in dosed):
        own = bands[verdicts.index(Applies.NO)]
    if own is None and dosed == [Applies.UNKNOWN]:
        # One column of doses is for whom its header says: "Dose at a clearance of 15 to 29".
        own = next(b for b, (_, t) in zip(bands, cells, strict=True) if may_state_dosage(t))
    if own is None or (own.combinator is not Combinator.ALL and len(own.criteria) > 1):
        return group
    added = tuple(c for c in own.criteria if c not in group.criteria)
    return replace(group, criteria=(*group.criteria, *added))


def _gives_an_allergen(cell: tuple[str, str], patient: Patient) -> bool:
    """Whether a cell doses a drug that the patient is allergic to: "First choice: amoxicillin",
    or a column of amounts of it."""
    header, text = cell
    if not patient.allergies or not may_state_dosage(text) or "allerg" in header.lower():
        return False
    given = {found.name for found in find_substances(text) or find_substances(header)}
    return any(cross_reacts(drug, allergy) for drug in given for allergy in patient.allergies)


_THE_REST = re.compile(
    r"\s*(?:most|all|any|other|usual|general|standard)\s+(?:other\s+)?"
    r"(?:infections?|indications?|uses?|conditions?|patients|cases)\b",
    re.IGNORECASE,
)


def _for_other_conditions(
    cells: tuple[tuple[str, str], ...], patient: Patient
) -> tuple[tuple[str, str], ...]:
    """The dosed columns for other conditions or the rest, where one is for a condition asked about.

    "Most infections: 1 g; Meningitis: 2 g", of somebody with meningitis.
    """
    dosed = [cell for cell in cells[1:] if may_state_dosage(cell[1])]
    named = {cell: {f.name for f in find_conditions(cell[0])} for cell in dosed}
    wanted = [
        cell
        for cell in dosed
        if any(is_a(has, name) for has in patient.conditions for name in named[cell])
    ]
    if not wanted:
        return ()
    return tuple(
        cell for cell in dosed if cell not in wanted and (named[cell] or _THE_REST.match(cell[0]))
    )


def cells_for(
    statement: Statement,
    patient: Patient,
    phases: tuple[Phase, ...] = (),
    drugs: tuple[str, ...] = (),
) -> str:
    """A row's text without the columns that are for other patients, phases or drugs.

    A column is for a group where its header names one ("45–65 kg"). Columns that do not
    apply are left out; where one applies, those that cannot be told are left out too. Of a
    preventive dose and one for treatment that which is asked for is kept. Empty where nothing
    but the row's name is left.
    """
    cells = header_and_cell(statement)
    if not cells:
        return statement.text
    verdicts = []
    for header, _ in cells[1:]:
        group = read_group(header)
        verdicts.append(applies(group, patient).applies if group.criteria else None)
    some_apply = Applies.YES in verdicts
    some_dose = any(
        verdict is Applies.YES and may_state_dosage(text)
        for verdict, (_, text) in zip(verdicts, cells[1:], strict=True)
    )
    prevented = Phase.PROPHYLAXIS in phases
    barred = barred_beyond(statement)
    is_barred = bool(barred) and is_beyond(barred, patient) is Applies.YES
    elsewhere = (*_for_other_conditions(cells, patient), *cells_of_other_drugs(cells, drugs))
    kept = [cells[0]]
    for cell, verdict in zip(cells[1:], verdicts, strict=True):
        if cell in elsewhere:
            continue
        if verdict is Applies.NO:
            continue
        # "Pregnancy: safe" tells of no other column that has a dose.
        is_told = some_dose if may_state_dosage(cell[1]) else some_apply
        if verdict is Applies.UNKNOWN and is_told:
            continue
        if is_barred and may_state_dosage(cell[1]) and barred_by_column(*cell) is None:
            continue  # a dose that this patient is not to have
        if _gives_an_allergen(cell, patient):
            continue
        named = phases_named(cell[0])
        if _TREATMENT.match(cell[0]) if prevented else named == {Phase.PROPHYLAXIS}:
            continue  # "Treatment: 1 mg/kg" beside "Prevention: 20 mg", which is asked for
        kept.append((cell[0], _for_patient(cell[1], patient, phases)))
    if len(kept) == 1 < len(cells):
        return ""
    return "; ".join(f"{header}: {text}" if header else text for header, text in kept)
