"""Whether the cells of a row bar its dose for the patient of a question: "Pregnancy: avoid"."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from osler.answering.candidates.aspects import OF_LEAVE
from osler.answering.candidates.subject import relation
from osler.answering.judging.exceptions import in_force
from osler.answering.judging.kidney_grades import is_for_worse_kidneys
from osler.domain import Applies, Group, Question, Statement
from osler.statements import applies
from osler.statements.tables.barring_cells import barred_people, is_a_barring_cell
from osler.statements.tables.rows import header_and_cell
from osler.statements.vocabulary.conditions import find_conditions, is_a
from osler.statements.vocabulary.substances import find_subjects


def is_barred_by_a_cell(statement: Statement, question: Question) -> bool:
    """Whether a cell of a row bars it for this patient, by its column or its own words.

    A cell by itself bars the drug of its row for what that treats: "Migraine; Pregnancy: avoid".
    """
    barred = barred_people(statement, partial(in_force, question=question))
    if not any(_is_of_them(people, question) for people in barred):
        return False
    if not is_a_barring_cell(statement):
        return True
    label = header_and_cell(statement)[0][1]
    return not (_is_for_another_need(label, question) or _is_of_another_drug(label, question))


def is_beside_the_question(statement: Statement, question: Question) -> bool:
    """Whether a row doses what one of its cells bars for this patient, or is only such a cell,
    which its row tells too, and bars this patient not; asked for whom it is not, it answers."""
    if is_barred_by_a_cell(statement, question):
        return bool(statement.dosages)
    return is_a_barring_cell(statement) and not OF_LEAVE & set(question.aspects)


def _is_of_another_drug(label: str, question: Question) -> bool:
    """Whether a row is on another drug than those asked about: "Dexamethasone (if acetazolamide
    cannot be taken)"."""
    drug = next((found.name for found in find_subjects(label)), None)
    asked = [term.name for term in question.terms if term.kind == "substance"]
    if drug is None or not asked:
        return False
    return not any(relation(one, drug) or relation(drug, one) for one in asked)


def _is_for_another_need(label: str, question: Question) -> bool:
    treated = {found.name for found in find_conditions(label)}
    wanted = set(question.patient.conditions) - set(question.background)
    return bool(treated and wanted) and not any(
        is_a(one, other) or is_a(other, one) for one in treated for other in wanted
    )


def _is_of_them(people: Group, question: Question) -> bool:
    """Whether the patient is of those barred. How ill they are is taken to be so where nothing
    tells otherwise: "avoid in severe" for an impairment of which no more is told."""
    grades = tuple(c for c in people.criteria if c.attribute == "severity")
    named = replace(people, criteria=tuple(c for c in people.criteria if c not in grades))
    if applies(named, question.patient).applies is not Applies.YES:
        return False
    if any(applies(Group((c,)), question.patient).applies is Applies.NO for c in grades):
        return False
    return not any(
        is_for_worse_kidneys(f"{grade.value} {criterion.value}", question)
        for grade in grades
        for criterion in named.criteria
    )
