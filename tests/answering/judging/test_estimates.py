"""No clearance is judged by an eGFR that its source refuses; a dose says what it is for."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.answering.documents import library_of

from osler.answering import ask
from osler.answering.judging.estimates import forbids_egfr
from osler.domain import Answer

SYNERGY = {
    "title": "Amikacin in infective endocarditis",
    "text": """
| Creatinine clearance | 50–70 kg | 71–90 kg |
|---|---|---|
| above 40 mL/min | 300 mg | 400 mg |
| 20–40 mL/min | 150 mg | 200 mg |

- The eGFR should not be used here.
""",
}
USUAL = {
    "title": "Amikacin",
    "text": "Amikacin is given at 15 mg/kg once daily. A clearance of 20–40 mL/min: each 48 h.",
}


def _ask(folder: Path, question: str, *documents: dict[str, str]) -> Answer:
    with library_of(folder, *documents) as library:
        return ask(library, question)


def test_what_forbids_the_estimate_comes_first_and_no_row_is_picked_by_it(tmp_path: Path) -> None:
    answer = _ask(tmp_path, "amikacin, 60 kg woman with eGFR 24", SYNERGY)
    opening = [claim.text for claim in answer.bottom_line]
    assert "eGFR should not be used" in opening[0], opening
    claims = (*answer.bottom_line, *(c for s in answer.sections for c in s.claims))
    assert not any("judged by eGFR" in why for claim in claims for why in claim.because)


def test_a_clearance_picks_the_row(tmp_path: Path) -> None:
    answer = _ask(tmp_path, "amikacin, 60 kg woman with creatinine clearance 24", SYNERGY)
    assert "150 mg" in answer.bottom_line[0].text


def test_where_nothing_forbids_it_the_estimate_stands_in(tmp_path: Path) -> None:
    text = SYNERGY["text"].partition("- The eGFR")[0]
    allowing = {"title": SYNERGY["title"], "text": text}
    answer = _ask(tmp_path, "amikacin, 60 kg woman with eGFR 24", allowing)
    assert "150 mg" in answer.bottom_line[0].text
    assert any("judged by eGFR" in why for why in answer.bottom_line[0].because)


def test_a_dose_for_one_illness_says_so_and_comes_behind(tmp_path: Path) -> None:
    answer = _ask(tmp_path, "dose of amikacin", SYNERGY, USUAL)
    assert "15 mg/kg" in answer.bottom_line[0].text
    claims = (*answer.bottom_line, *(c for s in answer.sections for c in s.claims))
    rows = [claim.text for claim in claims if "300 mg" in claim.text or "150 mg" in claim.text]
    assert rows
    assert all("endocarditis" in row.lower() for row in rows), rows


@pytest.mark.parametrize("question", ["amikacin dose in endocarditis"])
def test_what_is_asked_about_is_not_said_again(tmp_path: Path, question: str) -> None:
    answer = _ask(tmp_path, question, SYNERGY)
    assert not any(c.text.startswith("Infective endocarditis:") for c in answer.bottom_line)


@pytest.mark.parametrize(
    "text",
    [
        "Use the Cockcroft-Gault equation; eGFR must not be used.",
        "Use creatinine clearance (Cockcroft-Gault), not eGFR, to choose the dose.",
        "Calculate creatinine clearance with Cockcroft-Gault rather than eGFR.",
        "Do not substitute eGFR for creatinine clearance.",
        "The eGFR is not a substitute for creatinine clearance.",
    ],
)
def test_however_it_is_forbidden_the_clearance_is_asked_for(tmp_path: Path, text: str) -> None:
    refusing = {
        "title": SYNERGY["title"],
        "text": SYNERGY["text"].replace("The eGFR should not be used here.", text),
    }
    answer = _ask(tmp_path, "amikacin, 60 kg woman with eGFR 24", refusing)
    claims = (*answer.bottom_line, *(c for s in answer.sections for c in s.claims))
    assert not any("judged by eGFR" in why for claim in claims for why in claim.because)
    assert any("creatinine clearance" in asked for asked in answer.follow_ups), answer.follow_ups


@pytest.mark.parametrize(
    "text",
    [
        "Do not use if eGFR is below 30.",
        "Measure eGFR, not creatinine clearance.",
        "Clearance may be estimated by eGFR.",
    ],
)
def test_a_bound_on_the_egfr_forbids_it_not(text: str) -> None:
    assert not forbids_egfr(text)
