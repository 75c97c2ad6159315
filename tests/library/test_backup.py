"""A backup holds everything, is made while others work, and never half replaces a library."""

from __future__ import annotations

import gzip
import io
import json
import os
import tarfile
import threading
from pathlib import Path

import pytest

from osler.answering import ask, to_json
from osler.domain import errors
from osler.library import Library
from osler.library.backup import backup, restore

QUESTIONS = ("maintenance dose of hydroxocobalamin", "dose of ferrous sulfate", "dose of zorbium")


def contents(folder: Path) -> dict[str, object]:
    with Library.open(folder) as library:
        answers = []
        for question in QUESTIONS:
            answer = to_json(ask(library, question), library)
            del answer["elapsed_ms"]
            answers.append(json.dumps(answer))
        return {
            "version": library.version,
            "versions": library.versions(),
            "ranking": library.ranking,
            "texts": {s.id: library.text(s.id) for s in library.sources()},
            "sources": library.sources(),
            "statements": {s.id: library.statements_of(s.id) for s in library.sources()},
            "hits": library.search("dose in anaemia", k=50),
            "answers": answers,
        }


@pytest.mark.parametrize("vectors", [False, True])
def test_what_is_restored_is_what_was_backed_up(
    library: Library, tmp_path: Path, vectors: bool
) -> None:
    library.remove("epilepsy.md")
    if vectors:
        library.embed()
    before = contents(library.folder)
    made = backup(library.folder, tmp_path / "b.tar.gz")
    assert (made.library_version, made.sources) == (library.version, 2)
    assert restore(tmp_path / "b.tar.gz", tmp_path / "new" / "library") == made
    assert contents(tmp_path / "new" / "library") == before
    with Library.open(tmp_path / "new" / "library", at=1) as earlier:
        assert len(earlier.sources()) == 3
    with Library.open(tmp_path / "new" / "library") as restored:
        health = restored.doctor()
        assert (health.problems, health.rebuilt) == ((), ())
    assert {p.name for p in tmp_path.iterdir()} == {"files", "library", "b.tar.gz", "new"}
    assert [p.name for p in (tmp_path / "new").iterdir()] == ["library"]


def test_a_backup_made_while_another_writes_is_of_one_moment(
    library: Library, tmp_path: Path
) -> None:
    many = tmp_path / "many"
    many.mkdir()
    for number in range(12):
        (many / f"{number}.md").write_text(f"# Chapter {number}\n\nThe dose is {number} mg.\n")
    done = threading.Event()

    def write() -> None:
        with Library.open(library.folder) as writer:
            for path in sorted(many.iterdir()):
                writer.add(path, workers=1)
        done.set()

    thread = threading.Thread(target=write)
    thread.start()
    made = []
    while not done.is_set() or len(made) < 2:
        file = tmp_path / f"{len(made)}.tar.gz"
        made.append((file, backup(library.folder, file)))
    thread.join()
    for number, (file, manifest) in enumerate(made):
        restore(file, tmp_path / f"restored {number}")
        with Library.open(tmp_path / f"restored {number}") as restored:
            assert restored.version == manifest.library_version
            assert len(restored.sources()) == manifest.sources
            assert restored.doctor().rebuilt == ()


def test_a_library_with_something_in_it_is_replaced_only_by_force(
    library: Library, files: Path, tmp_path: Path
) -> None:
    file = tmp_path / "b.tar.gz"
    backup(library.folder, file)
    before = contents(library.folder)
    other = tmp_path / "other"
    with Library.create(other) as made:
        made.add(files / "iron.md", workers=1)
    held = contents(other)
    with pytest.raises(errors.UsageError, match="not empty"):
        restore(file, other)
    assert contents(other) == held
    restore(file, other, force=True)
    assert contents(other) == before


def test_an_empty_library_and_an_empty_folder_are_replaced(
    library: Library, tmp_path: Path
) -> None:
    file = tmp_path / "b.tar.gz"
    backup(library.folder, file)
    Library.create(tmp_path / "empty library").close()
    (tmp_path / "empty folder").mkdir()
    for name in ("empty library", "empty folder"):
        restore(file, tmp_path / name)
        assert contents(tmp_path / name) == contents(library.folder)


