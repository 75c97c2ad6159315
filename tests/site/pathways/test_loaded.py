"""What is logged of a pathway that a library does not support."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest

from osler.library import Library
from osler_site.pathways.loaded import _load

LONGEST = 1_000  # characters of a line that a person reads in a log


def test_a_pathway_without_its_sources_is_one_short_line(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with (
        Library.create(tmp_path / "empty") as library,
        caplog.at_level(logging.ERROR, logger="osler_site.pathways.loaded"),
    ):
        loaded = _load(library, ())
    told = {vars(r)["pathway"]: vars(r) for r in caplog.records}
    assert {Path(name).stem for name in told} == {refused.name for refused in loaded.refused}
    assert "the library has no source" in told["vitamin-b12"]["why"]
    assert told["vitamin-b12"]["problems"] > 1
    assert all(len(str(record["why"])) < LONGEST for record in told.values())
