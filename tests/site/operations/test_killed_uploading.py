"""`kill -9` during uploads: no row is without its whole file, and no half a file is served."""

from __future__ import annotations

import hashlib
import io
import json
import threading
import time
from contextlib import closing, suppress
from pathlib import Path

import httpx
import pytest
from PIL import Image as Picture
from site_server import Serve, Server, browser, run

UPLOADERS, ENOUGH = 3, 4
SUPERUSER = """
import django; django.setup()
from people import person, session_of
print(session_of(person("sue", is_superuser=True)))
"""
LOOK = """
import django; django.setup()
import json
from django.db import connection
from wagtail.documents.models import Document
from wagtail.images.models import Image
with connection.cursor() as cursor:
    assert cursor.execute("PRAGMA integrity_check").fetchone() == ("ok",)
print(json.dumps([
    {"kind": kind, "title": row.title, "file": row.file.path, "hash": row.file_hash,
     "size": row.file_size, "url": getattr(row, "url", None)}
    for kind, model in (("documents", Document), ("images", Image)) for row in model.objects.all()
]))
"""


def document(number: int) -> bytes:
    """Three megabytes: it arrives in many pieces and goes by a temporary file."""
    return b"%PDF-1.4 " + str(number).encode() * (3_000_000 // len(str(number)))


def picture(number: int) -> bytes:
    out = io.BytesIO()
    noise = hashlib.shake_256(str(number).encode()).digest(500 * 500 * 3)
    Picture.frombytes("RGB", (500, 500), noise).save(out, "png")
    return out.getvalue()


MAKE = {"documents": (document, "pdf"), "images": (picture, "png")}


@pytest.mark.parametrize("kind", list(MAKE))
def test_killed_while_files_arrive(serve: Serve, kind: str) -> None:
    server = serve()
    session = run(SUPERUSER, server.data)
    sent: dict[str, bytes] = {}
    kept: list[str] = []
    uploaders = [
        threading.Thread(target=upload_all, args=(server, session, kind, who, sent, kept))
        for who in range(UPLOADERS)
    ]
    for uploader in uploaders:
        uploader.start()
    deadline = time.monotonic() + 60
    while len(kept) < ENOUGH and time.monotonic() < deadline:
        time.sleep(0.005)
    server.kill()
    for uploader in uploaders:
        uploader.join(60)
    acknowledged = set(kept)
    assert len(acknowledged) >= ENOUGH

    rows = json.loads(run(LOOK, server.data))
    assert {row["kind"] for row in rows} == {kind}
    assert acknowledged <= {row["title"] for row in rows}
    again = serve(data=server.data)
    for row in rows:
        content = sent[row["title"]]
        assert Path(row["file"]).read_bytes() == content, row
        assert (row["size"], row["hash"]) == (len(content), hashlib.sha1(content).hexdigest())
        if kind == "documents":
            assert httpx.get(f"{again.url}{row['url']}", timeout=60).content == content
    # What was cut off leaves nothing in the way of sending it again.
    cut_off = sorted(set(sent) - {row["title"] for row in rows})
    with closing(browser(again, session)) as client:
        for title in [*cut_off, "one more"]:
            upload(client, kind, title, sent.setdefault(title, MAKE[kind][0](7)))
    after = json.loads(run(LOOK, server.data))
    assert {row["title"] for row in after} == set(sent)
    for row in after:
        assert Path(row["file"]).read_bytes() == sent[row["title"]]


def upload_all(
    server: Server, session: str, kind: str, who: int, sent: dict[str, bytes], kept: list[str]
) -> None:
    """Upload one after another until the server is gone; what it acknowledged is noted."""
    with suppress(httpx.TransportError), closing(browser(server, session)) as client:
        for number in range(200):
            title = f"{who} {number}"
            sent[title] = MAKE[kind][0](1000 * who + number)
            upload(client, kind, title, sent[title])
            kept.append(title)


def upload(client: httpx.Client, kind: str, title: str, content: bytes) -> None:
    # All under one name: each file must get a place of its own.
    done = client.post(
        f"/admin/{kind}/add/",
        data={"title": title, "collection": "1"},
        files={"file": (f"file.{MAKE[kind][1]}", content)},
    )
    assert done.status_code == 302, done.text
