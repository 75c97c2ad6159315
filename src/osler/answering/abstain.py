"""Saying that the library is silent, what was looked for, and what it holds nearby."""

from __future__ import annotations

from collections.abc import Callable

from osler.answering.compose import cite
from osler.answering.select import Selection
from osler.domain import Abstention, Question, Statement


def abstain(
    question: Question,
    selection: Selection,
    is_doubtful: Callable[[Statement], bool],
    *,
    empty: bool = False,
) -> Abstention:
    """The reason in plain words, with up to five passages that come nearest.

    A passage with a dose that is not plausible is not among them.
    """
    looked_for = describe(question)
    if empty:
        reason = "The library is empty; add documents to it with: osler add"
    elif not selection.nearby:
        reason = f"The library holds nothing on {looked_for}."
    else:
        reason = (
            f"The library holds no statement that answers for {looked_for}; "
            "what it says nearby is for another drug, patient group or purpose."
        )
    near = [s.candidate for s in selection.nearby if not is_doubtful(s.candidate.statement)]
    nearby = tuple(map(cite, near))
    return Abstention(reason=reason, looked_for=looked_for, nearby=nearby)


def abstain_from(language: str, question: Question) -> Abstention:
    """The same for a question in another language, which must not be half understood."""
    reason = (
        f"The question seems to be in {language}. Osler reads English only, in questions and in "
        "documents; ask it in English."
    )
    return Abstention(reason=reason, looked_for=question.text, nearby=())


def describe(question: Question) -> str:
    """What was looked for: the aspects, the drugs and conditions, and the patient's group."""
    aspects = [a.value for a in question.aspects if a.value != "any"]
    names = [t.name for t in question.terms] or list(question.content_words[:6])
    patient = question.patient
    who = [w for w in (patient.pregnancy, patient.life_stage, patient.sex) if w]
    if patient.breastfeeding:
        who.append("breastfeeding")
    parts = [", ".join(names) or question.text]
    if aspects:
        parts.append(f"({', '.join(aspects)})")
    if who:
        parts.append(f"in: {', '.join(who)}")
    return " ".join(parts)
