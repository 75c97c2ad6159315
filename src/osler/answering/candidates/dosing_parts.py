"""The parts of a statement that dose: sentences, and clauses between semicolons."""

from __future__ import annotations

from osler.domain import Statement
from osler.patterns import lazy

_GAPS = lazy(r"(?<=[.;])\s+")


def parts_that_dose(statement: Statement) -> list[str]:
    """Its parts with doses; all of them where none has any."""
    text = statement.text
    gaps = list(_GAPS.finditer(text))
    starts, ends = [0, *(g.end() for g in gaps)], [*(g.start() for g in gaps), len(text)]
    spans = list(zip(starts, ends, strict=True))
    dosed = [s for s in spans if any(s[0] <= d.start < s[1] for d in statement.dosages)]
    return [text[start:end] for start, end in dosed or spans]
