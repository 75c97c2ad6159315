"""What a short question takes from those before it, and when it takes nothing."""

from decimal import Decimal

import pytest
from conversation import after
from hypothesis import given, settings
from hypothesis import strategies as st

from osler.answering import understand
from osler.domain.errors import EmptyQuestion, UsageError
from osler.threads import Thread, follow, to_json
from osler.threads.topic import differences, topic_of


def thread_of(*questions: str) -> Thread:
    thread = Thread()
    for question in questions:
        thread = thread.then(follow(thread, question))
    return thread


FIRST = "What is the maintenance dose of vitamin B12 for pernicious anaemia?"
GENTAMICIN = "Dose of gentamicin for endocarditis in a 61 kg woman with eGFR 24?"

FOLLOW_UPS = [
    (FIRST, "And if she is pregnant?",
     "Maintenance dose of vitamin B12 for pernicious anaemia in pregnancy"),
    (FIRST, "what about tablets?",
     "Maintenance dose of oral vitamin B12 for pernicious anaemia"),
    (FIRST, "same for 12-year-olds?",
     "Maintenance dose of vitamin B12 for pernicious anaemia in a 12-year-old"),
    (FIRST, "and folic acid?", "Maintenance dose of folic acid for pernicious anaemia"),
    (FIRST, "how often then?",
     "How often is the maintenance dose of vitamin B12 given for pernicious anaemia?"),
    (FIRST, "and the loading dose?", "Loading dose of vitamin B12 for pernicious anaemia"),
    (FIRST, "why not monthly?",
     "Why is the maintenance dose of vitamin B12 for pernicious anaemia not monthly?"),
    (FIRST, "and in the UK?", "Maintenance dose of vitamin B12 for pernicious anaemia in the UK"),
    (FIRST, "what should be monitored?",
     "What should be monitored with vitamin B12 for pernicious anaemia?"),
    (FIRST, "for how long?",
     "For how long is the maintenance dose of vitamin B12 given for pernicious anaemia?"),
    (GENTAMICIN, "what if she weighs 50 kg?",
     "Dose of gentamicin for endocarditis, 50 kg woman, eGFR 24"),
    (GENTAMICIN, "no, her eGFR is 42",
     "Dose of gentamicin for endocarditis, 61 kg woman, eGFR 42"),
    (GENTAMICIN, "is that per dose or per day?",
     "Is the dose of gentamicin for endocarditis per dose or per day, 61 kg woman, eGFR 24?"),
    (GENTAMICIN, "What if she is allergic to penicillin?",
     "Dose of gentamicin for endocarditis, 61 kg woman, eGFR 24, allergic to penicillin"),
    (GENTAMICIN, "forget the weight", "Dose of gentamicin for endocarditis, woman, eGFR 24"),
    (GENTAMICIN, "and vancomycin?", "Dose of vancomycin for endocarditis, 61 kg woman, eGFR 24"),
    (GENTAMICIN, "and with furosemide?",
     "Dose of gentamicin for endocarditis, 61 kg woman, eGFR 24, taking furosemide"),
    ("Doxycycline dose for cholera", "and for typhoid?", "Doxycycline dose for typhoid"),
    ("How is cholera treated in children?", "and typhoid?", "How is typhoid treated in children?"),
    ("How is cholera treated in children?", "and doxycycline?",
     "Dose of doxycycline for cholera in children"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("before", "typed", "by_hand"), FOLLOW_UPS, ids=[f"{a[:12]} {b}" for a, b, _ in FOLLOW_UPS]
)
def test_a_follow_up_is_understood_as_the_question_written_by_hand(
    before: str, typed: str, by_hand: str
) -> None:
    resolved = after(before, typed)
    assert differences(understand(resolved.full), understand(by_hand)) == ()
    assert not resolved.changed_topic
    assert resolved.carried


@pytest.mark.parametrize(
    "typed",
    [
        "What is the dose of amoxicillin for otitis?",
        "How is cholera treated?",
        "78F eGFR 24, metformin dose?",
        "He took 30 tablets of paracetamol an hour ago!",
    ],
)
def test_another_topic_takes_nothing_along_and_is_told(typed: str) -> None:
    resolved = after(FIRST, "And if she is pregnant?", typed)
    assert (resolved.full, resolved.changed_topic, resolved.carried) == (typed, True, ())
    assert resolved.stands_alone


def test_a_new_patient_is_begun_with() -> None:
    resolved = after(GENTAMICIN, "New patient: dose of gentamicin for sepsis?")
    assert resolved.full == "dose of gentamicin for sepsis?"
    assert resolved.changed_topic
    assert resolved.patient.egfr is None


def test_a_question_that_stands_alone_is_asked_of_the_same_patient() -> None:
    resolved = after("78F eGFR 24, metformin dose?", "What is the maximum dose of metformin?")
    assert not resolved.changed_topic
    assert resolved.full.startswith("What is the maximum dose of metformin")
    assert (resolved.patient.age_years, resolved.patient.egfr) == (Decimal(78), Decimal(24))


def test_a_question_that_describes_another_patient_is_not() -> None:
    typed = "What is the dose of metformin in a 45-year-old man?"
    assert after("78F eGFR 24, metformin dose?", typed).full == typed


def test_she_who_is_named_in_the_question_itself_is_nobody_from_before() -> None:
    typed = "A 30-year-old woman has cystitis. What dose of nitrofurantoin should she have?"
    assert after(FIRST, typed).full == typed


def test_facts_stay_until_they_are_corrected_or_taken_back() -> None:
    thread = thread_of(GENTAMICIN, "and if she is pregnant?", "how often?", "she is 30 years old")
    assert thread.patient.pregnancy == "pregnant"
    assert thread.patient.age_years == 30
    corrected = follow(thread, "no, her eGFR is 42")
    assert corrected.corrected == ("eGFR 24 → eGFR 42",)
    assert "weight 61 kg" in corrected.facts
    after_all = follow(thread.then(corrected), "she is not pregnant after all")
    assert after_all.patient.pregnancy == "not pregnant"
    forgotten = follow(thread.then(corrected), "forget her weight")
    assert forgotten.patient.weight_kg is None
    assert forgotten.corrected == ("weight 61 kg withdrawn",)


def test_an_allergy_is_taken_back_without_asking_about_the_drug() -> None:
    resolved = after(
        "Dose of ceftriaxone for pneumonia",
        "what if she is allergic to penicillin?",
        "she is not allergic to penicillin after all",
    )
    assert resolved.patient.allergies == ()
    assert [t.name for t in understand(resolved.full).terms if t.kind == "substance"] == [
        "ceftriaxone"
    ]


def test_what_belongs_to_one_body_does_not_pass_to_another() -> None:
    patient = after(GENTAMICIN, "she takes warfarin", "same for children?").patient
    assert (patient.weight_kg, patient.egfr, patient.sex) == (None, None, None)
    assert (patient.life_stage, patient.drugs) == ("child", ())


def test_a_child_is_not_pregnant() -> None:
    patient = after("Metronidazole for amoebiasis in children", "and in pregnancy?").patient
    assert (patient.life_stage, patient.pregnancy) == (None, "pregnant")


def test_of_a_drug_that_is_not_tolerated_an_alternative_is_asked_for() -> None:
    resolved = after("Dose of amoxicillin for pneumonia", "what if he is allergic to it?")
    assert resolved.full.startswith("What can be given instead of amoxicillin for pneumonia")
    assert resolved.patient.allergies == ("amoxicillin",)


MALARIA = "Management of severe malaria in a child 18 kg"
APIXABAN = "apixaban dose in AF 82F 58 kg"


@pytest.mark.parametrize(
    ("before", "typed", "by_hand"),
    [
        (MALARIA, "how do I give the quinine",
         "Dose of quinine for severe malaria in a child 18 kg"),
        ("Lamotrigine dose for epilepsy", "Can valproate be used in a young woman?",
         "Can valproate be used in epilepsy in a woman?"),
        (APIXABAN, "switch to warfarin?",
         "How to switch from apixaban to warfarin in AF, 82F, 58 kg"),
    ],
)  # fmt: skip
def test_a_drug_spoken_of_is_for_the_same_patient_and_condition(
    before: str, typed: str, by_hand: str
) -> None:
    resolved = after(before, typed)
    assert differences(understand(resolved.full), understand(by_hand)) == ()
    assert not resolved.changed_topic


@pytest.mark.parametrize("typed", ["What's the amoxicillin dose?", "Amoxicillin dose in cystitis?"])
def test_a_question_that_stands_alone_for_a_reader_is_on_another_topic(typed: str) -> None:
    assert after(FIRST, typed).changed_topic


def test_a_condition_told_instead_replaces_the_one_before() -> None:
    resolved = after(APIXABAN, "creatinine is 160", "what if she had a DVT instead")
    by_hand = "Dose of apixaban for DVT, 82F, 58 kg, creatinine 160 micromol/L"
    assert differences(understand(resolved.full), understand(by_hand)) == ()
    assert "instead" not in resolved.full


def test_a_sign_is_told_of_the_patient_and_not_treated() -> None:
    resolved = after("Lamotrigine starting dose", "what if she gets a rash?")
    assert "rash" in resolved.patient.conditions
    assert topic_of(understand(resolved.full)).drugs
    assert topic_of(understand(resolved.full)).treated == ()


@pytest.mark.parametrize(
    "typed",
    [
        "and if MRSA isn't the bug",
        "MRSA was not found",
        "MRSA negative",
        "MRSA unlikely",
        "if it isn't MRSA",
    ],
)
def test_what_is_denied_is_not_had(typed: str) -> None:
    patient = after("Flucloxacillin dose in endocarditis", typed).patient
    assert patient.absent_conditions == ("meticillin-resistant staphylococcus aureus infection",)
    assert "meticillin-resistant staphylococcus aureus infection" not in patient.conditions
    assert "endocarditis" in patient.conditions


def test_what_was_treated_and_is_denied_is_treated_no_more() -> None:
    resolved = after("Enoxaparin dose for PE, 80 kg", "it isn't a PE")
    assert topic_of(understand(resolved.full)).treated == ()
    assert resolved.patient.absent_conditions == ("pulmonary embolism",)


def test_what_a_value_tells_is_not_treated_instead() -> None:
    resolved = after("DKA in an adult, insulin rate?", "K is 3.1")
    assert [t.name for t in topic_of(understand(resolved.full)).treated] == [
        "diabetic ketoacidosis"
    ]
    assert resolved.patient.measurements == (("potassium", Decimal("3.1")),)


def test_one_condition_rather_than_another_leaves_the_other_out() -> None:
    resolved = after("Amoxicillin for pneumonia in a child", "otitis media rather than pneumonia")
    assert "pneumonia" not in resolved.full
    assert "otitis media" in resolved.full


def test_what_has_stopped_is_not_treated() -> None:
    resolved = after("Lorazepam in status epilepticus, 6 year old", "he's stopped fitting")
    assert resolved.patient.absent_conditions == ("seizures",)


def test_one_number_is_put_in_place_of_another() -> None:
    resolved = after("First dose of hydrocortisone in adrenal crisis, 3-year-old", "no not 3, 8")
    assert resolved.patient.age_years == 8
    assert resolved.corrected == ("age 3 years → age 8 years",)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [("pen allergic", "allergies"), ("she can't take penicillin", "intolerances")],
)
def test_what_must_not_be_given_is_never_taken(typed: str, expected: str) -> None:
    resolved = after("Amoxicillin dose for sinusitis, adult", typed)
    assert getattr(resolved.patient, expected) == ("penicillin",)
    assert resolved.patient.drugs == ()
    assert resolved.full.startswith("What can be given instead of amoxicillin for sinusitis")


