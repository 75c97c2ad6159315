"""One file that holds a library, and a library made from it again.

The file is a compressed tar: `manifest.json` first, with the SHA-256 of everything after it,
then the database and the vectors. The lexical index is left out, for it follows from the texts
and is built when the library is restored.
"""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import os
import shutil
import sqlite3
import tarfile
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import closing, contextmanager, nullcontext
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO

from osler import __version__
from osler.domain import errors
from osler.library import opening, schema, vectors
from osler.library.locking import writing
from osler.library.store import latest
from osler.library.writing import now

FORMAT = 1
_MANIFEST = "manifest.json"
_MANIFEST_BYTES = 10_000_000
_CHUNK = 1 << 20
_LEVEL = 6


@dataclass(frozen=True, slots=True)
class Member:
    """A file of the library, and what it must hash to."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup says of itself."""

    format: int
    made_at: str  # ISO 8601, UTC
    engine_version: str
    schema_version: int
    library_version: int
    sources: int
    members: tuple[Member, ...]


def backup(folder: Path, file: Path, *, force: bool = False) -> Manifest:
    """Write the library in `folder`, as it is at this moment, to `file`; what it then holds.

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
        manifest = _gathered(connection, folder, work / "members")
        packed = work / file.name
        _pack(manifest, work / "members", packed)
        _unpacked(packed, None)  # what was written is read again
        os.replace(packed, file)
    return manifest


def restore(file: Path, folder: Path, *, force: bool = False) -> Manifest:
    """Make the library that `file` holds, in `folder`; what was in it.

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
        manifest = _unpacked(file, fresh)
        connection, _ = opening.open_folder(fresh)  # builds the index
        connection.close()
        with writing(folder) if schema.exists(folder) else nullcontext():
            _put_in_place(fresh, folder, work / "replaced")
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


def _gathered(connection: sqlite3.Connection, folder: Path, work: Path) -> Manifest:
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
    members = tuple(
        Member(path.relative_to(work).as_posix(), path.stat().st_size, _digest(path))
        for path in sorted(work.rglob("*"))
        if path.is_file()
    )
    return Manifest(
        FORMAT, now(), __version__, schema.SCHEMA_VERSION, version, int(sources), members
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
        while left and (chunk := read.read(min(left, _CHUNK))):
            write.write(chunk)
            left -= len(chunk)
    vectors.write_state(work, tier, state)


def _pack(manifest: Manifest, work: Path, file: Path) -> None:
    described = json.dumps(asdict(manifest), indent=2).encode()
    with (
        file.open("wb") as out,
        gzip.GzipFile("", "wb", _LEVEL, out, mtime=0) as stream,
        tarfile.open(fileobj=stream, mode="w") as archive,
    ):
        _put(archive, _MANIFEST, len(described), io.BytesIO(described))
        for member in manifest.members:
            with (work / member.name).open("rb") as data:
                _put(archive, member.name, member.size, data)
    with file.open("rb") as written:
        os.fsync(written.fileno())


def _put(archive: tarfile.TarFile, name: str, size: int, data: IO[bytes]) -> None:
    entry = tarfile.TarInfo(name)
    entry.size, entry.mode = size, 0o600
    archive.addfile(entry, data)


def _unpacked(file: Path, folder: Path | None) -> Manifest:
    """Read a backup to its end and check it; with `folder`, write its members there."""
    try:
        with gzip.open(file) as stream, tarfile.open(fileobj=stream, mode="r:") as archive:
            manifest = _manifest(archive, file)
            for member in manifest.members:
                entry = archive.next()
                data = archive.extractfile(entry) if entry is not None else None
                if entry is None or entry.name != member.name or data is None:
                    raise errors.BackupCorrupt(f"{file} does not hold {member.name}")
                if _copied(data, folder / member.name if folder else None) != member.sha256:
                    raise errors.BackupCorrupt(f"the checksum of {member.name} does not match")
            while stream.read(_CHUNK):  # to the end, where gzip keeps a checksum of everything
                pass
    except (tarfile.TarError, zlib.error, EOFError, gzip.BadGzipFile) as error:
        raise errors.BackupCorrupt(f"{file} is damaged or no backup: {error}") from error
    return manifest


def _manifest(archive: tarfile.TarFile, file: Path) -> Manifest:
    entry = archive.next()
    data = archive.extractfile(entry) if entry is not None else None
    if entry is None or entry.name != _MANIFEST or data is None:
        raise errors.BackupCorrupt(f"{file} is no backup of a library")
    try:
        said = json.loads(data.read(_MANIFEST_BYTES))
        newer = said["format"] > FORMAT or said["schema_version"] > schema.SCHEMA_VERSION
        if newer:
            raise errors.LibraryTooNew(
                f"{file} was made by Osler {said['engine_version']}",
                help="Upgrade Osler; this version cannot read the backup.",
            )
        said["members"] = tuple(Member(**each) for each in said["members"])
        manifest = Manifest(**said)
    except (ValueError, KeyError, TypeError) as error:
        raise errors.BackupCorrupt(f"the manifest of {file} does not read") from error
    if not all(_is_ours(member.name) for member in manifest.members):
        raise errors.BackupCorrupt(f"{file} holds files that are not a library's")
    return manifest


def _is_ours(name: str) -> bool:
    """The database, or a file directly in the folder of vectors; nothing that points elsewhere."""
    folder, _, last = name.rpartition("/")
    return name == schema.DATABASE or (
        folder == vectors.FOLDER and not last.startswith(".") and "\\" not in last and last != ""
    )


def _copied(data: IO[bytes], path: Path | None) -> str:
    """Copy a stream to `path`, if there is one; the SHA-256 of what went by."""
    digest = hashlib.sha256()
    if path is not None:
        path.parent.mkdir(exist_ok=True)
    with open(path or os.devnull, "wb") as out:
        while chunk := data.read(_CHUNK):
            digest.update(chunk)
            out.write(chunk)
    return digest.hexdigest()


def _digest(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
