"""What stands under another problem than the one to be treated, or says that it is for one."""

from __future__ import annotations

import re
from collections.abc import Sequence

from osler.answering.candidates.candidate import Candidate, terms_of
from osler.answering.composing.compose import Composed
from osler.answering.disagreeing.sides import treated
from osler.answering.judging.relevance import is_set_by_a_measure
from osler.answering.judging.scored import ON_THE_SUBJECT, bars
from osler.domain import Applies, Question
from osler.statements import read_group

_FOR = re.compile(r"\bfor\s+(?P<what>[^\d:;()]+)\s*:?\s*$", re.IGNORECASE)


def is_set_elsewhere(item: Composed, all_: Sequence[Composed], question: Question) -> bool:
    """Whether it stands under another problem than the one to be treated, where others are on that.

    What a document with such a part says of the drug as a whole is set nowhere else, whatever
    its title names besides: "the maximum is 200 mg a day".
    """
    candidate = item.scored.candidate
    best = max(c.scored.relevance.condition for c in all_)
    if not treated(question) or item.scored.relevance.condition >= best / 2:
        return False
    if item.claim.applies is Applies.YES and bars(item.scored, question):
        return False  # "not for children under 12", said of the drug under any illness
    if _is_for_something_else(candidate, question):
        return True
    if not candidate.setting or is_set_by_a_measure(candidate, question.patient):
        return False
    return not candidate.is_set_by_its_title or not any(
        c.scored.relevance.condition == best
        and c.scored.candidate.source.id == candidate.source.id
        and c.scored.relevance.subject >= ON_THE_SUBJECT
        for c in all_
    )


def _is_for_something_else(candidate: Candidate, question: Question) -> bool:
    """Whether what leads it in says what it is for, in words that the question has not: "Oxytocin
    for induction or augmentation". Whom it is for is read as such."""
    said = [found["what"] for c in candidate.lead[-1:] if (found := _FOR.search(c.quote))]
    asked = terms_of(question.understood)
    return any(not read_group(what).criteria and asked.isdisjoint(terms_of(what)) for what in said)
