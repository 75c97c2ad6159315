"""By which route the drug that a question asks about is given."""

from __future__ import annotations

import re

from osler.dosage import find_routes
from osler.statements.conditions import find_conditions
from osler.statements.patient_routes import without_unavailable
from osler.statements.substances import find_substances

_EITHER = re.compile(r"\s*(?:or|/|vs\.?|versus)\s*(?:the\s+)?", re.IGNORECASE)


_BESIDE = re.compile(r"\s*(?:and\s+)?")


def route_asked(question: str, asked: tuple[str, ...]) -> str | None:
    """The route of the drug asked about; none where one of two is asked for.

    "Oral lichen planus" tells none, nor does "had neb budesonide, dexamethasone dose" or "IM
    lorazepam given, what next".
    """
    told = without_unavailable(question)
    within = [(c.start, c.end) for c in find_conditions(told, any_case=True)]
    others = [d for d in find_substances(told) if d.name not in asked] if asked else []

    def is_of_another(start: int, end: int) -> bool:
        if any(a <= start and end <= b for a, b in within):
            return True
        return any(
            _BESIDE.fullmatch(told, end, drug.start)
            if drug.start >= end
            else _BESIDE.fullmatch(told, drug.end, start)
            for drug in others
        )

    routes = [r for r in find_routes(told) if not is_of_another(r.start, r.end)]
    if len(routes) > 1 and _EITHER.fullmatch(told, routes[0].end, routes[1].start):
        return None
    return routes[0].value if routes else None
