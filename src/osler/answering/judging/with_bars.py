"""What was found for a question, with what rules a drug of it out for this patient elsewhere."""

from __future__ import annotations

from osler.answering.candidates.candidate import Found
from osler.answering.judging.relevance import Asked, judge
from osler.answering.judging.scored import Scored, bars, rules_out
from osler.answering.retrieving.bars_elsewhere import may_bar_elsewhere
from osler.library import Library


def with_bars(library: Library, found: tuple[Found, ...], asked: Asked) -> tuple[Found, ...]:
    """The statements, with the bars on a drug asked about for what is told of the patient,
    whatever document they stand in: nothing else is added."""
    drugs = [term.name for term in asked.subjects]
    known = {f.candidate.statement.id for f in found}
    more = may_bar_elsewhere(library, asked.question, drugs)
    return (
        *found,
        *(f for f in more if f.candidate.statement.id not in known and is_ruling_out(f, asked)),
    )


def is_ruling_out(found: Found, asked: Asked) -> bool:
    """Whether a statement rules out the drug asked about for this patient, and doses nothing."""
    if found.candidate.dosages or (relevance := judge(found, asked)) is None:
        return False
    scored = Scored(found.candidate, relevance)
    return bars(scored, asked.question) and rules_out(scored, asked.question)
