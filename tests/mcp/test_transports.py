"""Starting, refusing and ending, over both transports."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import CancelledError
from pathlib import Path
from typing import Any

import httpx
import pytest
from click.testing import CliRunner

from osler.cli.app import app
from osler.cli.errors import FAILURE, USAGE
from osler.library import Library

from .running import OSLER, connected, environment, listening, over_http, over_stdio

TOKEN = "a-secret-of-the-tests"
HELLO = {
    "jsonrpc": "2.0",
    "id": 1,
    "method": "initialize",
    "params": {
        "protocolVersion": "2025-06-18",
        "capabilities": {},
        "clientInfo": {"name": "a test", "version": "1"},
    },
}
ACCEPTS = {"Accept": "application/json, text/event-stream"}


def hello(address: str, **headers: str) -> httpx.Response:
    return httpx.post(address, json=HELLO, headers={**ACCEPTS, **headers}, timeout=20)


def refused(*arguments: str, library: Path) -> tuple[int, str]:
    result = CliRunner().invoke(app, ["mcp", "--library", str(library), *arguments])
    assert result.stdout == ""
    return result.exit_code, result.stderr


def test_clients_of_the_earlier_protocol_are_served_too(library: Path, address: str) -> None:
    with connected(over_stdio(library), mode="legacy") as session:
        assert session.tool("parse_dosage", text="1 mg daily")["dosages"]
        assert session.client.server_info.name == "osler"
        assert "do not fill the gap from memory" in session.client.instructions
    with over_http(address, mode="legacy") as session:
        assert session.tool("parse_dosage", text="1 mg daily")["dosages"]


@pytest.fixture
def process(library: Path) -> Iterator[subprocess.Popen[str]]:
    started = subprocess.Popen(
        [*OSLER, "mcp", "--library", str(library)],
        env={**os.environ, **environment()},
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    yield started
    started.kill()
    started.communicate()


def test_standard_output_carries_the_protocol_alone(process: subprocess.Popen[str]) -> None:
    ready = {"jsonrpc": "2.0", "method": "notifications/initialized"}
    call = {
        "jsonrpc": "2.0", "id": 2, "method": "tools/call",
        "params": {"name": "ask", "arguments": {"question": "dose of metformin?"}},
    }  # fmt: skip
    assert process.stdin is not None
    assert process.stdout is not None
    lines = []
    for message in (HELLO, ready, call):
        process.stdin.write(json.dumps(message) + "\n")
        process.stdin.flush()
        if "id" in message:
            lines.append(process.stdout.readline())
    rest, said = process.communicate(timeout=30)  # closes standard input: the server ends
    lines += rest.splitlines()
    assert [json.loads(line)["id"] for line in lines] == [1, 2]
    assert process.returncode == 0
    assert "Traceback" not in said


def test_nonsense_is_answered_with_an_error(process: subprocess.Popen[str]) -> None:
    out, said = process.communicate("no json\n[]\n{}\n", timeout=30)
    for line in out.splitlines():
        assert "error" in json.loads(line)
    assert process.returncode == 0
    assert "Traceback" not in said


def test_the_server_ends_with_its_client(library: Path) -> None:
    starts = (
        "import subprocess, sys\n"
        "server = subprocess.Popen(sys.argv[1:], stdin=subprocess.PIPE, stdout=subprocess.PIPE)\n"
        "print(server.pid, flush=True)\n"
        "server.stdout.readline()\n"
    )
    client = subprocess.Popen(
        [sys.executable, "-c", starts, *OSLER, "mcp", "--library", str(library)],
        env={**os.environ, **environment()}, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert client.stdout is not None
    server = int(client.stdout.readline())
    client.kill()
    client.communicate()
    until = time.monotonic() + 30
    while _runs(server) and time.monotonic() < until:
        time.sleep(0.05)
    assert not _runs(server)


def _runs(pid: int) -> bool:
    """Whether a process is there and is no zombie that waits to be buried."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False


def test_a_call_that_is_given_up_does_not_hold_up_the_next(address: str) -> None:
    with over_http(address) as session:
        given_up = session.start("ask", question="What is the dose of gentamicin in adults?")
        given_up.cancel()
        with pytest.raises(CancelledError):
            given_up.result()
        assert session.tool("parse_dosage", text="1 mg daily")["dosages"]


