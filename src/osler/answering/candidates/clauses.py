"""Which of the doses of one sentence are for this patient, by the clause that each stands in."""

from __future__ import annotations

import re

from osler.domain import Applies, Claim, Dosage, Group, Patient
from osler.patterns import lazy
from osler.statements import applies, read_group
from osler.statements.lines.clauses import clause_of, clause_span


def clause_groups(claim: Claim) -> list[Group]:
    """The groups that the clauses of several doses name, each for its own dose."""
    own = [d for d in claim.dosages if claim.text[d.start : d.end] == d.text]
    if len({clause_of(d, claim.text) for d in own}) < 2:
        return []
    above = _length_above(claim)
    groups = dict.fromkeys(_own_group(d, claim.text, above) for d in own)
    return [group for group in groups if group.criteria]


def for_patient(
    dosages: tuple[Dosage, ...], claim: Claim, patient: Patient
) -> tuple[tuple[Dosage, Group], ...]:
    """Those of a claim's dosages whose clause does not leave the patient out, with its group.

    Where a clause names the patient's group, a dosage whose clause names none is the usual
    one, from which that clause makes the exception; one that only "or" joins to the clause before
    is for the same patients. What the claim takes from above its
    statement holds for all of its doses, and sets none of them apart.
    """
    text, above = claim.text, _length_above(claim)
    judged: list[tuple[Dosage, Group]] = []
    told, leaves_out = Group(), False  # by the clause before
    for dosage in dosages:
        clause = clause_of(dosage, text)
        if not (_OR.match(clause) and not read_group(clause).criteria):
            told = _own_group(dosage, text, above)
            leaves_out = applies(read_group(clause), patient).applies is Applies.NO
        if not leaves_out:
            judged.append((dosage, told))
    excepted = any(
        group.criteria and applies(group, patient).applies is Applies.YES for _, group in judged
    )
    return tuple((d, group) for d, group in judged if group.criteria or not excepted)


# "For meningitis, 50 mg/kg every 6 hours, or 100 mg/kg every 12 hours": both are for the same.
_OR = lazy(r"[\s,]*(?:or\b|alternatively\b)", re.IGNORECASE)


def _own_group(dosage: Dosage, text: str, above: int) -> Group:
    """The group that a dosage's clause names behind the first `above` characters of `text`."""
    start, end = clause_span(dosage, text)
    return read_group(text[max(start, above) : end])


def _length_above(claim: Claim) -> int:
    """How much of a claim is heading, lead-in and label before its statement's own words.

    None where the statement is not worded whole, as a row of which some cells are kept.
    """
    own = " ".join(claim.statements[0].text.split())
    is_whole = claim.text.casefold().endswith(own.casefold())
    return len(claim.text) - len(own) if is_whole else 0
