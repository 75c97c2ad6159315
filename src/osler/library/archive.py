"""The file of a backup: a compressed tar, its manifest first, every checksum verified."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import os
import tarfile
import zlib
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO

from osler.domain import errors
from osler.library import schema, vectors

FORMAT = 2  # 1: the library alone
_MANIFEST = "manifest.json"
_MANIFEST_BYTES = 10_000_000
CHUNK = 1 << 20
_LEVEL = 6
BESIDE = "site"  # the folder of what is kept in the same file as a library


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


def pack(manifest: Manifest, work: Path, file: Path) -> None:
    """Write a manifest and the members that stand in `work` to a file."""
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


def unpacked(file: Path, folder: Path | None) -> Manifest:
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
            while stream.read(CHUNK):  # to the end, where gzip keeps a checksum of everything
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
    """The database, a vector file, or something below the folder of what is kept beside.

    Nothing that points elsewhere.
    """
    folder, _, last = name.rpartition("/")
    if name == schema.DATABASE:
        return True
    if "\\" in name or "\x00" in name or last.startswith("."):
        return False
    if name.startswith(f"{BESIDE}/"):
        return all(part not in ("", ".", "..") for part in name.split("/"))
    return folder == vectors.FOLDER and last != ""


def _copied(data: IO[bytes], path: Path | None) -> str:
    """Copy a stream to `path`, if there is one; the SHA-256 of what went by."""
    digest = hashlib.sha256()
    if path is not None:
        path.parent.mkdir(parents=True, exist_ok=True)
    with open(path or os.devnull, "wb") as out:
        while chunk := data.read(CHUNK):
            digest.update(chunk)
            out.write(chunk)
    return digest.hexdigest()


def digest(path: Path) -> str:
    """The SHA-256 of a file."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
