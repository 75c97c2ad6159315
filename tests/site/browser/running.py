"""A real server with a library and articles of its own, and a real browser before it."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright
from site_server import environment_for, start
from typed_pathway import PLAN, UNSUPPORTED

CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"
FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
    "--disable-background-networking", "--disable-component-update",
)  # fmt: skip
LEFT_OUT = "oral-iron--ni-formulary.md"
HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Served:
    """A running site: its address, its environment, and the paths of what was made beforehand."""

    address: str
    environment: dict[str, str]
    articles: dict[str, str]  # by their status
    staff: dict[str, str]  # pages for those at work

    @property
    def library(self) -> str:
        """The folder that it answers from."""
        return self.environment["OSLER_LIBRARY"]

    def run(self, *module_and_arguments: str) -> str:
        """A command beside the running server: `run("osler.cli", "sources", site.library)`."""
        return _run(self.environment, "-m", *module_and_arguments)


@contextmanager
def served(folder: Path, migrated: Path | None = None) -> Iterator[Served]:
    """Build a library and some articles in a folder, and serve them until the block ends.

    A database that is `migrated` already saves half a minute.
    """
    own = {
        "OSLER_LIBRARY": str(folder / "library"),
        "OSLER_ASKS_PER_MINUTE": "100000",
        "OSLER_SEARCHES_PER_MINUTE": "100000",
        "OSLER_PATHWAYS": str(folder / "pathways"),
        "OSLER_KEEPER": "false",  # it compares articles with the library, beside the server
        "DJANGO_SETTINGS_MODULE": "osler_site.settings",
    }
    env = {**environment_for(folder / "site"), **own}
    (folder / "pathways").mkdir()
    for plan in (PLAN, UNSUPPORTED):
        (folder / "pathways" / f"{plan['id']}.json").write_text(json.dumps(plan), "utf-8")
    if migrated is not None and migrated.is_file():
        (folder / "site").mkdir()
        shutil.copy(migrated, folder / "site" / "osler-site.db")
    _run(env, "-m", "osler.cli", "init", env["OSLER_LIBRARY"], "--starter")
    # Without one of its sources it is not the starter library, about which articles are composed
    # when a server first starts: half a minute that these tests need not wait.
    _run(env, "-m", "osler.cli", "remove", env["OSLER_LIBRARY"], LEFT_OUT)
    made = json.loads(_run(env, str(HERE / "first_articles.py")))
    server = start(folder / "site", folder / "server.log", workers=1, **own)
    try:
        yield Served(server.url, env, **made)
    finally:
        server.stop()
        if server.process.stdout is not None:
            server.process.stdout.close()


def _run(environment: dict[str, str], *arguments: str) -> str:
    """What a Python program prints; what it complains of is seen where it fails."""
    done = subprocess.run(
        [sys.executable, *arguments], env=environment, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@contextmanager
def chromium() -> Iterator[Browser]:
    """Debian's Chromium."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        yield browser
        browser.close()
