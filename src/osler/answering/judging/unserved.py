"""Sources that say whom they do not serve: "This protocol does not cover burns or dialysis."

A dose of such a source is not for these patients, whatever else fits, unless it names them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from osler.answering.candidates.candidate import Candidate
from osler.answering.judging.scored import Scored
from osler.domain import Applies, Group, Patient, SourceId
from osler.patterns import lazy
from osler.statements import applies, read_group
from osler.statements.vocabulary.conditions import conditions_told, is_a

_WHOLE = (
    r"(?:protocol|guid(?:eline|ance|e)|sheet|policy|document|summary|pathway|card|page|leaflet|"
    r"standard|monograph|chart|algorithm|procedure|formulary|it)"
)
_UNSERVED = lazy(
    rf"\b{_WHOLE}\s+(?:does|do)\s+not\s+(?:cover|apply\s+to|include|address)\s+(?P<those>[^.;:]+)"
    r"|\b(?:no|not?\s+any)\s+dos(?:e|es|age|ages|ing)\s+(?:(?:is|are|has\s+been|have\s+been|was|were)"
    r"\s+)?(?:agreed|given|listed|stated|available|set|provided)\s+(?:here\s+|in\s+this\s+\w+\s+)?"
    r"(?:for|in)\s+(?P<these>[^.;:]+)"
    r"|^(?P<they>[^.;:]{3,80}?)\s+(?:is|are)\s+(?:not\s+covered|outside\s+(?:the\s+scope\s+of\s+)?this)"
    r"\b",
    re.IGNORECASE,
)
_LISTED = lazy(r"\s*(?:,|\bor\b|\band\b|\bnor\b)\s*", re.IGNORECASE)


@lru_cache(maxsize=4096)
def unserved(text: str) -> tuple[str, ...]:
    """The people whom a sentence says that its source does not serve, one of its list each."""
    found = _UNSERVED.search(text)
    if found is None:
        return ()
    people = found["those"] or found["these"] or found["they"]
    return tuple(part for part in _LISTED.split(people) if part.strip())


def without_unserved(judged: Iterable[Scored], patient: Patient) -> tuple[list[Scored], bool]:
    """Without the doses of sources that do not serve this patient; and whether any says so."""
    judged = list(judged)
    refusing: dict[SourceId, set[str]] = {}
    for scored in judged:
        candidate = scored.candidate
        for part in unserved(candidate.statement.text):
            if _is_of(part, patient):
                refusing.setdefault(candidate.source.id, set()).add(part)
    if not refusing:
        return judged, False
    kept = [
        s
        for s in judged
        if all(_names(s.candidate, p) for p in refusing.get(s.candidate.source.id, ()))
        or not s.candidate.dosages
    ]
    return kept, True


def _named(part: str) -> frozenset[str]:
    return frozenset(found.name for found in conditions_told(part, any_case=True))


def _is_of(part: str, patient: Patient) -> bool:
    """Whether a patient is known to be one of these people."""
    known = (*patient.conditions, *patient.procedures)
    group = read_group(part)
    told = {c.value for c in group.criteria if c.attribute in ("condition", "procedure")}
    had = all(any(is_a(k, name) for k in known) for name in _named(part) - told)
    if not group.criteria:
        return had and bool(_named(part))
    return had and applies(group, patient).applies is Applies.YES


def _names(candidate: Candidate, part: str) -> bool:
    """Whether a dose is said to be for these people after all, by its own words or a heading."""
    named = _named(part)
    if named:
        return named <= candidate.conditions
    wanted = read_group(part).attributes
    group: Group = candidate.statement.group
    return bool(wanted) and bool(_AGES & wanted) and bool(_AGES & group.attributes)


_AGES = frozenset({"age", "life stage"})
