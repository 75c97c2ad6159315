"""Which drug a cell of a row doses."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.answering.documents import library_of

from osler.answering import ask
from osler.answering.candidates.row_drugs import (
    cells_of_other_drugs,
    drug_of_row,
    drugs_in_cells,
    without_other_doses,
)
from osler.dosage import parse_dosages

Cells = tuple[tuple[str, str], ...]


def _text(cells: Cells) -> str:
    return "; ".join(f"{header}: {cell}" for header, cell in cells)


@pytest.mark.parametrize(
    ("cells", "drug"),
    [
        ((("Drug", "Timolol"), ("Dose", "5 mg twice daily")), ("timolol",)),
        ((("No.", "4"), ("Medicine", "ondansetron"), ("Dose", "4 mg")), ("ondansetron",)),
        ((("Use", "nausea"), ("Amount", "4 mg")), ()),
    ],
)
def test_the_drug_of_a_row(cells: Cells, drug: tuple[str, ...]) -> None:
    assert drug_of_row(cells) == drug


@pytest.mark.parametrize(
    ("cells", "drugs"),
    [
        (  # what is named beside the dose only tells when
            (
                ("Medicine", "phenobarbital"),
                ("Purpose", "seizures, midazolam failing"),
                ("Amount", "20 mg/kg"),
            ),
            ("phenobarbital",),
        ),
        (
            (("Row", "Start"), ("Timolol", "5 mg twice daily"), ("Nadolol", "40 mg once daily")),
            ("timolol", "nadolol"),
        ),
        ((("Drug", "Timolol"), ("Instead", "nadolol 40 mg once daily")), ("nadolol",)),
        (
            (("Failed", "Sertraline"), ("Next", "Venlafaxine"), ("Dose", "75 mg")),
            ("venlafaxine",),
        ),
        (
            (("Switching from", "Diazepam"), ("Switching to", "Lorazepam"), ("Dose", "1 mg")),
            ("lorazepam",),
        ),
        (
            (("Allergy", "Cefalexin"), ("Regimen", "Doxycycline"), ("Dose", "100 mg")),
            ("doxycycline",),
        ),
        (
            (("Patient takes", "Warfarin"), ("Antagonist", "Vitamin K"), ("Dose", "5 mg")),
            ("phytomenadione",),
        ),
        (
            (("Drug", "Cyclophosphamide"), ("Protect with", "Mesna"), ("Dose", "400 mg")),
            ("mesna",),
        ),
        (
            (("Medicine", "Heparin"), ("Antidote", "Protamine"), ("Dose", "50 mg")),
            ("protamine",),
        ),
        (  # two equal cells
            (("Drug", "Timolol"), ("Dose", "5 mg"), ("Then", "Nadolol"), ("Dose", "5 mg")),
            ("timolol", "nadolol"),
        ),
        # What is taken besides, watched or had before is not dosed.
        (
            (("Drug", "Colchicine"), ("Interacting drug", "Erythromycin"), ("Dose", "0.5 mg")),
            ("colchicine",),
        ),
        (
            (("Name", "Heparin"), ("Monitoring", "Potassium"), ("Dose", "5000 units")),
            ("heparin",),
        ),
        (
            (("Name", "Morphine"), ("When", "if codeine failed"), ("Dose", "5 mg")),
            ("morphine",),
        ),
        (
            (("Name", "Morphine"), ("Class", "Opioid"), ("Dose", "5 mg")),
            ("morphine",),
        ),
        (
            (("Name", "Amoxicillin"), ("Plus", "metronidazole 400 mg"), ("Amount", "500 mg")),
            ("metronidazole", "amoxicillin"),
        ),
        ((("Drug", "Warfarin"), ("With rifampicin", "10 mg")), ("warfarin",)),
        ((("Phase", "Start"), ("Dose of mesna", "400 mg")), ("mesna",)),
    ],
)
def test_a_cell_is_of_its_own_drug_its_column_or_its_row(
    cells: Cells, drugs: tuple[str, ...]
) -> None:
    text = _text(cells)
    assert drugs_in_cells(text, parse_dosages(text), cells) == drugs


def test_columns_of_other_drugs_are_left_out_where_one_is_asked_about() -> None:
    cells = (("", "Start"), ("Timolol", "5 mg"), ("Nadolol", "40 mg"), ("Note", "with food"))
    assert cells_of_other_drugs(cells, ("timolol",)) == (("Nadolol", "40 mg"),)
    assert cells_of_other_drugs(cells, ("atenolol",)) == ()


def test_other_doses_of_a_row_tell_nothing_of_this_one() -> None:
    cells = (("Timolol", "5 mg twice daily"), ("Nadolol", "40 mg"), ("Route", "oral"))
    text = _text(cells)
    assert without_other_doses(text, text.index("40 mg"), cells) == "Nadolol: 40 mg; Route: oral"


_TABLES = """# Ward tables

## Rotation

| From | To | Starting dose |
|---|---|---|
| Diazepam | Lorazepam | 1 mg twice daily |

## Bleeding

| Drug | Reversed by | Dose |
|---|---|---|
| Heparin | Protamine | 50 mg IV |

## Meningitis

| Age | Ceftriaxone | Vancomycin | Also give |
|---|---|---|---|
| Adult | 2 g IV | 15 mg/kg IV | Thiamine 100 mg IV |
"""


def test_no_answer_opens_with_the_dose_of_another_drug_of_the_row(tmp_path: Path) -> None:
    library = library_of(tmp_path, {"title": "Ward tables", "text": _TABLES})
    for drug in ("diazepam", "heparin"):
        assert not ask(library, f"{drug} dose").bottom_line, drug
    for drug, dose in (("lorazepam", "1 mg"), ("protamine", "50 mg"), ("thiamine", "100 mg")):
        (opening, *_) = ask(library, f"{drug} dose").bottom_line
        assert dose in opening.text
    for claim in ask(library, "ceftriaxone dose for an adult").bottom_line:
        assert {d.substance for d in claim.dosages if d.low == 100} <= {"thiamine"}
