"""Yes or no, where the lines that open the answer say so in their own words, and agree."""

from __future__ import annotations

from collections.abc import Sequence

from osler.answering.compose import Composed
from osler.answering.cues import cues
from osler.answering.scored import ON_ITS_OWN
from osler.domain import Aspect, Polarity, Question, StatementKind

_OF_LEAVE = frozenset({Aspect.CONTRAINDICATION, Aspect.INTERACTION})


def yes_or_no(question: Question, opening: Sequence[Composed]) -> str | None:
    """ "no" where the opening lines speak against what is asked, "yes" where they allow it.

    Only for a question of leave ("is it safe", "can she take"), and only from lines on the drug
    (and on the condition or other drug) asked about, which must agree; else None. It is read
    from the polarity of the lines, not a claim of its own.
    """
    if not (question.yes_no and _OF_LEAVE & set(question.aspects)):
        return None
    said = [_says(item) for item in opening if _is_to_the_point(item, question)]
    agreed = bool(said) and {*said} - {None} == {said[0]}
    return said[0] if agreed else None


def _is_to_the_point(item: Composed, question: Question) -> bool:
    relevance = item.scored.relevance
    about_more = any(t.kind != "substance" for t in question.terms)
    return relevance.subject >= ON_ITS_OWN and (not about_more or relevance.condition > 0)


def _says(item: Composed) -> str | None:
    statement = item.scored.candidate.statement
    if cues().exception.search(statement.text):
        return None  # "avoid, except …" is neither
    text = f"{item.scored.candidate.lead_text} {statement.text}"
    against = statement.polarity is Polarity.NEGATIVE
    if (against or statement.kind is StatementKind.CONTRAINDICATION) and cues().bar.search(text):
        return "no"
    return "yes" if cues().leave.search(statement.text) else None
