"""What speaks against a drug, or changes its dose, for this patient stands before its dose."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.answering.documents import library_of, opening_of

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

BUPROPION = {
    "title": "Bupropion to stop smoking",
    "text": "Adults: bupropion 150 mg once daily to stop smoking.\n\n"
    "Bupropion is contraindicated in epilepsy, eating disorders and pregnancy.",
}
DOMPERIDONE = {
    "title": "Domperidone for nausea",
    "text": "Adults: domperidone 10 mg three times daily for nausea.\n\n"
    "Contraindications: prolactinoma; bowel obstruction; heart failure.",
}
CHLOROQUINE = {
    "title": "Chloroquine for malaria",
    "text": "Adults: chloroquine 600 mg at once for malaria, 300 mg after 6 hours.\n\n"
    "Not for use in myasthenia gravis, porphyria, epilepsy or patients under 2 years.",
}


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    documents = (TRAMADOL, TOPIRAMATE, PREGABALIN, DICLOXACILLIN, SCURVY, FOLINATE)
    documents += (BUPROPION, DOMPERIDONE, CHLOROQUINE)
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


def test_what_is_no_indication_is_said_and_not_dosed(tmp_path: Path) -> None:
    document = {
        "title": "Loperamide",
        "text": "**Children 4–11 years:** loperamide 1 mg up to four times a day.\n\n"
        "Gastroenteritis in children is not an indication.",
    }
    with library_of(tmp_path, document) as library:
        texts = opening(ask(library, "loperamide for gastroenteritis in a child of 6"))
    assert "not an indication" in texts[0]
    assert not any("1 mg" in text for text in texts)


def test_the_dose_of_the_patient_s_age_overrules_the_general_one(tmp_path: Path) -> None:
    document = {
        "title": "Zopiclone in adults",
        "text": "Zopiclone 7.5 mg at bedtime for insomnia. Give zopiclone 3.75 mg at bedtime at "
        "age 65 or over.",
    }
    with library_of(tmp_path, document) as library:
        texts = opening(ask(library, "zopiclone dose for insomnia, 80 year old"))
    assert "3.75 mg" in texts[0]
    assert not any("7.5 mg" in text for text in texts)


def test_a_result_of_either_value_is_met_by_one_of_them(tmp_path: Path) -> None:
    document = {
        "title": "Eplerenone after infarction",
        "text": "Eplerenone is started at 25 mg once daily.\n\n"
        "| Result on eplerenone | Action |\n|---|---|\n"
        "| potassium above 5.5 mmol/L, or eGFR below 30 | halve the dose |\n",
    }
    with library_of(tmp_path, document) as library:
        texts = opening(ask(library, "eplerenone, potassium 5.8 mmol/L, what to do?"))
    assert "halve the dose" in texts[0]


def test_a_drug_taken_that_changes_a_dose_is_said_with_it(tmp_path: Path) -> None:
    documents = (
        {
            "title": "Voriconazole",
            "text": "Voriconazole 200 mg by mouth every 12 hours.\n\nVoriconazole raises "
            "tacrolimus levels: cut the tacrolimus dose by two thirds.",
        },
        {"title": "Tacrolimus", "text": "Voriconazole: give one third of the tacrolimus dose."},
    )
    with library_of(tmp_path, *documents) as library:
        texts = opening(ask(library, "Patient on tacrolimus starting voriconazole, dose?"))
        without = opening(ask(library, "voriconazole dose"))
    assert "tacrolimus" in texts[0]
    assert any("200 mg" in text for text in texts)
    assert "200 mg" in without[0]


def test_the_drug_whose_dose_is_wanted_is_not_one_that_is_taken(tmp_path: Path) -> None:
    document = {
        "title": "Rosuvastatin",
        "text": "Rosuvastatin 10 mg once daily.\n\nGemfibrozil: halve the rosuvastatin dose.",
    }
    with library_of(tmp_path, document) as library:
        texts = opening(ask(library, "on gemfibrozil, rosuvastatin starting dose"))
    assert "halve" in texts[0]
    assert any("10 mg" in text for text in texts)


@pytest.mark.parametrize(
    ("question", "bar", "dose"),
    [
        ("bupropion dose to stop smoking, man of 40 with epilepsy", "eating", "150 mg"),
        ("domperidone dose for nausea in a man of 60 with heart failure", "prolact", "10 mg"),
        ("chloroquine dose for malaria in a man of 40 with epilepsy", "myasthenia", "600 mg"),
    ],
)
def test_who_is_one_of_those_listed_is_barred(
    library: Library, question: str, bar: str, dose: str
) -> None:
    first = opening(ask(library, question))
    assert bar in first[0]
    assert not any(dose in text for text in first)


def test_who_is_none_of_those_listed_is_dosed(library: Library) -> None:
    first = opening(ask(library, "bupropion dose to stop smoking, man of 40 with asthma"))
    assert "150 mg" in first[0]


GUIDE = {
    "title": "Antidepressant and pain guide",
    "text": "# Dihydrocodeine for moderate pain\n\nAdults: 30 mg orally every 6 hours.\n"
    "Respiratory depression attributable to dihydrocodeine is potentiated by benzodiazepines.\n"
    "Dihydrocodeine lowers the seizure threshold.\n",
}


def test_a_guide_titled_by_classes_doses_the_drug_asked_about(tmp_path: Path) -> None:
    with library_of(tmp_path, GUIDE) as library:
        first = opening(ask(library, "dihydrocodeine dose for moderate pain"))
    assert any("30 mg" in text for text in first)


NADOLOL = {
    "title": "Nadolol",
    "text": "Adults: nadolol 80 mg once daily for hypertension.\n\n"
    "Nadolol is contraindicated in asthma, heart block and severe renal impairment.",
}


@pytest.mark.parametrize(
    ("who", "is_barred"),
    [("with asthma and eGFR 70", True), ("with eGFR 70", False), ("with eGFR 20", True)],
)
def test_good_kidneys_lift_no_bar_for_another_of_its_list(
    tmp_path: Path, who: str, is_barred: bool
) -> None:
    with library_of(tmp_path, NADOLOL) as library:
        first = opening(ask(library, f"nadolol dose for hypertension in a man of 60 {who}"))
    assert ("contraindicated" in first[0]) is is_barred
    assert any("80 mg" in text for text in first) is not is_barred


def test_a_bar_of_another_drug_for_the_naive_bars_none_of_its_class(tmp_path: Path) -> None:
    text = (
        "# Fentanyl patches and oral morphine in palliative care\n\n"
        "Fentanyl patches must not be used in opioid-naive patients.\n\n"
        "Oral morphine, opioid-naive: 2.5 to 5 mg every 4 hours."
    )
    opening = opening_of(
        tmp_path / "m", "morphine dose for an opioid-naive patient", {"text": text}
    )
    assert "2.5 to 5 mg" in opening
    barred = opening_of(
        tmp_path / "f", "fentanyl patch for an opioid-naive patient", {"text": text}
    )
    assert "must not be used" in barred
