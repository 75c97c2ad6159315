"""A real server with a library and articles of its own, and a real browser before it."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"
FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
    "--disable-background-networking", "--disable-component-update",
)  # fmt: skip
LEFT_OUT = "oral-iron--ni-formulary.md"
HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Served:
    """A running site: its address, and the paths of an article of each status."""

    address: str
    articles: dict[str, str]


@contextmanager
def served(folder: Path, migrated: Path | None = None) -> Iterator[Served]:
    """Build a library and some articles in a folder, and serve them until the block ends.

    A database that is `migrated` already saves half a minute.
    """
    env = {
        **os.environ,
        "OSLER_LIBRARY": str(folder / "library"),
        "OSLER_SITE_DATA": str(folder / "site"),
        "OSLER_ASKS_PER_MINUTE": "100000",
        "DATABASE_URL": "",
        "DJANGO_SETTINGS_MODULE": "osler_site.settings",
    }
    if migrated is not None and migrated.is_file():
        (folder / "site").mkdir()
        shutil.copy(migrated, folder / "site" / "osler-site.db")
    osler = [sys.executable, "-m", "osler.cli"]
    subprocess.run(
        [*osler, "init", env["OSLER_LIBRARY"], "--starter"], env=env, check=True,
        capture_output=True,
    )  # fmt: skip
    # Without one of its sources it is not the starter library, about which articles are composed
    # when a server first starts: half a minute that these tests need not wait.
    subprocess.run(
        [*osler, "remove", env["OSLER_LIBRARY"], LEFT_OUT], env=env, check=True,
        capture_output=True,
    )  # fmt: skip
    made = subprocess.run(
        [sys.executable, HERE / "first_articles.py"], env=env, check=True, capture_output=True,
        text=True,
    )  # fmt: skip
    articles = dict(line.split() for line in made.stdout.splitlines())
    log = folder / "server.log"
    with log.open("w", encoding="utf-8") as writing:
        server = subprocess.Popen(
            [*osler, "serve", "--port", "0", "--workers", "1"],
            env={**env, "PYTHONUNBUFFERED": "1"}, stdout=writing, stderr=subprocess.STDOUT,
        )  # fmt: skip
    try:
        yield Served(_address(server, log), articles)
    finally:
        server.terminate()
        server.wait(timeout=15)


def _address(server: subprocess.Popen[bytes], log: Path, patience: float = 60) -> str:
    until = time.monotonic() + patience
    while time.monotonic() < until:
        said = re.search(r"serving (http://\S+?)/? ", log.read_text("utf-8"))
        if said and _answers(said[1]):
            return said[1]
        if server.poll() is not None:
            break
        time.sleep(0.1)
    raise RuntimeError(f"the server did not start:\n{log.read_text('utf-8')}")


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(f"{address}/", timeout=5) as response:
            return bool(response.status == 200)
    except OSError:
        return False


@contextmanager
def chromium() -> Iterator[Browser]:
    """Debian's Chromium."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        yield browser
        browser.close()
