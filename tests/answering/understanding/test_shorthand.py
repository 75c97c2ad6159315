"""Short forms that only a question writes."""

from __future__ import annotations

import pytest

from osler.answering.understanding.understand import understand


@pytest.mark.parametrize(
    "question",
    [
        "shockable arrest, 3 shocks given - amiodarone dose?",
        "PEA arrest, adrenaline how often",
        "non-shockable arrest: adrenaline dose",
        "VF arrest, lidocaine dose",
    ],
)
def test_an_arrest_named_by_its_rhythm_is_a_cardiac_arrest(question: str) -> None:
    assert "cardiac arrest" in {term.name for term in understand(question).terms}


@pytest.mark.parametrize(
    "question", ["growth arrest, what dose", "arrest of labour, oxytocin dose"]
)
def test_another_arrest_is_none(question: str) -> None:
    assert "cardiac arrest" not in {term.name for term in understand(question).terms}
