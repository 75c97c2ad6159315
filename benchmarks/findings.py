"""Evidence finding in trial reports: both halves, beside BM25, and what each family adds."""

from __future__ import annotations

from collections.abc import Mapping

import corpora
from machine import load
from page import Measured, table

from osler.answering.findings.ranking import WEIGHTS
from osler.evaluation.findings import FindingsReport, Half, measure, reports_of
from osler.evaluation.metrics import Interval
from osler.evaluation.trial_reports import ANNOTATIONS, ARTICLES, TrialReport, trial_reports

FOLDER = corpora.DATA / "evidence_inference_dev"
FAMILIES: Mapping[str, tuple[str, ...]] = {
    "the outcome's words": ("outcome", "outcome_wording"),
    "headings and the sentence before": ("outcome_near",),
    "what is compared": ("arms",),
    "the language of results": ("tested", "p_value", "compared", "arm"),
    "the part of the report": ("in_results", "in_abstract_results", "in_argument"),
    "other work, what may be": ("elsewhere",),
}


def measure_halves() -> Measured:
    """Both halves, then the held-out half without each family of features."""
    title = "Evidence finding"
    why = corpora.absent(FOLDER / f"{ARTICLES}.gz", FOLDER / f"{ANNOTATIONS}.gz")
    if why:
        return Measured(title, (why,))
    before = load()
    reports = list(trial_reports(FOLDER))
    halves = {half: _half(reports, half) for half in (Half.SELECTION, Half.HELD_OUT)}
    measured = [measure(chosen, half) for half, chosen in halves.items()]
    held_out = halves[Half.HELD_OUT]
    without = [
        (f"without {family}", *_hits(measure(held_out, Half.HELD_OUT, _without(names))))
        for family, names in FAMILIES.items()
    ]
    lines = (
        f"Evidence Inference's development reports ({len(reports)}): find the statement that an "
        "expert marked for an outcome, an intervention and a comparator, and read which way the "
        "outcome went from the first. Words, rules and weights were chosen on the selection half "
        "of the reports; the held-out half was run for this page. An expert's answer counts by "
        "itself; in brackets, 95 % intervals from a bootstrap over reports.",
        "",
        *table(("", *(report.half for report in measured)), _rows(measured)),
        "",
        "Held-out, the weights of one family set to 0, nothing fitted anew:",
        "",
        *table(("", "hit@1", "hit@3"), [("all", *_hits(measured[1])), *without]),
        "",
        "Held-out, the expert's direction against the engine's (rows: increased, decreased, no "
        "difference):",
        "",
        *table(
            ("expert", "increased", "decreased", "no difference", "unclear"),
            [(name, *row) for name, row in zip(measured[1].f1, measured[1].confusion, strict=True)],
        ),
        "",
        f"Load before, after: {before:.1f}, {load():.1f}.",
    )
    return Measured(title, lines)


def _half(reports: list[TrialReport], half: Half) -> list[TrialReport]:
    wanted = reports_of((report.id for report in reports), half)
    return [report for report in reports if report.id in wanted]


def _without(names: tuple[str, ...]) -> dict[str, float]:
    return {name: 0.0 if name in names else weight for name, weight in WEIGHTS.items()}


def _rows(measured: list[FindingsReport]) -> list[tuple[str, ...]]:
    def row(name: str, values: list[str]) -> tuple[str, ...]:
        return (name, *values)

    rows = [
        row("reports", [f"{each.reports}" for each in measured]),
        row("questions, experts' answers", [f"{e.questions}, {e.answers}" for e in measured]),
    ]
    for system, which in (("", "hits"), ("BM25, ", "bm25")):
        for unit, of in (("", "answers"), ("any expert's, ", "questions")):
            for place, depth in enumerate((1, 3)):
                found = [getattr(getattr(each, which), of)[place] for each in measured]
                rows.append(row(f"{system}{unit}hit@{depth}", [_shown(value) for value in found]))
    rows.append(row("direction, macro-F1", [_shown(each.macro_f1) for each in measured]))
    rows += [
        row(f"direction, F1 of {name}", [f"{each.f1[name]:.3f}" for each in measured])
        for name in measured[0].f1
    ]
    return rows


def _hits(report: FindingsReport) -> tuple[str, str]:
    one, three = report.hits.answers
    return _shown(one), _shown(three)


def _shown(interval: Interval) -> str:
    return f"{interval.mean:.3f} ({interval.low:.3f} to {interval.high:.3f})"
