"""The value beyond which a drug is barred where the words name it once: "down to an eGFR of 30;
avoid below that", or a number under the header "Do not start below (eGFR)"."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

from osler.domain import BlockKind, Criterion, Polarity, Statement
from osler.patterns import lazy
from osler.statements.groups.reading import read_group
from osler.statements.tables.rows import header_and_cell

_NOT = (
    r"(?:avoid(?:ed)?|stop(?:ped)?|withh[eo]ld|contra-?indicated"
    r"|(?:do\s+)?not(?:\s+to)?(?:\s+be)?(?:\s+(?:used?|given?|start(?:ed)?|recommended|advised|suitable))?)"
)
_BEYOND = lazy(
    rf"\b{_NOT}\s+(?:it\s+|use\s+)?(?P<side>below|under|above|over|beyond)"
    r"(?:\s+(?:that|this|it))?(?=\s*(?:[.;,)]|$))",
    re.IGNORECASE,
)
_HEADER = lazy(
    rf"{_NOT}\s+(?:if\s+|when\s+)?(?:(?P<of>\w[\w ]{{1,25}}?)\s+(?:is\s+)?)?"
    r"(?P<side>below|under|above|over)\b"
    r"\s*[(\[,:]?\s*(?P<unit>[^)\]]*)[)\]]?\s*$",
    re.IGNORECASE,
)
_NUMBER = lazy(r"\d+(?:\.\d+)?")
_LOW = frozenset({"below", "under", "beyond"})


def barred_beyond(statement: Statement) -> tuple[Criterion, ...]:
    """Those for whom a statement bars what it else allows, by a value that it names once."""
    if statement.polarity is not Polarity.NEGATIVE:
        return ()
    if statement.block is BlockKind.ROW:
        cells = header_and_cell(statement)
        return tuple(found for cell in cells if (found := barred_by_column(*cell)) is not None)
    return _beyond(statement.text)


@lru_cache(maxsize=4096)
def _beyond(text: str) -> tuple[Criterion, ...]:
    found = _BEYOND.search(text)
    if found is None:
        return ()
    measured = read_group(text[: found.start()]).criteria
    bounded = [c for c in measured if (c.low is None) != (c.high is None) and not c.alternatives]
    if len(bounded) != 1:
        return ()
    bound, low = bounded[0], found["side"].lower() in _LOW
    value = bound.low if bound.low is not None else bound.high
    if low:
        return (replace(bound, low=None, high=value, high_inclusive=False),)
    return (replace(bound, low=value, high=None, low_inclusive=False),)


@lru_cache(maxsize=4096)
def barred_by_column(header: str, cell: str) -> Criterion | None:
    """Those whom a column of limits bars: the number in a cell under "Do not start below"."""
    found = _HEADER.match(header)
    if found is None or _NUMBER.match(cell) is None:
        return None
    measured = found["of"] or found["unit"].partition(",")[0]
    unit = found["unit"].partition(",")[2] or ("" if measured == found["unit"] else found["unit"])
    group = read_group(f"{measured} {found['side']} {cell} {unit}".strip())
    return group.criteria[0] if len(group.criteria) == 1 else None
