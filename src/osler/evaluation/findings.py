"""Does the engine find what a trial report says on an outcome, and which way it went?

Measured on reports in which experts marked the evidence (see `osler.evaluation.trial_reports`).
hit@k: one of the first k statements overlaps what the expert marked. Each expert's answer counts
by itself; beside it stands the share of questions where any expert's mark was hit. The direction
is that of the first statement, whether it was marked or not, and macro-F1 the mean of the three
directions' F1; where the engine says that it is unclear, the expert's direction is missed.

Answers on one report are alike, so the bootstrap draws reports, not answers.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from osler.answering.findings import Comparison, Direction, Finding, Report, find
from osler.answering.findings.ranking import WEIGHTS
from osler.domain.errors import UsageError
from osler.evaluation.lexical import FieldTerms, Lexical
from osler.evaluation.metrics import DRAWS, SEED, Interval
from osler.evaluation.trial_reports import Judgment, TrialReport, identifiers, trial_reports
from osler.library.terms import terms

DEPTHS = (1, 3)
DIRECTIONS = (Direction.INCREASED, Direction.DECREASED, Direction.NO_DIFFERENCE)
_HALVING = 7  # the seed by which reports were parted before anything was fitted


class Half(StrEnum):
    """Weights and words were chosen on one half of the development set's reports."""

    ALL = "all"
    SELECTION = "selection"
    HELD_OUT = "held-out"


@dataclass(frozen=True, slots=True)
class Miss:
    """A question on which the first statement is not the expert's, or its direction is not."""

    report: str
    comparison: Comparison
    expected: Direction
    found: Finding
    hit: bool


@dataclass(frozen=True, slots=True)
class Hits:
    """Shares in 0..1 for each of DEPTHS: of the experts' answers, and of the questions."""

    answers: tuple[Interval, ...]
    questions: tuple[Interval, ...]


@dataclass(frozen=True, slots=True)
class FindingsReport:
    """What `osler evaluate findings` prints.

    `confusion[i][j]` counts answers of the expert's direction i (as in DIRECTIONS) for which the
    engine read direction j; the last column is unclear.
    """

    half: Half
    reports: int
    questions: int
    answers: int
    hits: Hits
    bm25: Hits
    macro_f1: Interval
    f1: dict[str, float]
    confusion: tuple[tuple[int, ...], ...]
    misses: tuple[Miss, ...]

    def lines(self, misses: int = 20) -> list[str]:
        """The report for a terminal, with up to `misses` misses."""
        lines = [
            f"{self.reports:,} reports ({self.half}), {self.questions:,} questions, "
            f"{self.answers:,} experts' answers"
        ]
        for name, hits in (("", self.hits), (", BM25", self.bm25)):
            for depth, answers, questions in zip(DEPTHS, hits.answers, hits.questions, strict=True):
                label = f"hit@{depth}{name}"
                lines.append(f"{label:<14} {_shown(answers)}; any expert's {_shown(questions)}")
        lines.append(f"{'direction':<14} macro-F1 {_shown(self.macro_f1)}")
        lines += [f"  {name:<14} F1 {value:.3f}" for name, value in self.f1.items()]
        for miss in self.misses[:misses]:
            asked = miss.comparison
            lines += [
                f"{miss.report}: {asked.outcome} | {asked.intervention} | {asked.comparator}",
                f"     {'marked' if miss.hit else 'not marked'}, {miss.expected} expected: "
                f"{miss.found.statement.text}",
                f"     {'; '.join(miss.found.because)}",
            ]
        return lines


def evaluate_findings(
    folder: Path,
    *,
    half: Half = Half.ALL,
    weights: Mapping[str, float] = WEIGHTS,
    progress: Callable[[int, int], None] | None = None,
) -> FindingsReport:
    """Ask every question of every report in a folder.

    Raises UsageError for a folder that is not as `osler.evaluation.trial_reports` says.
    """
    wanted = reports_of(identifiers(folder), half)
    return measure(trial_reports(folder, wanted), half, weights, progress, len(wanted))


def reports_of(reports: Iterable[str], half: Half) -> frozenset[str]:
    """The reports of a half, the same for the same reports."""
    ordered = sorted(reports)
    if half is not Half.ALL:
        random.Random(_HALVING).shuffle(ordered)
        middle = len(ordered) // 2
        ordered = ordered[:middle] if half is Half.SELECTION else ordered[middle:]
    return frozenset(ordered)


