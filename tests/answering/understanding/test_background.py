"""Conditions that the patient has beside what is asked about."""

from __future__ import annotations

import pytest

from osler.answering.understanding.understand import understand


@pytest.mark.parametrize(
    ("question", "beside"),
    [
        ("7 yr old with fever and purpuric rash, benzylpenicillin dose", {"fever", "rash"}),
        ("drowsy, RR 6, naloxone how much", {"drowsiness"}),
        ("36/40, brittle asthmatic so no labetalol. Nifedipine dose", {"asthma"}),
        ("acute angle closure, IOP 55, asthmatic. which drops?", {"asthma"}),
        ("known diabetic with cellulitis, flucloxacillin dose", {"diabetes"}),
        ("eclampsia last time, now 30 weeks, BP 150/100. labetalol dose?", {"eclampsia"}),
        ("type 2 diabetes, diet controlled, cellulitis. flucloxacillin dose?", {"type 2 diabetes"}),
        ("lymphoma in remission, shingles. aciclovir dose?", {"lymphoma"}),
        ("MSSA bacteraemia, rash with amoxicillin years ago. Which antibiotic?", {"rash"}),
    ],
)
def test_what_the_patient_shows_or_lives_with_stands_behind(
    question: str, beside: set[str]
) -> None:
    assert beside <= set(understand(question).background)


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        (
            "tonsillitis, anaphylaxis to penicillin in childhood. clarithromycin dose?",
            "tonsillitis",
        ),
        ("ibuprofen dose for fever in a 3 year old", "fever"),
        ("Mirtazapine dose for itch", "pruritus"),
        ("sudden visual loss in giant cell arteritis, what now", "visual loss"),
        ("I take dapagliflozin, what if I get a vomiting bug", "nausea and vomiting"),
        ("had shingles before, previous shingles vaccine, aciclovir for shingles", "herpes zoster"),
    ],
)
def test_a_symptom_that_something_is_asked_for_does_not(question: str, wanted: str) -> None:
    assert wanted not in understand(question).background


@pytest.mark.parametrize(
    ("question", "had"),
    [
        ("migraine prophylaxis propranolol asthmatic", ("asthma",)),
        ("metoclopramide for migraine, epileptic", ("epilepsy",)),
        ("salbutamol dose asthmatic", ()),
    ],
)
def test_a_word_for_one_who_lives_with_it_that_ends_a_phrase_is_told_of_the_patient(
    question: str, had: tuple[str, ...]
) -> None:
    assert understand(question).background == had
