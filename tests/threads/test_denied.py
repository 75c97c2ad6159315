"""What takes no fact of safety back: other allergies, questions, the past, kin."""

import pytest
from conversation import after

ALLERGIC = "Cellulitis: antibiotic for a woman of 50 allergic to penicillin (anaphylaxis)"
KIDNEYS = "Dose of metformin in a man aged 78, eGFR 24?"
HEAVY = "Dose of enoxaparin in a woman aged 60, weight 80 kg?"
ASTHMA = "Propranolol for migraine prevention in a woman aged 40 with asthma?"
WARFARIN = "Dose of trimethoprim in cystitis in a woman of 70 taking warfarin?"
OTITIS = "Dose of amoxicillin for otitis media in a 5-year-old of 18 kg?"


@pytest.mark.parametrize(
    "typed",
    [
        "she has no other allergies. what dose of flucloxacillin?",
        "no known allergies apart from that. duration?",
        "no further allergies. duration?",
        "no food allergies. duration?",
        "no allergic reaction so far. duration?",
        "she is off her allergy tablets. duration?",
        "she is not allergic to anything else. duration?",
        "she has not had penicillin since. duration?",
        "no intolerances. duration?",
        "no allergies now, other than that. duration?",
        "is she not allergic to penicillin?",
    ],
)
def test_an_allergy_stays_where_another_is_denied(typed: str) -> None:
    found = after(ALLERGIC, typed)
    assert found.patient.allergies == ("penicillin",), found.full
    assert "allergic to penicillin" in found.full


@pytest.mark.parametrize(
    "typed",
    [
        "not allergic to penicillin after all",
        "no allergies after all",
        "the allergy was a mistake",
        "she isn't allergic after all. duration?",
        "the penicillin allergy has been ruled out. duration?",
        "sorry it was her brother who has the allergy",
        "forget the allergy",
    ],
)
def test_an_allergy_that_is_denied_itself_is_taken_back(typed: str) -> None:
    found = after(ALLERGIC, typed)
    assert found.patient.allergies == ()
    assert found.patient.age_years == 50


@pytest.mark.parametrize(
    ("asked", "typed", "stays"),
    [
        (KIDNEYS, "drop the dose for kidneys?", "eGFR 24"),
        (KIDNEYS, "drop it for kidneys", "eGFR 24"),
        ("Dose of levetiracetam in a pregnant woman aged 30?", "drop it in pregnancy?", "pregnant"),
        (ASTHMA, "should we drop it for asthma?", "with asthma"),
        (ASTHMA, "her asthma is not well controlled. what dose?", "with asthma"),
        (ASTHMA, "no recent asthma attacks. what dose?", "with asthma"),
        (KIDNEYS, "his eGFR was 50 last year", "eGFR 24"),
        (HEAVY, "she weighed 90 kg last year, what dose now?", "80 kg"),
        (HEAVY, "she actually weighs 4 kg less", "80 kg"),
        (WARFARIN, "she has not had her warfarin today", "taking warfarin"),
        ("Dose of digoxin in a man of 70 taking amiodarone?",
         "stopped amiodarone 3 days ago, dose now?", "taking amiodarone"),
        (WARFARIN, "she has not stopped warfarin. dose?", "taking warfarin"),
        (WARFARIN, "she never stopped the warfarin", "warfarin"),
        ("Dose of amoxicillin in a boy aged 5, weight 18 kg?",
         "mum weighs 80 kg. how many days?", "boy aged 5 years weighing 18 kg"),
    ],
)  # fmt: skip
def test_a_fact_stays(asked: str, typed: str, stays: str) -> None:
    found = after(asked, typed)
    assert stays in found.full
    assert found.corrected == ()


@pytest.mark.parametrize(
    ("asked", "typed", "gone"),
    [
        (KIDNEYS, "drop the eGFR", "eGFR"),
        (WARFARIN, "she is no longer on warfarin", "warfarin"),
        (WARFARIN, "stopped the warfarin. dose?", "warfarin"),
        ("Dose of levetiracetam in a pregnant woman aged 30?", "drop the pregnancy", "pregnan"),
    ],
)
def test_what_is_taken_back_in_so_many_words_goes(asked: str, typed: str, gone: str) -> None:
    found = after(asked, typed)
    assert gone not in found.full
    assert found.corrected != ()


def test_a_value_of_the_past_is_taken_where_none_is_known() -> None:
    assert (
        after("Dose of metformin in a man aged 78?", "his eGFR was 50 last year").patient.egfr == 50
    )


def test_an_illness_that_is_denied_is_not_treated() -> None:
    asked = "Dose of digoxin in atrial fibrillation in a woman aged 80?"
    assert "failure" not in after(asked, "she isn't in failure. loading dose?").full
    asked = "Dose of propranolol for migraine in a woman aged 40?"
    assert "asthma" not in after(asked, "no recent asthma attacks. what dose?").full


def test_what_is_to_be_done_without_is_not_taken() -> None:
    asked = "Dose of prednisolone in asthma in a man aged 50?"
    assert after(asked, "with no steroids?").patient.drugs == ()


def test_what_is_told_of_kin_changes_nobody() -> None:
    sister = "his sister is allergic to penicillin"
    told = after(OTITIS, sister)
    assert told.patient.age_years == 5
    assert told.patient.weight_kg == 18
    assert told.patient.allergies == ()
    rash = after(OTITIS, sister, "he had a rash with amoxicillin")
    assert rash.patient.age_years == 5
    assert rash.patient.weight_kg == 18
    assert rash.patient.allergies == ("amoxicillin",)