def measure(
    reports: Iterable[TrialReport],
    half: Half = Half.ALL,
    weights: Mapping[str, float] = WEIGHTS,
    progress: Callable[[int, int], None] | None = None,
    total: int = 0,
) -> FindingsReport:
    """Measure on reports already read. Raises UsageError where there is no answer in them."""
    tallies = []
    misses: list[Miss] = []
    for number, report in enumerate(reports, start=1):
        tallies.append(_tally(report, weights, misses))
        if progress is not None:
            progress(number, total)
    if not tallies:
        raise UsageError("there is no report with an expert's answer")
    counts = np.array([tally.counts for tally in tallies])
    confusions = np.array([tally.confusion for tally in tallies])
    drawn = _draws(len(tallies))
    answers, questions = int(counts[:, 0, 0, 0].sum()), int(counts[:, 1, 0, 0].sum())

    def hits(system: int) -> Hits:
        def shares(unit: int) -> tuple[Interval, ...]:
            return tuple(
                _share(counts[:, unit, system, depth], counts[:, unit, 0, 0], drawn)
                for depth in range(1, len(DEPTHS) + 1)
            )

        return Hits(shares(0), shares(1))

    together = confusions.sum(axis=0)
    return FindingsReport(
        half=half,
        reports=len(tallies),
        questions=questions,
        answers=answers,
        hits=hits(0),
        bm25=hits(1),
        macro_f1=_macro_f1(confusions, drawn),
        f1=dict(zip(map(str, DIRECTIONS), _f1(together[None])[0].tolist(), strict=True)),
        confusion=tuple(tuple(row) for row in together.tolist()),
        misses=tuple(misses),
    )


@dataclass(frozen=True, slots=True)
class _Tally:
    """One report's counts.

    `counts[unit][system]` is (how many, hits at each of DEPTHS); the units are answers and
    questions, the systems the engine and BM25. `confusion` as in FindingsReport.
    """

    counts: NDArray[np.int64]  # (2, 2, 1 + len(DEPTHS))
    confusion: NDArray[np.int64]  # (len(DIRECTIONS), len(DIRECTIONS) + 1)


def _tally(report: TrialReport, weights: Mapping[str, float], misses: list[Miss]) -> _Tally:
    ready = Report.of(report.statements)
    lexical = Lexical([FieldTerms([], [], terms(s.text)) for s in report.statements])
    counts = np.zeros((2, 2, 1 + len(DEPTHS)), dtype=np.int64)
    confusion = np.zeros((len(DIRECTIONS), len(DIRECTIONS) + 1), dtype=np.int64)
    hit_by_any: dict[str, NDArray[np.bool_]] = {}
    answered: dict[Comparison, tuple[Finding, ...]] = {}
    for judgment in report.judgments:
        asked = judgment.comparison
        if asked not in answered:
            answered[asked] = find(ready, asked, k=max(DEPTHS), weights=weights)
        findings = answered[asked]
        ours = [finding.statement.id for finding in findings]
        hit = np.array(
            [
                [bool(judgment.marked.intersection(ranking[:depth])) for depth in DEPTHS]
                for ranking in (ours, _bm25(report, lexical, judgment))
            ]
        )
        counts[0, :, 0] += 1
        counts[0, :, 1:] += hit
        hit_by_any[judgment.question] = hit_by_any.get(judgment.question, False) | hit
        first = findings[0]
        read = [*DIRECTIONS, Direction.UNCLEAR].index(first.direction)
        confusion[DIRECTIONS.index(judgment.direction), read] += 1
        if not hit[0, 0] or first.direction is not judgment.direction:
            misses.append(Miss(report.id, asked, judgment.direction, first, bool(hit[0, 0])))
    for hit in hit_by_any.values():
        counts[1, :, 0] += 1
        counts[1, :, 1:] += hit
    return _Tally(counts, confusion)


def _bm25(report: TrialReport, lexical: Lexical, judgment: Judgment) -> list[str]:
    asked = judgment.comparison
    scores = lexical.scores(f"{asked.outcome} {asked.intervention} {asked.comparator}")
    order = np.argsort(-scores, kind="stable")[: max(DEPTHS)]
    return [report.statements[row].id for row in order]


def _draws(reports: int) -> NDArray[np.int64]:
    """How often each report is drawn in each bootstrap sample, shape (DRAWS, reports)."""
    generator = np.random.default_rng(SEED)
    return generator.multinomial(reports, np.full(reports, 1 / reports), size=DRAWS)


def _share(hits: NDArray[np.int64], of: NDArray[np.int64], drawn: NDArray[np.int64]) -> Interval:
    return _interval(float(hits.sum() / of.sum()), (drawn @ hits) / (drawn @ of))


def _macro_f1(confusions: NDArray[np.int64], drawn: NDArray[np.int64]) -> Interval:
    flat = confusions.reshape(len(confusions), -1)
    sampled = (drawn @ flat).reshape(-1, *confusions.shape[1:])
    together = confusions.sum(axis=0)[None]
    return _interval(float(_f1(together).mean()), _f1(sampled).mean(axis=1))


def _f1(confusions: NDArray[np.int64]) -> NDArray[np.float64]:
    """F1 of each direction, shape (samples, directions); 0 where a direction is never met."""
    size = len(DIRECTIONS)
    right = confusions[:, range(size), range(size)]
    expected = confusions.sum(axis=2)
    read = confusions.sum(axis=1)[:, :size]
    scores: NDArray[np.float64] = 2 * right / np.maximum(expected + read, 1)
    return scores


def _interval(value: float, samples: NDArray[np.float64]) -> Interval:
    low, high = np.percentile(samples, [2.5, 97.5])
    return Interval(value, float(low), float(high))


def _shown(interval: Interval) -> str:
    return f"{interval.mean:.3f} ({interval.low:.3f} to {interval.high:.3f})"
