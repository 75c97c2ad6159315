"""What is told in passing: which drug is asked about, of whom, with which values."""

import pytest
from conversation import after

from osler.answering import understand
from osler.threads.topic import differences

CHOLERA = "What dose of doxycycline is given for cholera in a boy aged 13 years?"
URTICARIA = "What dose of chlorphenamine is used for urticaria in a woman?"
PENICILLIN = (
    "What is the dose of phenoxymethylpenicillin for rheumatic fever in a girl aged 7 years?"
)
EPILEPSY = "What is the dose of lamotrigine for epilepsy in a woman who takes valproate?"
FLU = "oseltamivir to prevent flu in a woman of 80"
GENTAMICIN = "Dose of gentamicin for sepsis in a woman of 70 with eGFR 50"
MEROPENEM = "meropenem dose, meningitis, woman of 50, normal kidneys"
METFORMIN = "metformin dose for type 2 diabetes in a man of 70 with eGFR 35"
AZITHROMYCIN = "azithromycin dose for sinusitis in a woman of 30 allergic to penicillin"


@pytest.mark.parametrize(
    ("questions", "by_hand"),
    [
        ((CHOLERA, "We've run out of doxycycline. Erythromycin for him, how much?"),
         "dose of erythromycin for cholera in a boy aged 13 years"),
        ((URTICARIA, "It had better be loratadine. Dose?"),
         "dose of loratadine for urticaria in a woman"),
        ((PENICILLIN, "She is allergic to it. What is the dose of erythromycin then?"),
         "dose of erythromycin for rheumatic fever in a girl aged 7 years allergic to"
         " phenoxymethylpenicillin"),
        ((EPILEPSY, "they swapped the valproate for carbamazepine"),
         "dose of lamotrigine for epilepsy in a woman who takes carbamazepine"),
        (("dose of lamotrigine for epilepsy in a woman", "she does take valproate"),
         "dose of lamotrigine for epilepsy in a woman who takes valproate"),
        ((GENTAMICIN, "clearance now 18"),
         "dose of gentamicin for sepsis in a woman of 70 with CrCl 18"),
        ((MEROPENEM, "crcl came back 31"),
         "meropenem dose for meningitis in a woman of 50 with CrCl 31"),
        ((MEROPENEM, "on haemodialysis since last night, dose?"),
         "meropenem dose for meningitis in a woman of 50 on dialysis"),
        ((METFORMIN, "and for my sister, 40?"),
         "metformin dose for type 2 diabetes in a woman of 40"),
        (("paracetamol dose for a girl of 6 weighing 19 kg", "weighed her again, 21.5"),
         "paracetamol dose for a girl of 6 weighing 21.5 kg"),
        ((AZITHROMYCIN, "and a man of 20, allergic as well"),
         "azithromycin dose for sinusitis in a man of 20 allergic to penicillin"),
        (("praziquantel dose urinary schistosomiasis?", "its for a schoolgirl, 8 yrs"),
         "praziquantel dose for urinary schistosomiasis in a girl aged 8 years"),
        (("prednisolone dose for asthma in a child of 7", "next one is a lady of 60"),
         "prednisolone dose for asthma in a woman aged 60 years"),
        (("My mother is 70, dose of senna for constipation?", "and my son, he's 8?",
          "What about bisacodyl for Mum?"),
         "dose of bisacodyl for constipation in a woman aged 70 years"),
    ],
)  # fmt: skip
def test_a_follow_up_asks_as_by_hand(questions: tuple[str, ...], by_hand: str) -> None:
    found = after(*questions)
    assert differences(understand(found.full), understand(by_hand)) == (), found.full


def test_who_is_ill_with_it_is_not_given_it_to_prevent() -> None:
    assert "prevent" not in after(FLU, "her husband has come down with it. dose?").full


def test_a_pregnancy_denied_in_a_sentence_of_its_own_is_taken_back() -> None:
    found = after(
        "carbamazepine dose for partial seizures, woman 24",
        "clerk says she's pregnant",
        "wrong notes, she isn't. valproate for her if these were absences?",
    )
    assert found.patient.pregnancy is None
    assert "valproate for absences" in found.full
    assert "partial" not in found.full


def test_a_test_that_shows_another_illness_takes_its_place() -> None:
    full = after(
        "dose of amoxicillin for sinusitis, adult", "x-ray shows pneumonia. how much?"
    ).full
    assert "pneumonia" in full
    assert "sinusitis" not in full


def test_angina_does_not_pass_to_a_girl_who_has_the_illness_too() -> None:
    found = after(
        "What is the starting dose of levothyroxine in an adult with hypothyroidism?",
        "He is 66 and gets angina.",
        "I have a girl of 15 with it too. How much for her?",
    )
    assert "hypothyroidism" in found.full
    assert "angina" not in found.full


def test_words_told_are_left_to_what_is_not_sure() -> None:
    found = after("ibuprofen dose, girl of 11", "she has a bit of pain in her knuckles. how much?")
    assert ":" not in found.full
    assert any("knuckles" in doubt for doubt in found.unsure)


def test_a_moment_that_is_lost_is_told() -> None:
    found = after("lamotrigine dose weeks 1-2, epilepsy", "she does take valproate")
    assert "“weeks 1-2” from before is left out" in found.unsure


def test_a_route_that_is_told_in_passing_is_the_new_drugs() -> None:
    found = after("dose of cefuroxime for pneumonia", "she wants it all iv. Ceftriaxone?")
    assert "ceftriaxone intravenously" in found.full


@pytest.mark.parametrize(
    ("text", "age"), [("I'm 70 kilos", None), ("the baby on the mat, about 10 months", "0.8333")]
)
def test_a_weight_is_no_age(text: str, age: str | None) -> None:
    found = understand(f"How much paracetamol? {text}").patient.age_years
    assert (str(found) if found is not None else None) == age
