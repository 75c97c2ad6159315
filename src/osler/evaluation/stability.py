"""Whether an answer's doses stay the same when a question is asked in other words."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from pathlib import Path

from osler.answering import ask
from osler.domain import Answer, Claim, Dosage
from osler.domain.errors import UsageError
from osler.dosage import format_dosage
from osler.evaluation.answers import claims_of
from osler.evaluation.fact_match import by_words, split, states_fact
from osler.evaluation.gate import Rate
from osler.evaluation.questions import ExpectedAnswer, ExpectedFact, load_questions
from osler.evaluation.rewordings import load_rewordings, reword
from osler.evaluation.top_doses import explained_by, is_counted, top_doses
from osler.library import Library
from osler.statements.vocabulary.substances import base_of

REWORDINGS = 10  # made of each question, where no file gives any


@dataclass(frozen=True, slots=True)
class Rewritten:
    """One rewording and what changed in its answer; nothing changed where all is empty."""

    text: str
    lost: tuple[str, ...]  # expected facts that the original answer stated
    new: tuple[str, ...]  # doses of the asked drug in the bottom line, expected by no fact
    answered: bool  # as the original was answered or not
    same_doses: bool  # the same set of doses in the whole answer
    same_top_doses: bool  # and in the bottom line

    @property
    def agrees(self) -> bool:
        """Whether nothing was lost, nothing new opens the answer, and it still answers or not."""
        return not self.lost and not self.new and self.answered


@dataclass(frozen=True, slots=True)
class StableQuestion:
    """A question with its rewordings."""

    id: str
    topic: str
    question: str
    rewordings: tuple[Rewritten, ...]

    @property
    def stable(self) -> bool:
        """Whether every rewording agrees."""
        return all(r.agrees for r in self.rewordings)


@dataclass(frozen=True, slots=True)
class StabilityReport:
    """All questions that were asked again."""

    questions: tuple[StableQuestion, ...]

    @property
    def rates(self) -> tuple[Rate, ...]:
        """Questions stable, and rewordings that agree, loosely and in every dose."""
        every = [r for q in self.questions for r in q.rewordings]
        return (
            Rate("questions stable", sum(q.stable for q in self.questions), len(self.questions)),
            Rate("rewordings agreeing", sum(r.agrees for r in every), len(every)),
            Rate("  no expected fact lost", sum(not r.lost for r in every), len(every)),
            Rate("  no new dose in the bottom line", sum(not r.new for r in every), len(every)),
            Rate("  answered or abstained as before", sum(r.answered for r in every), len(every)),
            Rate(
                "the very same doses in the bottom line",
                sum(r.same_top_doses for r in every),
                len(every),
            ),
            Rate("the very same doses in the answer", sum(r.same_doses for r in every), len(every)),
        )

    def lines(self, misses: int = 20) -> list[str]:
        """The report for a terminal, with up to `misses` rewordings that disagree."""
        lines = [str(rate) for rate in self.rates]
        told = 0
        for question in self.questions:
            wrong = [r for r in question.rewordings if not r.agrees]
            if wrong and told < misses:
                lines.append(f"{question.id}  {question.question}")
            for rewording in wrong[: max(0, misses - told)]:
                told += 1
                lines.append(f"  {rewording.text}")
                lines += [f"     went: {fact}" for fact in rewording.lost]
                lines += [f"     came: {dose}" for dose in rewording.new]
                lines += ["     answered or abstained otherwise"] * (not rewording.answered)
        return lines


def evaluate_stability(
    library: Library,
    *questions: Path,
    rewordings: Collection[Path] = (),
    only: Collection[str] = (),
    exclude: Collection[str] = (),
    progress: Callable[[int, int], None] | None = None,
) -> StabilityReport:
    """Ask questions and their rewordings, and compare the doses of the answers.

    Without files of rewordings ten are made of each question by rule; with them, questions
    that they do not reword are left out. Raises UsageError where a file cannot be read, and
    where the files reword none of the questions.
    """
    items = load_questions(*questions, only=only, exclude=exclude)
    written = load_rewordings(*rewordings) if rewordings else None
    texts = {
        item.id: reword(item.question, item.id, REWORDINGS)
        if written is None
        else written.get(item.id, ())
        for item in items
    }
    asked = [item for item in items if texts[item.id]]
    if not asked:
        raise UsageError("the rewordings are of other questions")
    results = []
    for number, item in enumerate(asked, start=1):
        results.append(_asked_again(library, item, texts[item.id]))
        if progress is not None:
            progress(number, len(asked))
    return StabilityReport(tuple(results))


def _asked_again(library: Library, item: ExpectedAnswer, texts: tuple[str, ...]) -> StableQuestion:
    first = ask(library, item.question)
    stated = _stated(item, first)
    rewordings = tuple(_compared(item, first, stated, ask(library, t), t) for t in texts)
    return StableQuestion(item.id, item.topic, item.question, rewordings)


def _stated(item: ExpectedAnswer, answer: Answer) -> list[ExpectedFact]:
    """The required facts that an answer states: doses as expected, others by their words."""
    claims = tuple(claims_of(answer))
    doses, others = split(item)
    return [
        *(fact for fact in doses if states_fact(item, fact, claims)),
        *(fact for fact in others if by_words(fact, claims)),
    ]


def _compared(
    item: ExpectedAnswer, first: Answer, stated: list[ExpectedFact], again: Answer, text: str
) -> Rewritten:
    still = _stated(item, again)
    known = {_key(d) for _, d in top_doses(item, first)}
    came = [
        f"{format_dosage(dosage)} | {claim.text}"
        for claim, dosage in top_doses(item, again)
        if _key(dosage) not in known and not explained_by(item, dosage) and not is_counted(dosage)
    ]
    return Rewritten(
        text=text,
        lost=tuple(fact.fact for fact in stated if fact not in still),
        new=tuple(came),
        answered=again.answered == first.answered,
        same_doses=_doses(claims_of(again)) == _doses(claims_of(first)),
        same_top_doses=_doses(again.bottom_line) == _doses(first.bottom_line),
    )


def _doses(claims: Iterable[Claim]) -> frozenset[tuple[str, str]]:
    return frozenset(_key(d) for claim in claims for d in claim.dosages)


def _key(dosage: Dosage) -> tuple[str, str]:
    """A dose as it is read: of what, how much, by which route, how often, how long."""
    return (base_of(dosage.substance or ""), format_dosage(dosage))
