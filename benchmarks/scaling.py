"""How asking grows with the library: generated passages, read by the same pipeline."""

from __future__ import annotations

import json
import shutil
import statistics
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import asking
import corpora
import generating
import sizes
from ingest import build_watched
from machine import load, wait_until_quiet
from page import Measured, table

from osler.library import Library

SIZES = (10_000, 100_000)  # a million takes long to build: ask for it with --scale
QUESTIONS = 90
HEADER = (
    "passages",
    "built in",
    "passages/s",
    "peak memory",
    "library ÷ text",
    "ask p50",
    "ask p95",
    "answered",
    "process, from cold",
    "ranking",
    "load",
)


def measure(
    folder: Path, wanted: Sequence[int] = SIZES, *, vectors: bool = False, keep: bool = False
) -> Measured:
    """Libraries of so many generated passages in `folder`, with `keep` those built before."""
    title = "Growth"
    why = corpora.absent(*corpora.CORPORA, corpora.CONDITIONS)
    if why:
        return Measured(title, (why,))
    known = generating.vocabulary(corpora.texts(), corpora.conditions())
    questions = generating.questions(known, QUESTIONS)
    rows = [
        _row(_library(folder, known, passages, keep), questions, vectors) for passages in wanted
    ]
    intro = (
        f"Passages of about {generating.WORDS_A_PASSAGE} words, drawn (seed {generating.SEED}) "
        f"with the word frequencies of the real corpora ({len(known.words):,} different words); "
        f"each holds one sentence on a dose, of {len(known.drugs):,} drugs and "
        f"{len(known.conditions)} conditions. They go through the whole pipeline. "
        f"{len(questions)} different questions in one process, each asked once; processes: the "
        f"median of {asking.RUNS}."
    )
    return Measured(title, (intro, "", *table(HEADER, rows)))


def _library(
    folder: Path, known: generating.Vocabulary, passages: int, keep: bool
) -> tuple[Path, dict[str, Any]]:
    """The folder of a library, and what it took to build."""
    library_folder = folder / f"generated-{passages}"
    note = folder / f"generated-{passages}.json"
    if keep and note.exists():
        return library_folder, json.loads(note.read_text())
    note.unlink(missing_ok=True)
    originals = folder / f"generated-{passages}-files"
    generating.write_files(originals, known, passages)
    wait_until_quiet()
    built = build_watched(library_folder, [originals])
    shutil.rmtree(originals)
    note.write_text(json.dumps(built))
    return library_folder, built


def _row(
    library: tuple[Path, dict[str, Any]], questions: Sequence[str], vectors: bool
) -> tuple[str, ...]:
    folder, built = library
    with Library.open(folder) as opened:
        if vectors:
            opened.embed()
        held, ranking = opened.versions()[-1].passages, opened.ranking
        _, text_bytes = sizes.text_of(opened)
    library_bytes, _ = sizes.bytes_of(folder)
    before = wait_until_quiet()
    warm = asking.in_one_process(folder, questions)
    cold = asking.cold_runs(folder, questions[0])
    return (
        f"{held:,}",
        f"{built['seconds']:,.0f} s",
        f"{built['passages'] / built['seconds']:,.0f}",
        f"{built['peak_bytes'] / 1e9:.2f} GB",
        f"{library_bytes / 1e6:,.0f} MB = {library_bytes / text_bytes:.2f}",
        f"{warm.percentile(50):.0f} ms",
        f"{warm.percentile(95):.0f} ms",
        f"{warm.answered}/{len(questions)}",
        f"{statistics.median(cold):.0f} ms",
        ranking,
        f"{before:.1f}, {load():.1f}",
    )
