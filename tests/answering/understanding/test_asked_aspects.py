"""What is asked for, and of which part of a course."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.answering.documents import library_of

from osler.answering import ask
from osler.answering.understanding.understand import understand
from osler.domain import Aspect, Phase


@pytest.mark.parametrize(
    ("question", "phases"),
    [
        ("lithium day 1 dose", {Phase.START}),
        ("the most codeine an adult may take per day?", {Phase.MAXIMUM}),
        ("what is the most ibuprofen a child of 20 kg can be given in 24 hours", {Phase.MAXIMUM}),
        ("most patients take bisoprolol in the morning - dose?", set()),
        ("enoxaparin thromboprophylaxis, 70 kg", {Phase.PROPHYLAXIS}),
        ("mefloquine chemoprophylaxis dose", {Phase.PROPHYLAXIS}),
        ("how much lithium do I give on day 1, how high can it go?", {Phase.START, Phase.MAXIMUM}),
        ("phenobarbital, the most you can go up to per day?", {Phase.MAXIMUM}),
        ("how much paracetamol may I take, and what is the most that is safe?", {Phase.MAXIMUM}),
        ("quickest I can give IV furosemide 240 mg", {Phase.MAXIMUM}),
        ("finished phenytoin loading, what bloods?", set()),
        ("which blood tests are needed after a phenytoin loading dose?", set()),
        ("bloods after iron loading finished", set()),
        ("the most ibuprofen I can safely take?", {Phase.MAXIMUM}),
        ("how high can sertraline go?", {Phase.MAXIMUM}),
        ("dalteparin for thromboprophylaxis", {Phase.PROPHYLAXIS}),
        ("loaded with digoxin, CrCl 48. What do I prescribe from here on?", {Phase.MAINTENANCE}),
        ("once in remission what does prednisolone come down to", {Phase.MAINTENANCE}),
        ("what do I cut the prednisolone to when she is in remission", {Phase.MAINTENANCE}),
        ("how much lithium on the first day", {Phase.START}),
        ("ramipril, how high can the dose go", {Phase.MAXIMUM}),
        ("paracetamol, how much a day at most", {Phase.MAXIMUM}),
        ("phenytoin loading dose", {Phase.LOADING}),
    ],
)
def test_the_part_of_a_course_is_told_in_plain_words(question: str, phases: set[Phase]) -> None:
    assert set(understand(question).phases) == phases


@pytest.mark.parametrize(
    ("question", "aspects"),
    [
        ("ketorolac after surgery: IV, and the oral equivalent to go home on?", {Aspect.DOSE}),
        ("on 80 mg IV furosemide, oral equivalent?", {Aspect.CONVERSION}),
        ("the oral equivalent of IV morphine", {Aspect.CONVERSION}),
        ("fastest I can run IV phenytoin", {Aspect.RATE}),
        ("finished iron loading - what bloods?", {Aspect.MONITORING}),
        ("how many Movicol for faecal impaction with no symptoms otherwise?", {Aspect.DOSE}),
        ("How many Dioralyte after a loose stool", {Aspect.DOSE}),
        ("What's the most codeine an adult can have in a day", {Aspect.DOSE}),
        ("symptoms of hypercalcaemia", {Aspect.DEFINITION}),
        ("shall I take my usual amlodipine", {Aspect.CONTRAINDICATION}),
        ("still chest pain after my GTN. Do I use the second spray?", {Aspect.CONTRAINDICATION}),
        ("tablet to stop me getting malaria, atovaquone-proguanil", {Aspect.DOSE}),
        ("what other antibiotic for cellulitis", {Aspect.CHOICE}),
        ("adenosine dose, heart rate 190", {Aspect.DOSE}),
        ("aminophylline infusion rate, heart rate 110", {Aspect.RATE, Aspect.DOSE}),
        ("which blood tests are needed after a phenytoin loading dose?", {Aspect.MONITORING}),
        ("bloods after iron loading finished", {Aspect.MONITORING}),
        ("the most ibuprofen I can safely take?", {Aspect.DOSE, Aspect.CONTRAINDICATION}),
        ("how high can sertraline go?", {Aspect.DOSE}),
        ("start apixaban now or after the scan?", {Aspect.CONTRAINDICATION}),
        ("just omit digoxin or give digibind?", {Aspect.DOSE}),
        ("stop the digoxin alone or give digibind as well?", {Aspect.DOSE}),
        ("hold metformin or continue?", {Aspect.ADJUSTMENT}),
    ],
)
def test_what_is_asked_is_told_in_plain_words(question: str, aspects: set[Aspect]) -> None:
    assert set(understand(question).aspects) == aspects


@pytest.mark.parametrize(
    "question",
    [
        "Is it OK to have my water tablet and my potassium tablet at the same time?",
        "water tablet and potassium tablet together - is that allowed?",
        "I take water tablets and potassium tablets, can I swallow them both in the morning?",
    ],
)
def test_medicines_taken_together_may_interact(question: str) -> None:
    assert Aspect.INTERACTION in understand(question).aspects


def test_how_often_a_test_is_repeated_is_no_interval_of_doses(tmp_path: Path) -> None:
    ferrous = {
        "title": "Ferrous fumarate in adults",
        "text": "Ferrous fumarate 210 mg is taken once daily for three months.\n\n"
        "Haemoglobin is checked after four weeks of ferrous fumarate.",
    }
    with library_of(tmp_path, ferrous) as library:
        answer = ask(library, "ferrous fumarate started, which bloods do I repeat and when?")
    assert "Haemoglobin" in answer.bottom_line[0].text


LEPTOSPIRES = {
    "title": "Leptospirosis: before exposure and in illness",
    "text": "Before exposure to flood water doxycycline 200 mg once a week prevents "
    "leptospirosis in adults.\n\nTreatment of leptospirosis: doxycycline 100 mg twice daily.",
}


@pytest.mark.parametrize(
    "question",
    [
        "Going into flood water in Queensland. Is there an antibiotic I can take so I don't get "
        "leptospirosis?",
        "Rafting in New Mexico. Is there any tablet we can take to stop us getting leptospirosis?",
        "Is there an antibiotic that prevents me getting leptospirosis?",
    ],
)
def test_whether_there_is_something_to_take_is_answered_by_its_dose(
    tmp_path: Path, question: str
) -> None:
    assert understand(question).purposes == ()
    with library_of(tmp_path, LEPTOSPIRES) as library:
        answer = ask(library, question)
    assert "200 mg once a week" in answer.bottom_line[0].text


DIRECT_ORAL = {
    "title": "Edoxaban",
    "text": "Treatment of venous thrombosis: edoxaban 60 mg once daily.",
}


def test_thromboprophylaxis_is_not_answered_by_the_dose_that_treats(tmp_path: Path) -> None:
    with library_of(tmp_path, DIRECT_ORAL) as library:
        answer = ask(library, "Knee replacement thromboprophylaxis with edoxaban - how much?")
    assert not answer.answered


@pytest.mark.parametrize(
    "question",
    [
        "What is the target plasma lithium level in mmol/L?",
        "lithium level - what are we aiming for in plasma?",
    ],
)
def test_a_level_to_aim_for_in_the_blood_is_no_dose_to_aim_for(
    tmp_path: Path, question: str
) -> None:
    text = "Lithium: start with 400 mg at night. Increase to the target of 800 mg a day."
    with library_of(tmp_path, {"title": "Lithium in mania", "text": text}) as library:
        assert ask(library, question).abstention is not None


def test_where_a_patient_is_seen_is_no_purpose() -> None:
    assert not understand("should omeprazole be started in A&E with melaena").purposes
    assert not understand("should a PPI be started, seen in ED with melaena").purposes


@pytest.mark.parametrize("place", ["hospice pt", "in a hospice", "a hospice patient"])
def test_who_is_in_a_hospice_is_in_end_of_life_care(place: str) -> None:
    assert "end of life care" in understand(f"{place}, drowsy, naloxone dose").patient.conditions


def test_helicobacter_alone_names_the_infection() -> None:
    names = [t.name for t in understand("Helicobacter positive, what do I give").terms]
    assert names == ["h. pylori infection"]


def test_that_none_is_given_answers_whether_to_give_it(tmp_path: Path) -> None:
    text = (
        "**Before endoscopy:** no PPI is given when bleeding is suspected.\n\n"
        "**After endoscopy**\n\n- Clean base: oral omeprazole 20 mg once daily for 4 weeks."
    )
    with library_of(tmp_path, {"title": "Upper GI bleeding", "text": text}) as library:
        answer = ask(library, "should a PPI be started now, melaena, endoscopy tomorrow morning?")
    assert "no PPI is given" in answer.bottom_line[0].text
