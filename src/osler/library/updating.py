"""Bringing a library up to date.

What came from a feed or an address is asked for again, and a new edition supersedes the old. What
has become of articles since they appeared (retractions, corrections, newer editions) is asked for
every source that has a PubMed number or a DOI, also where it was added as a file.
"""

from __future__ import annotations

import hashlib
import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from osler.domain import Document, Source, SourceId, SourceStatus, errors
from osler.library import index
from osler.library.index import IndexWriter
from osler.library.locking import writing
from osler.library.noticing import Articles, LookUp, Noticed
from osler.library.opening import repair
from osler.library.preparing import PreparedFile, prepare
from osler.library.records import Failed, Progress
from osler.library.schema import translated
from osler.library.store import Store, latest
from osler.library.writing import Writer

if TYPE_CHECKING:
    from osler.reading import RawFile

Fetch = Callable[..., "Iterator[RawFile]"]
OnProgress = Callable[[Progress], None]
_TOGETHER = 100  # PubMed records asked for at once

NEW_EDITION, RETRACTED, NEW, EARLIER = "new edition", "retracted", "new", "earlier edition again"


@dataclass(frozen=True, slots=True)
class Change:
    """What became of one source: `what` is one of the four words above."""

    path: str  # what was asked for: "pubmed:28925645", an address
    what: str
    title: str
    source_id: SourceId
    supersedes: SourceId | None = None


@dataclass(frozen=True, slots=True)
class UpdateReport:
    """What an update found and, unless it was a dry run, brought into `version`."""

    version: int
    asked: int  # addresses and records that were asked for again
    unchanged: int
    changes: tuple[Change, ...] = ()
    failed: tuple[Failed, ...] = ()
    dry_run: bool = False
    interrupted: bool = False
    seconds: float = 0.0
    looked_up: int = 0  # articles of which PubMed and Europe PMC were asked what became
    notices: tuple[Noticed, ...] = ()  # what they said that was not known


@dataclass(frozen=True, slots=True)
class _Found:
    """A change, with the file and the document that bring it."""

    change: Change
    file: RawFile
    document: Document


def update(
    folder: Path,
    connection: sqlite3.Connection,
    *,
    dry_run: bool = False,
    progress: OnProgress | None = None,
    fetch: Fetch | None = None,
    look_up: LookUp | None = None,
) -> UpdateReport:
    """Ask for all that may have changed; see `Library.update`."""
    from osler.reading import importers

    started = time.perf_counter()
    with translated(folder):
        run = _Run(connection, progress, started)
        articles = Articles.among(run.store.sources())
        run.total = len(run.held) + articles.requests
        try:
            run.ask_feeds(fetch or importers.fetch)
            articles.ask(look_up or importers.look_up, run.move)
        except KeyboardInterrupt:
            run.interrupted = True
        noticed = _not_retracted_otherwise(articles.found, run.found)
        if not dry_run:
            _write(folder, connection, run.found, noticed)
        return UpdateReport(
            version=latest(connection),
            asked=run.asked,
            unchanged=run.asked - len(run.failed) - len({each.change.path for each in run.found}),
            changes=tuple(each.change for each in run.found),
            failed=(*run.failed, *articles.failed),
            dry_run=dry_run,
            interrupted=run.interrupted,
            seconds=time.perf_counter() - started,
            looked_up=articles.count,
            notices=tuple(noticed),
        )


@dataclass(slots=True)
class _Run:
    """How far an update has come."""

    connection: sqlite3.Connection
    progress: OnProgress | None
    started: float
    store: Store = field(init=False)
    held: dict[str, list[Source]] = field(init=False)
    found: list[_Found] = field(default_factory=list)
    failed: list[Failed] = field(default_factory=list)
    asked: int = 0
    done: int = 0
    total: int = 0
    interrupted: bool = False

    def __post_init__(self) -> None:
        self.store = Store(self.connection, latest(self.connection))
        self.held = _held(self.store)

    def ask_feeds(self, fetch: Fetch) -> None:
        """Ask again for what came from a feed or an address."""
        for path, answer in _asked(self.held, fetch):
            self.asked += 1
            if isinstance(answer, errors.OslerError):
                self.failed.append(Failed(path, str(answer), answer.help))
            else:
                self.found += _changes(path, self.held[path], answer, self.connection)
            self.move(1, path)

    def move(self, asked: int, name: str) -> None:
        """Tell that so many more were asked for."""
        self.done += asked
        if self.progress is not None:
            seconds = time.perf_counter() - self.started
            self.progress(Progress(self.done, self.total, seconds=seconds, name=name))


