"""Which of the drugs named in a question is asked about."""

from __future__ import annotations

import pytest

from osler.answering.understanding.drug_roles import Role, asks_for_another, drug_roles
from osler.answering.understanding.understand import understand


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        (
            "Still fitting after 2 lots of lorazepam, not on phenytoin. IV phenytoin dose",
            "phenytoin",
        ),
        ("Brittle asthmatic so no labetalol. Nifedipine dose and when to repeat?", "nifedipine"),
        ("can't tolerate metformin, dose of gliclazide?", "gliclazide"),
        ("still wheezy despite back to back salbutamol nebs, IV magnesium dose", "magnesium"),
        ("on amlodipine 10 mg still 160/90, ramipril dose", "ramipril"),
        ("clexane 1.5 mg/kg given last night, start apixaban when", "apixaban"),
        ("ramipril cough, losartan dose", "losartan"),
        ("trimethoprim not available, nitrofurantoin dose in UTI", "nitrofurantoin"),
        ("nitrofurantoin no good as eGFR 30, trimethoprim dose?", "trimethoprim"),
        ("ondansetron didn't work, what dose of cyclizine", "cyclizine"),
        ("avoid NSAIDs, colchicine dose for gout?", "colchicine"),
        ("opioid naive adult, morphine starting dose", "morphine"),
        ("seizure not stopping, diazepam rectal given, buccal midazolam dose next", "midazolam"),
        ("naltrexone dose to stay off opiates after detox", "naltrexone"),
        ("doesn't want warfarin, apixaban dose AF", "apixaban"),
        ("switching ramipril to candesartan, what dose do I start", "candesartan"),
        ("after failed trial of SSRIs, venlafaxine starting dose", "venlafaxine"),
        ("no aspirin or ibuprofen please, how much paracetamol", "paracetamol"),
        ("Is it ok to give ibuprofen instead of paracetamol for fever", "ibuprofen"),
    ],
)
def test_what_was_given_or_ruled_out_is_not_asked_about(question: str, asked: str) -> None:
    subjects = [t.name for t in understand(question).terms if t.kind == "substance"]
    assert subjects == [asked]


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("off her methotrexate for 3 months, restart dose?", "methotrexate"),
        ("forgot my alendronic acid this week, what now", "alendronic acid"),
        ("mum stopped taking her bisoprolol, can she restart it", "bisoprolol"),
        ("labetalol contraindicated in asthma?", "labetalol"),
        ("my INR is 5 on warfarin, not bleeding, what do I do", "warfarin"),
        ("first vaccine abroad but no immunoglobulin was to be had. do we give it now?", "vaccine"),
    ],
)
def test_the_only_drug_is_asked_about_whatever_is_said_of_it(question: str, asked: str) -> None:
    assert asked in [t.name for t in understand(question).terms if t.kind == "substance"]


def test_a_drug_that_the_question_takes_up_again_is_asked_about() -> None:
    roles = drug_roles("No immunoglobulin was available there. Do we give it now?")
    assert roles == {"immunoglobulin": Role.ASKED}


@pytest.mark.parametrize(
    "question",
    [
        "8 weeks pregnant with chlamydia, I can't have doxycycline. What should I get instead?",
        "MSSA bacteraemia, which antibiotic instead of flucloxacillin?",
        "cellulitis, allergic to penicillin, alternatives to flucloxacillin?",
    ],
)
def test_in_place_of_a_drug_one_for_the_condition_is_asked(question: str) -> None:
    assert asks_for_another(question)
    assert not any(t.kind == "substance" for t in understand(question).terms)


def test_what_follows_a_drug_is_looked_for_beside_it() -> None:
    question = understand("6 years of denosumab and wants to come off. What do I give afterwards?")
    assert [(t.name, t.kind) for t in question.terms] == [("denosumab", "co-drug")]


def test_a_drug_that_is_taken_and_named_again_is_asked_about() -> None:
    question = understand("HIV on dolutegravir, starting rifampicin for TB, dolutegravir dose")
    assert "dolutegravir" in [t.name for t in question.terms if t.kind == "substance"]


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        (
            "on clobazam 10 mg bd + rufinamide since day 1, day 9 now. what do I change the "
            "rufinamide to",
            "rufinamide",
        ),
        (
            "bisoprolol 5 mg od + ramipril since March. what should I increase ramipril to?",
            "ramipril",
        ),
        (
            "on metformin and gliclazide since last year. what do I put the gliclazide up to",
            "gliclazide",
        ),
        ("rufinamide since clobazam failed, 10 kg infant. dose?", "rufinamide"),
    ],
)
def test_of_drugs_taken_the_one_named_again_is_asked_about(question: str, asked: str) -> None:
    subjects = [t.name for t in understand(question).terms if t.kind == "substance"]
    assert subjects == [asked]


def test_resistance_to_a_drug_does_not_ask_for_it() -> None:
    question = understand(
        "child 13 kg, TB, no known isoniazid resistance, number of tablets per day"
    )
    assert not any(t.kind == "substance" for t in question.terms)


def test_a_drug_taken_for_years_is_asked_about_where_its_checks_are() -> None:
    question = understand("retinal monitoring now - lupus, she's had 3 yrs of hydroxychloroquine")
    assert [t.name for t in question.terms if t.kind == "substance"] == ["hydroxychloroquine"]
    failed = understand("head lice, 2 weeks of dimeticone failed")
    assert not any(t.kind == "substance" for t in failed.terms)


def test_a_drug_added_last_week_is_taken() -> None:
    roles = drug_roles("on digoxin, GP added clarithromycin last week, now vomiting. What do I do?")
    assert roles["clarithromycin"] is Role.TAKEN


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("Ibuprofen. What dose with omeprazole?", "ibuprofen"),
        ("Haloperidol. How much, if cyclizine is stopped?", "haloperidol"),
        ("Dexamethasone. Dose in croup with adrenaline?", "dexamethasone"),
        ("Oral morphine. How often while on gabapentin?", "morphine"),
        ("Warfarin. What dose of amoxicillin?", "amoxicillin"),
        ("Warfarin. Amoxicillin dose in pneumonia?", "amoxicillin"),
    ],
)
def test_a_question_that_wants_no_drug_it_names_asks_of_the_one_before(
    question: str, asked: str
) -> None:
    roles = drug_roles(question)
    assert [name for name, role in roles.items() if role is Role.ASKED] == [asked]
