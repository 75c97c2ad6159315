"""A dose that a careless reader would take for this patient's own does not open the answer."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.answering.documents import TINZAPARIN

from osler.answering import ask
from osler.domain import Answer
from osler.library import Library

AMIKACIN = """<html><head><title>Amikacin</title></head><body><h1>Amikacin</h1>
<p><b>Adults.</b> 15 mg/kg intravenously once daily.</p>
<p><b>Neonates.</b> Under 7 days: 12 mg/kg every 36 hours. 7 days and over: 15 mg/kg every 24 hours.
</p><p><b>Haemodialysis.</b> 5 mg/kg after each session.</p>
<p><b>Intrathecal.</b> 30 mg once daily for ventriculitis.</p></body></html>"""


def asked(folder: Path, name: str, text: str, question: str) -> Answer:
    (folder / name).write_text(text, "utf-8")
    with Library.create(folder / "library") as library:
        library.add([folder / name])
    return ask(Library.open(folder / "library"), question)


def opening(answer: Answer) -> str:
    return " / ".join(claim.text for claim in answer.bottom_line)


def everything(answer: Answer) -> str:
    return opening(answer) + " / ".join(c.text for s in answer.sections for c in s.claims)


@pytest.mark.parametrize("weight", [44, 70])
def test_for_whom_a_dose_is_excepted_the_one_behind_when_is(tmp_path: Path, weight: int) -> None:
    question = f"tinzaparin prophylaxis dose after surgery, weight {weight} kg"
    said = opening(asked(tmp_path, "a.md", TINZAPARIN, question))
    assert "3500 units" in said
    assert "175 units" not in said


def test_prevention_is_not_answered_with_a_treatment_by_its_heading(tmp_path: Path) -> None:
    text = TINZAPARIN.partition("## Prophylaxis")[0]
    answer = asked(tmp_path, "a.md", text, "tinzaparin prophylaxis dose after surgery")
    assert "175 units" not in opening(answer)


def test_a_label_of_a_stage_of_life_holds_for_its_ages(tmp_path: Path) -> None:
    said = everything(asked(tmp_path, "a.html", AMIKACIN, "amikacin dose 80 kg adult"))
    assert "Adults: 15 mg/kg" in said
    assert "every 24 hours" not in said


def test_a_newborn_has_the_dose_of_its_days(tmp_path: Path) -> None:
    said = opening(asked(tmp_path, "a.html", AMIKACIN, "amikacin dose for a neonate 3 days old"))
    assert "12 mg/kg every 36 hours" in said
    assert "24 hours" not in said


def test_on_dialysis_the_dose_behind_its_label_opens_alone(tmp_path: Path) -> None:
    said = opening(asked(tmp_path, "a.html", AMIKACIN, "amikacin dose on haemodialysis"))
    assert said.endswith("Haemodialysis: 5 mg/kg after each session.")


def test_a_dose_is_told_with_the_route_of_its_label(tmp_path: Path) -> None:
    answer = asked(tmp_path, "a.html", AMIKACIN, "amikacin dose")
    claims = [*answer.bottom_line, *(c for s in answer.sections for c in s.claims)]
    assert all("Intrathecal" in c.text for c in claims if "30 mg" in c.text)