def test_a_folder_of_other_things_is_never_replaced(library: Library, tmp_path: Path) -> None:
    file = tmp_path / "b.tar.gz"
    backup(library.folder, file)
    (tmp_path / "thesis").mkdir()
    (tmp_path / "thesis" / "chapter.txt").write_text("years of work")
    for target in (tmp_path / "thesis", file):
        with pytest.raises(errors.UsageError):
            restore(file, target, force=True)
    assert (tmp_path / "thesis" / "chapter.txt").read_text() == "years of work"


def test_a_backup_is_written_over_only_by_force(library: Library, tmp_path: Path) -> None:
    file = tmp_path / "b.tar.gz"
    file.write_text("mine")
    with pytest.raises(errors.UsageError):
        backup(library.folder, file)
    assert file.read_text() == "mine"
    backup(library.folder, file, force=True)
    assert restore(file, tmp_path / "new").sources == 3


def test_every_damaged_byte_is_noticed(library: Library, tmp_path: Path) -> None:
    file = tmp_path / "b.tar.gz"
    backup(library.folder, file)
    whole = file.read_bytes()
    other = tmp_path / "other"
    Library.create(other).close()
    # The first ten bytes are gzip's header: the time and the system in it change nothing.
    for place in range(10, len(whole), len(whole) // 25):
        damaged = bytearray(whole)
        damaged[place] ^= 0x55
        file.write_bytes(damaged)
        with pytest.raises((errors.BackupCorrupt, errors.LibraryTooNew)):
            restore(file, other, force=True)
    for end in (0, 5, 100, len(whole) // 2, len(whole) - 5000):
        file.write_bytes(whole[:end])
        with pytest.raises(errors.BackupCorrupt):
            restore(file, other, force=True)
    with Library.open(other) as untouched:
        assert untouched.version == 0


def forged(file: Path, **change: object) -> None:
    """The same backup with another manifest or another member."""
    with tarfile.open(file, "r:gz") as archive:
        held = {e.name: archive.extractfile(e).read() for e in archive}  # type: ignore[union-attr]
    manifest = json.loads(held.pop("manifest.json")) | change
    with gzip.open(file, "wb") as stream, tarfile.open(fileobj=stream, mode="w") as archive:
        for name, data in {"manifest.json": json.dumps(manifest).encode(), **held}.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(data)
            archive.addfile(entry, io.BytesIO(data))


def test_a_member_that_points_elsewhere_is_refused(library: Library, tmp_path: Path) -> None:
    for name in ("../evil", "/tmp/evil", "vectors/../../evil", "vectors/.x", "index/x", "a\\b"):
        file = tmp_path / "b.tar.gz"
        backup(library.folder, file, force=True)
        forged(file, members=[{"name": name, "size": 1, "sha256": "0" * 64}])
        with pytest.raises(errors.BackupCorrupt, match="not a library's"):
            restore(file, tmp_path / "new")
    assert not (tmp_path / "new").exists()
    assert not (tmp_path.parent / "evil").exists()


def test_a_backup_of_a_newer_osler_is_refused(library: Library, tmp_path: Path) -> None:
    file = tmp_path / "b.tar.gz"
    for newer in ({"format": 99}, {"schema_version": 99}):
        backup(library.folder, file, force=True)
        forged(file, **newer)
        with pytest.raises(errors.LibraryTooNew):
            restore(file, tmp_path / "new")


def test_what_is_no_backup_is_said_to_be_none(tmp_path: Path) -> None:
    (tmp_path / "b.tar.gz").write_bytes(b"words")
    with tarfile.open(tmp_path / "other.tar.gz", "w:gz") as archive:
        archive.addfile(tarfile.TarInfo("a.txt"), io.BytesIO())
    for name in ("b.tar.gz", "other.tar.gz"):
        with pytest.raises(errors.BackupCorrupt):
            restore(tmp_path / name, tmp_path / "new")
    with pytest.raises(errors.UsageError):
        restore(tmp_path / "nowhere", tmp_path / "new")
    with pytest.raises(errors.LibraryNotFound):
        backup(tmp_path / "nowhere", tmp_path / "c.tar.gz")


@pytest.mark.skipif(os.name != "posix", reason="modes are POSIX's")
def test_a_backup_may_be_read_by_whom_the_umask_says(library: Library, tmp_path: Path) -> None:
    file = tmp_path / "b.tar.gz"
    before = os.umask(0o027)
    try:
        backup(library.folder, file)
    finally:
        os.umask(before)
    assert file.stat().st_mode & 0o777 == 0o640
