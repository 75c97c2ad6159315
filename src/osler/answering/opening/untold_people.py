"""Doses for the old, the uncomplicated and the ill, where nothing tells of them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from osler.answering.composing.compose import Composed
from osler.answering.judging.scored import measures
from osler.answering.opening.other_needs import needs_shown, table_of
from osler.domain import Applies, Phase, Question
from osler.statements.groups.applicability import open_criteria
from osler.statements.groups.unknowns import NOT_KNOWN

_AGES = frozenset({"age", "life stage"})
_OLD = 55  # years: from here on a row is for fewer than the adults of whom a question tells no age


def is_for_some_untold(item: Composed, all_: Sequence[Composed], question: Question) -> bool:
    """Whether its dose is for the old, or for the uncomplicated, of whom nothing tells, and another
    line of its list or table doses the drug, as far as is known for this patient, without that:
    "over 60 years"."""
    if not item.claim.dosages or not _untold(item, question):
        return False
    return any(
        c.claim.dosages
        and c.claim.applies is not Applies.NO
        and table_of(c) == table_of(item)
        and set(item.scored.candidate.statement.substances)
        & set(c.scored.candidate.statement.substances)
        and not c.scored.relevance.applicability.missing
        and (Phase.PROPHYLAXIS in needs_shown(item)) is (Phase.PROPHYLAXIS in needs_shown(c))
        and not (item.scored.relevance.phase_match and c.scored.relevance.phase_match is False)
        for c in all_
    )


# "A patient over 60 years": no age is told, yet of whom it is asked.
_NAMES_AN_AGE = re.compile(
    r"\b(?:elderly|old(?:er)?|aged?|frail|geriatric|years?|(?:over|above) \d)", re.IGNORECASE
)


def _untold(item: Composed, question: Question) -> bool:
    """Whether it is open that the patient is old or without complications."""
    group = item.claim.statements[0].group
    by_age = _NAMES_AN_AGE.search(question.text) is None
    return any(
        (c.value == "uncomplicated" and question.patient.severity is None)
        or (by_age and c.attribute in _AGES and (c.value == "older" or (c.low or 0) >= _OLD))
        for c in open_criteria(group, question.patient)
        if not c.negated
    )


def is_for_an_untold_illness(item: Composed, all_: Sequence[Composed], question: Question) -> bool:
    """Whether its dose is for an illness and by a value or an age of which nothing is told, and
    another dose of the drug surely is for this patient: "children with a transplant"."""
    group = item.scored.relevance.group
    asked_of = [c for c in open_criteria(group, question.patient) if not c.negated]
    open_ = {c.attribute for c in asked_of if c.value != "adult"}  # as are most of whom is asked
    narrowed = open_ & (measures(item.scored) | _AGES | {NOT_KNOWN})
    if not item.claim.dosages or "condition" not in open_ or not narrowed:
        return False
    return any(
        c.claim.dosages
        and c.claim.applies is Applies.YES
        and set(item.scored.candidate.statement.substances)
        & set(c.scored.candidate.statement.substances)
        for c in all_
    )
