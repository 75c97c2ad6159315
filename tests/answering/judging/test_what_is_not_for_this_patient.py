"""What is for another age, purpose or occasion than asked opens no answer."""

from __future__ import annotations

import pytest
from tests.answering.documents import library_of

from osler.answering import ask
from osler.answering.understanding.drug_roles import Role, drug_roles
from osler.library import Library


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    return library_of(
        tmp_path_factory.mktemp("others"),
        {
            "title": "Gonorrhoea",
            "text": "| Infection | Give |\n|---|---|\n"
            "| Gonorrhoea, weight under 150 kg | ceftriaxone 500 mg IM in a single dose |\n",
        },
        {
            "title": "Oxytocin on the ward",
            "text": "Oxytocin for induction or augmentation:\n\n"
            "- Low dose: start at 1 milliunit/min.\n- High dose: start at 4 milliunits/min.\n\n"
            "## Postpartum haemorrhage\n\nOxytocin 10 units IM, then an infusion.\n",
        },
        {
            "title": "Sedation with ketamine",
            "text": "## Ketamine for procedural sedation\n\n| Patient | First dose |\n|---|---|\n"
            "| Adult | ketamine 1 mg/kg IV |\n| Adult over 65 or frail | ketamine 0.5 mg/kg IV |\n",
        },
        {
            "title": "Bosentan",
            "text": "Bosentan in pulmonary hypertension: 62.5 mg twice daily for four weeks "
            "and then 125 mg twice daily.\n",
        },
        {
            "title": "Hives",
            "text": "- Cetirizine: 2 to 6 years: 2.5 mg twice daily\n\n"
            "Cetirizine for children with hives: 2 to 6 years 2.5 mg twice daily; 6 to 12 years "
            "5 mg twice daily; over 12 years 10 mg once daily.\n",
        },
        {
            "title": "Azathioprine in colitis",
            "text": "Azathioprine is started at the full dose, 2 mg/kg once daily.\n",
        },
        {
            "title": "Painful periods",
            "text": "Whichever she has tolerated. Start the day before bleeding.\n\n"
            "- Mefenamic acid 500 mg three times daily\n",
        },
        {
            "title": "Gastroenteritis",
            "text": "Wash hands after each nappy.\n",
        },
        {
            "title": "Vomiting and dehydration in children",
            "text": "Ondansetron by mouth, one dose only:\n\n| Weight | Dose |\n|---|---|\n"
            "| 15 to 30 kg | 4 mg |\n",
        },
        {
            "title": "Azathioprine at the clinic",
            "text": "Azathioprine: start with 1 mg/kg once daily.\n",
        },
    )


def _opening(library: Library, question: str) -> str:
    return " ".join(claim.text for claim in ask(library, question).bottom_line)


def test_a_weight_of_grown_people_does_not_make_a_dose_a_newborns(library: Library) -> None:
    assert "500 mg" in _opening(library, "Adult of 80 kg with gonorrhoea, ceftriaxone dose?")
    assert not _opening(library, "Newborn with gonorrhoea, ceftriaxone dose?")


def test_what_is_led_in_as_for_something_else_does_not_open(library: Library) -> None:
    told = _opening(library, "Postpartum haemorrhage, oxytocin dose?")
    assert "10 units IM" in told
    assert "milliunits" not in told


def test_the_row_of_the_patients_illness_stands_for_the_general_one(library: Library) -> None:
    told = _opening(library, "Procedural sedation, frail 82-year-old: IV ketamine dose?")
    assert "0.5 mg/kg" in told
    assert " 1 mg/kg" not in told


def test_a_sequence_that_rises_is_a_titration(library: Library) -> None:
    assert "125 mg" in _opening(library, "Pulmonary hypertension, bosentan titration?")


def test_a_text_on_all_ages_does_not_stand_beside_the_line_for_this_one(library: Library) -> None:
    told = _opening(library, "Child of 3 with hives, cetirizine dose?")
    assert "2.5 mg twice daily" in told
    assert "10 mg once daily" not in told


def test_a_symptom_that_only_tells_the_time_is_no_other_problem(library: Library) -> None:
    assert "500 mg" in _opening(library, "Painful periods, mefenamic acid dose?")


def test_a_title_on_what_the_patient_has_besides_is_on_no_other_illness(library: Library) -> None:
    told = _opening(library, "Child of 4, 17 kg, gastroenteritis and vomiting: ondansetron dose?")
    assert "4 mg" in told


def test_without_a_problem_to_treat_nothing_is_set_elsewhere(library: Library) -> None:
    told = _opening(library, "Azathioprine starting dose?")
    assert "1 mg/kg" in told
    assert "2 mg/kg" in told


def test_what_goes_with_a_drug_named_again_is_asked_about() -> None:
    roles = drug_roles("Insulin dextrose for a potassium of 7. Doses, and more dextrose after?")
    assert roles["insulin"] is Role.ASKED
    given = drug_roles("Rocuronium given, count of 0. How much sugammadex?")
    assert given["rocuronium"] is not Role.ASKED
