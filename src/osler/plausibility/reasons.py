"""Why a statement is suspicious, all of its doses taken together."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from osler.domain import Statement
from osler.plausibility.contradictions import contradictions
from osler.plausibility.doses import Dose, doses_of
from osler.plausibility.judging import judge
from osler.plausibility.lost_units import lost_unit
from osler.plausibility.register import registered


def reasons(statement: Statement, others: Callable[[str], Sequence[Dose]]) -> tuple[str, ...]:
    """What speaks against the doses of a statement, a sentence each; none where nothing does.

    `others` gives the doses of a drug in all other statements, one for each wording.
    """
    doses = doses_of(statement)
    found = [
        why
        for dose in doses
        if (why := judge(dose, registered(dose.drug), others(dose.drug))) is not None
    ]
    if (lost := lost_unit(statement)) is not None:
        found.append(lost)
    found += contradictions(statement, doses)
    return tuple(dict.fromkeys(found))
