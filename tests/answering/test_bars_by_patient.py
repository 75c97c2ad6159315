"""What speaks against a drug, or changes its dose, for this patient stands before its dose."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from tests.answering.documents import library_of

from osler.answering import ask
from osler.domain import Answer
from osler.library import Library

TRAMADOL = {
    "title": "Tramadol in adults",
    "text": "Tramadol 50 mg by mouth every 6 hours.\n\n"
    "**Kidneys.** eGFR below 30: avoid tramadol; ask for advice. eGFR 30–60: lower the dose.\n\n"
    "Not to be used in porphyria, in acute intoxication or in epilepsy.",
}
TOPIRAMATE = {
    "title": "Topiramate for migraine",
    "text": "Topiramate 25 mg at night for prevention of migraine.\n\n"
    "Topiramate is not used in women who could become pregnant, unless nothing else is suitable.",
}
PREGABALIN = {
    "title": "Pregabalin in adults",
    "text": "| Indication | Start |\n|---|---|\n| Neuropathic pain | 75 mg twice daily |\n\n"
    "Severe renal impairment (GFR below 30 mL/min) or haemodialysis: halve the dose.",
}
DICLOXACILLIN = {
    "title": "Impetigo",
    "text": "Impetigo is treated for 7 days.\n\n- Dicloxacillin 250 mg four times a day.\n"
    "- Penicillin allergy: erythromycin 250 mg four times a day.",
}
SCURVY = {
    "title": "Iron by weight",
    "text": "| Weight | Dose |\n|---|---|\n| 70 kg and over | 1,500 mg |\n",
}
FOLINATE = {
    "title": "Pemetrexed for mesothelioma",
    "text": "# Dose\n\nPemetrexed 500 mg/m² once every 21 days for mesothelioma.\n\n"
    "# Folic acid\n\n- At least 400 micrograms daily in mesothelioma, also the day after "
    "pemetrexed.",
}


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    documents = (TRAMADOL, TOPIRAMATE, PREGABALIN, DICLOXACILLIN, SCURVY, FOLINATE)
    with library_of(tmp_path_factory.mktemp("bars"), *documents) as made:
        yield made


def opening(answer: Answer) -> list[str]:
    return [claim.text for claim in answer.bottom_line]


def test_of_several_bands_the_one_that_is_barred_counts(library: Library) -> None:
    answer = ask(library, "tramadol dose, eGFR 20")
    assert "avoid tramadol" in opening(answer)[0]
    assert not any("50 mg" in text for text in opening(answer))
    milder = ask(library, "tramadol dose, eGFR 50")
    assert any("50 mg" in claim.text for s in milder.sections for claim in s.claims) or any(
        "50 mg" in text for text in opening(milder)
    )


def test_a_drug_barred_in_what_the_patient_has_is_not_dosed(library: Library) -> None:
    answer = ask(library, "tramadol dose for a 50-year-old with epilepsy")
    assert "Not to be used" in opening(answer)[0]
    assert not any("50 mg" in text for text in opening(answer))


def test_a_bar_for_women_who_may_become_pregnant_is_said(library: Library) -> None:
    answer = ask(library, "topiramate dose for migraine, 30 year old woman")
    assert "could become pregnant" in opening(answer)[0]
    assert any("25 mg" in text for text in opening(answer))
    older = ask(library, "topiramate dose for migraine, 70 year old woman")
    assert "25 mg" in opening(older)[0]


def test_a_halving_for_this_patient_opens_beside_the_dose(library: Library) -> None:
    answer = ask(library, "pregabalin dose, neuropathic pain, eGFR 20")
    assert "halve the dose" in opening(answer)[0]
    assert any("75 mg" in text for text in opening(answer))
    assert not any("halve" in text for text in opening(ask(library, "pregabalin dose, eGFR 90")))


def test_what_the_patient_is_allergic_to_does_not_open(library: Library) -> None:
    answer = ask(library, "impetigo in an adult with penicillin allergy")
    assert "erythromycin" in opening(answer)[0]
    assert not any("Dicloxacillin" in text for text in opening(answer))


def test_a_dose_for_something_else_does_not_open_by_weight_alone(library: Library) -> None:
    answer = ask(library, "impetigo treatment, 80 kg")
    assert not any("1,500 mg" in text for text in opening(answer))


def test_a_dose_under_another_drug_is_of_that_drug(library: Library) -> None:
    answer = ask(library, "pemetrexed dose in mesothelioma")
    assert "500 mg/m²" in opening(answer)[0]
    assert not any("400 micrograms" in text for text in opening(answer))
