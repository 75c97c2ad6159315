"""A library with no word for what is to be treated, and a question that tells how ill one is."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from tests.answering.documents import library_of

from osler.answering import ask
from osler.library import Library

GENTAMICIN = {
    "title": "Gentamicin by weight in adults",
    "text": "| Weight | First dose |\n|---|---|\n"
    "| 50–69 kg | 320 mg IV |\n| 70–90 kg | 400 mg IV |",
}
TEICOPLANIN = {
    "title": "Teicoplanin for MRSA infection",
    "text": "Adults are given teicoplanin 8 mg/kg IV once daily.",
}
NITROFURANTOIN = {
    "title": "Nitrofurantoin",
    "text": "# Cystitis\n\nAdults: nitrofurantoin 100 mg twice daily by mouth for 5 days.",
}
HYDROCORTISONE = {
    "title": "Hydrocortisone",
    "text": "# Adrenal crisis\n\nAdults: hydrocortisone 100 mg IV at once.",
}


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    folder = tmp_path_factory.mktemp("unheard")
    with library_of(folder, GENTAMICIN, TEICOPLANIN, NITROFURANTOIN, HYDROCORTISONE) as library:
        yield library


@pytest.mark.parametrize(
    ("question", "dose"),
    [
        ("IV gent first dose, septic, 82 kg", "400 mg"),
        ("septic 70F, 61 kg, gentamicin dose", "320 mg"),
        ("gentamicin first dose: sepsis, weight 82 kg, creat clearance 95", "400 mg"),
        ("sepsis, 61 kg. How much gentamicin?", "320 mg"),
        ("teicoplanin dose, 55M septic on the ward", "8 mg/kg"),
    ],
)
def test_septic_keeps_no_dose_of_an_antibiotic_back(
    library: Library, question: str, dose: str
) -> None:
    answer = ask(library, question)
    assert answer.bottom_line
    assert dose in answer.bottom_line[0].text


@pytest.mark.parametrize(
    "question",
    [
        "nitrofurantoin dose, 70F septic",
        "hydrocortisone dose, 70F septic",
        "hydrocortisone dose: sepsis, weight 70 kg",
        "gentamicin dose for sepsis, 82 kg",
        "gentamicin dose for peritonitis, 82 kg",
    ],
)
def test_a_dose_for_one_organ_or_of_another_drug_does_not_answer_for_sepsis(
    library: Library, question: str
) -> None:
    assert not ask(library, question).answered
