"""A bar for some time after another drug bars whom the question says had it so lately."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.answering.documents import opening_of

SUMATRIPTAN = """# Sumatriptan for migraine

Adults: 50 mg by mouth.

## Contraindications

- Previous stroke
- Use of an MAOI within the last 2 weeks
"""
NITRATE = """# Angina

Glyceryl trinitrate spray: 400 micrograms under the tongue.
Do not use glyceryl trinitrate within 24 hours of sildenafil, or within 48 hours of tadalafil.
"""


@pytest.mark.parametrize(
    ("text", "question", "bar"),
    [
        (SUMATRIPTAN, "sumatriptan dose in a woman who stopped an MAOI 5 days ago", "MAOI"),
        (NITRATE, "GTN spray dose in angina, took sildenafil 6 hours ago", "sildenafil"),
        (NITRATE, "GTN spray dose in angina, took tadalafil 30 hours ago", "tadalafil"),
    ],
)
def test_what_was_had_so_lately_bars(tmp_path: Path, text: str, question: str, bar: str) -> None:
    opening = opening_of(tmp_path, question, {"text": text})
    assert bar in opening
    assert "50 mg" not in opening
    assert "400 micrograms" not in opening


def test_what_was_had_long_before_bars_nothing(tmp_path: Path) -> None:
    question = "sumatriptan dose in a woman who stopped an MAOI 6 weeks ago"
    assert "50 mg" in opening_of(tmp_path, question, {"text": SUMATRIPTAN})
