"""Follow-ups in a word or two: what class of thing each tells, and what stays with it."""

from __future__ import annotations

from decimal import Decimal

import pytest
from conversation import after

from osler.domain import Aspect, Phase
from osler.threads.topic import Topic, read, topic_of

AF = "Apixaban dose for AF in a man of 75 weighing 80 kg, creatinine 140, allergic to penicillin?"
KNEE = "For how long is preventive rivaroxaban given after hip replacement?"


def asked(*typed: str) -> Topic:
    return topic_of(read(after(*typed).full, None))


def names(topic: Topic) -> set[str]:
    return {t.name for t in topic.treated}


@pytest.mark.parametrize("typed", ["no, 82 years old", "sorry, he's 82", "actually 82 yo"])
def test_a_correction_is_of_the_same_patient(typed: str) -> None:
    patient = asked(AF, typed).patient
    assert patient.age_years == Decimal(82)
    assert patient.weight_kg == Decimal(80)
    assert patient.creatinine_umol_l == Decimal(140)
    assert patient.allergies == ("penicillin",)


@pytest.mark.parametrize("typed", ["sorry 58 not 80!!", "typo, 58 not 80"])
def test_one_number_is_put_in_place_of_another(typed: str) -> None:
    assert asked(AF, typed).patient.weight_kg == Decimal(58)


@pytest.mark.parametrize("typed", ["no, it was the knee", "knee", "sorry, the knee not the hip"])
def test_a_part_of_a_name_corrects_the_name(typed: str) -> None:
    topic = asked(KNEE, typed)
    assert topic.patient.procedures == ("knee replacement",)
    assert topic.phases == (Phase.PROPHYLAXIS,)


def test_one_kind_of_a_condition_takes_the_place_of_the_other() -> None:
    topic = asked("Metformin dose in type 2 diabetes?", "sorry, type 1")
    assert names(topic) == {"type 1 diabetes"}
    assert topic.patient.conditions == ("type 1 diabetes",)


@pytest.mark.parametrize("typed", ["liver failure", "neutropenic", "he has a PE as well"])
def test_what_is_had_besides_leaves_what_is_treated(typed: str) -> None:
    topic = asked("Ceftriaxone dose for bacterial meningitis in an adult?", typed)
    assert "meningitis" in names(topic)
    assert len(topic.patient.conditions) == 2


def test_another_condition_takes_the_place_of_the_one_before() -> None:
    assert names(asked("Ceftriaxone dose for meningitis?", "no, pneumonia")) == {"pneumonia"}


@pytest.mark.parametrize("typed", ["U&Es?", "and the INR?", "TFTs too"])
def test_tests_alone_ask_for_monitoring(typed: str) -> None:
    assert asked("Amiodarone dose in AF?", typed).aspects == (Aspect.MONITORING,)


def test_a_value_told_asks_nothing() -> None:
    topic = asked("For how long is aciclovir given for chickenpox?", "btw repeat eGFR came back 22")
    assert topic.aspects == (Aspect.DURATION,)
    assert topic.patient.egfr == Decimal(22)


@pytest.mark.parametrize(
    ("typed", "aspect"),
    [
        ("7 days enough?", Aspect.DURATION),
        ("any reason not to?", Aspect.CONTRAINDICATION),
        ("how quick can it run", Aspect.RATE),
        ("carry on how long?", Aspect.DURATION),
    ],
    ids=["days", "leave", "rate", "how long"],
)
def test_what_is_asked_is_read_from_few_words(typed: str, aspect: Aspect) -> None:
    assert asked("Vancomycin dose for endocarditis?", typed).aspects == (aspect,)


def test_the_later_step_of_a_course() -> None:
    assert asked("Rivaroxaban for DVT, starting dose?", "and from day 22?").phases == (
        Phase.MAINTENANCE,
    )


def test_another_drug_asked_about_in_full_begins_anew() -> None:
    topic = asked(
        "Loading dose of clopidogrel for NSTEMI?", "He's 80 kg. How is the heparin given?"
    )
    assert [t.name for t in topic.drugs] == ["heparin"]
    assert topic.phases == ()
    assert topic.patient.weight_kg == Decimal(80)


def test_a_drug_that_is_ruled_out_is_not_asked_about() -> None:
    resolved = after("Amoxicillin dose for otitis media?", "amoxicillin is out. What then?")
    assert resolved.full.startswith("What can be given instead of amoxicillin")


def test_none_in_stock_asks_for_another() -> None:
    assert after("Amoxicillin dose for otitis media?", "none in stock").full == (
        "What can be given instead of amoxicillin for otitis media?"
    )


def test_an_earlier_patient_is_gone_back_to() -> None:
    resolved = after(
        AF, "Zinc dose for diarrhoea in a baby girl of 4 months?", "back to the AF man, eGFR 20"
    )
    patient = topic_of(read(resolved.full, None)).patient
    assert resolved.changed_topic
    assert patient.allergies == ("penicillin",)
    assert (patient.weight_kg, patient.egfr) == (Decimal(80), Decimal(20))


def test_who_only_speaks_is_no_other_patient() -> None:
    assert asked(AF, "on verapamil, his wife says").patient.weight_kg == Decimal(80)


def test_a_stage_of_life_that_fits_the_age_keeps_it() -> None:
    topic = asked("Antivenom dose for snake bite in a child of 8?", "do kids get less of it?")
    assert topic.patient.age_years == Decimal(8)


def test_an_event_asked_of_at_once_is_of_the_patient_spoken_of() -> None:
    resolved = after(AF, "bleeding - what do I do?")
    assert not resolved.changed_topic
    assert resolved.patient.allergies == ("penicillin",)


def test_a_pregnancy_taken_back_is_told_as_none() -> None:
    topic = asked("Doxycycline for syphilis?", "preg test positive", "scrap that, not pregnant")
    assert topic.patient.pregnancy == "not pregnant"


def test_words_that_nothing_holds_are_kept_beside_the_question() -> None:
    full = after("For how long is aciclovir given for chickenpox?", "P. vivax").full
    assert full == "For how long is aciclovir given for chickenpox: P. vivax?"
