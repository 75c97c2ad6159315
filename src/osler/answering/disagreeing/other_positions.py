"""What each source says on the matter that the answer has no room for: it may disagree."""

from __future__ import annotations

from collections.abc import Iterable

from osler.answering.advising.advised_times import lengths_told
from osler.answering.advising.relative_doses import find_changes
from osler.answering.advising.thresholds import asks_for_a_value
from osler.answering.candidates.subject import OF_ITS_CLASS
from osler.answering.disagreeing.currency import work_of
from osler.answering.disagreeing.sides import treated
from osler.answering.judging.kidneys import kidneys_are_impaired, speaks_of_kidneys
from osler.answering.judging.scored import Scored
from osler.answering.selecting.select import LEAST_LIKELY, Selection
from osler.domain import Aspect, Polarity, Question
from osler.dosage import find_durations, parse_targets

MOST_MORE = 3  # statements of each source, beside those shown, that may hold another position
MOST_UNLIKELY = 2  # of these, such as are not likely enough to answer
ON_THE_PROBLEM = 0.5  # share of the question's conditions that such a statement names
ON_THE_DRUG = 0.75  # how near it comes to the drug asked about
_DOSE_OR_LEAVE = {Aspect.DOSE, Aspect.CONTRAINDICATION, Aspect.TREATMENT}


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
    unlikely = [s for s in selection.judged if _is_on_it(s, question, works)]
    taken: dict[str, list[Scored]] = {}
    for candidates, most in ((likely, MOST_MORE), (unlikely, MOST_UNLIKELY)):
        for source, scored in _by_source(candidates, shown, question).items():
            known = taken.setdefault(source, [])
            known += [s for s in scored if s not in known][: min(most, MOST_MORE - len(known))]
    return sorted((s for each in taken.values() for s in each), key=lambda s: s.key)


def _by_source(
    candidates: Iterable[Scored], shown: set[str], question: Question
) -> dict[str, list[Scored]]:
    """Those of each source, best first; what is said of kidneys that are impaired before that."""
    impaired = kidneys_are_impaired(question.patient)

    def place(scored: Scored) -> tuple[object, ...]:
        return not (impaired and speaks_of_kidneys(scored, question.patient)), scored.key

    found: dict[str, list[Scored]] = {}
    for scored in sorted(candidates, key=place):
        if scored.candidate.statement.id not in shown:
            found.setdefault(scored.candidate.source.id, []).append(scored)
    return found


def _is_on_it(scored: Scored, question: Question, works: set[tuple[str, str]]) -> bool:
    """Whether it speaks to what is asked, on the problem asked about."""
    candidate, relevance = scored.candidate, scored.relevance
    if not candidate.usable or relevance.phase_match is False:
        return False
    if relevance.subject < ON_THE_DRUG:
        return _bars_its_class(scored, question)
    if not _is_on_the_matter(scored, question):
        return False
    if not treated(question) or relevance.condition >= ON_THE_PROBLEM:
        return True
    if work_of(candidate.source) in works:
        return True
    return not (candidate.dosages or candidate.conditions)  # a dose may be for something else


def _is_on_the_matter(scored: Scored, question: Question) -> bool:
    """Whether it tells of what is asked: a dose, how long, from which value on."""
    candidate = scored.candidate
    asked = frozenset(question.aspects) - {Aspect.ANY}
    if scored.relevance.aspects & asked:
        return True
    # Who doses it for such a patient, or says how its dose is changed then, does not bar it.
    changes = any(find_changes(candidate.statement.text))
    if Aspect.CONTRAINDICATION in asked and (candidate.dosages or changes):
        return True
    if question.yes_no and not asked:
        return True
    text = candidate.statement.text
    if Aspect.DURATION in asked and (find_durations(text) or lengths_told(text)):
        return True
    return asks_for_a_value(question.text) and bool(parse_targets(text))


def _bars_its_class(scored: Scored, question: Question) -> bool:
    """Whether it bars what the drug is one of, for the problem: "steroids are not recommended"."""
    return (
        scored.relevance.subject >= OF_ITS_CLASS
        and scored.candidate.statement.polarity is Polarity.NEGATIVE
        and not scored.candidate.dosages
        and bool(_DOSE_OR_LEAVE & set(question.aspects))
        and scored.relevance.condition >= ON_THE_PROBLEM
    )
