"""A small library of our own, which a test may change."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from osler.library import Library
from osler_site.engine import engine
from osler_site.environment import environment

OLD = """---
title: Zolendrine in gout
organization: Hill Hospital
year: 2019
kind: guideline
jurisdiction: GB
---
# Zolendrine in gout

## Dose

Adults with gout take zolendrine 20 mg by mouth once daily.

## Monitoring

Check serum creatinine every 3 months during zolendrine.
"""
NEW = (
    OLD.replace("title: Zolendrine in gout", "title: Zolendrine in gout, second edition")
    .replace("year: 2019", "year: 2026\nsupersedes: Zolendrine in gout")
    .replace("20 mg by mouth once daily", "10 mg by mouth once daily")
)


@pytest.fixture
def own_library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A library of one guideline; the site reads it while the test runs."""
    folder = tmp_path / "library"
    (tmp_path / "old.md").write_text(OLD, "utf-8")
    with Library.create(folder) as library:
        library.add(tmp_path / "old.md")
    monkeypatch.setitem(os.environ, "OSLER_LIBRARY", str(folder))
    environment.cache_clear()
    engine.cache_clear()
    yield folder
    monkeypatch.undo()
    environment.cache_clear()
    engine.cache_clear()


@pytest.fixture
def new_edition(own_library: Path, tmp_path: Path) -> Path:
    """A file that supersedes the guideline, not yet added."""
    file = tmp_path / "new.md"
    file.write_text(NEW, "utf-8")
    return file
