"""Questions that the library could answer and this answer does not already."""

from __future__ import annotations

from osler.answering.compose import SECTION_OF_KIND
from osler.answering.select import Selection
from osler.domain import Aspect, Question, StatementKind

MOST_FOLLOW_UPS = 4

_MEASURED = {
    "age": "age",
    "weight": "weight",
    "egfr": "eGFR",
    "eGFR": "eGFR",
    "crcl": "creatinine clearance",
    "creatinine clearance": "creatinine clearance",
    "bmi": "BMI",
    "BMI": "BMI",
}

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


def follow_ups(question: Question, selection: Selection, shown_titles: set[str]) -> tuple[str, ...]:
    """Suggestions drawn from statements that were found and not shown.

    First the groups that the question left open, then the aspects that it did not ask.
    """
    subjects = [t for t in question.terms if t.kind == "substance"] or list(question.terms)
    if not subjects:
        return ()
    subject = subjects[0].name
    suggestions: list[str] = []
    for scored in selection.core:
        suggestions += [
            f"What is the patient's {_MEASURED[missing]}?"
            for missing in scored.relevance.applicability.missing[:1]
            if missing in _MEASURED
        ]
    for scored in selection.support:
        kind = scored.candidate.statement.kind
        if kind not in _QUESTION_ABOUT:
            continue
        aspect, wording = _QUESTION_ABOUT[kind]
        if aspect in question.aspects or SECTION_OF_KIND[kind] in shown_titles:
            continue
        suggestions.append(wording.format(subject=subject))
    return tuple(dict.fromkeys(suggestions))[:MOST_FOLLOW_UPS]
