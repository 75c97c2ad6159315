"""A patient in words is read as the same patient."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from osler.answering import understand
from osler.domain import Patient
from osler.threads.facts import another_patient, changes, facts, not_said, told
from osler.threads.patient_words import in_patient
from osler.threads.withdrawing import forget, withdraw


def number(low: int, high: int) -> st.SearchStrategy[Decimal | None]:
    return st.none() | st.integers(low, high).map(Decimal)


PATIENTS = st.builds(
    Patient,
    age_years=number(1, 110),
    sex=st.sampled_from([None, "female", "male"]),
    weight_kg=number(3, 200),
    height_cm=number(50, 210),
    bmi=number(12, 60),
    egfr=number(1, 120),
    crcl=number(1, 150),
    creatinine_umol_l=number(20, 900),
    conditions=st.sampled_from([(), ("asthma",), ("renal impairment", "epilepsy")]),
    absent_conditions=st.sampled_from([(), ("heart failure",)]),
    drugs=st.sampled_from([(), ("phenytoin",), ("warfarin", "amiodarone")]),
    allergies=st.sampled_from([(), ("penicillin",)]),
    jurisdiction=st.sampled_from([None, "GB", "US", "NG"]),
)


@given(PATIENTS)
@settings(max_examples=150, deadline=None)
def test_a_patient_in_words_is_read_as_the_same(patient: Patient) -> None:
    read = understand(f"What is the dose of metformin{in_patient(patient)}?").patient
    assert read == patient


@pytest.mark.parametrize(
    ("patient", "words"),
    [
        (Patient(), ""),
        (Patient(pregnancy="pregnant", sex="female"), " in pregnancy"),
        (Patient(life_stage="child"), " in children"),
        (Patient(age_years=Decimal("0.3333")), " in a patient aged 4 months"),
        (Patient(life_stage="neonate", age_years=Decimal("0.0082")), " in a neonate aged 3 days"),
        (
            Patient(gestation_weeks=Decimal(24), pregnancy="pregnant", sex="female"),
            " in a woman who is 24 weeks pregnant",
        ),
        (
            Patient(sex="female", pregnancy="not pregnant", egfr=Decimal(42)),
            " in a non-pregnant woman with eGFR 42",
        ),
        (Patient(procedures=("gastric bypass",)), " in a patient after gastric bypass"),
    ],
    ids=str,
)
def test_the_words_of_a_patient(patient: Patient, words: str) -> None:
    assert in_patient(patient) == words
    assert understand(f"What is the dose of metformin{words}?").patient == patient


def test_what_is_told_replaces_what_it_contradicts() -> None:
    before = Patient(sex="female", pregnancy="pregnant", egfr=Decimal(24), conditions=("asthma",))
    assert told(before, Patient(sex="male")) == Patient(
        sex="male", egfr=Decimal(24), conditions=("asthma",)
    )
    assert told(before, Patient(breastfeeding=True)).pregnancy is None
    assert told(before, Patient(absent_conditions=("asthma",))).conditions == ()
    assert told(before, Patient(conditions=("epilepsy",))).conditions == ("asthma", "epilepsy")
    lab = Patient(measurements=(("inr", Decimal(6)),))
    assert told(lab, Patient(measurements=(("inr", Decimal(9)),))).measurements == (
        ("inr", Decimal(9)),
    )


@given(PATIENTS, PATIENTS)
@settings(max_examples=50, deadline=None)
def test_what_is_told_is_known_and_nothing_that_stays_is_lost(old: Patient, new: Patient) -> None:
    now = told(old, new)
    assert told(now, new) == now
    assert not_said(now, now) == Patient()
    assert (new.egfr is None) or now.egfr == new.egfr
    assert set(new.drugs) | set(old.drugs) == set(now.drugs)
    assert another_patient(now).weight_kg is None


@pytest.mark.parametrize(
    ("what", "left"),
    [
        ("the weight", {"weight_kg": None}),
        ("weight and age", {"weight_kg": None, "age_years": None}),
        ("her kidney function", {"egfr": None}),
        ("penicillin allergy", {"allergies": ("aspirin",)}),
        ("the asthma", {"conditions": ()}),
        ("the phenytoin", {"drugs": ()}),
        ("the UK", {"jurisdiction": None}),
    ],
)
def test_facts_are_forgotten_by_what_they_are_called(what: str, left: dict[str, object]) -> None:
    patient = Patient(
        age_years=Decimal(78), weight_kg=Decimal(61), egfr=Decimal(24), conditions=("asthma",),
        drugs=("phenytoin",), allergies=("penicillin", "aspirin"), jurisdiction="GB",
    )  # fmt: skip
    assert forget(what, patient) == replace(patient, **left)  # type: ignore[arg-type]


def test_what_is_no_fact_is_not_forgotten() -> None:
    assert forget("the tablets", Patient(egfr=Decimal(24))) is None
    assert withdraw("what about tablets?", Patient(egfr=Decimal(24)))[1].egfr == 24


def test_the_rest_of_a_text_that_takes_a_fact_back_stays() -> None:
    rest, patient = withdraw(
        "forget the weight, what about children?", Patient(weight_kg=Decimal(61))
    )
    assert (rest, patient) == ("what about children?", Patient())


def test_facts_and_changes_in_words() -> None:
    before = Patient(egfr=Decimal(24), allergies=("penicillin",), weight_kg=Decimal(61))
    after = Patient(egfr=Decimal(42), weight_kg=Decimal(61))
    assert facts(before) == ("weight 61 kg", "eGFR 24", "allergy penicillin")
    assert changes(before, after) == ("eGFR 24 → eGFR 42", "allergy penicillin withdrawn")
