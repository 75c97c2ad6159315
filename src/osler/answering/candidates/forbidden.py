"""What a candidate takes from a lead-in, label or column that forbids."""

from __future__ import annotations

import re

from osler.answering.candidates.barred import bars_what_is_above
from osler.answering.candidates.candidate import Candidate
from osler.domain import BlockKind, Polarity, Statement
from osler.patterns import lazy
from osler.statements.groups.forbidding import (
    forbidding_or_warning,
    forbids,
    forbids_or_warns,
    label_that_forbids_or_warns,
)
from osler.statements.patients.untreated import without_untreated
from osler.statements.vocabulary.conditions import find_conditions
from osler.statements.vocabulary.substances import find_substances

_ASKS_FOR_CARE = lazy(
    r"\b(?:caution\w*|care|careful\w*|monitor\w*|watch|check\w*|may|can|reduce[ds]?|lower\w*|halve|"
    r"adjust\w*|dos(?:e|es|age|ing)|safe|consider|specialist|advice|unless|allowed|avoid\s+if)\b",
    re.IGNORECASE,
)


def behind_its_bar(candidate: Candidate) -> str:
    """What a candidate says, behind its lead-in or parent item where that forbids."""
    by = next((c.quote for c in reversed(candidate.lead) if forbids(c.quote)), "")
    text = candidate.statement.text
    return f"{by.strip('*_ .:')}: {text}" if by else text


def barred_drugs(candidate: Candidate) -> tuple[str, ...]:
    """The drugs that a bar is on: its own but for those in the name of an illness ("heparin-induced
    thrombocytopenia") and those given instead, else those that it stands under."""
    text = candidate.statement.text
    illnesses = [(found.start, found.end) for found in find_conditions(text)]
    own = [
        found.name
        for found in find_substances(without_untreated(text))
        if not any(start <= found.start < end for start, end in illnesses)
    ]
    if own and not bars_what_is_above(text):
        return tuple(own)
    above = candidate.focus_substances or candidate.lead_substances
    return above or candidate.heading_substances or candidate.title_substances


def may_only_warn(candidate: Candidate) -> bool:
    """Whether it stands under "Contraindications and cautions", be that a heading, a lead-in or a
    label, and does not say which it is."""
    statement = candidate.statement
    headed = label_that_forbids_or_warns(statement.text) or any(
        forbids_or_warns(c.quote) for c in candidate.lead
    )
    if not headed and not statement.dosages and not candidate.lead:
        headed = bool(forbidding_or_warning([c.quote for c in candidate.headings]))
    return bool(headed) and statement.polarity is not Polarity.NEGATIVE


def only_warns(candidate: Candidate) -> bool:
    """Whether it stands so and only asks for care: of a list that bars and warns, an item without
    a word of care ("- Asthma") may be barred, and no dose is given beside it."""
    text = candidate.statement.text
    said = text[label_that_forbids_or_warns(text) :]
    return may_only_warn(candidate) and _ASKS_FOR_CARE.search(said) is not None


def has_a_barring_cell(statement: Statement) -> bool:
    """Whether a row has a cell under a header that forbids."""
    return statement.block is BlockKind.ROW and any(
        c.role == "header" and forbids(c.quote) for c in statement.context
    )
