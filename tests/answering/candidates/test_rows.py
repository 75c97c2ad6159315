"""A row with a column for each group of patients is judged by the column of this one."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.answering.documents import library_of
from tests.answering.test_bars import every_text

from osler.answering import ask
from osler.answering.candidates.rows import group_for
from osler.domain import Applies
from osler.statements import applies, read_patient

FLUCONAZOLE = {
    "title": "Fluconazole",
    "text": "| Infection | CrCl above 50 mL/min | CrCl 20–50 mL/min |\n|---|---|---|\n"
    "| Oesophageal candidiasis | 200 mg once daily | 100 mg once daily |\n\n"
    "- Stop 2 days before surgery.",
}
RAISED = {
    "title": "Raised INR in adults",
    "text": "| INR and bleeding | Vitamin K |\n|---|---|\n"
    "| Above 8.0, no bleeding | 3 mg by mouth |\n| 5.0–8.0, no bleeding | none |",
}


@pytest.mark.parametrize(
    ("patient", "expected"),
    [("CrCl 72", Applies.YES), ("CrCl 33", Applies.YES), ("CrCl 12", Applies.NO)],
)
def test_a_row_is_for_those_of_one_of_its_columns(
    tmp_path: Path, patient: str, expected: Applies
) -> None:
    with library_of(tmp_path, FLUCONAZOLE) as library:
        [source] = library.sources()
        [row] = [s for s in library.statements_of(source.id) if "200 mg" in s.text]
    known = read_patient(patient + ", oesophageal candidiasis")
    assert applies(group_for(row, known), known).applies is expected


def test_the_column_of_the_patient_is_shown(tmp_path: Path) -> None:
    with library_of(tmp_path, FLUCONAZOLE) as library:
        texts = every_text(ask(library, "fluconazole dose, oesophageal candidiasis, CrCl 33"))
    assert any("100 mg once daily" in text for text in texts)
    assert not any("200 mg" in text for text in texts)


@pytest.mark.parametrize(
    ("patient", "expected"),
    [
        ("INR 9.2, no bleeding, 81F", Applies.YES),
        ("INR 6, no bleeding, 81F", Applies.NO),
    ],
)
def test_a_header_on_two_things_has_two_in_its_cells(
    tmp_path: Path, patient: str, expected: Applies
) -> None:
    with library_of(tmp_path, RAISED) as library:
        [source] = library.sources()
        [row] = [s for s in library.statements_of(source.id) if "3 mg" in s.text]
    assert applies(row.group, read_patient(patient)).applies is expected


COURSE = {
    "title": "Preventing and treating Wernicke's encephalopathy",
    "text": "## Treatment\n\n| Days | Treatment |\n|---|---|\n"
    "| 1–2 | Pabrinex IV, 2 pairs of vials three times a day |\n\n"
    "## Prevention\n\n- One risk factor: Pabrinex 1 pair three times a day for 24 hours, then "
    "oral thiamine 50 mg four times daily.",
}


def test_a_row_of_which_only_its_name_is_asked_for_says_nothing(tmp_path: Path) -> None:
    with library_of(tmp_path, COURSE) as library:
        texts = every_text(ask(library, "thiamine dose to prevent Wernicke's encephalopathy"))
    assert any("Pabrinex 1 pair" in text for text in texts)
    assert not any(text.startswith("Days") for text in texts)


def test_one_drug_does_not_take_the_route_of_the_next(tmp_path: Path) -> None:
    with library_of(tmp_path, COURSE) as library:
        answer = ask(library, "thiamine dose to prevent Wernicke's encephalopathy")
    doses = [d for claim in answer.bottom_line for d in claim.dosages]
    assert {(d.substance, d.route) for d in doses} == {
        ("vitamins b and c", None),
        ("thiamine", "oral"),
    }


def test_the_only_column_of_doses_is_for_whom_its_header_says(tmp_path: Path) -> None:
    text = (
        "Dalteparin 5000 units subcutaneously once daily prevents clots.\n\n"
        "| Indication | Dose when creatinine clearance is 15 to 29 mL/min |\n|---|---|\n"
        "| Prevention of clots | 2500 units subcutaneously once daily |\n"
    )
    with library_of(tmp_path, {"title": "Dalteparin", "text": text}) as library:
        untold = ask(library, "dalteparin dose to prevent clots?")
        told = ask(library, "dalteparin dose to prevent clots, CrCl 20?")
    assert "2500 units" not in " ".join(claim.text for claim in untold.bottom_line)
    assert any("2500 units" in claim.text for claim in told.bottom_line)
