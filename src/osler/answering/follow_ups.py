"""Questions that the library could answer and this answer does not already."""

from __future__ import annotations

from osler.answering.composing.compose import SECTION_OF_KIND
from osler.answering.selecting.missing import Fact
from osler.answering.selecting.select import Selection
from osler.domain import Aspect, Question, StatementKind

MOST_FOLLOW_UPS = 4

_QUESTION_ABOUT: dict[StatementKind, tuple[Aspect, str]] = {
    StatementKind.DOSE: (Aspect.DOSE, "What is the dose of {subject}?"),
    StatementKind.MONITORING: (Aspect.MONITORING, "What monitoring does {subject} need?"),
    StatementKind.CONTRAINDICATION: (
        Aspect.CONTRAINDICATION,
        "When should {subject} be avoided?",
    ),
    StatementKind.CAUTION: (Aspect.CAUTION, "Which cautions apply to {subject}?"),
    StatementKind.DURATION: (Aspect.DURATION, "How long is {subject} given?"),
    StatementKind.CHOICE: (Aspect.CHOICE, "Which form or alternative to {subject} is preferred?"),
}


def follow_ups(
    question: Question, selection: Selection, shown_titles: set[str], missing: tuple[Fact, ...]
) -> tuple[str, ...]:
    """What to ask next: first for the facts that are missing to decide, then for other aspects.

    The aspects are those of statements that were found and not shown.
    """
    suggestions = [fact.asked for fact in missing]
    subjects = [t for t in question.terms if t.kind == "substance"] or list(question.terms)
    for scored in selection.support if subjects else ():
        kind = scored.candidate.statement.kind
        if kind not in _QUESTION_ABOUT:
            continue
        aspect, wording = _QUESTION_ABOUT[kind]
        if aspect in question.aspects or SECTION_OF_KIND[kind] in shown_titles:
            continue
        suggestions.append(wording.format(subject=subjects[0].name))
    return tuple(dict.fromkeys(suggestions))[:MOST_FOLLOW_UPS]
