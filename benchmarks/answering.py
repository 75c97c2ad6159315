"""Answers and the gate on written questions, rewordings and pairs, frozen ones left alone."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from pathlib import Path

import corpora
from machine import load, wait_until_quiet
from page import Measured, table

from osler.evaluation.answers import evaluate_answers
from osler.evaluation.answers_report import AnswersReport
from osler.evaluation.gate import Rate
from osler.evaluation.pairs import evaluate_pairs
from osler.evaluation.stability import evaluate_stability
from osler.library import Library

TESTS = Path(__file__).resolve().parents[1] / "tests"
TOPICS = TESTS / "evaluation" / "topics_dev"
BLIND = tuple(TESTS / "evaluation" / f"questions_{n}_dev.yaml" for n in ("nstg", "2", "3"))
REWORDINGS = TESTS / "evaluation" / "rewordings_dev.yaml"
PAIRS = TESTS / "checking" / "pairs_blind_dev.yaml"
QUESTIONS = corpora.DOSING / "questions.yaml"
SOURCES = corpora.DOSING / "sources"


def measure(folder: Path, everything: Path) -> Measured:
    """Each set on its own documents, in libraries made in `folder`, and added to `everything`."""
    title = "Answers"
    why = corpora.absent(QUESTIONS, SOURCES)
    if why:
        return Measured(title, (why,))
    before = wait_until_quiet()
    dosing, topics = (
        _made(folder / "dosing-dev", SOURCES),
        _made(folder / "topics-dev", TOPICS / "sources"),
    )
    reports = {
        "dosing_dev alone": _asked(dosing, QUESTIONS),
        "topics_dev alone": _asked(topics, TOPICS / "questions.yaml"),
    }
    if everything.exists():
        copy = _copied(everything, folder / "everything", SOURCES)
        reports["dosing_dev among all"] = _asked(copy, QUESTIONS)
        reports["`questions_*_dev` among all"] = _asked(copy, *BLIND)
    lines = (
        "dosing_dev and topics_dev on their own documents; dosing_dev and the questions on the "
        "Nigerian guideline, the CDC's, OpenStax and labels among those of the first part. "
        "Whether a question is to be abstained on counts only alone: other books may hold the "
        "answer. What each measure is worth: [evaluation](evaluation.md).",
        "",
        *_side_by_side(reports),
        "",
        *_stability(dosing),
        "",
        *_pairs(),
        "",
        f"Load before, after: {before:.1f}, {load():.1f}.",
    )
    return Measured(title, lines)


def _made(folder: Path, sources: Path) -> Path:
    shutil.rmtree(folder, ignore_errors=True)
    Library.create(folder).close()
    return _with(folder, sources)


def _copied(library: Path, folder: Path, sources: Path) -> Path:
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(library, folder)
    return _with(folder, sources)


def _with(folder: Path, sources: Path) -> Path:
    with Library.open(folder) as library:
        library.add(sources)
        library.embed()
    return folder


def _asked(folder: Path, *questions: Path) -> AnswersReport:
    with Library.open(folder) as library:
        return evaluate_answers(library, *questions, reasons=False)


def _side_by_side(reports: dict[str, AnswersReport]) -> tuple[str, ...]:
    names = dict.fromkeys(name for report in reports.values() for name in report.totals)
    rows = [(name, *(_cell(report, name) for report in reports.values())) for name in names]
    return table(("", *reports), rows)


def _cell(report: AnswersReport, name: str) -> object:
    rate = next((rate for rate in report.rates if rate.kind == name), None)
    return report.totals[name] if rate is None else _share(rate)


def _share(rate: Rate) -> str:
    if not rate.total:
        return "none"
    low, high = rate.interval
    return f"{rate.right}/{rate.total} ({low:.2f} to {high:.2f})"


def _stability(dosing: Path) -> tuple[str, ...]:
    with Library.open(dosing) as library:
        written = evaluate_stability(library, QUESTIONS, rewordings=[REWORDINGS])
        made = evaluate_stability(library, QUESTIONS)
    rows = [
        (w.kind.strip(), _share(w), _share(m))
        for w, m in zip(written.rates, made.rates, strict=True)
    ]
    return (
        "dosing_dev in other words, ten of each question, on its own documents:",
        "",
        *table(("", "written blind", "made by rule"), rows),
    )


def _pairs() -> tuple[str, ...]:
    reports = {
        "dosing_dev": evaluate_pairs(corpora.DOSING / "mutations.yaml", sources=SOURCES),
        "topics_dev": evaluate_pairs(TOPICS / "mutations.yaml", sources=TOPICS / "sources"),
        "`pairs_blind_dev`": evaluate_pairs(PAIRS),
    }
    kinds = [[r.caught, r.passed, *r.kinds] for r in reports.values()]
    names = dict.fromkeys(rate.kind for rates in kinds for rate in rates)
    rows = [(name, *(_of(name, rates) for rates in kinds)) for name in names]
    return (
        "Pairs of passage and claim through the gate, by kind:",
        "",
        *table(("", *reports), rows),
    )


def _of(name: str, rates: Iterable[Rate]) -> str:
    rate = next((rate for rate in rates if rate.kind == name), None)
    if rate is None:
        return ""
    whole = name.endswith(("caught", "passed"))
    return _share(rate) if whole else f"{rate.right}/{rate.total}"
