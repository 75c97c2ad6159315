"""A source that says whom it does not serve gives them no dose; and what it serves instead."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.answering.documents import library_of

from osler.answering import ask
from osler.answering.judging.unserved import unserved


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("This policy does not cover burns, dialysis or children.",
         ("burns", "dialysis", "children")),
        ("No dose is given here for children with renal impairment.",
         ("children with renal impairment",)),
        ("Pregnant women are not covered.", ("Pregnant women",)),
        ("It does not interact with warfarin.", ()),
        ("No dose adjustment is needed in renal impairment.", ()),
    ],
)  # fmt: skip
def test_whom_a_source_does_not_serve(text: str, people: tuple[str, ...]) -> None:
    assert unserved(text) == people


AMIKACIN = {
    "title": "Amikacin in adults, a policy",
    "text": "# Dose\n\nGive amikacin 15 mg/kg IV in sepsis.\n\n"
    "# Clearance\n\nCreatinine clearance below 30 mL/min: give amikacin 7.5 mg/kg once.\n\n"
    "# Limits\n\nThis policy does not cover burns, dialysis or children.",
}


def test_a_dose_is_not_for_those_whom_its_source_does_not_serve(tmp_path: Path) -> None:
    with library_of(tmp_path, AMIKACIN) as library:
        served = ask(library, "amikacin dose for a 70 kg adult with sepsis")
        other = ask(library, "amikacin dose for a haemodialysis patient of 70 kg with sepsis")
    assert "15 mg/kg" in served.bottom_line[0].text
    assert other.abstention is not None


ACICLOVIR = {
    "title": "Valaciclovir in adults",
    "text": "# Usual prevention\n\nProphylaxis: adults take valaciclovir 500 mg twice daily.\n\n"
    "# Kidneys\n\n| CrCl (mL/min) | Treatment | Prophylaxis |\n|---|---|---|\n"
    "| 30 or more | valaciclovir 1 g three times daily | valaciclovir 500 mg twice daily |\n"
    "| below 30 | valaciclovir 1 g once daily | valaciclovir 500 mg once daily |\n",
}


def test_of_two_columns_by_clearance_the_one_asked_for_opens(tmp_path: Path) -> None:
    with library_of(tmp_path, ACICLOVIR) as library:
        answer = ask(library, "valaciclovir proph dose, adult, CrCl 22")
    assert "500 mg once daily" in answer.bottom_line[0].text
    assert not any("1 g" in claim.text for claim in answer.bottom_line)
    assert not any("twice" in claim.text for claim in answer.bottom_line)


def test_a_drug_in_whose_place_another_is_asked_for_opens_nothing(tmp_path: Path) -> None:
    document = {
        "title": "Status epilepticus in adults",
        "text": "# Second line\n\nGive phenytoin 20 mg/kg IV.\n\n"
        "If phenytoin is contraindicated: valproate 40 mg/kg IV.",
    }
    with library_of(tmp_path, document) as library:
        answer = ask(library, "status epilepticus, heart block so no phenytoin. Alternative dose?")
    assert not any("20 mg/kg" in claim.text for claim in answer.bottom_line)


def test_a_table_of_steps_after_its_drug_answers_for_the_first(tmp_path: Path) -> None:
    document = {
        "title": "Fast heart rhythms",
        "text": "Still in torsades → magnesium sulfate IV, then a saline flush.\n\n"
        "| | First | Second |\n|---|---|---|\n| Adult | 2 g | 1 g |\n"
        "| Child 1–17 years | 25 mg/kg (max 2 g) | 50 mg/kg (max 2 g) |\n",
    }
    with library_of(tmp_path, document) as library:
        answer = ask(library, "8 y 25 kg torsades, magnesium sulfate first dose?")
    assert "25 mg/kg" in answer.bottom_line[0].text


def test_a_dose_by_surface_is_a_childs_where_its_illness_is(tmp_path: Path) -> None:
    document = {
        "title": "Leflunomide label",
        "text": "# Rheumatoid arthritis\n\nGive 20 mg once daily.\n\n"
        "# Juvenile idiopathic arthritis\n\nGive 8 mg/m² once daily.",
    }
    with library_of(tmp_path, document) as library:
        answer = ask(library, "9 year old starting leflunomide, BSA 1.1, dose?")
    assert "8 mg/m²" in answer.bottom_line[0].text
