"""From what a person typed to the files it means."""

from __future__ import annotations

import glob
import os
from collections.abc import Iterator
from pathlib import Path

from osler.domain.errors import DocumentTooLarge, ReadingError, UnsupportedFormat, UsageError
from osler.reading.files.archive import is_archive, members
from osler.reading.files.formats import Format, detect
from osler.reading.files.limits import LIMITS, Limits, too_large
from osler.reading.files.raw import RawFile

_LIBRARY = "osler.db"  # a library is no document of itself, as when it stands in the folder added
_NOT_DOCUMENTS = frozenset(
    {
        "attribution",
        "authors",
        "changelog",
        "code_of_conduct",
        "contributing",
        "copying",
        "licence",
        "license",
        "notice",
        "readme",
        "security",
    }
)


def walk(target: str | Path, limits: Limits = LIMITS) -> Iterator[RawFile]:
    """The files of a file, a folder (with all below it), a glob or an archive, by name.

    A file that is named itself is always given, so that `read` can say what is wrong with it.
    In folders and archives, libraries, hidden files, licences and the like are passed over; a file
    of a format that no reader knows is given without its bytes, as an `UnsupportedFormat` problem.
    Archives in archives are opened one level deep.

    Raises `UsageError` where nothing stands at `target`.
    """
    path = Path(target).expanduser()
    if path.is_dir():
        return _folder(path, path, limits)
    if path.exists():
        return _file(path, path.name, limits, named=True)
    found = sorted(glob.glob(str(path), recursive=True))
    if not found:
        raise UsageError(
            f"there is no file or folder at {target}",
            help="Check the path; a glob needs quotes: osler add LIBRARY 'guidelines/*.html'",
        )
    return _glob([Path(each) for each in found], limits)


def _glob(paths: list[Path], limits: Limits) -> Iterator[RawFile]:
    for path in paths:
        if path.is_dir():
            yield from _folder(path, path, limits)
        else:
            yield from _file(path, str(path), limits, named=False)


def _folder(folder: Path, root: Path, limits: Limits) -> Iterator[RawFile]:
    with os.scandir(folder) as entries:
        ordered = sorted(entries, key=lambda entry: entry.name)
    if any(entry.name == _LIBRARY for entry in ordered):
        return
    for entry in ordered:
        if entry.name.startswith("."):
            continue
        path = Path(entry.path)
        if entry.is_dir(follow_symlinks=False):
            yield from _folder(path, root, limits)
        elif entry.is_file():
            named = os.path.basename(os.path.abspath(root))  # "." has a name too
            shown = f"{named}/{path.relative_to(root).as_posix()}"
            yield from _file(path, shown, limits, named=False)


def _file(path: Path, shown: str, limits: Limits, *, named: bool) -> Iterator[RawFile]:
    if not named and _passed_over(path.name):
        return
    try:
        with path.open("rb") as stream:
            head = stream.read(512)
            packed = is_archive(RawFile(shown, path.name, head))
            allowed = limits.archive if packed else limits.of(path.name)
            if path.stat().st_size > allowed:
                raise too_large(shown, allowed)
            raw = RawFile(shown, path.name, head + stream.read())
    except DocumentTooLarge as problem:
        yield RawFile(shown, path.name, b"", problem=problem)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        unreadable = ReadingError(
            f"cannot read {shown}: {reason}", help="Check that the file exists and may be read."
        )
        yield RawFile(shown, path.name, b"", problem=unreadable)
    else:
        yield from _opened(raw, limits, named=named, levels=2)


def _opened(raw: RawFile, limits: Limits, *, named: bool, levels: int) -> Iterator[RawFile]:
    """The file itself, or what it holds if it is an archive and `levels` are left."""
    if raw.problem is not None or not is_archive(raw):
        if named or raw.problem is not None or detect(raw) is not Format.UNKNOWN:
            yield raw
        else:
            unknown = UnsupportedFormat("no reader knows its format")
            yield RawFile(raw.path, raw.name, b"", problem=unknown)
    elif levels == 0:
        problem = UnsupportedFormat(f"cannot read {raw.path}: archives nest too deep")
        yield RawFile(raw.path, raw.name, b"", problem=problem)
    else:
        for member in members(raw, limits):
            single = member.path == raw.path  # a compressed file, or the archive's own problem
            if single or not any(map(_passed_over, _inner(member, raw).split("/"))):
                yield from _opened(member, limits, named=named and single, levels=levels - 1)


def _inner(member: RawFile, archive: RawFile) -> str:
    return member.path.removeprefix(archive.path).lstrip("/")


def _passed_over(name: str) -> bool:
    """Hidden, or one of the files that come with documents and are none."""
    return name.startswith((".", "__MACOSX")) or name.split(".")[0].lower() in _NOT_DOCUMENTS
