"""Adding: find files, read them, insert them; what is committed stays, whatever happens."""

from __future__ import annotations

import hashlib
import os
import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from osler.domain import errors
from osler.library import index
from osler.library.index import IndexWriter
from osler.library.locking import writing
from osler.library.opening import repair
from osler.library.preparing import PreparedFile
from osler.library.records import AddReport, Failed, Progress, Skipped, Warned
from osler.library.schema import translated
from osler.library.store import latest
from osler.library.workforce import Task, prepared
from osler.library.writing import Changes, Writer
from osler.reading.blocks.metadata import misfits

if TYPE_CHECKING:
    from osler.reading import RawFile

Target = str | Path
OnProgress = Callable[[Progress], None]
_TASK_BYTES = 200_000  # small files go to a worker together
_TASK_FILES = 64
_COMMIT_PASSAGES = 10_000  # a kill loses at most so much work,
_FIRST_COMMIT = 1_000  # and in the beginning less: each commit may be twice as large as the last


@dataclass(slots=True)
class _Tally:
    """The report while it grows."""

    started: float = field(default_factory=time.perf_counter)
    changes: list[Changes] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    failed: list[Failed] = field(default_factory=list)
    raised: list[errors.OslerError] = field(default_factory=list)
    warned: list[Warned] = field(default_factory=list)
    seen: list[tuple[bytes, str]] = field(default_factory=list)
    found: int = 0
    exhausted: bool = False
    done: int = 0
    bytes: int = 0
    passages: int = 0

    def failure(self, path: str, error: errors.OslerError) -> None:
        """Note a file, or a whole target, that gave nothing."""
        self.raised.append(error)
        if isinstance(error, errors.UnsupportedFormat):
            self.skipped.append(Skipped(path, str(error)))
        else:
            self.failed.append(Failed(path, str(error), error.help))

    def progress(self, name: str) -> Progress:
        """How far it has come."""
        total = self.found if self.exhausted else None
        seconds = time.perf_counter() - self.started
        return Progress(self.done, total, self.bytes, self.passages, seconds, name)

    def report(self, version: int, *, interrupted: bool) -> AddReport:
        """The sum of it."""
        there = dict.fromkeys(i for c in self.changes for i in c.already_there)
        return AddReport(
            version=version,
            added=tuple(i for c in self.changes for i in c.added),
            already_there=tuple(there),
            skipped=tuple(self.skipped),
            failed=tuple(self.failed),
            files=self.done,
            passages=sum(c.passages for c in self.changes),
            statements=sum(c.statements for c in self.changes),
            characters=sum(c.characters for c in self.changes),
            seconds=time.perf_counter() - self.started,
            interrupted=interrupted,
            warnings=tuple(self.warned),
        )


def add(
    folder: Path,
    connection: sqlite3.Connection,
    targets: Iterable[Target],
    *,
    progress: OnProgress | None = None,
    workers: int | None = None,
) -> AddReport:
    """Add files, folders, archives and feeds; see `Library.add`."""
    wanted = list(targets)
    tally = _Tally()
    interrupted = False
    with translated(folder), writing(folder):
        repair(connection, folder)
        with IndexWriter(folder / index.FOLDER) as index_writer:
            writer = Writer(connection, index_writer)
            batch: list[PreparedFile] = []
            most = min(_FIRST_COMMIT, _COMMIT_PASSAGES)
            try:
                for files in prepared(
                    _tasks(wanted, connection, tally), workers or os.cpu_count() or 1
                ):
                    batch += _readable(files, tally)
                    if progress is not None:
                        progress(tally.progress(files[-1].name))
                    if sum(len(s.passages) for f in batch for s in f.sources) >= most:
                        tally.changes.append(writer.add(batch))
                        batch = []
                        most = min(2 * most, _COMMIT_PASSAGES)
            except KeyboardInterrupt:
                interrupted = True
            if batch:
                tally.changes.append(writer.add(batch))
            if tally.seen:
                tally.changes.append(writer.see_again(tally.seen))
                tally.done += len(tally.seen)
        if progress is not None:
            progress(tally.progress(""))
    if len(tally.raised) == 1 and tally.found <= 1 and len(wanted) == 1:
        raise tally.raised[0]
    return tally.report(latest(connection), interrupted=interrupted)


def _readable(files: Iterable[PreparedFile], tally: _Tally) -> Iterator[PreparedFile]:
    """The files that gave documents; the others are noted."""
    for file in files:
        tally.done += 1
        tally.bytes += file.size
        if file.error is not None:
            tally.failure(file.path, file.error)
        else:
            tally.passages += sum(len(source.passages) for source in file.sources)
            for each in file.sources:
                told = misfits(each.source.extra)
                tally.warned += [Warned(each.source.path, message) for message in told]
            yield file


def _tasks(
    targets: Iterable[Target], connection: sqlite3.Connection, tally: _Tally
) -> Iterator[Task]:
    """Files not read before, small ones together."""
    task: Task = []
    size = 0
    for file in _files(targets, tally):
        tally.found += 1
        digest = hashlib.sha256(file.data).digest()
        if connection.execute("SELECT 1 FROM files WHERE hash = ?", (digest,)).fetchone():
            tally.seen.append((digest, file.name))
            continue
        if task and (size + len(file.data) > _TASK_BYTES or len(task) == _TASK_FILES):
            yield task
            task, size = [], 0
        task.append((digest, file))
        size += len(file.data)
    tally.exhausted = True
    if task:
        yield task


def _files(targets: Iterable[Target], tally: _Tally) -> Iterator[RawFile]:
    """What each target holds; a target that cannot be had does not stop the others."""
    from osler.reading import walk

    for target in targets:
        try:
            yield from _fetched(str(target)) or walk(target)
        except (errors.ReadingError, errors.UsageError) as error:
            tally.failure(str(target), error)


def _fetched(target: str) -> Iterator[RawFile] | None:
    """What a public service gives for `target`; None where it is a path."""
    if ":" not in target or Path(target).exists():
        return None
    from osler.reading.importers import fetch, is_feed

    return fetch(target) if is_feed(target) else None
