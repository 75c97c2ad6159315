"""A real server in a process of its own, as `osler serve` starts it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import httpx

_PATIENCE = 120  # seconds until a server stands, on a machine that does much else


@dataclass
class Server:
    """`osler serve` on a free port."""

    process: subprocess.Popen[str]
    url: str
    data: Path
    said: str  # what it printed until it stood
    log: Path  # what it wrote to standard error

    def logged(self) -> str:
        return self.log.read_text("utf-8")

    def stop(self, how: signal.Signals = signal.SIGINT) -> int:
        self.process.send_signal(how)
        return self.process.wait(30)

    def kill(self) -> None:
        """As the power going: no process of it has time for anything."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(30)


Serve = Callable[..., Server]


def start(data: Path, log: Path, *options: str, workers: int, **environment: str) -> Server:
    """Start one and wait until it answers."""
    command = [sys.executable, "-m", "osler.cli", "serve", "--port", "0"]
    with log.open("w") as errors:
        process = subprocess.Popen(
            [*command, "--workers", str(workers), "--data", str(data), *options],
            env={**environment_for(data), **environment},
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
            start_new_session=True,
        )
    return _server(process, data, log)


def environment_for(data: Path) -> dict[str, str]:
    return {
        **os.environ,
        "OSLER_SITE_DATA": str(data),
        "DATABASE_URL": "",
        "OSLER_ASKS_PER_MINUTE": "0",
        "OSLER_KEEPER": "false",
        "OSLER_STARTER_ARTICLES": "false",
    }


def run(code: str, data: Path, **environment: str) -> str:
    """What a program prints that is run beside the server, with the site's settings."""
    helpers = str(Path(__file__).parent)
    path = os.pathsep.join(filter(None, (helpers, os.environ.get("PYTHONPATH"))))
    named = {"DJANGO_SETTINGS_MODULE": "osler_site.settings", "PYTHONPATH": path}
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={**environment_for(data), **named, **environment},
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def browser(server: Server, session: str = "") -> httpx.Client:
    """A client with a CSRF cookie, as a browser has after one page; signed in with a session."""
    client = httpx.Client(base_url=server.url, timeout=60)
    client.get("/")
    client.headers["X-CSRFToken"] = client.cookies["csrftoken"]
    if session:
        client.cookies["sessionid"] = session
    return client


def _server(process: subprocess.Popen[str], data: Path, log: Path) -> Server:
    """A server that has printed its address and answers there."""
    said, url = "", ""
    assert process.stdout is not None
    while not url:
        line = process.stdout.readline()
        assert line, f"it ended: {said}{log.read_text()}"
        said += line
        if line.startswith("serving "):
            url = line.split()[1].rstrip("/")
    deadline = time.monotonic() + _PATIENCE
    while time.monotonic() < deadline:
        with suppress(httpx.TransportError):
            httpx.get(f"{url}/health", timeout=_PATIENCE)
            return Server(process, url, data, said, log)
        time.sleep(0.1)
    raise AssertionError(f"it does not answer: {log.read_text()}")
