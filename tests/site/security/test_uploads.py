"""Uploads: few kinds, bounded, and never shown as a page of the site."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image as Picture
from wagtail.documents.models import Document
from wagtail.images.models import Image
from wagtail.models import Collection

pytestmark = pytest.mark.usefixtures("site")
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


@pytest.fixture
def sue(client: Client, person: Any, settings: Any, tmp_path: Path) -> Client:
    """A superuser: no role may upload."""
    settings.MEDIA_ROOT = tmp_path / "media"
    client.force_login(person("sue", is_superuser=True))
    return client


def upload(client: Client, kind: str, name: str, content: bytes) -> Any:
    fields = {
        "title": "A file",
        "file": SimpleUploadedFile(name, content),
        "collection": Collection.get_first_root_node().pk,
    }
    return client.post(f"/admin/{kind}/add/", fields)


def png(width: int, height: int) -> bytes:
    out = io.BytesIO()
    Picture.new("1", (width, height)).save(out, "png")
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("page.html", b"<script>alert(1)</script>"),
        ("picture.svg", SVG),
        ("program.exe", b"MZ"),
        ("archive.zip", b"PK\x03\x04"),
        ("page.pdf.html", b"%PDF-1.4"),
        ("large.pdf", b"%PDF-1.4" + b"0" * 10_100_000),
    ],
)
def test_no_such_document(sue: Client, name: str, content: bytes) -> None:
    assert upload(sue, "documents", name, content).status_code == 200  # the form, with its errors
    assert not Document.objects.exists()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("picture.svg", SVG),
        ("picture.png", SVG),
        ("picture.gif", b"GIF89a"),
        ("large.png", b"\x89PNG\r\n\x1a\n" + b"0" * 5_100_000),
        ("bomb.png", png(20_000, 20_000)),
    ],
)
def test_no_such_picture(sue: Client, name: str, content: bytes) -> None:
    assert len(content) < 6_000_000
    assert upload(sue, "images", name, content).status_code == 200
    assert not Image.objects.exists()


def test_a_name_cannot_climb(sue: Client, settings: Any) -> None:
    upload(sue, "documents", "../../../x.pdf", b"%PDF-1.4")
    stored = Path(Document.objects.get().file.path).resolve()
    assert stored.is_relative_to(Path(settings.MEDIA_ROOT).resolve())


def test_a_document_is_a_download(sue: Client) -> None:
    upload(sue, "documents", "policy.pdf", b"%PDF-1.4 <script>alert(1)</script>")
    answer = Client().get(Document.objects.get().url)
    b"".join(answer.streaming_content)  # to its end, where the file is closed
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]


def test_what_lies_in_the_folder_of_uploads_is_not_served(sue: Client, settings: Any) -> None:
    folder = Path(settings.MEDIA_ROOT)
    folder.mkdir(parents=True)
    (folder / "x.svg").write_bytes(SVG)
    assert Client().get("/media/x.svg").status_code == 404
