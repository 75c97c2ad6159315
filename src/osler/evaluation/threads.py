"""Threads of questions: is each resolved into the right full question, and its dose shown?

The full question is right if it is understood as the one that a person wrote by hand: the same
drugs, conditions, aspects, phases, route and facts of the patient (`topic.signature`).
A dose is shown if a claim of the answer to the *resolved* question states it, as in
`osler.evaluation.fact_match`: of the expected drug, for the expected people. Beside it stand the
count whoever a claim is for (a line that doses adults and children is for both), and the counts
for the question written by hand: what is missed there too is not for want of resolving.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from osler.answering import ask
from osler.domain.errors import UsageError
from osler.evaluation.answers import claims_of
from osler.evaluation.fact_match import agreeing, states_fact
from osler.evaluation.gate import Rate
from osler.evaluation.questions import ExpectedAnswer, ExpectedDose, ExpectedFact, validated
from osler.evaluation.who_and_what import wrong_drug
from osler.library import Library
from osler.threads import Resolved, Thread, follow
from osler.threads.topic import differences, read


class ExpectedTurn(BaseModel):
    """A turn as typed (`q`), in full (`is`, where it differs), its doses, and a new topic."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)

    q: str
    full: str | None = Field(default=None, alias="is")
    dose: list[str] = []
    new: bool = False


class ExpectedThread(BaseModel):
    """Turns that follow one another; `source` names the document that the doses are read from."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    source: str = ""
    turns: list[ExpectedTurn]


class ThreadFile(BaseModel):
    """The YAML file: a version and its threads."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    version: int = 1
    threads: list[ExpectedThread]


@dataclass(frozen=True, slots=True)
class Shown:
    """How many doses an answer states: for the expected people, and for whomever."""

    strictly: int = 0
    leniently: int = 0


@dataclass(frozen=True, slots=True)
class TurnResult:
    """One turn, with what is not as expected; the doses shown by it and by `expected`."""

    thread: str
    typed: str
    full: str
    expected: str
    off: tuple[str, ...]
    first: bool
    topic_right: bool
    doses: int
    shown: Shown
    by_hand: Shown
    missing: tuple[str, ...]
    unsure: tuple[str, ...] = ()

    @property
    def right(self) -> bool:
        """Whether the full question is understood as the one written by hand."""
        return not self.off


@dataclass(frozen=True, slots=True)
class ThreadsReport:
    """The turns of all threads."""

    turns: tuple[TurnResult, ...]

    @property
    def rates(self) -> tuple[Rate, ...]:
        """Full questions (follow-ups alone, then all), topics, whole threads, doses, doubts."""
        later = [t for t in self.turns if not t.first]
        names = dict.fromkeys(t.thread for t in self.turns)
        whole = [all(t.right for t in self.turns if t.thread == name) for name in names]
        doses = sum(t.doses for t in self.turns)
        right, off = [t for t in later if t.right], [t for t in later if not t.right]
        return (
            Rate("full question, follow-ups", sum(t.right for t in later), len(later)),
            Rate("full question, all turns", sum(t.right for t in self.turns), len(self.turns)),
            Rate("change of topic", sum(t.topic_right for t in later), len(later)),
            Rate("whole threads", sum(whole), len(whole)),
            Rate("required doses", sum(t.shown.strictly for t in self.turns), doses),
            Rate("- for whomever", sum(t.shown.leniently for t in self.turns), doses),
            Rate("- asked by hand", sum(t.by_hand.strictly for t in self.turns), doses),
            Rate("- both", sum(t.by_hand.leniently for t in self.turns), doses),
            Rate("not right, told unsure", sum(bool(t.unsure) for t in off), len(off)),
            Rate("right, told unsure", sum(bool(t.unsure) for t in right), len(right)),
        )

    def lines(self) -> list[str]:
        """The rates, then each turn that is not as expected."""
        found = [
            f"{r.kind:28} {r.right}/{r.total}  {r.right / max(r.total, 1):.3f}" for r in self.rates
        ]
        for turn in self.turns:
            if turn.right and turn.topic_right and not turn.missing:
                continue
            found += [f"{turn.thread}: {turn.typed}", f"  understood: {turn.full}"]
            if not turn.right:
                found.append(f"  by hand:    {turn.expected}  [{', '.join(turn.off)}]")
            if turn.unsure:
                found.append(f"  not sure:    {', '.join(turn.unsure)}")
            if not turn.topic_right:
                found.append("  the change of topic was not told as expected")
            found += [f"  not shown:  {dose}" for dose in turn.missing]
        return found


