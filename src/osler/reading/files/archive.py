"""The members of .gz, .zip and .tar archives, in memory and within limits.

Nothing is ever unpacked to disk, so a member called "../../etc/passwd" can do no harm; its
name is still reduced to what is safe to show.
"""

from __future__ import annotations

import gzip
import io
import re
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from typing import IO

from osler.domain.errors import DocumentTooLarge, EncryptedDocument, MalformedDocument, ReadingError
from osler.reading.files.limits import LIMITS, Limits, too_large
from osler.reading.files.raw import RawFile

_CHUNK = 1 << 20
_BROKEN = (EOFError, OSError, zlib.error, tarfile.TarError, zipfile.BadZipFile, RuntimeError)
_OFFICE_PARTS = ("[Content_Types].xml", "mimetype")  # DOCX, XLSX, ODT, EPUB: one document


def is_archive(raw: RawFile) -> bool:
    """Whether the bytes are an archive of files (a DOCX is a zip, but one document)."""
    data = raw.data
    if data[:4] == b"PK\x03\x04" or data[:4] == b"PK\x05\x06":
        return not is_office(data)
    return (
        data[:2] == b"\x1f\x8b"
        or data[:3] == b"BZh"
        or data[:6] == b"\xfd7zXZ\x00"
        or _is_tar(data)
    )


def is_office(data: bytes) -> bool:
    """Whether a zip is one document of an office program rather than an archive of files."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
    except _BROKEN:
        # The directory stands at the end: a truncated DOCX still shows its parts at the start.
        return any(part.encode() in data[:4096] for part in (*_OFFICE_PARTS, "word/"))
    return any(part in names for part in _OFFICE_PARTS)


def members(raw: RawFile, limits: Limits = LIMITS) -> Iterator[RawFile]:
    """Every file in the archive; one that cannot be had carries the reason as its `problem`."""
    budget = _Budget(raw, limits)
    try:
        if raw.data[:2] == b"PK":
            yield from _zip_members(raw, budget)
        elif _is_tar(raw.data):
            with tarfile.open(fileobj=io.BytesIO(raw.data), mode="r:") as archive:
                yield from _tar_members(raw, archive, budget)
        else:
            yield from _compressed_members(raw, budget)
    except ReadingError as problem:
        yield RawFile(raw.path, raw.name, b"", problem=problem)
    except _BROKEN as error:
        yield RawFile(
            raw.path,
            raw.name,
            b"",
            problem=MalformedDocument(f"cannot read {raw.path}: the archive is broken ({error})"),
        )


def safe_name(name: str) -> str:
    """A member's path without drive, root, "..", backslashes or control characters."""
    parts = re.split(r"[\\/]+", name)
    kept = [part for part in parts if part not in ("", ".", "..") and not part.endswith(":")]
    return re.sub(r"[\x00-\x1f\x7f]", "", "/".join(kept)) or "unnamed"


class _Budget:
    """Counts what one archive has given so far."""

    def __init__(self, raw: RawFile, limits: Limits) -> None:
        self.limits = limits
        self._raw = raw
        self._total = 0
        self._members = 0

    def spend(self, size: int) -> None:
        self._total += size
        self._members += 1
        if self._total > self.limits.archive or self._members > self.limits.members:
            raise DocumentTooLarge(
                f"cannot read {self._raw.path}: it unpacks to more than "
                f"{self.limits.archive // 1_000_000} MB or {self.limits.members} files"
            )
        self.limits.check_ratio(self._raw.path, len(self._raw.data), self._total)


def _zip_members(raw: RawFile, budget: _Budget) -> Iterator[RawFile]:
    with zipfile.ZipFile(io.BytesIO(raw.data)) as archive:
        for info in archive.infolist():
            if info.is_dir():
                continue
            path = f"{raw.path}/{safe_name(info.filename)}"
            if info.flag_bits & 1:
                problem = EncryptedDocument(f"cannot read {path}: it is encrypted")
                yield _member(path, b"", problem)
                continue
            budget.limits.check_ratio(path, info.compress_size, info.file_size)
            try:
                with archive.open(info) as stream:
                    data = _read(stream, path, budget.limits)
            except ReadingError as error:
                yield _member(path, b"", error)
            except _BROKEN as error:
                yield _member(path, b"", MalformedDocument(f"cannot read {path}: {error}"))
            else:
                budget.spend(len(data))
                yield _member(path, data)


def _tar_members(raw: RawFile, archive: tarfile.TarFile, budget: _Budget) -> Iterator[RawFile]:
    for info in archive:
        if not info.isfile():
            continue  # links and devices are nobody's document
        path = f"{raw.path}/{safe_name(info.name)}"
        budget.spend(info.size)
        if info.size > budget.limits.of(path):
            yield _member(path, b"", too_large(path, budget.limits.of(path)))
            continue
        stream = archive.extractfile(info)
        if stream is not None:
            yield _member(path, stream.read())


def _compressed_members(raw: RawFile, budget: _Budget) -> Iterator[RawFile]:
    """A compressed tar, or one compressed file: which, the first unpacked bytes tell."""
    try:
        archive = tarfile.open(fileobj=io.BytesIO(raw.data), mode="r|*")  # noqa: SIM115
    except tarfile.ReadError:
        with gzip.open(io.BytesIO(raw.data)) as stream:
            data = _read(stream, raw.path, budget.limits, packed=len(raw.data))
        yield RawFile(raw.path, raw.name, data, url=raw.url, seen=raw.seen)
        return
    with archive:
        yield from _tar_members(raw, archive, budget)


def _read(
    stream: IO[bytes] | gzip.GzipFile, path: str, limits: Limits, *, packed: int | None = None
) -> bytes:
    """Read to the end, never more than the limits allow (a header may lie about the size)."""
    chunks: list[bytes] = []
    size = 0
    allowed = limits.of(path)
    while chunk := stream.read(_CHUNK):
        size += len(chunk)
        if packed is not None:
            limits.check_ratio(path, packed, size)
        if size > allowed:
            raise too_large(path, allowed)
        chunks.append(chunk)
    return b"".join(chunks)


def _member(path: str, data: bytes, problem: ReadingError | None = None) -> RawFile:
    return RawFile(path, path.rsplit("/", 1)[-1], data, problem=problem)


def _is_tar(data: bytes) -> bool:
    return data[257:262] == b"ustar"
