"""Which sources disagree, where a question asks for the advice of some of them."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.answering.disagreeing.test_conflicts import answer_from, one_conflict

NONE = {
    "one country's advice": (
        "naproxen dose for acute gout in the UK?",
        "Acute gout: naproxen 750 mg by mouth once daily.",
        "Acute gout: naproxen 500 mg by mouth twice daily.",
    ),
    "doses by weight": (
        "dalteparin prophylaxis dose in a medical inpatient, 118 kg, weight bands",
        "Prophylaxis in medical inpatients.\n\n| Weight | Dose |\n|---|---|\n"
        "| 50–99 kg | dalteparin 5000 units SC once daily |\n"
        "| 100–150 kg | dalteparin 7500 units SC once daily |",
        "Prophylaxis in medical inpatients: dalteparin 5000 units SC once daily.",
    ),
}


@pytest.mark.parametrize("name", NONE)
def test_what_is_not_asked_for_is_no_side(tmp_path: Path, name: str) -> None:
    question, uk, us = NONE[name]
    answer = answer_from(tmp_path, question, uk, us, title="Summary")
    assert answer.answered
    assert answer.conflicts == ()


def test_both_countries_advice_is_compared_where_both_are_named(tmp_path: Path) -> None:
    answer = answer_from(
        tmp_path,
        "naproxen dose for acute gout, UK or US advice?",
        "Acute gout: naproxen 750 mg by mouth once daily.",
        "Acute gout: naproxen 500 mg by mouth twice daily.",
    )
    assert "dose" in one_conflict(answer).about


def test_an_ultrasound_is_no_country(tmp_path: Path) -> None:
    answer = answer_from(
        tmp_path,
        "US shows gallstones, adult: diclofenac IM dose for biliary colic?",
        "Biliary colic: diclofenac 75 mg IM as a single dose.",
        "Biliary colic: diclofenac 25 mg IM as a single dose.",
        title="Biliary colic",
    )
    assert "dose" in one_conflict(answer).about
