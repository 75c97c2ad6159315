"""What kind of thing the section is on that a statement stands in, by its nearest heading."""

from __future__ import annotations

from osler.answering.candidates.candidate import Candidate
from osler.answering.cues import cues
from osler.domain import Aspect, Question
from osler.statements.vocabulary.conditions import find_conditions

# What is to be done for an illness, and what a course of it is.
OF_TREATMENT = frozenset({Aspect.TREATMENT, Aspect.CHOICE, Aspect.DOSE, Aspect.DURATION})


def is_an_aim(candidate: Candidate, question: Question) -> bool:
    """Whether it only says what a treatment is to reach ("Goals: relieve pain"), and what is to
    be done is asked."""
    if not set(question.aspects) <= OF_TREATMENT or candidate.dosages:
        return False
    text = candidate.statement.text
    return cues().aims.search(_heading(candidate)) is not None and not any(map(str.isdigit, text))


def is_on_harms(candidate: Candidate) -> bool:
    """Whether it stands in a section on what goes wrong, and not on how that is treated."""
    heading = _heading(candidate)
    treats = dict(cues().headings)[Aspect.TREATMENT].search(heading)
    return cues().harms.search(heading) is not None and treats is None


def is_on_prevention(candidate: Candidate, treated: frozenset[str]) -> bool:
    """Whether it stands in a section on how an illness is kept off: this one, where the heading
    names one."""
    heading = _heading(candidate)
    named = {found.name for found in find_conditions(heading)}
    return cues().prevents.search(heading) is not None and named <= treated


def _heading(candidate: Candidate) -> str:
    return candidate.statement.section[-1] if candidate.statement.section else ""
