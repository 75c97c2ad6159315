"""Threads of questions: is each resolved into the right full question, and its dose shown?

The full question is right if it is understood as the one that a person wrote by hand: the same
drugs, conditions, aspects, phases, route and facts of the patient (`osler.threads.topic.signature`).
A dose is shown if a claim of the answer to the *resolved* question states it, as in
`osler.evaluation.fact_match`; beside it stands how many the hand-written question shows.
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
from osler.evaluation.fact_match import states_fact
from osler.evaluation.gate import Rate
from osler.evaluation.questions import ExpectedAnswer, ExpectedDose, ExpectedFact, validated
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
class TurnResult:
    """One turn, with what is not as expected. `by_hand` counts doses that `is` itself shows."""

    thread: str
    typed: str
    full: str
    expected: str
    off: tuple[str, ...]
    first: bool
    topic_right: bool
    doses: int
    shown: int
    by_hand: int
    missing: tuple[str, ...]

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
        """Full questions (follow-ups alone, then all), topics, whole threads, and doses."""
        later = [t for t in self.turns if not t.first]
        names = dict.fromkeys(t.thread for t in self.turns)
        whole = [all(t.right for t in self.turns if t.thread == name) for name in names]
        doses = sum(t.doses for t in self.turns)
        return (
            Rate("full question, follow-ups", sum(t.right for t in later), len(later)),
            Rate("full question, all turns", sum(t.right for t in self.turns), len(self.turns)),
            Rate("change of topic", sum(t.topic_right for t in later), len(later)),
            Rate("whole threads", sum(whole), len(whole)),
            Rate("required doses", sum(t.shown for t in self.turns), doses),
            Rate("the same, by hand", sum(t.by_hand for t in self.turns), doses),
        )

    def lines(self) -> list[str]:
        """The rates, then each turn that is not as expected."""
        found = [f"{r.kind:28} {r.right}/{r.total}  {r.right / max(r.total, 1):.3f}" for r in self.rates]
        for turn in self.turns:
            if turn.right and turn.topic_right and not turn.missing:
                continue
            found += [f"{turn.thread}: {turn.typed}", f"  understood: {turn.full}"]
            if not turn.right:
                found.append(f"  by hand:    {turn.expected}  [{', '.join(turn.off)}]")
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
    shown = _shown(library, by_hand, resolved.full, facts)
    alone = _shown(library, by_hand, by_hand, facts)
    return TurnResult(
        thread=thread.id,
        typed=turn.q,
        full=resolved.full,
        expected=by_hand,
        off=differences(read(resolved.full, library), read(by_hand, library)),
        first=first,
        topic_right=resolved.changed_topic == turn.new,
        doses=len(facts),
        shown=sum(shown),
        by_hand=sum(alone),
        missing=tuple(d for d, found in zip(turn.dose, shown, strict=True) if not found),
    )


def _shown(library: Library, by_hand: str, asked: str, facts: list[ExpectedFact]) -> list[bool]:
    if not facts:
        return []
    item = ExpectedAnswer(id="turn", question=by_hand, expected=facts)
    claims = tuple(claims_of(ask(library, asked)))
    return [states_fact(item, fact, claims) for fact in facts]


_AMOUNT = re.compile(r"(?P<low>[\d.]+)(?:\s*-\s*(?P<high>[\d.]+))?\s*(?P<unit>\S+)")


def dose_of(text: str) -> ExpectedFact:
    """ "substance | amount | frequency | route | for whom" as a fact; the last three may lack.

    Raises UsageError where there is no amount.
    """
    parts = [part.strip() for part in text.split("|")] + [""] * 4
    amount = _AMOUNT.fullmatch(parts[1])
    if amount is None:
        raise UsageError(f"“{text}” has no amount", help="substance | 5-10 mg | every 8 hours | oral")
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