def load_threads(*paths: Path) -> tuple[ExpectedThread, ...]:
    """Read files of threads. Raises UsageError where one cannot be read or is in another form."""
    return tuple(thread for path in paths for thread in validated(path, ThreadFile).threads)


def evaluate_threads(
    library: Library,
    *paths: Path,
    progress: Callable[[int, int], None] | None = None,
) -> ThreadsReport:
    """Resolve and ask every turn. Raises UsageError where a file cannot be read."""
    threads = load_threads(*paths)
    results: list[TurnResult] = []
    for number, expected in enumerate(threads, start=1):
        thread = Thread()
        for turn in expected.turns:
            resolved = follow(thread, turn.q, library)
            results.append(_result(library, expected, turn, resolved, not thread.turns))
            thread = thread.then(resolved)
        if progress is not None:
            progress(number, len(threads))
    return ThreadsReport(tuple(results))


def _result(
    library: Library, thread: ExpectedThread, turn: ExpectedTurn, resolved: Resolved, first: bool
) -> TurnResult:
    by_hand = turn.full or turn.q
    facts = [dose_of(dose) for dose in turn.dose]
    shown, missing = _shown(library, by_hand, resolved.full, facts)
    alone, _ = _shown(library, by_hand, by_hand, facts)
    return TurnResult(
        thread=thread.id,
        typed=turn.q,
        full=resolved.full,
        expected=by_hand,
        off=differences(read(resolved.full, library), read(by_hand, library)),
        first=first,
        topic_right=resolved.changed_topic == turn.new,
        doses=len(facts),
        shown=shown,
        by_hand=alone,
        missing=missing,
        unsure=resolved.unsure,
    )


def _shown(
    library: Library, by_hand: str, asked: str, facts: list[ExpectedFact]
) -> tuple[Shown, tuple[str, ...]]:
    """How many doses the answer to `asked` states, and those that it does not state strictly."""
    if not facts:
        return Shown(), ()
    item = ExpectedAnswer(id="turn", question=by_hand, expected=facts)
    claims = tuple(claims_of(ask(library, asked)))
    missing = tuple(fact.fact for fact in facts if not states_fact(item, fact, claims))
    loose = sum(
        any(not wrong_drug(fact, claim, dosage) for claim, dosage in agreeing(fact, claims))
        for fact in facts
    )
    return Shown(len(facts) - len(missing), loose), missing


_AMOUNT = re.compile(r"(?P<low>[\d.]+)(?:\s*-\s*(?P<high>[\d.]+))?\s*(?P<unit>\S+)")


def dose_of(text: str) -> ExpectedFact:
    """ "substance | amount | frequency | route | for whom" as a fact; the last three may lack.

    Raises UsageError where there is no amount.
    """
    parts = [part.strip() for part in text.split("|")] + [""] * 4
    amount = _AMOUNT.fullmatch(parts[1])
    if amount is None:
        raise UsageError(
            f"“{text}” has no amount", help="substance | 5-10 mg | every 8 hours | oral"
        )
    low = Decimal(amount["low"])
    dose = ExpectedDose(
        substance=parts[0],
        low=low,
        high=Decimal(amount["high"]) if amount["high"] else low,
        unit=amount["unit"],
        frequency=parts[2] or None,
        route=parts[3] or None,
        population=parts[4] or None,
    )
    return ExpectedFact(fact=text, dose=dose)
