"""What is known of a patient: in the words of a question, and taken back fact by fact."""

from __future__ import annotations

import pytest

from osler.answering import read_facts, understand
from osler.domain import Patient
from osler.threads import Thread, follow, in_words, known_in

GENTAMICIN = (
    "Dose of gentamicin in a 61 kg woman aged 78 with asthma and eGFR 24, allergic to penicillin?"
)


@pytest.mark.parametrize(
    ("question", "facts"),
    [
        ("Dose of gentamicin in sepsis?", "age=78,sex=female,weight=61,egfr=24,allergy=penicillin"),
        ("Can metformin be used with eGFR 42?", "egfr=24"),
        ("Maintenance dose of vitamin B12?", "pregnancy=yes"),
        ("Maintenance dose of vitamin B12 after loading?", "age=93,no=asthma,drug=warfarin"),
        ("Dose of amoxicillin in children with otitis media?", "age=3,weight=14"),
    ],
)
def test_what_is_known_beside_a_question_is_understood_from_its_words(
    question: str, facts: str
) -> None:
    given = read_facts(facts)
    full = in_words(question, given)  # type: ignore[arg-type]
    assert full is not None
    read = understand(full).patient
    for name in Patient.__dataclass_fields__:
        told = getattr(given, name)
        if told != getattr(Patient(), name):
            assert getattr(read, name) == told, name


def test_what_the_question_says_already_is_not_said_again() -> None:
    said = "Maintenance dose of vitamin B12 with eGFR 24?"
    assert in_words(said, Patient()) == said
    assert in_words(said, understand(said).patient) == said


def test_what_has_no_words_is_not_put_into_any() -> None:
    assert in_words("Dose of gentamicin?", read_facts("condition=unobtainium")) is None  # type: ignore[arg-type]


def test_an_allergen_that_no_lexicon_has_has_words() -> None:
    patient = read_facts("allergy=unobtainium")
    assert patient is not None
    said = in_words("Dose of gentamicin?", patient)
    assert said is not None
    assert understand(said).patient.allergies == ("unobtainium",)


def test_each_fact_is_taken_back_by_its_own_words_and_the_others_stay() -> None:
    facts = known_in(GENTAMICIN)
    assert [k.fact for k in facts] == [
        "age 78 years", "female", "weight 61 kg", "eGFR 24", "condition asthma",
        "allergy penicillin",
    ]  # fmt: skip
    thread = Thread().then(follow(Thread(), GENTAMICIN))
    for fact in facts:
        left = [k.fact for k in known_in(follow(thread, fact.forget).full)]
        assert left == [k.fact for k in facts if k != fact]


def test_what_is_treated_is_no_fact_to_take_back() -> None:
    assert [k.fact for k in known_in("Dose of amoxicillin for otitis media, 14 kg child?")] == [
        "weight 14 kg", "child",
    ]  # fmt: skip
