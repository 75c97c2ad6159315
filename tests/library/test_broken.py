"""Damage is found, said clearly and, where the texts allow, repaired."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path

import pytest

from osler.domain import errors
from osler.library import Library, adding, opening
from osler.library.index import IndexWriter
from osler.library.locking import writing


def damage(library: Library, statement: str, *values: object) -> None:
    library.close()
    with sqlite3.connect(library.folder / "osler.db") as connection:
        connection.execute(statement, values)
    connection.close()


def hits(folder: Path) -> str:
    with Library.open(folder) as library:
        return repr(library.search("dose haemoglobin"))


def test_no_library(tmp_path: Path) -> None:
    with pytest.raises(errors.LibraryNotFound):
        Library.open(tmp_path / "nowhere")


def test_a_library_is_not_made_over_another(library: Library) -> None:
    with pytest.raises(errors.UsageError):
        Library.create(library.folder)
    assert library.search("dose")


def test_a_library_half_made_can_be_made(tmp_path: Path) -> None:
    (tmp_path / "library").mkdir()
    (tmp_path / "library" / "osler.db").touch()
    with pytest.raises(errors.LibraryCorrupt):
        Library.open(tmp_path / "library")
    assert Library.create(tmp_path / "library").version == 0


def test_a_newer_schema_is_left_alone(library: Library) -> None:
    damage(library, "PRAGMA user_version = 99")
    with pytest.raises(errors.LibraryTooNew):
        Library.open(library.folder)


def test_a_garbled_database(library: Library) -> None:
    library.close()
    (library.folder / "osler.db").write_bytes(b"not a database at all" * 500)
    with pytest.raises(errors.LibraryCorrupt) as raised:
        Library.open(library.folder)
    assert "doctor" in raised.value.help


@pytest.mark.parametrize("how", ["deleted", "emptied", "garbled", "foreign"])
def test_a_broken_index_is_built_anew(library: Library, how: str, tmp_path: Path) -> None:
    library.remove("epilepsy.md")
    before = hits(library.folder)
    library.close()
    index = library.folder / "index"
    if how == "deleted":
        shutil.rmtree(index)
    elif how == "emptied":
        for path in index.iterdir():
            path.unlink()  # not truncated in place: this process has it mapped
            path.touch()
    elif how == "garbled":
        (index / "meta.json").write_text("{")
    else:
        other = Library.create(tmp_path / "other")
        shutil.rmtree(index)
        shutil.copytree(other.folder / "index", index)
    assert hits(library.folder) == before
    with Library.open(library.folder) as mended:
        assert mended.doctor().rebuilt == ()


def test_an_index_that_is_ahead_is_built_anew(library: Library) -> None:
    before = hits(library.folder)
    with IndexWriter(library.folder / "index") as writer:
        writer.add(900, 900, 900, " dose ")
        writer.commit(900)
    assert hits(library.folder) == before


def test_an_index_that_is_behind_catches_up(
    library: Library, files: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (files / "gout.md").write_text("# Gout\n\nThe dose of colchicine.\n")

    def dies(self: IndexWriter, version: int) -> int:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(IndexWriter, "commit", dies)
        with pytest.raises(KeyboardInterrupt):
            adding.add(library.folder, library._connection, [files / "gout.md"])
    with writing(library.folder), Library.open(library.folder) as behind:
        assert behind.version == library.version
        assert behind.search("colchicine") == ()
    with Library.open(library.folder) as mended:
        assert mended.version == library.version + 1
        assert len(mended.search("colchicine")) == 1


def test_doctor_finds_nothing_wrong_with_a_sound_library(library: Library) -> None:
    health = library.doctor()
    assert health.sound
    assert (health.problems, health.rebuilt, health.held) == ((), (), ())
    assert health.checked["sources"] == 3


def test_doctor_finds_a_changed_text(library: Library) -> None:
    damage(library, "UPDATE sources SET checksum = x'00' WHERE title = 'Epilepsy'")
    with Library.open(library.folder) as opened:
        (problem,) = opened.doctor().problems
        assert "checksum" in problem
        with pytest.raises(errors.LibraryCorrupt):
            opened.text(opened.source("epilepsy.md").id)


def test_doctor_finds_a_changed_passage(library: Library) -> None:
    damage(library, "UPDATE contents SET text = replace(text, '1 mg', '1 g')")
    with Library.open(library.folder) as opened:
        assert any("not what the text says" in p for p in opened.doctor().problems)


def test_doctor_finds_statements_that_do_not_unpack(library: Library) -> None:
    damage(library, "UPDATE contents SET statements = x'0102' WHERE row = 1")
    with Library.open(library.folder) as opened:
        (problem,) = opened.doctor().problems
        assert "do not unpack" in problem


def test_doctor_counts_statistics_anew(library: Library) -> None:
    before = hits(library.folder)
    damage(library, "UPDATE term_counts SET change = change + 1")
    damage(library, "UPDATE versions SET terms = 1 WHERE number = 1")
    assert hits(library.folder) != before
    with Library.open(library.folder) as opened:
        assert opened.doctor().rebuilt == ("term statistics counted anew",)
    assert hits(library.folder) == before


def test_a_full_disk_is_said_and_nothing_is_lost(
    library: Library, files: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = hits(library.folder)
    (files / "long.md").write_text("".join(f"# C{n}\n\nDose {n}.\n\n" for n in range(3000)))
    (pages,) = library._connection.execute("PRAGMA page_count").fetchone()
    library._connection.execute(f"PRAGMA max_page_count = {pages + 20}")
    with pytest.raises(errors.LibraryFull):
        adding.add(library.folder, library._connection, [files / "long.md"])
    assert hits(library.folder) == before
    with Library.open(library.folder) as later:
        assert later.add(files / "long.md").passages == 3000


def test_a_folder_that_cannot_be_written_to_still_answers(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As when the index is broken there: it cannot be mended, and that is said."""
    before = hits(library.folder)

    def refused(folder: Path) -> None:
        raise errors.LibraryError("read-only")

    monkeypatch.setattr(opening, "writing", refused)
    assert hits(library.folder) == before
    shutil.rmtree(library.folder / "index")
    with pytest.raises(errors.LibraryCorrupt):
        Library.open(library.folder)


