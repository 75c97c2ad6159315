"""What bars another drug for the illness asked about does not stand in place of a dose."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.answering.documents import library_of

from osler.answering import ask

GOUT = """# Anakinra in gout flares

Adults with gout: anakinra 100 mg subcutaneously once daily for 5 days.

Allopurinol: should not be started in acute gout.

Thiazides should not be used in gout at all.
"""
BARRED = """# Anakinra in gout flares

Adults with gout: anakinra 100 mg subcutaneously once daily for 5 days.

Anakinra should not be used in asthma at all.

Anakinra must not be given with etanercept.
"""


def _opening(folder: Path, text: str, question: str) -> str:
    with library_of(folder, {"title": "Anakinra in gout flares", "text": text}) as library:
        return " | ".join(claim.text for claim in ask(library, question).bottom_line)


@pytest.mark.parametrize("question", ["known gout, 50M, anakinra dose?", "gout, anakinra dose?"])
def test_a_bar_on_another_drug_leaves_the_dose_in_place(tmp_path: Path, question: str) -> None:
    assert "anakinra 100 mg" in _opening(tmp_path, GOUT, question)


def test_a_bar_on_the_drug_itself_opens(tmp_path: Path) -> None:
    opening = _opening(tmp_path, BARRED, "gout and known asthma, 50M, anakinra dose?")
    assert "should not be used in asthma" in opening, opening
    assert "100 mg" not in opening, opening


def test_a_bar_on_what_is_taken_besides_opens(tmp_path: Path) -> None:
    opening = _opening(tmp_path, BARRED, "45M on etanercept with gout. Anakinra dose?")
    assert "must not be given with etanercept" in opening, opening


def test_a_bar_on_the_class_of_what_is_taken_opens_as_before(tmp_path: Path) -> None:
    question = "50M on bendroflumethiazide, gout. Thiazide dose?"
    opening = _opening(tmp_path, GOUT, question)
    assert "should not be used in gout" in opening, opening
