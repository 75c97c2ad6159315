"""On dialysis what is said of dialysis opens an answer, and what is for sound kidneys does not."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.answering.documents import library_of

from osler.answering import ask
from osler.domain import Answer
from osler.library import Library

ROWS = {
    "title": "Anticoagulants",
    "text": "# Edoxaban\n\n| Renal function | Dose |\n|---|---|\n| Normal | 60 mg once daily |\n"
    "| Haemodialysis | Do not use |\n\n"
    "# Tinzaparin\n\n## Prophylaxis of venous thromboembolism\n\n"
    "| Creatinine clearance | Dose |\n|---|---|\n"
    "| 30 mL/min or more | 4500 units subcutaneously once daily |\n"
    "| Haemodialysis | Do not use; give unfractionated heparin 5000 units twice daily |\n",
}
LINES = {
    "title": "Renal handbook",
    "text": "# Pregabalin\n\nCreatinine clearance below 30 mL/min: 75 mg once daily.\n"
    "Normal renal function: 150 mg twice daily.\n"
    "Haemodialysis: 25 mg once daily, with a supplement of 50 mg after dialysis.\n\n"
    "# Famotidine\n\nNormal renal function: 20 mg twice daily.\n"
    "Creatinine clearance 10 to 29 mL/min: 20 mg once daily.\n\n"
    "# Lacosamide\n\nCreatinine clearance below 30 mL/min: 125 mg twice daily.\n"
    "Give a supplement of 50 mg after haemodialysis.\n\n"
    "# Atenolol\n\nAtenolol 50 mg once daily for hypertension.\n"
    "Haemodialysis: 25 mg after each session. Do not give before dialysis.\n\n"
    "# Allopurinol\n\nNormal renal function: 300 mg once daily. "
    "eGFR 10 to 50: 100 mg once daily.\n",
}


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    with library_of(tmp_path_factory.mktemp("kidneys"), ROWS, LINES) as made:
        yield made


def _opening(answer: Answer) -> str:
    return " ".join(claim.text for claim in answer.bottom_line)


def _shown(answer: Answer) -> str:
    claims = (claim.text for section in answer.sections for claim in section.claims)
    return " ".join((_opening(answer), *claims))


def test_a_row_for_normal_function_is_not_for_the_dialysed(library: Library) -> None:
    answer = ask(library, "edoxaban dose for a patient on haemodialysis")
    assert "Do not use" in answer.bottom_line[0].text
    assert "60 mg" not in _shown(answer)


def test_it_is_for_those_whose_kidneys_are_well(library: Library) -> None:
    assert "60 mg" in _opening(ask(library, "edoxaban dose for a patient with normal kidneys"))


def test_a_dose_for_normal_function_is_not_shown_on_dialysis(library: Library) -> None:
    assert "mg" not in _shown(ask(library, "famotidine dose on haemodialysis"))


def test_a_line_for_normal_function_does_not_label_the_band_after_it(library: Library) -> None:
    opening = _opening(ask(library, "famotidine dose, creatinine clearance 20"))
    assert "20 mg once daily" in opening
    assert "twice" not in opening


def test_an_abbreviation_begins_a_sentence(library: Library) -> None:
    opening = _opening(ask(library, "allopurinol dose, eGFR 30"))
    assert "100 mg" in opening
    assert "300 mg" not in opening


def test_what_is_for_dialysis_itself_comes_before_a_band(library: Library) -> None:
    opening = _opening(ask(library, "pregabalin dose, haemodialysis"))
    assert "25 mg once daily" in opening
    assert "75 mg" not in opening


def test_a_supplement_after_a_session_takes_no_place_of_a_dose(library: Library) -> None:
    assert "125 mg" in _opening(ask(library, "lacosamide dose on haemodialysis"))


def test_a_bar_that_names_what_is_given_instead_is_on_the_drug_above_it(library: Library) -> None:
    answer = ask(library, "tinzaparin prophylaxis dose, patient on haemodialysis")
    assert "Do not use" in answer.bottom_line[0].text
    assert answer.bottom_line[0].text.startswith("Tinzaparin")
    assert "4500" not in _shown(answer)


def test_what_is_said_for_others_is_not_denied(library: Library) -> None:
    answer = ask(library, "allopurinol dose on dialysis")
    assert answer.abstention is not None
    assert answer.abstention.reason.endswith("for other patients.")


def test_a_bar_of_the_hours_before_a_session_rules_no_drug_out(library: Library) -> None:
    assert "25 mg after each session" in _opening(ask(library, "atenolol dose on haemodialysis"))


METFORMIN_BY_RANGE = {
    "title": "Metformin in adults",
    "text": "Metformin needs an eGFR of 45 ml/minute or more. It can be continued with care at "
    "30–44 ml/minute. It is stopped below 30 ml/minute.",
}


@pytest.mark.parametrize(
    ("question", "opens"),
    [
        ("is metformin ok with an eGFR of 38?", "continued with care at 30–44"),
        ("Can metformin be given, eGFR 25?", "stopped below 30"),
    ],
)
def test_whether_a_drug_may_be_given_is_told_by_the_range_that_the_value_is_in(
    tmp_path: Path, question: str, opens: str
) -> None:
    with library_of(tmp_path, METFORMIN_BY_RANGE) as library:
        answer = ask(library, question)
    assert opens in answer.bottom_line[0].text
