"""What is told of allergy, pregnancy, kidneys and numbers in a follow-up: never lost or turned."""

from __future__ import annotations

from decimal import Decimal

import pytest
from conversation import after

from osler.answering.notices import notices_for
from osler.domain.errors import EmptyQuestion
from osler.threads.topic import read, topic_of


@pytest.mark.parametrize(
    "typed",
    [
        "no allergies except penicillin",
        "penicillin gives her a rash",
        "she reacts badly to penicillin",
        "penicillin makes her swell up",
        "previous anaphylaxis to penicillin",
        "she had anaphylaxis with penicillin",
    ],
)
def test_an_allergy_is_read_and_the_drug_is_not_asked_about(typed: str) -> None:
    resolved = after("Dose of doxycycline for pneumonia in a woman?", typed)
    assert resolved.patient.allergies == ("penicillin",)
    drugs = {t.name for t in topic_of(read(resolved.full, None)).drugs}
    assert drugs == {"doxycycline"}
    assert "anaphylaxis" not in resolved.patient.conditions


def test_a_known_allergy_stays_where_it_is_the_only_one() -> None:
    first = "Dose of doxycycline for pneumonia in a woman allergic to penicillin?"
    assert after(first, "no allergies except penicillin").patient.allergies == ("penicillin",)


def test_an_allergy_that_is_denied_is_no_question() -> None:
    resolved = after("Dose of cefalexin for UTI in a woman?", "she is not allergic to penicillin")
    assert resolved.patient.allergies == ()
    assert {t.name for t in topic_of(read(resolved.full, None)).drugs} == {"cefalexin"}


@pytest.mark.parametrize(
    ("first", "typed"),
    [
        ("Dose of diclofenac for pain in a man?", "he is allergic to NSAIDs"),
        ("Dose of ibuprofen for pain in a man?", "he is allergic to aspirin"),
        ("Dose of amoxicillin for UTI in a man?", "previous anaphylaxis to co-amoxiclav"),
    ],
)
def test_of_a_drug_that_may_do_the_same_is_warned(first: str, typed: str) -> None:
    notices = notices_for(read(after(first, typed).full, None))
    assert any("is said to be allergic to" in notice for notice in notices)


@pytest.mark.parametrize(
    "typed",
    [
        "pregnancy test negative",
        "pregnancy test came back negative, so she's not",
        "she is not",
        "no, she isn't",
        "she has delivered",
        "she had a miscarriage",
        "she's had a termination",
        "she is no longer pregnant",
        "she's postpartum",
        "if she wasn't pregnant?",
    ],
)
def test_a_pregnancy_that_is_over_is_not_carried(typed: str) -> None:
    resolved = after("Dose of hydralazine in severe hypertension in pregnancy?", typed)
    assert resolved.patient.pregnancy == "not pregnant"
    assert resolved.patient.gestation_weeks is None
    assert "in pregnancy" not in resolved.full


@pytest.mark.parametrize(
    "typed", ["threatened miscarriage", "she wants a termination", "pregnancy not excluded"]
)
def test_a_pregnancy_that_goes_on_is_carried(typed: str) -> None:
    assert after("Dose of doxycycline in a pregnant woman?", typed).patient.pregnancy == "pregnant"


@pytest.mark.parametrize("typed", ["she's 32 weeks", "she is now 32 weeks", "32/40"])
def test_a_woman_of_so_many_weeks_is_pregnant(typed: str) -> None:
    patient = after("Dose of ibuprofen for pain in a woman?", typed).patient
    assert (patient.pregnancy, patient.gestation_weeks) == ("pregnant", Decimal(32))
    assert patient.age_years is None


def test_a_baby_of_so_many_weeks_is_so_old() -> None:
    patient = after("Dose of ibuprofen for pain in a baby?", "she's 32 weeks").patient
    assert patient.pregnancy is None
    assert patient.age_years is not None


