"""How far a statement came towards an answer, and what kept it from going further.

For measuring and for curious people: `ask` does not come by here.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from enum import IntEnum
from itertools import combinations

from osler.answering.candidates.candidate import Candidate, Found
from osler.answering.candidates.subject import subject_of
from osler.answering.candidates.wording import claim_text
from osler.answering.composing.compose import compose_claims, drugs_of, gate
from osler.answering.engine import ask, questions_in
from osler.answering.judging.eligibility import rules_against
from osler.answering.judging.fitting import fitting_group
from osler.answering.judging.relevance import Asked, judge, prepare
from osler.answering.judging.scored import Scored
from osler.answering.judging.with_bars import with_bars
from osler.answering.retrieving.retrieve import retrieve
from osler.answering.selecting.select import Selection, select
from osler.domain import Applies, Aspect, Patient, Question, StatementId, StatementKind
from osler.library import Library
from osler.statements import applies


class Stage(IntEnum):
    """How far a statement came; a later stage is greater."""

    NOT_RETRIEVED = 0
    INELIGIBLE = 1  # it does not answer this question, by the rules of selection
    OUTSCORED = 2  # it would answer, and others did better
    REFUSED = 3  # chosen, and no wording of it passed the gate
    LEFT_OUT = 4  # worded and passed, and not shown: the answer was long enough
    SHOWN = 5
    OPENING = 6  # in the bottom line


@dataclass(frozen=True, slots=True)
class Fate:
    """Where a statement ended, and why it went no further, in words."""

    stage: Stage
    why: str = ""


@dataclass(frozen=True, slots=True)
class _Part:
    """What became of the candidates of one question."""

    question: Question
    asked: Asked
    candidates: dict[StatementId, Found]
    selection: Selection
    composed: frozenset[StatementId]

    def score(self, statement: StatementId) -> float | None:
        """The relevance of a candidate; None where it was judged to be about something else."""
        relevance = judge(self.candidates[statement], self.asked)
        return relevance.score if relevance else None


def explain(
    library: Library, text: str, statements: Collection[StatementId]
) -> dict[StatementId, Fate]:
    """Tell how far each statement came when a question is asked.

    Of a text that holds several questions, the one that took the statement furthest counts.
    Raises EmptyQuestion and UsageError (see `understand`) and LibraryError.
    """
    answer = ask(library, text)
    opening = {s.id for claim in answer.bottom_line for s in claim.statements}
    below = {s.id for part in answer.sections for claim in part.claims for s in claim.statements}
    parts = [_part(library, question) for question in questions_in(library, text)]
    scores = [score for part in parts for i in opening if (score := _score_in(part, i)) is not None]
    fates: dict[StatementId, Fate] = {}
    for statement in statements:
        if statement in opening:
            fates[statement] = Fate(Stage.OPENING)
        elif statement in below:
            own = [s for part in parts if (s := _score_in(part, statement)) is not None]
            fates[statement] = Fate(Stage.SHOWN, _beside(own, scores))
        else:
            found = [_fate(part, statement) for part in parts]
            fates[statement] = max(found, key=lambda f: f.stage, default=Fate(Stage.NOT_RETRIEVED))
    return fates


def _part(library: Library, question: Question) -> _Part:
    asked = prepare(question, library.idf, library.frequency)
    candidates = with_bars(library, retrieve(library, question), asked)
    selection = select(candidates, asked)
    composed = compose_claims(selection.core, question)
    return _Part(
        question,
        asked,
        {c.candidate.statement.id: c for c in candidates},
        selection,
        frozenset(s.id for item in composed for s in item.claim.statements),
    )


def _score_in(part: _Part, statement: StatementId) -> float | None:
    return part.score(statement) if statement in part.candidates else None


def _beside(own: list[float], opening: list[float]) -> str:
    if not own or not opening:
        return "the bottom line has others"
    others = ", ".join(f"{score:.1f}" for score in sorted(opening, reverse=True))
    return f"its score is {max(own):.1f}, those of the bottom line {others}"


def _fate(part: _Part, statement: StatementId) -> Fate:
    found = part.candidates.get(statement)
    if found is None:
        return Fate(Stage.NOT_RETRIEVED)
    if statement in part.composed:
        return Fate(Stage.LEFT_OUT)
    if any(s.candidate.statement.id == statement for s in part.selection.core):
        return Fate(Stage.REFUSED, _refusal(found.candidate, part.question))
    if _answers_alone(found, part.asked):
        return Fate(Stage.OUTSCORED, _outscored(part, found.candidate))
    return Fate(Stage.INELIGIBLE, _ineligible(found, part.asked))


def _refusal(candidate: Candidate, question: Question) -> str:
    """What the gate said of the first wording of a chosen statement."""
    text = claim_text(candidate, question.patient, question.phases, drugs_of(question))
    return "; ".join(
        f"{p.kind.value}: {p.claim!r} against {p.passage!r}" for p in gate(text, candidate).problems
    )


def _answers_alone(found: Found, asked: Asked) -> bool:
    """Whether a candidate would be chosen if there were no other."""
    return bool(select((found,), asked).core)


def _outscored(part: _Part, candidate: Candidate) -> str:
    own = part.score(candidate.statement.id)
    chosen = [s.relevance.score for s in part.selection.core]
    if own is None or not chosen:
        return "nothing was chosen, by a rule for all candidates together"
    same = [
        s.relevance.score
        for s in part.selection.core
        if s.candidate.source.id == candidate.source.id
    ]
    own_best = f"{max(same):.1f}" if same else "none"
    return (
        f"its score is {own:.1f}; chosen: {max(chosen):.1f} to {min(chosen):.1f}, "
        f"best of its own source: {own_best}"
    )


def _ineligible(found: Found, asked: Asked) -> str:
    """By which rule a candidate does not answer, found by leaving out parts of the question.

    What has to go for the candidate to be chosen is what kept it out. That holds however the
    rules are written.
    """
    candidate, question = found.candidate, asked.question
    group = fitting_group(candidate.statement.group, question)
    applicability = applies(group, question.patient)
    if asked.subjects and not subject_of(candidate, asked.subjects):
        names = candidate.dosed_substances or candidate.own_substances
        return f"it is on another drug ({', '.join(names) or 'none named near it'})"
    if applicability.applies is Applies.NO:
        return f"it is for other patients ({'; '.join(applicability.because)})"
    relevance = judge(found, asked)
    broken = list(rules_against(Scored(candidate, relevance), asked, True)) if relevance else []
    rules = f" ({'; '.join(broken)})" if broken else ""
    for many in (1, 2):
        for names in combinations(_WITHOUT, many):
            changed = question
            for name in names:
                changed = _WITHOUT[name](changed)
            if changed != question and _answers_alone(found, _asked(changed, asked)):
                said = f"it would answer but for {' and '.join(names)} of the question"
                return f"{said}{rules}"
    kind = candidate.statement.kind
    is_other = kind is not StatementKind.OTHER
    said = f"several rules exclude it{rules}"
    return f"{said}; it states a {kind.value}" if is_other else said


def _asked(question: Question, like: Asked) -> Asked:
    """A changed question, its words weighed as before."""
    return prepare(question, lambda term: like.weights.get(term, 1.0))


def _without(kinds: tuple[str, ...]) -> Callable[[Question], Question]:
    return lambda q: replace(q, terms=tuple(t for t in q.terms if t.kind not in kinds))


_CONDITIONS = ("condition", "procedure", "test")
# What is said of a question in words, and the question without it.
_WITHOUT: dict[str, Callable[[Question], Question]] = {
    "the patient": lambda q: replace(q, patient=Patient()),
    "what is asked": lambda q: replace(q, aspects=(Aspect.ANY,)),
    "the phase": lambda q: replace(q, phases=()),
    "the purpose": lambda q: replace(q, purposes=()),
    "the conditions": _without(_CONDITIONS),
    "the other drugs": _without(("co-drug",)),
    "the drug": _without(("substance",)),
    "the other words": lambda q: replace(q, content_words=()),
}