def test_what_she_is_is_told_of_her() -> None:
    resolved = after("Labetalol dose for hypertension in pregnancy", "she's asthmatic")
    assert {t.name for t in topic_of(understand(resolved.full)).treated} != {"asthma"}
    assert "asthma" in resolved.patient.conditions


def test_a_drug_that_is_added_is_asked_about() -> None:
    resolved = after("Spironolactone dose for ascites", "add furosemide - how much?")
    assert [t.name for t in topic_of(understand(resolved.full)).drugs] == ["furosemide"]
    assert resolved.patient.drugs == ("spironolactone",)


def test_a_procedure_is_taken_back_by_the_last_word_of_its_name() -> None:
    resolved = after("Dose of vitamin B12 after gastric bypass", "forget the bypass")
    assert resolved.patient.procedures == ()


def test_a_target_dose_is_no_starting_dose() -> None:
    resolved = after("Ramipril starting dose in heart failure", "target dose?")
    assert resolved.full == "Target dose of ramipril for heart failure?"


def test_words_that_no_part_holds_are_kept() -> None:
    resolved = after("Dose of apixaban in atrial fibrillation", "can it be crushed?")
    assert resolved.full == "Can apixaban be crushed for atrial fibrillation?"


def test_a_question_on_a_missed_dose_keeps_its_words_for_another_drug() -> None:
    resolved = after("What should I do about a missed dose of rivaroxaban in AF?", "and apixaban?")
    assert resolved.full == "What should I do about a missed dose of apixaban in AF?"


