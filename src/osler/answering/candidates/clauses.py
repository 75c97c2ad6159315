"""Which of the doses of one sentence are for this patient, by the clause that each stands in."""

from __future__ import annotations

from osler.domain import Applies, Dosage, Group, Patient
from osler.statements import applies, read_group
from osler.statements.lines.clauses import clause_of


def clause_groups(dosages: tuple[Dosage, ...], text: str) -> list[Group]:
    """The groups that the clauses of several doses name, each for its own dose."""
    own = [d for d in dosages if text[d.start : d.end] == d.text]
    clauses = dict.fromkeys(clause_of(d, text) for d in own)
    if len(clauses) < 2:
        return []
    return [group for clause in clauses if (group := read_group(clause)).criteria]


def for_patient(
    dosages: tuple[Dosage, ...], text: str, patient: Patient
) -> tuple[tuple[Dosage, Group], ...]:
    """Those of the dosages whose own clause does not leave the patient out, with its group.

    Where a clause names the patient's group, a dosage whose clause names none is the usual
    one, from which that clause makes the exception.
    """
    read = [(dosage, read_group(clause_of(dosage, text))) for dosage in dosages]
    judged = [(d, group, applies(group, patient).applies) for d, group in read]
    excepted = any(group.criteria and outcome is Applies.YES for _, group, outcome in judged)
    return tuple(
        (dosage, group)
        for dosage, group, outcome in judged
        if outcome is not Applies.NO and (group.criteria or not excepted)
    )
