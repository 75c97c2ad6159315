"""A report's evidence on a comparison: the best statements, each with its direction."""

from __future__ import annotations

from collections.abc import Mapping

from osler.answering.findings.direction import read_direction
from osler.answering.findings.model import Comparison, Finding
from osler.answering.findings.ranking import WEIGHTS, rank
from osler.answering.findings.report import Report


def find(
    report: Report,
    comparison: Comparison,
    *,
    k: int = 3,
    weights: Mapping[str, float] = WEIGHTS,
) -> tuple[Finding, ...]:
    """The `k` best statements of a report, best first.

        report = Report.of(library.statements_of(source.id))
        find(report, Comparison("mortality", "dexamethasone", "usual care"))[0].direction

    A report that says nothing on the outcome gives its best statements all the same: their
    `coverage` tells.
    """
    findings = []
    for scored in rank(report, comparison, weights)[:k]:
        reading = read_direction(report, comparison, scored.line.plain)
        because = (*scored.reasons(), f"{reading.direction}: {reading.because}")
        findings.append(
            Finding(
                scored.line.statement, scored.score, scored.coverage, reading.direction, because
            )
        )
    return tuple(findings)
