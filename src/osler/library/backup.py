"""One file that holds a library, and a library made from it again.

The file is a compressed tar: `manifest.json` first, with the SHA-256 of everything after it,
then the database and the vectors, and what is kept beside the library (a site's data). The
lexical index is left out, for it follows from the texts and is built when the library is restored.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager, nullcontext
from pathlib import Path
from typing import Protocol

from osler import __version__
from osler.domain import errors
from osler.library import opening, schema, vectors
from osler.library.archive import BESIDE, CHUNK, FORMAT, Manifest, Member, digest, pack, unpacked
from osler.library.locking import writing
from osler.library.store import latest
from osler.library.writing import now

__all__ = ["BESIDE", "Beside", "Manifest", "Member", "backup", "restore"]


class Beside(Protocol):
    """What is kept in the same file as a library: a site's data."""

    def gather(self, folder: Path) -> None:
        """Write a copy of one moment into an empty folder."""

    def check(self, folder: Path) -> None:
        """Raise BackupCorrupt or UsageError where what `folder` holds cannot be put in place."""

    def put_in_place(self, folder: Path) -> None:
        """Replace what is there by what `folder` holds; whole or not at all."""


def backup(
    folder: Path, file: Path, *, force: bool = False, beside: Beside | None = None
) -> Manifest:
    """Write the library in `folder`, as it is at this moment, to `file`; what it then holds.

    What is kept `beside` it goes into the same file, which only its owner may then read.

    Others may read and write meanwhile. `file` comes to be whole or not at all. Raises
    LibraryNotFound, LibraryCorrupt, LibraryFull; UsageError where `file` is there already and
    not `force`.
    """
    if file.exists() and not force:
        raise errors.UsageError(
            f"{file} is there already", help="Name another file, or write over it with --force."
        )
    with (
        closing(schema.open_database(folder)) as connection,
        _beside(file) as work,
        schema.translated(file.absolute().parent),
    ):
        manifest = _gathered(connection, folder, work / "members", beside)
        packed = work / file.name
        pack(manifest, work / "members", packed)
        if beside is not None:
            packed.chmod(0o600)  # it holds people's accounts and the site's key
        unpacked(packed, None)  # what was written is read again
        os.replace(packed, file)
    return manifest


def restore(
    file: Path, folder: Path, *, force: bool = False, beside: Beside | None = None
) -> Manifest:
    """Make the library that `file` holds, in `folder`; what was in it.

    What was kept beside it is put in its place by `beside`, or left out where that is None.

    Nothing in `folder` changes before all of `file` was read, checked and indexed. Raises
    BackupCorrupt, LibraryTooNew, LibraryFull; UsageError where `folder` holds a library with
    anything in it and not `force`, or is no library and not empty.
    """
    if not file.is_file():
        raise errors.UsageError(f"there is no file {file}", help="Check the path of the backup.")
    _may_be_replaced(folder, force)
    folder.absolute().parent.mkdir(parents=True, exist_ok=True)
    with _beside(folder) as work, schema.translated(folder.absolute().parent):
        fresh = work / "library"
        fresh.mkdir()
        manifest = unpacked(file, fresh)
        kept = fresh / BESIDE
        has_more = kept.is_dir()
        if has_more:
            kept.rename(work / BESIDE)
        connection, _ = opening.open_folder(fresh)  # builds the index
        connection.close()
        if beside is not None and has_more:
            beside.check(work / BESIDE)
        with writing(folder) if schema.exists(folder) else nullcontext():
            _put_in_place(fresh, folder, work / "replaced")
            if beside is not None and has_more:
                try:
                    beside.put_in_place(work / BESIDE)
                except BaseException:
                    folder.rename(work / "not wanted")
                    if (work / "replaced").exists():
                        (work / "replaced").rename(folder)
                    raise
    return manifest


def _may_be_replaced(folder: Path, force: bool) -> None:
    """Raise UsageError where what stands at `folder` must stay."""
    if not folder.exists():
        return
    if not folder.is_dir() or (any(folder.iterdir()) and not schema.exists(folder)):
        raise errors.UsageError(
            f"{folder} is not empty and no library", help="Restore into a folder of its own."
        )
    if schema.exists(folder) and not force:
        with closing(schema.open_database(folder)) as connection, schema.translated(folder):
            version = latest(connection)
        if version > 0:
            raise errors.UsageError(
                f"{folder} holds a library that is not empty",
                help="Restore into another folder, or put the backup in its place with --force.",
            )


def _put_in_place(fresh: Path, folder: Path, replaced: Path) -> None:
    """Move `fresh` to where `folder` is, and what was there to `replaced`."""
    try:
        if folder.exists():
            folder.rename(replaced)
        fresh.rename(folder)
    except OSError as error:
        raise errors.LibraryError(
            f"{folder} cannot be replaced: {error.strerror or error}",
            help="Is it a disk of its own? Then restore into a folder inside it.",
        ) from error


@contextmanager
def _beside(path: Path) -> Iterator[Path]:
    """A folder for work on the same disk as `path`, gone afterwards."""
    try:
        work = Path(tempfile.mkdtemp(prefix=f".{path.name}.", dir=path.absolute().parent))
    except OSError as error:
        raise errors.UsageError(
            f"cannot write to {path.parent}: {error.strerror or error}",
            help="Check that the folder exists and may be written to.",
        ) from error
    try:
        yield work
    finally:
        shutil.rmtree(work, ignore_errors=True)


def _gathered(
    connection: sqlite3.Connection, folder: Path, work: Path, beside: Beside | None
) -> Manifest:
    """A copy of the library in `work`: of one moment, whoever is writing."""
    work.mkdir()
    with closing(sqlite3.connect(work / schema.DATABASE)) as copy:
        connection.backup(copy)
        copy.execute("PRAGMA journal_mode = DELETE")  # one file, without its log
        (sound,) = copy.execute("PRAGMA quick_check(1)").fetchone()
        if sound != "ok":
            raise errors.LibraryCorrupt(f"the database in {folder} is damaged: {sound}")
        version = latest(copy)
        (sources,) = copy.execute(
            "SELECT sources FROM versions WHERE number = ?", (version,)
        ).fetchone()
        tiers = copy.execute(
            "SELECT DISTINCT embedder FROM versions WHERE embedder IS NOT NULL ORDER BY embedder"
        ).fetchall()
    for (tier,) in tiers:
        _copy_vectors(folder, work, tier)
    if beside is not None:
        (work / BESIDE).mkdir()
        beside.gather(work / BESIDE)
    members = tuple(
        Member(path.relative_to(work).as_posix(), path.stat().st_size, digest(path))
        for path in sorted(work.rglob("*"))
        if path.is_file()
    )
    return Manifest(
        FORMAT if beside is not None else 1,
        now(),
        __version__,
        schema.SCHEMA_VERSION,
        version,
        int(sources),
        members,
    )


def _copy_vectors(folder: Path, work: Path, tier: str) -> None:
    """The rows that the state speaks of: a writer may be adding more at the end."""
    state = vectors.read_state(folder, tier)
    source = folder / vectors.FOLDER / vectors.file_name(tier)
    if state is None or not source.is_file():
        return
    (work / vectors.FOLDER).mkdir(exist_ok=True)
    with source.open("rb") as read, (work / vectors.FOLDER / source.name).open("wb") as write:
        left = state["rows"] * state["dimensions"] * 4
        while left and (chunk := read.read(min(left, CHUNK))):
            write.write(chunk)
            left -= len(chunk)
    vectors.write_state(work, tier, state)
