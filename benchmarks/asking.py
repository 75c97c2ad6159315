"""`osler ask`: as a process from cold, and in one process."""

from __future__ import annotations

import os
import re
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import corpora
import numpy as np
from machine import load, wait_until_quiet
from page import Measured, table

from osler.answering import ask
from osler.evaluation.questions import load_questions
from osler.library import Library

RUNS = 7
CONDITIONS = 60
_COLD = "What is the dose of ceftriaxone in bacterial meningitis?"
_FIRST = "treatment of scabies"  # asked once, untimed: what is loaded once is loaded


@dataclass(frozen=True, slots=True)
class Latencies:
    """Milliseconds a question, each asked once."""

    milliseconds: tuple[float, ...]
    of_processor: tuple[float, ...]
    answered: int

    def percentile(self, share: int) -> float:
        """The value below which `share` per cent lie."""
        return float(np.percentile(self.milliseconds, share))

    def __str__(self) -> str:
        return (
            f"p50 {self.percentile(50):.0f} ms, p95 {self.percentile(95):.0f} ms, "
            f"longest {max(self.milliseconds):.0f} ms; processor time p50 "
            f"{np.percentile(self.of_processor, 50):.0f} ms ({len(self.milliseconds)} questions, "
            f"{self.answered} answered)"
        )


def measure(folder: Path) -> Measured:
    """Ask the library in `folder`, which the part `ingest` made."""
    title = "Asking"
    why = corpora.absent(corpora.CONDITIONS, corpora.DOSING / "questions.yaml")
    if why is None and not folder.exists():
        why = "not measured: there is no library; run the part ingest first"
    if why:
        return Measured(title, (why,))
    with Library.open(folder) as library:
        questions = questions_of(library)
        kind, passages = library.ranking, library.versions()[-1].passages
    before = wait_until_quiet()
    cold = cold_runs(folder, _COLD)
    uncached = [run_without_cache(folder, _COLD) for _ in range(RUNS)]
    warm = in_one_process(folder, questions)
    rows = [
        ("process, files in the page cache", _runs(cold)),
        ("process, files dropped from the page cache", _runs(uncached)),
        ("in one process", str(warm)),
        ("load before, after", f"{before:.1f}, {load():.1f}"),
    ]
    intro = (
        f"The library of the part above ({passages:,} passages, {kind} ranking). A process is "
        f"`osler ask … --format json`, from start to exit, after one run that is not counted. "
        "In one process, every question is different and asked once: those of dosing_dev, and "
        "questions made of the Nigerian guideline's conditions and the drugs named under them."
    )
    return Measured(title, (intro, "", *table(("", ""), rows)))


def questions_of(library: Library, conditions: int = CONDITIONS) -> list[str]:
    """dosing_dev's questions, then one or two for each of so many conditions."""
    asked = [item.question for item in load_questions(corpora.DOSING / "questions.yaml")]
    names = corpora.conditions()
    for condition in names[:: max(1, len(names) // conditions)][:conditions]:
        asked.append(f"treatment of {condition}")
        drug = _first_drug(library, condition)
        if drug:
            asked.append(f"dose of {drug} in {condition}")
    return list(dict.fromkeys(asked))


def in_one_process(folder: Path, questions: Sequence[str]) -> Latencies:
    """Each question once; what every question needs is loaded before by another one."""
    taken: list[float] = []
    of_processor: list[float] = []
    answered = 0
    with Library.open(folder) as library:
        ask(library, _FIRST)
        for question in questions:
            started, begun = time.perf_counter(), time.process_time()
            answered += ask(library, question).answered
            taken.append((time.perf_counter() - started) * 1000)
            of_processor.append((time.process_time() - begun) * 1000)
    return Latencies(tuple(taken), tuple(of_processor), answered)


def cold_runs(folder: Path, question: str) -> list[float]:
    """Milliseconds of processes that ask, after one that is not counted."""
    return [run(folder, question) for _ in range(RUNS + 1)][1:]


def run(folder: Path, question: str) -> float:
    """Milliseconds of one process that asks. Raises CalledProcessError where it fails."""
    osler = Path(sys.executable).with_name("osler")
    command = [str(osler), "ask", question, "--library", str(folder), "--format", "json"]
    started = time.perf_counter()
    done = subprocess.run(command, stdout=subprocess.DEVNULL, check=False)
    taken = (time.perf_counter() - started) * 1000
    if done.returncode not in (0, 3):  # 3: it abstained
        done.check_returncode()
    return taken


def run_without_cache(folder: Path, question: str) -> float:
    """As `run`, after the library's and the packages' files were dropped from memory."""
    for root in (folder, Path(sys.prefix), Path(corpora.__file__).parents[1] / "src"):
        for path in root.rglob("*"):
            if path.is_file():
                _drop(path)
    return run(folder, question)


def _drop(path: Path) -> None:
    with path.open("rb") as file:
        os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def _first_drug(library: Library, condition: str) -> str | None:
    """The first drug that a dose is given of in the passages on a condition."""
    for hit in library.search(condition, k=5):
        if re.sub(r"\W", "", hit.passage.title.lower()) != re.sub(r"\W", "", condition):
            continue
        for statement in library.statements_in(hit.passage):
            if statement.dosages and statement.substances:
                return statement.substances[0]
    return None


def _runs(milliseconds: Sequence[float]) -> str:
    return (
        f"median {statistics.median(milliseconds):.0f} ms "
        f"({min(milliseconds):.0f} to {max(milliseconds):.0f}, {len(milliseconds)} runs)"
    )