def _not_retracted_otherwise(noticed: Sequence[Noticed], found: Sequence[_Found]) -> list[Noticed]:
    """Without what is told already: a record fetched again that says it was retracted."""
    told = {each.change.supersedes for each in found if each.change.what == RETRACTED}
    return [each for each in noticed if each.source_id not in told]


def _held(store: Store) -> dict[str, list[Source]]:
    """What came from a feed and is current, by what was asked for."""
    from osler.reading.importers import is_feed

    held: dict[str, list[Source]] = {}
    for source in store.sources():
        if source.status is SourceStatus.CURRENT and is_feed(source.path):
            held.setdefault(source.path, []).append(source)
    return dict(sorted(held.items()))


_Answer = list[tuple["RawFile", Document]] | errors.OslerError


def _asked(held: dict[str, list[Source]], fetch: Fetch) -> Iterator[tuple[str, _Answer]]:
    """What each path gives now, or why it gives nothing; PubMed is asked for many at once."""
    records = [path for path in held if path.startswith("pubmed:")]
    for start in range(0, len(records), _TOGETHER):
        yield from _records(records[start : start + _TOGETHER], fetch)
    for path, sources in held.items():
        if path.startswith("pubmed:"):
            continue
        known = sources[0].extra if len(sources) == 1 else None
        try:
            yield path, _read(fetch(path, known=known))
        except errors.OslerError as error:
            yield path, error


def _records(paths: Sequence[str], fetch: Fetch) -> Iterator[tuple[str, _Answer]]:
    numbers = ",".join(path.partition(":")[2] for path in paths)
    files: dict[str, RawFile] = {}
    problem: errors.OslerError | None = None
    try:
        files.update((file.path, file) for file in fetch(f"pubmed:{numbers}"))
    except errors.OslerError as error:
        problem = error
    for path in paths:
        if path in files:
            try:
                yield path, _read([files[path]])
            except errors.OslerError as error:
                yield path, error
        else:
            yield path, problem or errors.ImportFailed(f"PubMed no longer gives {path}")


def _read(files: Iterable[RawFile]) -> list[tuple[RawFile, Document]]:
    from osler.reading import read

    return [(file, document) for file in files for document in read(file)]


def _changes(
    path: str,
    held: Sequence[Source],
    answer: Sequence[tuple[RawFile, Document]],
    connection: sqlite3.Connection,
) -> Iterator[_Found]:
    """What is new in the answer, each beside the edition that it replaces."""
    given = {document.source.id for _, document in answer}
    gone = [source for source in held if source.id not in given]
    fresh = [pair for pair in answer if pair[1].source.id not in {source.id for source in held}]
    for file, document in fresh:
        source = document.source
        same = [old for old in gone if old.title == source.title]
        one_to_one = len(fresh) == len(gone) == 1
        old = gone[0] if one_to_one else same[0] if len(same) == 1 else None
        known = connection.execute("SELECT 1 FROM sources WHERE id = ?", (source.id,)).fetchone()
        if known:
            what = EARLIER
        elif source.status is SourceStatus.RETRACTED:
            what = RETRACTED
        else:
            what = NEW_EDITION if old else NEW
        change = Change(path, what, source.title, source.id, old.id if old else None)
        if old is not None:
            source = replace(source, supersedes=old.id)
        yield _Found(change, file, replace(document, source=source))


def _write(
    folder: Path,
    connection: sqlite3.Connection,
    found: Sequence[_Found],
    noticed: Sequence[Noticed],
) -> None:
    """All new editions as one version, another for each that an earlier one takes back, and one
    for all notices."""
    if not found and not noticed:
        return
    with writing(folder):
        repair(connection, folder)
        with IndexWriter(folder / index.FOLDER) as index_writer:
            writer = Writer(connection, index_writer)
            if noticed:  # first: what is retracted shall answer no longer than it must
                writer.notice([(each.source_id, each.notice) for each in noticed])
            writer.add([_prepared(each) for each in found])
            for each in found:
                # What is known already cannot supersede: it was superseded itself.
                if each.change.what == EARLIER and each.change.supersedes is not None:
                    store = Store(connection, latest(connection))
                    row = store.row_of_source(each.change.supersedes)
                    writer.remove(row, each.change.supersedes)


def _prepared(found: _Found) -> PreparedFile:
    from osler.statements import extract

    file = found.file
    source = prepare(found.document, extract(found.document))
    digest = hashlib.sha256(file.data).digest()
    return PreparedFile(file.path, file.name, digest, len(file.data), (source,))
