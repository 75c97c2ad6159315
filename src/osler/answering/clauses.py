"""The clauses of a sentence that doses several groups: "12-hourly; once daily if CrCl < 30"."""

from __future__ import annotations

from osler.domain import Applies, Dosage, Group, Patient
from osler.patterns import lazy
from osler.statements import applies, read_group

_BREAK = lazy(r"[;()]|\.\s|,\s+(?:but|or|reduc|increas|decreas|lower|except)", 2)  # re.IGNORECASE


def clause_of(dosage: Dosage, text: str) -> str:
    """The clause of `text` that a dosage stands in."""
    breaks = [match.start() for match in _BREAK.finditer(text)]
    start = max((at + 1 for at in breaks if at < dosage.amount_start), default=0)
    end = min((at for at in breaks if at >= dosage.end), default=len(text))
    return text[start:end]


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
