"""Files, folders, globs and archives."""

from __future__ import annotations

import gzip
import io
import tarfile
import zipfile
from pathlib import Path

import pytest

from osler.domain.errors import UnsupportedFormat
from osler.reading import RawFile, read, walk
from osler.reading.files.archive import safe_name


def paths(target: str | Path) -> list[str]:
    return [raw.path for raw in walk(target) if raw.problem is None]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    root = tmp_path / "books"
    (root / "inner").mkdir(parents=True)
    (root / ".git").mkdir()
    (root / "b.md").write_text("Bee")
    (root / "inner" / "a.txt").write_text("Some words")
    for name in (".hidden.md", "LICENSE", "README.md", "image.png", "rules.cql", ".git/x.md"):
        (root / name).write_bytes(b"\x89PNG")
    return root


def test_a_folder_gives_its_documents_in_order(folder: Path) -> None:
    assert paths(folder) == ["books/b.md", "books/inner/a.txt"]


def test_what_no_reader_knows_is_named_and_hidden_files_are_not(folder: Path) -> None:
    unknown = [raw for raw in walk(folder) if isinstance(raw.problem, UnsupportedFormat)]
    assert [raw.path for raw in unknown] == ["books/image.png", "books/rules.cql"]


def test_a_glob_gives_what_it_matches(folder: Path) -> None:
    assert [raw.name for raw in walk(folder / "*.md")] == ["b.md"]


def test_a_file_that_is_named_is_never_passed_over(folder: Path) -> None:
    (raw,) = walk(folder / "image.png")
    with pytest.raises(UnsupportedFormat):
        list(read(raw))


@pytest.mark.parametrize("kind", ["tar.gz", "tar.bz2", "tar.xz", "tar", "zip"])
def test_archives_give_their_members(tmp_path: Path, kind: str) -> None:
    path = tmp_path / f"books.{kind}"
    members = {"x/nice.html": b"<html><p>Hi</p></html>", "LICENSE": b"no", "../../etc/p.md": b"Pee"}
    if kind == "zip":
        with zipfile.ZipFile(path, "w") as archive:
            for name, data in members.items():
                archive.writestr(name, data)
    else:
        mode = {"tar": "w", "tar.gz": "w:gz", "tar.bz2": "w:bz2", "tar.xz": "w:xz"}[kind]
        with tarfile.open(path, mode) as archive:  # type: ignore[call-overload]
            for name, data in members.items():
                info = tarfile.TarInfo(name)
                info.size = len(data)
                archive.addfile(info, io.BytesIO(data))
    assert paths(path) == [f"books.{kind}/x/nice.html", f"books.{kind}/etc/p.md"]


def test_a_compressed_file_keeps_its_name_and_is_read_as_what_it_is(tmp_path: Path) -> None:
    path = tmp_path / "note.md.gz"
    path.write_bytes(gzip.compress(b"# Title\n\nBody"))
    (raw,) = walk(path)
    assert (raw.name, raw.stem) == ("note.md.gz", "note")
    assert next(read(raw)).source.format == "markdown"


def test_archives_in_archives_are_opened_one_level(tmp_path: Path) -> None:
    def pack(name: str, data: bytes) -> bytes:
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w") as archive:
            archive.writestr(name, data)
        return stream.getvalue()

    path = tmp_path / "a.zip"
    path.write_bytes(pack("b.zip", pack("c.md", b"Sea")))
    assert paths(path) == ["a.zip/b.zip/c.md"]
    path.write_bytes(pack("b.zip", pack("c.zip", pack("d.md", b"Deep"))))
    (raw,) = walk(path)
    assert isinstance(raw.problem, UnsupportedFormat)


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("../../etc/passwd", "etc/passwd"),
        ("/abs/x", "abs/x"),
        ("C:\\x\\y.md", "x/y.md"),
        ("..", "unnamed"),
    ],
)
def test_names_of_members_cannot_climb(name: str, safe: str) -> None:
    assert safe_name(name) == safe


def test_the_stem_drops_every_ending() -> None:
    assert RawFile("cough.spl.xml.gz", "cough.spl.xml.gz", b"").stem == "cough"
