"""What stands in a section on harms or prevention opens no answer on how an illness is treated."""

from __future__ import annotations

from osler.answering.candidates.sections import OF_TREATMENT, is_on_harms, is_on_prevention
from osler.answering.composing.compose import Composed
from osler.answering.disagreeing.sides import treated
from osler.answering.judging.scored import adjusts, bars
from osler.answering.opening.other_needs import may_be_well
from osler.domain import Applies, Aspect, Question


def is_beside_the_treatment(item: Composed, question: Question) -> bool:
    """Whether only what is given or done is asked for, and it tells what a drug may do or how the
    illness is kept off; what speaks against a drug for this patient is told all the same."""
    if not set(question.aspects) <= OF_TREATMENT or question.yes_no:
        return False
    candidate = item.scored.candidate
    if is_on_prevention(candidate, treated(question)):
        names_a_drug = any(t.kind == "substance" for t in question.terms)
        treats = Aspect.DOSE not in question.aspects or not names_a_drug
        return (treats or not item.claim.dosages) and not may_be_well(question)
    if item.claim.dosages or not is_on_harms(candidate):
        return False
    criteria = candidate.statement.group.criteria
    picked = any(c.attribute != "condition" for c in criteria)  # the illness is everybody's here
    picked &= item.claim.applies is Applies.YES
    return not (picked or bars(item.scored, question) or adjusts(item.scored, question))