@pytest.mark.parametrize("listed", [True, False])
def test_files_that_a_killed_writer_left_in_the_way(
    library: Library, tmp_path: Path, listed: bool
) -> None:
    """Tantivy names a list of deletions by the commit's number; a kill may leave one behind."""
    library.close()
    path, ahead = library.folder / "index", tmp_path / "ahead"
    shutil.copytree(path, ahead)
    with IndexWriter(ahead) as writer:
        writer.add(10_000, 10_000, 2, "never finished")
        writer.commit(2)
    left = [each for each in ahead.iterdir() if not (path / each.name).exists()]
    assert any(each.suffix == ".del" for each in left)
    for each in (*left, *([ahead / ".managed.json"] if listed else ())):
        shutil.copy(each, path / each.name)
    (tmp_path / "new.md").write_text("# New\n\nGive zorbium 5 mg daily.\n")
    with Library.open(library.folder) as opened:
        opened.add([tmp_path / "new.md"])
        assert opened.search("zorbium")
        health = opened.doctor()
        assert (health.problems, health.rebuilt) == ((), ())


def test_an_index_that_cannot_be_written_is_built_anew(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    commit, calls = IndexWriter.commit, []

    def failing(self: IndexWriter, version: int) -> int:
        calls.append(version)
        if len(calls) == 1:
            raise ValueError("FileAlreadyExists")
        return commit(self, version)

    monkeypatch.setattr(IndexWriter, "commit", failing)
    (tmp_path / "new.md").write_text("# New\n\nGive zorbium 5 mg daily.\n")
    library.add([tmp_path / "new.md"])
    assert library.search("zorbium")
    assert library.search("dose haemoglobin")
    assert library.doctor().rebuilt == ()
