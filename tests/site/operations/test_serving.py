"""Starting and stopping the server."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
from pathlib import Path

import httpx
import pytest
from site_server import Serve


@pytest.mark.parametrize(("workers", "how"), [(1, signal.SIGTERM), (2, signal.SIGINT)])
def test_it_serves_where_it_says_and_ends_cleanly(
    serve: Serve, workers: int, how: signal.Signals
) -> None:
    server = serve(workers=workers)
    page = httpx.get(f"{server.url}/", timeout=60)
    assert page.status_code == 200
    assert server.stop(how) == 0
    assert "Traceback" not in server.logged()
    with pytest.raises(httpx.TransportError):
        httpx.get(f"{server.url}/")


def test_a_newcomer_is_told_where_to_look_and_how_to_make_accounts(serve: Serve) -> None:
    server = serve()
    said = server.said
    assert "/articles/" in said
    assert f"osler account create NAME --data {server.data} --role administrator" in said
    assert "--role reviewer" in said


def osler(*arguments: str, stdin: str = "", **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "osler.cli", *arguments],
        env={**os.environ, **environment},
        input=stdin,
        capture_output=True,
        text=True,
        timeout=120,
    )


def test_a_busy_port_is_told_with_what_to_do(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        done = osler("serve", "--port", port, "--data", str(tmp_path))
    assert done.returncode == 2
    assert f"cannot listen on 127.0.0.1:{port}" in done.stderr
    assert "--port 0" in done.stderr
    assert "Traceback" not in done.stderr


def test_without_a_library_it_says_how_to_make_one(tmp_path: Path) -> None:
    missing = str(tmp_path / "none")
    done = osler("serve", "--port", "0", "--library", missing, "--data", str(tmp_path / "site"))
    assert done.returncode == 1
    assert missing in done.stderr
    assert "osler init" in done.stderr
    assert "--starter" in done.stderr


def test_accounts_are_made_with_their_roles(prepared: Path, tmp_path: Path) -> None:
    data = tmp_path / "site"
    data.mkdir()
    shutil.copy(prepared / "osler-site.db", data)
    where = ("--data", str(data), "--password-stdin")
    secret = "three unlikely words\n"
    made = osler(
        *("account", "create", "mina", "--role", "reviewer", "--full-name", "Dr Mina Roe"),
        *("--profession", "Physician", "--registration", "GMC 0000000", *where),
        stdin=secret,
    )
    assert made.returncode == 0, made.stderr
    assert osler("account", "create", "ed", "--role", "editor", *where, stdin=secret).stdout
    refused = osler("account", "create", "ed", *where, stdin=secret)
    assert (refused.returncode, "already" in refused.stderr) == (2, True)
    refused = osler("account", "create", "weak", *where, stdin="password\n")
    assert (refused.returncode, "too short" in refused.stderr) == (2, True)
    refused = osler("account", "create", "rita", "--role", "reviewer", *where, stdin=secret)
    assert (refused.returncode, "--registration" in refused.stderr) == (2, True)
    refused = osler("account", "create", "o", "--full-name", "O" * 151, *where, stdin=secret)
    assert (refused.returncode, "at most 150" in refused.stderr) == (2, True)
    osler("account", "set", "ed", "--role", "publisher", "--drop", "editor", "--data", str(data))
    listed = osler("account", "list", "--data", str(data)).stdout
    assert listed.splitlines() == ["ed · publisher", "mina · reviewer"]
