"""By which route the drug that a question asks about is given."""

from __future__ import annotations

import re
from functools import lru_cache

from osler.answering.candidates.subject import relation
from osler.answering.understanding.drug_roles import was_tried
from osler.domain import Question
from osler.dosage import find_routes
from osler.dosage.spans import Found
from osler.statements.patients.routes import without_unavailable
from osler.statements.vocabulary.conditions import find_conditions
from osler.statements.vocabulary.substances import find_substances

_EITHER = re.compile(
    r"\s*(?:or|/|vs\.?|versus|then|to|and|followed\s+by)\s*(?:the\s+)?", re.IGNORECASE
)
_WHICH = re.compile(r"\b(?:which|what|whichever|best|any)\s+routes?\b", re.IGNORECASE)
_CLAUSE = re.compile(r"[^,;.?]+(?:[.,]\d[^,;.?]*)*")
_DOSE = re.compile(r"\b(?:dos(?:e|es|ing|age)|how much)\b", re.IGNORECASE)
_BESIDE = re.compile(r"\s*(?:and\s+)?")
# "IV magnesium", "magnesium dose IV", "the IV dose of magnesium".
_NEAR = re.compile(r"\s*(?:(?:dos(?:e|es|ing|age)|loading|bolus|infusion|of|for|the|by)\s+)*", re.I)


def route_asked(question: str, asked: tuple[str, ...]) -> str | None:
    """The route of the drug asked about; none where one of two is asked for.

    Of several routes the one counts that stands where a dose is asked for, or beside the drug: "not
    responding to nebulisers, IV magnesium dose". "Oral lichen planus" tells none, nor does "had
    neb budesonide, dexamethasone dose" or "IM lorazepam given, what next".
    """
    told = without_unavailable(question)
    if _WHICH.search(told):
        return None  # "with an NG tube: how much vancomycin, by which routes"
    routes = _routes_in(told, asked)
    if len(routes) > 1 and _EITHER.fullmatch(told, routes[0].end, routes[1].start):
        return None
    named = {r.value for r in routes}
    if len(named) > 1:
        clauses = [m.span() for m in _CLAUSE.finditer(told) if _DOSE.search(m.group())]
        named = {r.value for r in routes if any(a <= r.start < b for a, b in clauses)}
        if len(named) != 1:
            named = {route for _, route in _beside(question, asked)}
    return named.pop() if len(named) == 1 else None


def routes_asked(question: Question, drugs: tuple[str, ...]) -> frozenset[str]:
    """The routes asked about for some drugs: of "salbutamol neb dose, how much prednisolone" none
    for prednisolone."""
    whole = frozenset((question.route,)) if question.route else frozenset()
    asked = tuple(t.name for t in question.terms if t.kind == "substance")
    beside = _beside(question.understood, asked) if len(asked) > 1 else ()
    if not beside or not drugs:
        return whole
    return frozenset(
        route
        for drug, route in beside
        if any(relation(drug, d) or relation(d, drug) for d in drugs)
    )


def _routes_in(told: str, asked: tuple[str, ...]) -> list[Found[str]]:
    """The routes of a question but for those of another drug, those in a condition's name and
    those that were tried: "nebulisers not working"."""
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

    return [
        r
        for r in find_routes(told)
        if not is_of_another(r.start, r.end) and not was_tried(told, r.start, r.end)
    ]


@lru_cache(maxsize=256)
def _beside(question: str, asked: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """Each drug asked about with each route that stands beside it, or beside one that it is named
    with: "IV ceftriaxone and metronidazole"."""
    told = without_unavailable(question)
    routes = _routes_in(told, asked)
    found: list[tuple[str, str]] = []
    before: tuple[int, list[str]] = (0, [])
    for drug in sorted(find_substances(told), key=lambda d: d.start):
        if drug.name not in asked:
            continue
        own = [
            r.value
            for r in routes
            if (
                _NEAR.fullmatch(told, r.end, drug.start)
                if r.end <= drug.start
                else _NEAR.fullmatch(told, drug.end, r.start)
            )
        ]
        if not own and re.fullmatch(r"\s*(?:and|&|/|with)\s*", told[before[0] : drug.start]):
            own = before[1]
        found += [(drug.name, route) for route in own]
        before = (drug.end, own)
    return tuple(dict.fromkeys(found))
