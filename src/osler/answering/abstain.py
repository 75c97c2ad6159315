"""Saying that the library is silent, what was looked for, and what it holds nearby."""

from __future__ import annotations

from osler.answering.compose import cite
from osler.answering.select import Selection
from osler.domain import Abstention, Question


def abstain(question: Question, selection: Selection) -> Abstention:
    """The reason in plain words, with up to five passages that come nearest."""
    looked_for = describe(question)
    if not selection.nearby:
        reason = f"The library holds nothing on {looked_for}."
    else:
        reason = (
            f"The library holds no statement that answers for {looked_for}; "
            "what it says nearby is for another drug, patient group or purpose."
        )
    nearby = tuple(cite(scored.candidate) for scored in selection.nearby)
    return Abstention(reason=reason, looked_for=looked_for, nearby=nearby)


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
