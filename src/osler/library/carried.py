"""The drug that a statement goes on about, which a passage before its own may have named."""

from __future__ import annotations

from osler.domain import Statement

_HANGS_ON = frozenset({"focus", "lead-in", "parent"})


def carried(statement: Statement) -> tuple[str, ...]:
    """The substances that what a statement hangs on names, where its own words name none."""
    if statement.substances:
        return ()
    # Imported here: a library that is only opened has no need of it.
    from osler.statements.vocabulary.substances import find_substances

    above = [c.quote for c in statement.context if c.role in _HANGS_ON]
    return tuple(found.name for quote in above for found in find_substances(quote))
