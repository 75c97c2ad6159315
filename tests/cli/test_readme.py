"""What README shows of `make demo` is what it prints."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from osler.cli.app import app

ROOT = Path(__file__).parents[2]


def shown() -> str:
    """The block of README that follows the sentence on `make demo`."""
    text = (ROOT / "README.md").read_text("utf-8").partition("What `make demo` prints")[2]
    return re.split(r"^```\n", text, flags=re.M)[1]


def question() -> str:
    """What the Makefile asks."""
    found = re.search(r"^QUESTION := (.+)$", (ROOT / "Makefile").read_text("utf-8"), re.M)
    assert found is not None
    return found[1]


def plain(text: str) -> str:
    """The words of a text on one line, without the times that differ from run to run."""
    return " ".join(re.sub(r"\b\d+(?:\.\d+)? m?s\b", "", text).split())


def printed(library: Path) -> str:
    found = CliRunner().invoke(app, ["ask", question(), "--library", str(library)])
    assert found.exit_code == 0, found.output
    return plain(found.stdout)


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    library = tmp_path_factory.mktemp("demo") / "library"
    made = CliRunner().invoke(app, ["init", str(library), "--starter"])
    assert made.exit_code == 0, made.output
    return library


def test_readme_shows_how_the_demo_begins(demo: Path) -> None:
    assert question() in plain(shown())
    assert printed(demo).startswith(plain(shown()))
