"""What a source says that it is not for, and what it gives around an operation."""

from __future__ import annotations

import re
from collections.abc import Iterable

from osler.answering.candidates.candidate import Candidate
from osler.answering.judging.fitting import CIRCUMSTANCES
from osler.answering.judging.relevance import Asked
from osler.answering.judging.scored import Scored
from osler.domain import Phase, SourceId
from osler.patterns import lazy
from osler.statements.vocabulary.conditions import is_a

# That what is said of it stands elsewhere; said with no dose, as "a different dose: 5 mg" is one.
_ELSEWHERE = lazy(
    r"\b(?:different|separate|distinct|another)\s+(?:indication|use|matter|dos\w+|regimen|schedule|"
    r"guideline|guidance|protocol|pathway|document|page)s?\b|"
    r"\b(?:its|their)\s+own\s+(?:dos\w+|regimen|schedule|guideline|guidance|protocol|pathway|page)s?\b|"
    r"\bsee\s+(?:the\s+)?(?:[\w-]+\s+){0,4}(?:guideline|guidance|protocol|pathway|document|page|section)s?\b|"
    r"\b(?:is|are)\s+not\s+(?:covered|dealt with|considered|discussed|included|addressed)\b|"
    r"\b(?:outside|beyond)\s+(?:the\s+)?scope\b",
    re.IGNORECASE,
)


def of_what_is_prevented(
    eligible: list[Scored], procedures: frozenset[str], asked: Asked
) -> list[Scored]:
    """Where it is asked what to give to prevent something around a procedure: without doses that
    are for illnesses, and without those of sources that name no procedure and no prevention but
    of what comes back."""
    if Phase.PROPHYLAXIS not in asked.question.phases or not procedures:
        return eligible
    on_it = {s.candidate.source.id for s in eligible if is_of_procedures(s.candidate, procedures)}
    patient = asked.question.patient
    return [
        s
        for s in eligible
        if not s.candidate.dosages
        or is_of_procedures(s.candidate, procedures)
        or (
            s.candidate.source.id in on_it
            and not _RECURS.search(s.candidate.statement.text)
            and not (s.candidate.own_conditions - CIRCUMSTANCES).difference(patient.conditions)
        )
    ]


_AROUND_A_PROCEDURE = lazy(
    r"\b(?:\w*surg\w+|\w*operat\w+|procedures?|incision|knife|theatre|\w*an(?:a)?esthe\w+|"
    r"replacement|\w*plast(?:y|ies)|\w*ectom(?:y|ies)|section|orthopa?edic|fractures?|"
    r"\w*prophyla\w+|prevent\w*+(?! (?:of )?recurren))",
    re.IGNORECASE,
)
_RECURS = lazy(r"\brecurren\w+", re.IGNORECASE)


def is_of_procedures(candidate: Candidate, procedures: frozenset[str]) -> bool:
    """Whether it names one of these, or it, what stands above it or its title is on an operation
    or on prevention."""
    texts = (
        candidate.statement.text,
        *(context.quote for context in candidate.statement.context),
        candidate.source.title,
    )
    is_around = any(map(_AROUND_A_PROCEDURE.search, texts))
    named = candidate.own_conditions | candidate.setting
    return is_around or any(is_a(n, p) or is_a(p, n) for n in named for p in procedures)


def refer_elsewhere(judged: Iterable[Scored], asked: Asked) -> set[SourceId]:
    """The sources that name what is to be treated only to say that it stands elsewhere: "gout is
    another indication with its own doses"."""
    wanted = asked.conditions - asked.background
    told: dict[SourceId, bool] = {}
    for candidate in (s.candidate for s in judged):
        if not candidate.own_conditions.isdisjoint(wanted):
            refers = not candidate.dosages and _ELSEWHERE.search(candidate.statement.text)
            told[candidate.source.id] = told.get(candidate.source.id, True) and bool(refers)
    return {source for source, refers in told.items() if refers}
