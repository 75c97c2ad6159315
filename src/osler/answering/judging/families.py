"""Statements that belong together: the rows of a table, the items under one lead-in.

An article on a topic tells all of them or none; what only leads them in says nothing alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from osler.answering.judging.scored import Scored
from osler.domain import BlockKind, Context, Statement, StatementKind

Family = tuple[str, BlockKind, tuple[tuple[int, int], ...]]
_LEADS = ("lead-in", "parent")


def family_of(statement: Statement) -> Family | None:
    """The table or list that a statement is a part of; None where it stands alone."""
    role = {BlockKind.ROW: ("header",), BlockKind.ITEM: _LEADS}.get(statement.block, ())
    hung = tuple((c.start, c.end) for c in statement.context if c.role in role)
    return (statement.source_id, statement.block, hung) if hung else None


def whole_families(chosen: Sequence[Scored], others: Iterable[Scored]) -> list[Scored]:
    """`chosen`, and of the others what stands in the same tables and lists or hangs on them.

    A list that only says what a word means is not taken in.
    """
    kept = {s.candidate.statement.id for s in chosen}
    families = {_family(s) for s in chosen} - {None}
    stated = [s.candidate.statement for s in chosen]
    leads = [s for s in stated if s.kind is not StatementKind.DEFINITION]
    added = [
        s
        for s in others
        if s.candidate.statement.id not in kept
        and (_family(s) in families or any(hangs_on(s.candidate.statement, lead) for lead in leads))
    ]
    return [*chosen, *added]


def without_bare_leads(chosen: Sequence[Scored]) -> list[Scored]:
    """Without what only leads others in: "Malabsorption means any of the following:".

    A lead-in that states a dose goes where its items, which repeat it, are there.
    """
    hung = {
        (s.candidate.statement.source_id, c.start, c.end) for s in chosen for c in s.candidate.lead
    }
    return [s for s in chosen if not _is_bare_lead(s.candidate.statement, hung)]


def _is_bare_lead(statement: Statement, hung: set[tuple[str, int, int]]) -> bool:
    repeated = (statement.source_id, statement.start, statement.end) in hung
    if statement.text.rstrip().endswith(":"):
        return repeated or not statement.dosages
    return repeated and not statement.dosages


def _family(scored: Scored) -> Family | None:
    return family_of(scored.candidate.statement)


def hangs_on(statement: Statement, lead: Statement) -> bool:
    """Whether a statement is an item of the list that another leads in."""
    if statement.source_id != lead.source_id or statement.block is not BlockKind.ITEM:
        return False
    return any(c.role in _LEADS and _overlap(c, lead) for c in statement.context)


def _overlap(context: Context, lead: Statement) -> bool:
    return context.start < lead.end and lead.start < context.end
