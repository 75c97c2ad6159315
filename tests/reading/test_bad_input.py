"""What is wrong with a file is said clearly, and nothing leaks or explodes."""

from __future__ import annotations

import contextlib
import gzip
import io
import tarfile
import zipfile
from pathlib import Path

import pytest

from osler.domain.errors import (
    DocumentTooLarge,
    MalformedDocument,
    ReadingError,
    UnsupportedFormat,
    UsageError,
)
from osler.reading import RawFile, read, walk
from osler.reading.files.limits import Limits

ENTITY = (
    '<?xml version="1.0"?><!DOCTYPE Document [{}]><Document source="x"><Focus>f</Focus><QAPairs>'
    "<QAPair><Question>q</Question><Answer>{}</Answer></QAPair></QAPairs></Document>"
)


def zipped(**members: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "error", "says"),
    [
        ("a.txt", b"  \n", MalformedDocument, "empty"),
        ("a.txt", b"\x00\x01\x02\x03" * 50, MalformedDocument, "not text"),
        ("a.xyz", b"some words", UnsupportedFormat, "no reader"),
        ("a.png", b"\x89PNG\r\n\x1a\n\0\0", UnsupportedFormat, "no reader"),
        ("a.docx", b"not a zip at all", MalformedDocument, "not a Word document"),
        (
            "a.docx",
            zipped(**{"[Content_Types].xml": b"<x", "word/document.xml": b"<"}),
            MalformedDocument,
            "Word",
        ),
        ("a.md", b"---\ntitle: [a\n---\nx", MalformedDocument, "line 3"),
        ("a.md", b"---\ntitle: a\nx", MalformedDocument, "no end"),
        ("a.json", b'{"a": ', MalformedDocument, "line 1"),
        ("a.jsonl", b'{"text": "x"}\n{"text": \n', MalformedDocument, "line 2"),
        ("a.html", b"<html><body><script>1</script></body></html>", MalformedDocument, "no text"),
        (
            "a.xml",
            b'<?xml version="1.0"?>\n<document xmlns="http://cnx.rice.edu/cnxml">\n<para>x</document>',
            MalformedDocument,
            "line 3",
        ),
        (
            "a.xml",
            ENTITY.format('<!ENTITY e SYSTEM "file:///etc/hostname">', "a &e; b").encode(),
            MalformedDocument,
            "entity",
        ),
        (
            "a.xml",
            ENTITY.format(
                '<!ENTITY a "haha"><!ENTITY b "&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">',
                "&c;",
            ).encode(),
            MalformedDocument,
            "entity",
        ),
        (
            "a.html",
            b'<html><meta charset="utf-16"><p>x</p>\xff</html>',
            MalformedDocument,
            "utf-16",
        ),
    ],
)
def test_bad_files_are_named_with_the_reason(
    name: str, data: bytes, error: type[ReadingError], says: str
) -> None:
    with pytest.raises(error, match=says) as caught:
        list(read(RawFile(name, name, data)))
    assert name in str(caught.value)
    assert caught.value.help


def test_no_external_entity_is_ever_read(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("TOP SECRET")
    data = ENTITY.format(f'<!ENTITY % p SYSTEM "{secret.as_uri()}"> %p;', "fine").encode()
    (document,) = read(RawFile("a.xml", "a.xml", data))
    assert "SECRET" not in document.text


def test_a_truncated_archive_gives_its_problem(tmp_path: Path) -> None:
    packed = gzip.compress(b"Some words about doses. " * 500)
    path = tmp_path / "a.txt.gz"
    path.write_bytes(packed[: len(packed) // 2])
    (raw,) = walk(path)
    with pytest.raises(MalformedDocument, match="broken"):
        list(read(raw))


@pytest.mark.parametrize("kind", ["gz", "zip", "tar"])
def test_a_bomb_does_not_go_off(tmp_path: Path, kind: str) -> None:
    zeros = b"0" * 20_000_000
    path = tmp_path / f"bomb.txt.{kind}"
    if kind == "gz":
        path.write_bytes(gzip.compress(zeros))
    elif kind == "zip":
        path.write_bytes(zipped(**{"a.txt": zeros}))
    else:
        with tarfile.open(path, "w:gz") as archive:
            info = tarfile.TarInfo("a.txt")
            info.size = len(zeros)
            archive.addfile(info, io.BytesIO(zeros))
    problems = [raw.problem for raw in walk(path)]
    assert [type(problem) for problem in problems] == [DocumentTooLarge]


def test_html_of_100_mb_is_refused_before_it_is_parsed(tmp_path: Path) -> None:
    path = tmp_path / "big.html"
    with path.open("wb") as stream:
        stream.write(b"<html><body><p>words</p>")
        stream.seek(100_000_000)
        stream.write(b"</body></html>")
    (raw,) = walk(path)
    assert raw.data == b""
    with pytest.raises(DocumentTooLarge, match="50 MB"):
        list(read(raw))


def test_deeply_nested_html_and_xml_do_not_overflow() -> None:
    html = b"<html><body>" + b"<div>" * 50_000 + b"x"
    with contextlib.suppress(ReadingError):
        list(read(RawFile("a.html", "a.html", html)))
    xml = b'<?xml version="1.0"?><document xmlns="http://cnx.rice.edu/cnxml">' + b"<section>" * 5000
    with pytest.raises(MalformedDocument):
        list(read(RawFile("a.xml", "a.xml", xml)))


def test_a_path_that_does_not_exist() -> None:
    with pytest.raises(UsageError, match="there is no file"):
        walk("no/such/file.md")


def test_limits_hold_for_what_importers_bring() -> None:
    with pytest.raises(DocumentTooLarge):
        list(read(RawFile("a.txt", "a.txt", b"x" * 101), Limits(document=100)))
