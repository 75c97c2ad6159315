"""What each source says on the matter that the answer has no room for: it may disagree."""

from __future__ import annotations

from collections.abc import Iterable

from osler.answering.currency import work_of
from osler.answering.scored import Scored
from osler.answering.select import LEAST_LIKELY, Selection
from osler.answering.sides import treated
from osler.domain import Aspect, Question

MOST_MORE = 3  # statements of each source, beside those shown, that may hold another position
MOST_UNLIKELY = 2  # of these, such as are not likely enough to answer
ON_THE_PROBLEM = 0.5  # share of the question's conditions that such a statement names


def positions_of_others(selection: Selection, question: Question) -> list[Scored]:
    """The best of each source that is not shown, best first.

    What answers and is crowded out comes first. Then what is on the drug, the problem and the
    matter asked about, however unlikely beside the best: a source whose wording scores low may
    still advise otherwise, and its position is not left out in silence. Another edition of a
    document that is shown may put the problem in other words.
    """
    shown = {s.candidate.statement.id for s in selection.core}
    likely = [s for s in selection.answering if s.logit >= LEAST_LIKELY]
    works = {work_of(s.candidate.source) for s in selection.core}
    unlikely = [s for s in selection.support if _is_on_it(s, question, works)]
    taken: dict[str, list[Scored]] = {}
    for candidates, most in ((likely, MOST_MORE), (unlikely, MOST_UNLIKELY)):
        for source, scored in _by_source(candidates, shown).items():
            known = taken.setdefault(source, [])
            known += [s for s in scored if s not in known][: min(most, MOST_MORE - len(known))]
    return sorted((s for each in taken.values() for s in each), key=lambda s: s.key)


def _by_source(candidates: Iterable[Scored], shown: set[str]) -> dict[str, list[Scored]]:
    found: dict[str, list[Scored]] = {}
    for scored in sorted(candidates, key=lambda s: s.key):
        if scored.candidate.statement.id not in shown:
            found.setdefault(scored.candidate.source.id, []).append(scored)
    return found


def _is_on_it(scored: Scored, question: Question, works: set[tuple[str, str]]) -> bool:
    """Whether it speaks to what is asked, on the problem asked about."""
    asked = frozenset(question.aspects) - {Aspect.ANY}
    # Who doses it for such a patient does not bar it.
    doses = Aspect.CONTRAINDICATION in asked and bool(scored.candidate.dosages)
    if not (doses or scored.relevance.aspects & asked):
        return False
    if not treated(question) or scored.relevance.condition >= ON_THE_PROBLEM:
        return True
    return work_of(scored.candidate.source) in works
