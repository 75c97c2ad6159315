"""The questions of dosing_dev: alone, and among all the other documents; its pairs."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import corpora
import yaml
from machine import load, wait_until_quiet
from page import Measured, table

from osler.checking import check_text
from osler.evaluation.answers import evaluate_answers
from osler.library import Library
from osler.reading import read, walk

QUESTIONS = corpora.DOSING / "questions.yaml"
PAIRS = corpora.DOSING / "mutations.yaml"
SOURCES = corpora.DOSING / "sources"


def measure(folder: Path, everything: Path) -> Measured:
    """dosing_dev alone (a library in `folder`) and added to the library in `everything`."""
    title = "Answers"
    why = corpora.absent(QUESTIONS, PAIRS, SOURCES)
    if why:
        return Measured(title, (why,))
    before = wait_until_quiet()
    alone = _totals(_made(folder / "dosing-dev"))
    together: dict[str, Any] = {}
    if everything.exists():
        copy = folder / "everything"
        shutil.rmtree(copy, ignore_errors=True)
        shutil.copytree(everything, copy)
        together = _totals(copy)
    rows = [(name, value, together.get(name, "not measured")) for name, value in alone.items()]
    intro = (
        "The questions of dosing_dev, on its own documents and together with those of the first "
        "part. Whether a question is to be abstained on counts only alone: other books may hold "
        "the answer."
    )
    lines = (
        intro,
        "",
        *table(("", "alone", "among all"), rows),
        "",
        _pairs(),
        "",
        f"Load before, after: {before:.1f}, {load():.1f}.",
    )
    return Measured(title, lines)


def _made(folder: Path) -> Path:
    shutil.rmtree(folder, ignore_errors=True)
    Library.create(folder).close()
    return folder


def _totals(folder: Path) -> dict[str, Any]:
    """Add dosing_dev's documents to the library in `folder`, and ask its questions."""
    with Library.open(folder) as library:
        library.add(SOURCES)
        library.embed()
        return evaluate_answers(library, QUESTIONS).totals


def _pairs() -> str:
    """dosing_dev's claims against their passages, the document's title as context."""
    titles = {d.source.file: d.source.title for raw in walk(SOURCES) for d in read(raw)}
    pairs = yaml.safe_load(PAIRS.read_text("utf-8"))["pairs"]
    right = {"pass": 0, "fail": 0}
    total = {"pass": 0, "fail": 0}
    for pair in pairs:
        title = titles.get(pair.get("source"), "")
        supported = check_text(pair["claim"], pair["passage"], title).supported
        label = pair["label"]
        total[label] += 1
        right[label] += supported == (label == "pass")
    return (
        f"Its pairs of claim and passage: {right['fail']}/{total['fail']} corrupted claims caught, "
        f"{right['pass']}/{total['pass']} faithful ones passed."
    )
