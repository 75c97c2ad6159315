"""Someone else is asked about: no fact of the patient spoken of is carried to them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from conversation import after

from osler.domain import Patient

FIRST = (
    "Amoxicillin dose for pneumonia in an 82-year-old woman, 55 kg, creatinine 140, eGFR 20, "
    "liver failure, on dialysis, allergic to penicillin, taking warfarin?"
)


def facts_of(patient: Patient) -> set[str]:
    return {
        name
        for name in Patient.__dataclass_fields__
        if getattr(patient, name) != getattr(Patient(), name)
    }


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("and for Mrs Jones, 70?", {"age_years", "sex"}),
        ("and for Mr Jones, 60?", {"age_years", "sex"}),
        ("and for Mr Jones?", {"sex"}),
        ("what about Mr Brown?", {"sex"}),
        ("and for bed 4?", set()),
        ("and for the man in bed 4, eGFR 60?", {"sex", "egfr"}),
        ("and for a different woman, 50 kg?", {"sex", "weight_kg"}),
        ("and for someone else?", set()),
        ("and for her brother?", {"sex"}),
        ("same for her husband", {"sex"}),
        ("what about her father, 85?", {"age_years", "sex"}),
        ("and for her sister, 20 kg?", {"sex", "weight_kg"}),
        ("he is 40", {"age_years", "sex"}),
        ("and in men?", {"sex"}),
        ("same for a colleague of mine", set()),
        ("next patient, same question", set()),
    ],
)
def test_no_fact_of_the_patient_is_carried_to_someone_else(typed: str, told: set[str]) -> None:
    resolved = after(FIRST, typed)
    assert facts_of(resolved.patient) - {"conditions"} == told
    assert set(resolved.patient.conditions) <= {"pneumonia"}
    assert "amoxicillin" in resolved.full.lower()
    assert "pneumonia" in resolved.full.lower()


def test_the_reader_is_told_what_was_left_out() -> None:
    left = after(FIRST, "and for Mrs Jones, 70?").corrected
    assert "allergy penicillin withdrawn" in left
    assert "weight 55 kg withdrawn" in left
    assert "creatinine 140 µmol/L withdrawn" in left


@pytest.mark.parametrize(
    "typed", ["her eGFR is 25", "does this woman need less?", "the same patient, by mouth?"]
)
def test_of_the_patient_spoken_of_every_fact_holds(typed: str) -> None:
    patient = after(FIRST, typed).patient
    assert patient.allergies == ("penicillin",)
    assert patient.weight_kg == Decimal(55)


@pytest.mark.parametrize("typed", ["and for the baby?", "and in a neonate?", "a 3 day old?"])
def test_a_baby_is_not_pregnant(typed: str) -> None:
    patient = after("Erythromycin dose for chlamydia in a pregnant woman?", typed).patient
    assert (patient.pregnancy, patient.breastfeeding) == (None, None)


def test_who_feeds_a_baby_is_not_as_old_as_the_baby() -> None:
    first = "Is ivermectin safe for river blindness in a pregnant woman?"
    typed = "She has delivered since and is breastfeeding a three day old. Can I treat now?"
    patient = after(first, typed).patient
    assert (patient.age_years, patient.life_stage) == (None, None)
    assert (patient.pregnancy, patient.breastfeeding) == (None, True)


def test_an_age_is_not_carried_to_a_grown_man() -> None:
    first = "Dose of vitamin A for vitamin A deficiency in a 16-year-old?"
    patient = after(first, "and a grown man?").patient
    assert (patient.age_years, patient.life_stage) == (None, "adult")


def test_kin_may_have_the_same_illness() -> None:
    resolved = after(
        "Dose of co-trimoxazole for dysentery in an adult?", "His daughter, 4, has it."
    )
    assert resolved.patient.age_years == Decimal(4)
    assert resolved.patient.sex == "female"


def test_another_tablet_is_no_other_patient() -> None:
    first = "Sumatriptan dose for migraine in a woman allergic to aspirin?"
    assert after(first, "can she take another one later?").patient.allergies == ("aspirin",)


def test_who_is_only_named_again_keeps_every_fact() -> None:
    first = "Enoxaparin dose for DVT in Mr Smith, 80 kg, CrCl 20, allergic to penicillin?"
    patient = after(first, "Mr Smith is also on warfarin").patient
    assert (patient.weight_kg, patient.crcl) == (Decimal(80), Decimal(20))
    assert patient.allergies == ("penicillin",)


def test_who_is_named_by_another_title_is_someone_else() -> None:
    first = "Enoxaparin dose for DVT in Mr Smith, 80 kg, CrCl 20?"
    patient = after(first, "Mrs Brown has a DVT too").patient
    assert (patient.weight_kg, patient.crcl) == (None, None)


def test_her_baby_has_none_of_her_facts() -> None:
    first = "Dose of paracetamol in a woman of 70 kg allergic to aspirin?"
    patient = after(first, "what about her baby, 4 kg?").patient
    assert (patient.weight_kg, patient.sex, patient.allergies) == (Decimal(4), None, ())


@pytest.mark.parametrize("typed", ["is it safe for the baby?", "does it harm the baby?"])
def test_what_may_harm_the_unborn_is_asked_of_who_is_pregnant(typed: str) -> None:
    patient = after("Dose of nitrofurantoin for UTI in a pregnant woman?", typed).patient
    assert (patient.pregnancy, patient.life_stage) == ("pregnant", None)


def test_a_brother_of_so_many_years_is_so_old() -> None:
    resolved = after("Dose of amoxicillin in a child allergic to penicillin?",
                     "for a twin brother of 4 years")  # fmt: skip
    assert resolved.patient.age_years == Decimal(4)
    assert resolved.patient.allergies == ()
    assert "of in" not in resolved.full


@pytest.mark.parametrize(
    "typed",
    [
        "her daughter says she is vomiting",
        "mum tells me she has a fever",
        "the nurse says her potassium is 3",
        "her husband asks if it is safe",
        "she lives with her son",
        "she has a brother with eczema",
        "he says she fell",
    ],
)
def test_who_only_tells_or_is_mentioned_is_not_the_patient(typed: str) -> None:
    patient = after(FIRST, typed).patient
    assert (patient.age_years, patient.sex) == (Decimal(82), "female")
    assert patient.allergies == ("penicillin",)
    assert patient.egfr == Decimal(20)


def test_a_count_is_no_age() -> None:
    first = "Dose of enoxaparin for a pregnant woman, 80 kg?"
    assert after(first, "the midwife is worried about her platelets, 90").patient.age_years is None
