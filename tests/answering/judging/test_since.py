"""What is for another time since what happened does not open, and the time that decided is told."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.answering.documents import library_of, opening_of

from osler.answering import ask
from osler.domain import Applies

OVERDOSE = """# Paracetamol overdose

Within 1 hour of ingestion, give activated charcoal 50 g.

If more than 8 hours since ingestion, give acetylcysteine 150 mg/kg intravenously at once.

If more than 24 hours since ingestion, give acetylcysteine only if the ALT is raised.
"""
STROKE = """# Acute ischaemic stroke

Alteplase 0.9 mg/kg (maximum 90 mg) intravenously within 4.5 hours of onset.
"""
EXPOSURE = """# HIV post-exposure prophylaxis

| Time since exposure | Advice |
|---|---|
| Up to 72 hours | Raltegravir 1200 mg once daily for 28 days |
| More than 72 hours | Raltegravir is not given |
"""
HOURS = """# Antivenom

| Hours after the bite | Antivenom |
|---|---|
| 0–6 | 2 vials |
| 7–24 | 4 vials |
"""
REVERSAL = """# Reversal of enoxaparin

- Enoxaparin within the last 8 hours: protamine 50 mg by slow injection
- Enoxaparin 8 to 12 hours ago: protamine 25 mg by slow injection
"""
COLUMNS = """# Thrombolysis in STEMI

| | Under 12 hours since onset | Over 12 hours since onset |
|---|---|---|
| Tenecteplase | 30 mg | not given |
| Aspirin | 300 mg | 300 mg |
"""
HEADED = """# Poisoning with aspirin

## Up to 1 hour after ingestion

Activated charcoal 50 g by mouth.
"""
FLU = """# Influenza

Oseltamivir 75 mg twice daily for 5 days, started within 48 hours of onset.
"""


@pytest.mark.parametrize(
    ("text", "question", "opens", "never"),
    [
        (OVERDOSE, "acetylcysteine dose 10 hours after paracetamol overdose", "150 mg/kg", "ALT"),
        (OVERDOSE, "acetylcysteine dose 30 hours after paracetamol overdose", "ALT", "150 mg/kg"),
        (STROKE, "alteplase dose, stroke onset 3 hours ago", "0.9 mg/kg", "none"),
        (EXPOSURE, "raltegravir PEP dose, exposed 2 days ago", "1200 mg", "not given"),
        (EXPOSURE, "raltegravir PEP dose, exposed 80 hours ago", "not given", "1200 mg"),
        (REVERSAL, "protamine dose, enoxaparin given 3 hours ago", "50 mg", "25 mg"),
        (REVERSAL, "protamine dose 10 hours after enoxaparin", "25 mg", "50 mg"),
        (COLUMNS, "tenecteplase dose STEMI, chest pain 3 hours ago", "30 mg", "none"),
        (COLUMNS, "aspirin dose STEMI, onset 15 hours ago", "300 mg", "none"),
        (HEADED, "activated charcoal dose, took aspirin 40 minutes ago", "50 g", "none"),
        (FLU, "oseltamivir dose, flu symptoms for 1 day", "75 mg", "none"),
    ],
)
def test_what_is_for_the_time_that_has_passed_opens(
    tmp_path: Path, text: str, question: str, opens: str, never: str
) -> None:
    said = opening_of(tmp_path, question, {"text": text})
    assert opens in said
    assert never not in said


@pytest.mark.parametrize(
    ("text", "question", "because"),
    [
        (STROKE, "alteplase dose wake-up stroke 6 h ago", "6 h: not within 4.5 hours of onset"),
        (FLU, "oseltamivir dose, flu symptoms for 4 days", "4 days: not within 48 hours of onset"),
        (FLU, "oseltamivir dose, 3-day history of flu", "3 day: not within 48 hours of onset"),
        (HEADED, "charcoal, took aspirin 4 hours ago", "4 hours: not up to 1 hour after ingestion"),
    ],
)  # fmt: skip
def test_what_is_too_late_does_not_open_and_says_why(
    tmp_path: Path, text: str, question: str, because: str
) -> None:
    with library_of(tmp_path, {"text": text}) as library:
        answer = ask(library, question)
    assert not answer.bottom_line
    (claim,) = (claim for section in answer.sections for claim in section.claims)
    assert claim.applies is Applies.NO
    assert claim.because == (because,)


def test_the_time_that_is_met_is_told(tmp_path: Path) -> None:
    with library_of(tmp_path, {"text": STROKE}) as library:
        (claim,) = ask(library, "alteplase dose, stroke onset 3 hours ago").bottom_line
    assert claim.applies is Applies.YES
    assert "3 hours: within 4.5 hours of onset" in claim.because


@pytest.mark.parametrize(
    ("text", "question"),
    [
        # How fast it is to be done once the patient is there.
        (
            "Sepsis: ceftriaxone 2 g within 1 hour of arrival.",
            "ceftriaxone dose sepsis 3 hours ago",
        ),
        ("Sepsis: ceftriaxone 2 g within 1 hour.", "ceftriaxone dose in sepsis, fever for 2 days"),
        # A rate, a course and an interval.
        ("Trauma: ceftriaxone 2 g infused over 1 hour.", "ceftriaxone dose, trauma 3 hours ago"),
        ("Wounds: ceftriaxone 2 g daily for up to 3 days.", "ceftriaxone dose, wound 5 days ago"),
        ("Burns: ceftriaxone 2 g every 12 to 24 hours.", "ceftriaxone dose, burn 2 days ago"),
        # An order to wait is one for who is early.
        (
            "Ceftriaxone 2 g, 6 to 12 hours after surgery.",
            "ceftriaxone dose after surgery 2 hours ago",
        ),
        # Another event.
        ("Ceftriaxone 2 g within 4 hours of injury.", "ceftriaxone dose, last dose 8 hours ago"),
        ("Ceftriaxone 2 g within 4 hours of injury.", "ceftriaxone dose every 8 hours, injury"),
    ],
)
def test_what_tells_no_time_since_it_bars_nothing(tmp_path: Path, text: str, question: str) -> None:
    assert "2 g" in opening_of(tmp_path, question, {"text": f"# Ceftriaxone\n\n{text}"})


def test_hours_in_the_header_are_those_of_the_cell(tmp_path: Path) -> None:
    with library_of(tmp_path, {"text": HOURS}) as library:
        answer = ask(library, "antivenom dose 10 hours after a snake bite")
    claims = [*answer.bottom_line, *(c for s in answer.sections for c in s.claims)]
    judged = {claim.text[-7:]: claim.applies for claim in claims}
    assert judged.get("2 vials", Applies.NO) is Applies.NO
    assert "2 vials" not in " ".join(c.text for c in answer.bottom_line)
