"""What a candidate takes from a lead-in, label or column that forbids."""

from __future__ import annotations

from osler.answering.candidates.candidate import Candidate
from osler.domain import BlockKind, Polarity, Statement
from osler.statements.groups.forbidding import (
    forbids,
    forbids_or_warns,
    label_that_forbids_or_warns,
)


def behind_its_bar(candidate: Candidate) -> str:
    """What a candidate says, behind its lead-in or parent item where that forbids."""
    by = next((c.quote for c in reversed(candidate.lead) if forbids(c.quote)), "")
    text = candidate.statement.text
    return f"{by.strip('*_ .:')}: {text}" if by else text


def may_only_warn(candidate: Candidate) -> bool:
    """Whether it stands under "Contraindications and cautions" and does not say which it is."""
    text = candidate.statement.text
    leads = candidate.lead
    headed = label_that_forbids_or_warns(text) or any(forbids_or_warns(c.quote) for c in leads)
    return bool(headed) and candidate.statement.polarity is not Polarity.NEGATIVE


def has_a_barring_cell(statement: Statement) -> bool:
    """Whether a row has a cell under a header that forbids."""
    return statement.block is BlockKind.ROW and any(
        c.role == "header" and forbids(c.quote) for c in statement.context
    )
