"""`kill -9`: nothing is half-done afterwards, nothing lives on, and it starts again."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, suppress

import httpx
import pytest
from site_server import Serve, browser, run

QUESTION = "What is the maintenance dose of vitamin B12 after loading?"
# Looks at everything that a half-done write would leave; prints the address of all that is there.
CHECK = """
import django; django.setup()
from django.db import connection
from django.urls import reverse
from wagtail.models import Page
from osler_site.answers.models import Ask, RawAnswer
from osler_site.articles.models import ArticlePage
with connection.cursor() as cursor:
    assert cursor.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert cursor.execute("PRAGMA foreign_key_check").fetchall() == []
assert not any(Page.find_problems()), Page.find_problems()
for answer in RawAnswer.objects.all():
    assert answer.body["references"] or not answer.answered
    print(answer.get_absolute_url())
for page in ArticlePage.objects.all():
    assert page.latest_revision is not None, page.slug
    assert len(page.body) > 0, page.slug
    assert page.origin is not None, page.slug
    print(reverse("wagtailadmin_pages:edit", args=[page.pk]))
"""
EDITOR = """
import django; django.setup()
from people import person, session_of
from osler_site.accounts.roles import Role
print(session_of(person("ed", Role.EDITOR)))
"""


@pytest.fixture
def stack() -> Iterator[ExitStack]:
    with ExitStack() as opened:
        yield opened


def test_workers_and_keeper_end_with_a_killed_server(serve: Serve) -> None:
    """And so its port is free again."""
    server = serve(workers=2, OSLER_KEEPER="true")
    os.kill(server.process.pid, signal.SIGKILL)
    server.process.wait(30)
    # All of its processes hold this pipe: it ends when the last of them has.
    assert server.process.stdout is not None
    last = threading.Thread(target=server.process.stdout.read, daemon=True)
    last.start()
    last.join(20)
    assert not last.is_alive()
    port = server.url.rpartition(":")[2]
    again = serve("--port", port, data=server.data)
    assert again.url == server.url


def test_killed_during_a_stream(serve: Serve, stack: ExitStack) -> None:
    server = serve()
    client = stack.enter_context(closing(browser(server)))
    accept = {"Accept": "text/event-stream"}
    with client.stream("POST", "/ask", data={"q": QUESTION}, headers=accept) as stream:
        pieces = stream.iter_text()
        assert "understood" in next(pieces)
        server.kill()
        with suppress(httpx.TransportError):
            list(pieces)
    run(CHECK, server.data)
    again = serve(data=server.data)
    asked = stack.enter_context(closing(browser(again))).post(
        "/ask", data={"q": QUESTION}, headers=accept
    )
    assert "event: done" in asked.text


@pytest.mark.parametrize("what", ["asking", "promoting"])
def test_killed_while_writing(serve: Serve, stack: ExitStack, what: str) -> None:
    server = serve()
    session = run(EDITOR, server.data) if what == "promoting" else ""
    client = stack.enter_context(closing(browser(server, session)))
    first = client.post("/ask", data={"q": QUESTION}).headers["Location"]
    kept: list[str] = []

    def write(who: int) -> None:
        with suppress(httpx.TransportError):
            for n in range(1000):
                if what == "asking":
                    done = client.post("/ask", data={"q": f"{QUESTION} Age {who}{n}"})
                else:
                    done = client.post(f"/desk/promote/{first.split('/')[2]}")
                assert done.status_code == 302, done.text
                kept.append(done.headers["Location"])

    writers = [threading.Thread(target=write, args=(who,)) for who in range(4)]
    for writer in writers:
        writer.start()
    deadline = time.monotonic() + 60
    while len(kept) < 6 and time.monotonic() < deadline:
        time.sleep(0.01)
    server.kill()
    for writer in writers:
        writer.join(60)
    assert len(kept) >= 6
    # Whatever was acknowledged is there, each answer and draft of it.
    assert set(kept) <= set(run(CHECK, server.data).split())
    again = stack.enter_context(closing(browser(serve(data=server.data), session)))
    for address in kept[-6:]:
        assert again.get(address).status_code == 200, address