def test_a_new_version_of_the_library_is_seen(library: Path, tmp_path: Path) -> None:
    shutil.copytree(library, tmp_path / "library")
    with connected(over_stdio(tmp_path / "library")) as session:
        before = session.tool("list_sources", limit=1)
        (tmp_path / "more.md").write_text("# Gout\n\nThe dose of colchicine is 500 micrograms.\n")
        with Library.open(tmp_path / "library") as opened:
            opened.add(tmp_path / "more.md")
        until = time.monotonic() + 30
        while (now := session.tool("list_sources", limit=1))["total"] == before["total"]:
            assert time.monotonic() < until
        assert now["total"] == before["total"] + 1
        assert now["library_version"] > before["library_version"]


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"Origin": "http://localhost:6274"}, 200),
        ({"Origin": "https://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Host": "evil.example"}, 421),
        ({"Host": "127.0.0.1.evil.example:80"}, 421),
    ],
    ids=str,
)
def test_a_page_elsewhere_cannot_reach_it(
    headers: dict[str, str], status: int, address: str
) -> None:
    assert hello(address, **headers).status_code == status


def test_another_path_is_nothing(address: str) -> None:
    assert hello(address.removesuffix("/mcp")).status_code == 404


@pytest.fixture(scope="module")
def guarded(library: Path) -> Iterator[str]:
    options = ("--token-env", "OSLER_TEST_TOKEN", "--allow-host", "osler.example")
    options += ("--allow-origin", "https://osler.example")
    with listening(library, *options, OSLER_TEST_TOKEN=TOKEN) as found:
        yield found


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        (None, 401),
        ("Bearer wrong", 401),
        (f"Bearer {TOKEN}x", 401),
        (f"Basic {TOKEN}", 401),
        (f"Bearer {TOKEN}", 200),
        (f"bearer {TOKEN}", 200),
    ],
)
def test_only_who_has_the_token_is_let_in(sent: str | None, status: int, guarded: str) -> None:
    answer = hello(guarded, **({"Authorization": sent} if sent else {}))
    assert answer.status_code == status
    if status == 401:
        assert answer.headers["WWW-Authenticate"] == "Bearer"
        assert "osler" not in answer.text.lower()


def test_names_and_origins_that_were_allowed_are_let_in(guarded: str) -> None:
    known = {"Authorization": f"Bearer {TOKEN}"}
    told = {"Host": "osler.example", "Origin": "https://osler.example"}
    assert hello(guarded, **known, **told).status_code == 200
    assert hello(guarded, **known, Origin="https://other.example").status_code == 403


def test_the_client_works_with_a_token(guarded: str) -> None:
    with over_http(guarded, Authorization=f"Bearer {TOKEN}") as session:
        assert session.tool("list_sources", limit=1)["total"] > 10


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.7", "osler.example"])
def test_it_is_not_opened_to_a_network_without_a_token(host: str, library: Path) -> None:
    status, said = refused("--transport", "http", "--host", host, library=library)
    assert status == USAGE
    assert "there is no token" in said
    assert "--token-env" in said


def test_what_keeps_it_from_starting_is_said(
    library: Path, tmp_path: Path, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken = address.rpartition(":")[2].removesuffix("/mcp")
    status, said = refused("--transport", "http", "--port", taken, library=library)
    assert (status, f"port {taken}" in said, "--port 0" in said) == (USAGE, True, True)
    status, said = refused(library=tmp_path)
    assert (status, "osler init" in said) == (FAILURE, True)
    monkeypatch.delenv("OSLER_NO_SUCH", raising=False)
    status, said = refused("--transport", "http", "--token-env", "OSLER_NO_SUCH", library=library)
    assert (status, "$OSLER_NO_SUCH holds no token" in said) == (USAGE, True)
    status, said = refused("--site", "https://osler.example", library=library)
    assert (status, "OSLER_SITE_TOKEN" in said) == (USAGE, True)


def test_without_the_extra_it_says_how_to_get_it(
    library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "mcp.server", None)
    status, said = refused(library=library)
    assert status == USAGE
    assert 'pip install "osler[mcp]"' in said


def test_a_signal_ends_it(library: Path) -> None:
    command = [*OSLER, "mcp", "--library", str(library), "--transport", "http", "--port", "0"]
    server: Any = subprocess.Popen(
        command, env={**os.environ, **environment()}, stderr=subprocess.PIPE, text=True
    )
    assert "/mcp" in server.stderr.readline()
    server.send_signal(signal.SIGINT)
    _, said = server.communicate(timeout=20)
    assert (server.returncode, said) == (0, "")
