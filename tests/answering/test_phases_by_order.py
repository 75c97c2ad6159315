"""The phases that the order of doses tells."""

from __future__ import annotations

from pathlib import Path

import pytest

from osler.answering.candidates.aspects import may_be_of, phases_of
from osler.answering.candidates.candidate import Candidate
from osler.domain import Phase
from osler.reading import read, walk
from osler.statements import extract


@pytest.fixture
def candidate(tmp_path: Path, request: pytest.FixtureRequest) -> Candidate:
    (tmp_path / "a.md").write_text(f"# Drugs\n\n{request.param}\n", encoding="utf-8")
    [document] = [d for raw in walk(tmp_path / "a.md") for d in read(raw)]
    return Candidate(extract(document)[-1], document.source)


@pytest.mark.parametrize(
    ("candidate", "phase"),
    [
        ("Tofacitinib 10 mg orally twice daily for 8 weeks, then 5 mg twice daily.", Phase.START),
        (
            "Tofacitinib 10 mg orally twice daily for 8 weeks, then 5 mg twice daily.",
            Phase.CONTINUATION,
        ),
        ("Cabergoline 250 micrograms weekly, increased in steps of 250 micrograms.", Phase.START),
        ("Levodopa/carbidopa: 50 mg every 8 hours increased by 100 mg once weekly.", Phase.START),
    ],
    indirect=["candidate"],
)
def test_what_comes_first_starts_and_what_follows_goes_on(
    candidate: Candidate, phase: Phase
) -> None:
    assert phase in phases_of(candidate)


@pytest.mark.parametrize(
    "candidate",
    ["Ceftriaxone 2 g intravenously once, then doxycycline 100 mg orally twice daily."],
    indirect=True,
)
def test_another_drug_is_no_later_phase(candidate: Candidate) -> None:
    assert Phase.CONTINUATION not in phases_of(candidate)


@pytest.mark.parametrize(
    "candidate", ["Paracetamol 1 g orally every 6 hours, maximum 4 g a day."], indirect=True
)
def test_a_ceiling_leaves_the_dose_of_no_phase(candidate: Candidate) -> None:
    assert may_be_of(candidate, Phase.START)
    assert may_be_of(candidate, Phase.MAXIMUM)