@pytest.mark.parametrize("typed", ["she isn't breastfeeding", "she stopped breastfeeding"])
def test_breastfeeding_is_denied(typed: str) -> None:
    patient = after("Dose of codeine for pain in a breastfeeding woman?", typed).patient
    assert patient.breastfeeding is False


def test_kidneys_that_have_failed_are_not_lost() -> None:
    patient = after("Dose of metformin in diabetes, eGFR 80?", "her kidneys have failed").patient
    assert "renal impairment" in patient.conditions
    assert patient.egfr is None


def test_who_is_not_on_dialysis_is_not() -> None:
    resolved = after("Dose of gentamicin in a man on dialysis?", "no, not on dialysis")
    assert resolved.patient.procedures == ()
    assert "on dialysis" not in resolved.full


@pytest.mark.parametrize(
    ("first", "typed", "field", "value"),
    [
        ("Dose of vancomycin, creatinine 300 micromol/L?", "make that 2 mg/dL",
         "creatinine_umol_l", "176.84"),
        ("How often is gentamicin given with CrCl 50?", "Recalculated, it is only 18.",
         "crcl", "18"),
        ("Dose of metformin in a man with BMI 32?", "He is 40", "age_years", "40"),
        ("Dose of metformin in a man with BMI 32?", "eGFR was 50, now 25", "egfr", "25"),
        ("Dose of metformin in a man with eGFR 80?", "falls to 25", "egfr", "25"),
        ("Dose of metformin in a man with eGFR 80?", "it is 25 now", "egfr", "25"),
    ],
)  # fmt: skip
def test_a_number_is_of_what_it_is_told_of(first: str, typed: str, field: str, value: str) -> None:
    patient = after(first, typed).patient
    assert getattr(patient, field) == Decimal(value)
    if field != "age_years":
        assert patient.age_years is None


def test_a_bare_correction_is_of_the_number_told_last() -> None:
    patient = after("Dose of metformin in a man with BMI 32?", "He is 40", "actually 82").patient
    assert (patient.age_years, patient.bmi, patient.sex) == (Decimal(82), Decimal(32), "male")


def test_a_severity_is_told_once_and_replaced() -> None:
    first = "Labetalol for non-severe hypertension in pregnancy, dose?"
    resolved = after(first, "max a day?", "Her pressure is now severe, 168/112. How do I give it?")
    assert resolved.patient.severity == "severe"
    assert "non-severe" not in resolved.full


def test_g6pd_deficiency_is_had_and_not_treated() -> None:
    resolved = after("Dose of amoxicillin for UTI in a man, G6PD deficiency?", "and primaquine?")
    assert "g6pd deficiency" in resolved.patient.conditions
    assert "for g6pd" not in resolved.full.lower()


def test_a_value_that_changed_takes_along_what_it_told() -> None:
    patient = after("Dose of insulin in DKA?", "K is 3.1", "K now 5.6").patient
    assert "hypokalaemia" not in patient.conditions
    assert "hyperkalaemia" in patient.conditions


@pytest.mark.parametrize("typed", ["thanks", "ok thank you!", "great, cheers"])
def test_thanks_ask_nothing(typed: str) -> None:
    with pytest.raises(EmptyQuestion):
        after("Dose of metformin in diabetes?", typed)


def test_a_return_takes_up_what_was_known() -> None:
    patient = after(
        "Rivaroxaban for an acute DVT, how much?",
        "his creatinine clearance is 25",
        "How do you treat a paracetamol overdose?",
        "one more on the rivaroxaban for his DVT, how long in all?",
    ).patient
    assert patient.crcl == Decimal(25)


def test_a_bare_number_is_of_no_fact_where_several_are_known() -> None:
    patient = after("Dose of metformin in a woman of 80 kg, eGFR 40?", "no, 70").patient
    assert (patient.weight_kg, patient.egfr) == (Decimal(80), Decimal(40))


def test_who_nurses_is_no_longer_pregnant() -> None:
    patient = after("Dose of warfarin for DVT in pregnancy?", "and while nursing?").patient
    assert (patient.pregnancy, patient.breastfeeding) == (None, True)
