"""Each part of a question is kept, replaced or taken back by what a follow-up says of it."""

import pytest
from conversation import after

from osler.answering import understand
from osler.threads.topic import differences

GOUT = "What is the dose of colchicine in a gout flare?"
MAGNESIUM = "What is the loading dose of magnesium sulphate in eclampsia?"
ENOXAPARIN = "enoxaparin treatment dose, DVT, pt has cancer"
BROMOCRIPTINE = "Starting dose of bromocriptine in parkinsonism?"
FOLIC = "How much folic acid should a woman with type 1 diabetes take who is planning a pregnancy?"
GUINEA_WORM = "Dose of metronidazole for guinea worm in a child weighing 18 kg?"
CARBIMAZOLE = "Starting dose of carbimazole in a girl of 13 with an overactive thyroid?"


@pytest.mark.parametrize(
    ("questions", "by_hand"),
    [
        ((GOUT, "Once he is over it, what dose of allopurinol do I begin with?"),
         "What is the starting dose of allopurinol for a gout flare in a man?"),
        ((ENOXAPARIN, "crcl 22?", "sorry old result, now 65"),
         "Dose of enoxaparin for DVT in a patient with cancer and CrCl 65"),
        ((FOLIC, "Sorry, it's her sister who is diabetic, she isn't. So how much is it?"),
         "How much folic acid should a woman take who is planning a pregnancy?"),
        ((GUINEA_WORM, "What dose of mebendazole would the child need?"),
         "Dose of mebendazole for guinea worm in a child weighing 18 kg"),
        ((CARBIMAZOLE, "And for her aunt, who is 28 and has the same?",
          "What if the aunt is allergic to penicillin?"),
         "Starting dose of carbimazole in a woman of 28 with an overactive thyroid, allergic to"
         " penicillin"),
        (("Erythromycin for chlamydia, how much?", "All right, and how long?"),
         "For how long is erythromycin given for chlamydia?"),
        (("Ferrous sulfate for iron deficiency anaemia, dose?", "fumarate?"),
         "Dose of ferrous fumarate for iron deficiency anaemia"),
        (("Dose of bosentan for digital ulcers in scleroderma, woman of 38 kg?",
          "How about sildenafil?"),
         "Dose of sildenafil for digital ulcers in scleroderma in a woman weighing 38 kg"),
        (("Fluconazole for tinea pedis in a child of 11 kg?", "mum wants to know: for how long?"),
         "For how long is fluconazole given for tinea pedis in a child weighing 11 kg?"),
    ],
)  # fmt: skip
def test_a_follow_up_changes_the_part_that_it_speaks_of(
    questions: tuple[str, ...], by_hand: str
) -> None:
    assert differences(understand(after(*questions).full), understand(by_hand)) == ()


@pytest.mark.parametrize(
    ("before", "typed"),
    [(BROMOCRIPTINE, "week 4"), (BROMOCRIPTINE, "day 2?"), (MAGNESIUM, "another dose?")],
)
def test_another_step_of_the_course_is_not_the_first(before: str, typed: str) -> None:
    resolved = after(before, typed)
    assert understand(resolved.full).phases == ()
    assert typed.rstrip("?").split()[-1] in resolved.full


def test_an_illness_and_an_age_outlast_a_symptom() -> None:
    resolved = after(
        "Prednisolone for acute asthma in a 4 y/o",
        "She is vomiting. So IV hydrocortisone, how much?",
    )
    assert resolved.patient.age_years == 4
    assert {"acute asthma", "nausea and vomiting"} <= set(resolved.patient.conditions)
    assert not resolved.changed_topic


def test_a_sign_of_the_one_is_not_passed_to_another() -> None:
    resolved = after(
        "Hydrocortisone for adrenal insufficiency in a vomiting boy of 4?", "His sister is 9, dose?"
    )
    assert "nausea and vomiting" not in resolved.patient.conditions
    assert "adrenal insufficiency" in resolved.patient.conditions


def test_what_is_prevented_is_prevented_in_who_is_ill() -> None:
    resolved = after("dexamethasone dose severe covid", "enoxaparin to prevent clots?")
    assert "enoxaparin to prevent clots" in resolved.full
    assert "covid-19" in resolved.patient.conditions
    assert resolved.patient.severity == "severe"


def test_a_son_is_not_called_a_man() -> None:
    resolved = after(
        "My son takes hydrocortisone for adrenal insufficiency. How much?", "how often?"
    )
    assert "a man" not in resolved.full
    assert resolved.patient.sex == "male"


def test_a_drug_asked_about_again_keeps_what_it_is_for() -> None:
    resolved = after("Haloperidol dose for delirium in adults", "Haloperidol dose in a child of 6?")
    assert "delirium" in resolved.full
    assert resolved.patient.age_years == 6


@pytest.mark.parametrize(
    ("before", "typed", "drug"),
    [
        ("Furosemide for heart failure in a woman of 80?", "Her potassium came back at 5.4.",
         "furosemide"),
        ("oral morphine starting dose for cancer pain", "He's opioid naive, 84, frail", "morphine"),
        ("Isoniazid dose in tuberculosis?", "he drinks heavily", "isoniazid"),
        ("Amoxicillin for otitis media, 2 yo?",
         "what if she vomits it all up, could she have ceftriaxone", "ceftriaxone"),
    ],
)  # fmt: skip
def test_the_drug_asked_about_is_not_one_that_is_only_told_of(
    before: str, typed: str, drug: str
) -> None:
    question = understand(after(before, typed).full)
    assert [t.name for t in question.terms if t.kind == "substance"] == [drug]


def test_a_reaction_that_is_told_is_an_allergy() -> None:
    resolved = after("amoxicillin in otitis media, 2 yo", "penicillin rash last year")
    assert resolved.patient.allergies == ("penicillin",)
    assert "dose of penicillin" not in resolved.full


def test_an_illness_told_beside_is_had_and_the_other_still_treated() -> None:
    resolved = after("Isoniazid dose in tuberculosis?", "he drinks heavily")
    assert {"tuberculosis", "alcohol dependence"} <= set(resolved.patient.conditions)
