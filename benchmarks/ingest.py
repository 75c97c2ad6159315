"""Reading and indexing: passages a second, peak memory, size of the library.

    python benchmarks/ingest.py LIBRARY TARGET...

makes a library of the targets and prints what it took as JSON. `measure` runs that in a process
of its own and watches its memory.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import corpora
import sizes
from machine import load, wait_until_quiet
from memory import PeakMemory
from page import Measured, table

from osler.library import Library

WORDS = 100  # a passage, for the purpose of speaking of speed


def build(folder: Path, targets: list[Path]) -> dict[str, Any]:
    """A library of `targets` in `folder`, in place of what is there, built in this process."""
    shutil.rmtree(folder, ignore_errors=True)
    with Library.create(folder) as library:
        report = library.add(targets)
        started = time.perf_counter()
        answered = bool(library.search("treatment"))
        first_search = time.perf_counter() - started
    return {
        "files": report.files,
        "failed": len(report.failed),
        "sources": len(report.added),
        "passages": report.passages,
        "statements": report.statements,
        "seconds": report.seconds + first_search,
        "answers": answered,
    }


def build_watched(folder: Path, targets: list[Path]) -> dict[str, Any]:
    """`build` in a process of its own, with `peak_bytes` of it and its workers."""
    command = [sys.executable, __file__, str(folder), *map(str, targets)]
    with (
        subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process,
        PeakMemory(process.pid) as peak,
    ):
        output, _ = process.communicate()
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    built: dict[str, Any] = json.loads(output)
    return built | {"peak_bytes": peak.bytes}


def measure(folder: Path) -> Measured:
    """Build the library of all originals in `folder`, then its vectors."""
    title = "Reading and indexing"
    why = corpora.absent(*corpora.ORIGINALS)
    if why:
        return Measured(title, (why,))
    before = wait_until_quiet()
    built = build_watched(folder, list(corpora.ORIGINALS))
    with Library.open(folder) as library:
        words, text_bytes = sizes.text_of(library)
        started = time.perf_counter()
        library.embed()
        embedding = time.perf_counter() - started
    library_bytes, vector_bytes = sizes.bytes_of(folder)
    of_words = words / WORDS
    rows = [
        ("files, sources", f"{built['files']:,}, {built['sources']:,}"),
        ("files that could not be read", built["failed"]),
        ("words", f"{words:,}"),
        ("statements", f"{built['statements']:,}"),
        ("seconds until the library answers", f"{built['seconds']:.1f}"),
        (f"passages of {WORDS} words a second", f"{of_words / built['seconds']:,.0f}"),
        (
            f"the library's own passages ({words / built['passages']:.0f} words) a second",
            f"{built['passages'] / built['seconds']:,.0f}",
        ),
        ("peak memory, main process and workers", f"{built['peak_bytes'] / 1e9:.2f} GB"),
        ("text (UTF-8)", f"{text_bytes / 1e6:.1f} MB"),
        (
            "library ÷ text, without vectors",
            f"{library_bytes / 1e6:.1f} MB = {library_bytes / text_bytes:.2f}",
        ),
        ("vectors", f"{vector_bytes / 1e6:.1f} MB"),
        (
            "vectors afterwards",
            f"{embedding:.1f} s, {built['passages'] / max(embedding, 1e-9):,.0f} passages a second",
        ),
        ("load before, after", f"{before:.1f}, {load():.1f}"),
    ]
    intro = (
        "The Nigerian guideline, OpenStax CNXML, MedQuAD XML and both CDC PDFs as published, with "
        "one worker a core: text, statements, dosages and lexical index. One run."
    )
    return Measured(title, (intro, "", *table(("", ""), rows)))


if __name__ == "__main__":
    print(json.dumps(build(Path(sys.argv[1]), [Path(target) for target in sys.argv[2:]])))