def test_what_is_understood_is_told_as_json() -> None:
    told = to_json(after(FIRST, "And if she is pregnant?"))
    assert told["understood"].endswith("for pernicious anaemia in pregnancy?")
    assert told["carried"] == ["vitamin B12", "pernicious anaemia", "dose", "maintenance"]
    assert told["changed_topic"] is False


def test_nothing_is_no_question() -> None:
    with pytest.raises(EmptyQuestion):
        follow(thread_of(FIRST), " ? ")


_PIECES = [
    "and if she is pregnant?", "what about tablets?", "same for 12-year-olds?", "and folic acid?",
    "how often then?", "no, her eGFR is 42", "forget the weight", "what if he weighs 50 kg?",
    "and for typhoid?", "what should be monitored?", "for how long?", "in the UK?", "why?",
    "she takes phenytoin", "she is not pregnant after all", "what else?", "is it safe?",
    "and in renal impairment?", "he is allergic to penicillin", "new patient: 3-year-old with TB",
    "and the maximum?", "in children?", "iv or oral?", "while breastfeeding?", FIRST, GENTAMICIN,
    "if none of it is left?", "we have no gentamicin", "she's now fitting", "it isn't endocarditis",
    "what if she had a DVT instead", "switch to warfarin?", "levels?", "every 8 hours ok?",
    "how do I give the quinine", "is that once daily?", "forget the bypass", "target dose?",
    "How is cholera treated?", "What is the dose of amoxicillin for otitis?", "INR is 6",
]  # fmt: skip


@given(st.lists(st.sampled_from(_PIECES), min_size=1, max_size=5))
@settings(max_examples=60, deadline=None)
def test_a_full_question_asked_again_in_its_thread_is_itself(pieces: list[str]) -> None:
    thread = Thread()
    for piece in pieces:
        resolved = follow(thread, piece)
        thread = thread.then(resolved)
        again = follow(thread, resolved.full)
        assert (again.full, again.patient) == (resolved.full, resolved.patient)
        assert resolved == follow(thread.until(len(thread.turns) - 1), piece)


@given(st.lists(st.sampled_from(_PIECES), max_size=2), st.text(max_size=80))
@settings(max_examples=120, deadline=None)
def test_any_text_gives_a_question_or_a_clear_error(pieces: list[str], text: str) -> None:
    thread = thread_of(*pieces)
    if any(c.isalnum() for c in text):
        assert understand(follow(thread, text).full).text
    else:
        with pytest.raises((EmptyQuestion, UsageError)):
            follow(thread, text)
