"""Answers against files of questions: what was shown, what was missed and why, what is wrong."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from pathlib import Path

from osler.answering import ask
from osler.domain import Answer, Claim
from osler.evaluation.answers_report import AnswersReport, Miss, QuestionResult
from osler.evaluation.as_read import is_read
from osler.evaluation.conflict_match import all_sources_in_one
from osler.evaluation.fact_match import (
    by_words,
    by_words_of_one,
    split,
    states_fact,
    states_leniently,
)
from osler.evaluation.questions import ExpectedAnswer, ExpectedFact, load_questions
from osler.evaluation.reasons import Reasons
from osler.evaluation.recheck import recheck
from osler.evaluation.top_doses import forbidden_shown, unexpected_doses
from osler.library import Library
from osler.statements import sentence_spans


def evaluate_answers(
    library: Library,
    *questions: Path,
    only: Collection[str] = (),
    exclude: Collection[str] = (),
    reasons: bool = True,
    progress: Callable[[int, int], None] | None = None,
) -> AnswersReport:
    """Ask every question of some files (layout of `osler.evaluation.questions`) and compare.

    `only` and `exclude` name topics. Without `reasons` it is not looked into why a fact is
    missed, nor whether reading allows it. Raises UsageError where a file cannot be read.
    """
    expected = load_questions(*questions, only=only, exclude=exclude)
    results = []
    for number, item in enumerate(expected, start=1):
        results.append(compare(item, ask(library, item.question), library, reasons=reasons))
        if progress is not None:
            progress(number, len(expected))
    return AnswersReport(tuple(results))


def claims_of(answer: Answer) -> Iterator[Claim]:
    """Every claim that a reader sees, bottom line first."""
    yield from answer.bottom_line
    for section in answer.sections:
        yield from section.claims


def compare(
    item: ExpectedAnswer, answer: Answer, library: Library, *, reasons: bool = True
) -> QuestionResult:
    """One answer against what is expected of it."""
    claims = tuple(claims_of(answer))
    doses, others = split(item)
    shown = [fact for fact in doses if states_fact(item, fact, claims)]
    top = [fact for fact in doses if states_fact(item, fact, answer.bottom_line)]
    told = [fact for fact in others if by_words(fact, claims)]
    missed = [fact for fact in (*doses, *others) if fact not in shown and fact not in told]
    checked = recheck(library, claims)
    unexpected, top_doses = unexpected_doses(item, answer)
    return QuestionResult(
        id=item.id,
        topic=item.topic,
        question=item.question,
        answerable=item.answerable,
        answered=answer.answered,
        doses=len(doses),
        doses_read=sum(is_read(library, item, f) for f in doses) if reasons else None,
        doses_shown=len(shown),
        doses_shown_leniently=sum(states_leniently(fact, claims) for fact in doses),
        doses_in_bottom_line=len(top),
        doses_in_bottom_line_leniently=sum(states_leniently(f, answer.bottom_line) for f in doses),
        facts=len(others),
        facts_shown=len(told),
        facts_shown_in_one_claim=sum(by_words_of_one(fact, claims) for fact in others),
        claims=len(claims),
        words=sum(len(claim.text.split()) for claim in claims),
        bottom_line_claims=len(answer.bottom_line),
        bottom_line_sentences=sum(len(sentence_spans(c.text)) for c in answer.bottom_line),
        conflict_expected=item.conflict,
        conflict_shown=bool(answer.conflicts),
        conflict_complete=all_sources_in_one(item, answer),
        citations=checked.citations,
        citations_right=checked.right,
        stale_citations=len(checked.stale),
        unsupported_claims=len(checked.unsupported),
        derivations=checked.derivations,
        derivations_right=checked.derivations_right,
        wrong_citations=(*checked.stale, *checked.unsupported, *checked.miscalculated),
        forbidden_shown=tuple(forbidden_shown(item, answer)),
        bottom_line_doses=top_doses,
        unexpected_doses=unexpected,
        misses=tuple(fact.fact for fact in missed),
        explained=_explained(item, answer, library, missed, shown, top) if reasons else (),
        elapsed_ms=answer.elapsed_ms,
    )


def _explained(
    item: ExpectedAnswer,
    answer: Answer,
    library: Library,
    missed: list[ExpectedFact],
    shown: list[ExpectedFact],
    top: list[ExpectedFact],
) -> tuple[Miss, ...]:
    low = [fact for fact in shown if fact not in top]
    if not missed and not low:
        return ()
    reasons = Reasons(item, answer, library, [*missed, *low])
    return (
        *(Miss("missed", fact.fact, reasons.of(fact, tuple(claims_of(answer)))) for fact in missed),
        *(
            Miss("not in the bottom line", fact.fact, reasons.of(fact, answer.bottom_line))
            for fact in low
        ),
    )
