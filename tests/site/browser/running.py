"""A real server with a library and articles of its own, and a real browser before it."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright
from site_server import environment_for, start

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
    own = {
        "OSLER_LIBRARY": str(folder / "library"),
        "OSLER_ASKS_PER_MINUTE": "100000",
        "OSLER_KEEPER": "false",  # it compares articles with the library, beside the server
        "DJANGO_SETTINGS_MODULE": "osler_site.settings",
    }
    env = {**environment_for(folder / "site"), **own}
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
    server = start(folder / "site", folder / "server.log", workers=1, **own)
    try:
        yield Served(server.url, articles)
    finally:
        server.stop()
        if server.process.stdout is not None:
            server.process.stdout.close()


@contextmanager
def chromium() -> Iterator[Browser]:
    """Debian's Chromium."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        yield browser
        browser.close()
