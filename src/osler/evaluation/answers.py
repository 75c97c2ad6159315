"""Answers against a file of questions: what was shown, what was missed, what must not be there."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from osler.answering import ask
from osler.domain import Answer, Claim, DosageRole
from osler.domain.errors import StaleCitation
from osler.dosage import differences
from osler.evaluation.dose_match import forbidden_dose, states
from osler.evaluation.questions import ExpectedAnswer, ExpectedFact, load_questions
from osler.library import Library
from osler.library.terms import terms

# A fact without a dose counts as stated when one claim, or the claims of one answer
# together, hold this share of its index terms, numbers included. A person must still read them.
FACT_WORDS = 0.6


@dataclass(frozen=True, slots=True)
class QuestionResult:
    """One question: k of n counts and every miss in words."""

    id: str
    topic: str
    question: str
    answerable: bool
    answered: bool
    doses: int
    doses_shown: int
    doses_in_bottom_line: int
    facts: int
    facts_shown: int
    claims: int
    words: int
    bottom_line_sentences: int
    conflict_expected: bool
    conflict_shown: bool
    stale_citations: int
    unsupported_claims: int
    forbidden_shown: tuple[str, ...]
    misses: tuple[str, ...]
    elapsed_ms: float


@dataclass(frozen=True, slots=True)
class AnswersReport:
    """All questions of a file, with the totals as counts."""

    results: tuple[QuestionResult, ...]

    @property
    def totals(self) -> dict[str, float | int | str]:
        """Counts as "k/n", medians as numbers."""
        answerable = [r for r in self.results if r.answerable]
        silent = [r for r in self.results if not r.answerable]
        answered = [r for r in self.results if r.answered]
        conflicts = [r for r in answerable if r.conflict_expected]

        def ratio(k: int, n: int) -> str:
            return f"{k}/{n}"

        return {
            "required doses shown": ratio(
                sum(r.doses_shown for r in answerable), sum(r.doses for r in answerable)
            ),
            "required doses in the bottom line": ratio(
                sum(r.doses_in_bottom_line for r in answerable), sum(r.doses for r in answerable)
            ),
            "required other facts shown (by words)": ratio(
                sum(r.facts_shown for r in answerable), sum(r.facts for r in answerable)
            ),
            "answerable answered": ratio(sum(r.answered for r in answerable), len(answerable)),
            "unanswerable abstained": ratio(sum(not r.answered for r in silent), len(silent)),
            "conflicts surfaced": ratio(sum(r.conflict_shown for r in conflicts), len(conflicts)),
            "forbidden doses shown": sum(len(r.forbidden_shown) for r in self.results),
            "claims that failed the gate": sum(r.unsupported_claims for r in self.results),
            "citations not equal to their source": sum(r.stale_citations for r in self.results),
            "median claims": statistics.median([r.claims for r in answered] or [0]),
            "median words": statistics.median([r.words for r in answered] or [0]),
            "longest bottom line (sentences)": max(
                (r.bottom_line_sentences for r in answered), default=0
            ),
            "median ms": statistics.median([r.elapsed_ms for r in self.results] or [0.0]),
        }


def evaluate_answers(
    library: Library,
    questions: Path,
    *,
    progress: Callable[[int, int], None] | None = None,
) -> AnswersReport:
    """Ask every question of a file (layout of `osler.evaluation.questions`) and compare.

    Raises UsageError where the file cannot be read.
    """
    expected = load_questions(questions)
    results = []
    for number, item in enumerate(expected, start=1):
        results.append(_compare(item, ask(library, item.question), library))
        if progress is not None:
            progress(number, len(expected))
    return AnswersReport(tuple(results))


def claims_of(answer: Answer) -> Iterator[Claim]:
    """Every claim that a reader sees, bottom line first."""
    yield from answer.bottom_line
    for section in answer.sections:
        yield from section.claims


def _compare(item: ExpectedAnswer, answer: Answer, library: Library) -> QuestionResult:
    claims = tuple(claims_of(answer))
    required = [fact for fact in item.expected if fact.required]
    doses = [fact for fact in required if fact.dose is not None and fact.dose.unit is not None]
    others = [fact for fact in required if fact not in doses]
    shown = [fact for fact in doses if _dose_stated(fact, claims)]
    top = [fact for fact in doses if _dose_stated(fact, answer.bottom_line)]
    told = [fact for fact in others if _fact_stated(fact, claims)]
    missed = [f.fact for f in doses if f not in shown] + [f.fact for f in others if f not in told]
    return QuestionResult(
        id=item.id,
        topic=item.topic,
        question=item.question,
        answerable=item.answerable,
        answered=answer.answered,
        doses=len(doses),
        doses_shown=len(shown),
        doses_in_bottom_line=len(top),
        facts=len(others),
        facts_shown=len(told),
        claims=len(claims),
        words=sum(len(claim.text.split()) for claim in claims),
        bottom_line_sentences=len(answer.bottom_line),
        conflict_expected=item.conflict,
        conflict_shown=bool(answer.conflicts),
        stale_citations=sum(_stale(claim, library) for claim in claims),
        unsupported_claims=sum(not claim.verdict.supported for claim in claims),
        forbidden_shown=tuple(_forbidden(item, answer)),
        misses=tuple(missed),
        elapsed_ms=answer.elapsed_ms,
    )


def _dose_stated(fact: ExpectedFact, claims: tuple[Claim, ...]) -> bool:
    assert fact.dose is not None
    return any(
        states(fact.dose, dosage)
        for claim in claims
        for stated in claim.dosages
        for dosage in (stated, *stated.steps)
    )


def _fact_stated(fact: ExpectedFact, claims: tuple[Claim, ...]) -> bool:
    wanted = set(terms(fact.fact))
    said = {term for claim in claims for term in terms(claim.text)}
    return len(wanted & said) >= FACT_WORDS * len(wanted)


def _stale(claim: Claim, library: Library) -> int:
    stale = 0
    for citation in claim.citations:
        try:
            library.resolve(citation)
        except StaleCitation:
            stale += 1
    return stale


def _forbidden(item: ExpectedAnswer, answer: Answer) -> Iterator[str]:
    """Forbidden phrases that are doses and open the answer; sentences need a person to read."""
    for phrase in item.forbidden:
        for wanted in forbidden_dose(phrase):
            for claim in answer.bottom_line:
                if any(
                    d.role is DosageRole.DOSE and not differences(wanted, d) for d in claim.dosages
                ):
                    yield phrase
