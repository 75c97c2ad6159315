"""Too much taken: no treatment dose of that drug, and nothing on another poison."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.answering.documents import library_of

from osler.answering import ask
from osler.answering.understanding.understand import understand
from osler.domain import Answer, Aspect
from osler.library import Library


@pytest.fixture(scope="module")
def poisons(tmp_path_factory: pytest.TempPathFactory) -> Library:
    return library_of(
        tmp_path_factory.mktemp("poisons"),
        {
            "title": "Propranolol",
            "text": "Propranolol for adults with angina: 40 mg by mouth 2 times a day.\n\n"
            "Propranolol for children of 1 year and over: 1 mg/kg by mouth 3 times a day.\n\n"
            "In propranolol overdose, give glucagon 5 mg intravenously over 2 minutes.",
        },
        {
            "title": "Ferrous sulfate",
            "text": "Ferrous sulfate for adults with iron deficiency: 200 mg by mouth once daily.",
        },
        {
            "title": "Digoxin toxicity",
            "text": "In digoxin overdose give digoxin antibody fragments 400 mg intravenously.",
        },
        {
            "title": "Naproxen",
            "text": "Naproxen for adults with gout: 750 mg by mouth, then 250 mg every 8 hours.",
        },
    )


def shown(answer: Answer) -> str:
    body = [claim for section in answer.sections for claim in section.claims]
    texts = [claim.text for claim in (*answer.bottom_line, *body)]
    near = [cited.quote for cited in answer.abstention.nearby] if answer.abstention else []
    return "\n".join((*texts, *near))


@pytest.mark.parametrize(
    "question",
    [
        "My 4 year old has swallowed 20 tablets of propranolol",
        "34F took 30 propranolol, what to give?",
        "propranolol overdose",
        "overdose of propranolol, treatment?",
        "took 2 propranolol tablets too many by mistake",
        "she took a double dose of propranolol this morning",
        "He took his whole pack of propranolol? What dose of propranolol now?",
        "propranolol - he took too many tablets last night. What should be given?",
    ],
)
def test_only_what_is_on_the_overdose_answers(poisons: Library, question: str) -> None:
    answer = ask(poisons, question)
    assert "40 mg" not in shown(answer)
    assert "1 mg/kg" not in shown(answer)
    assert "digoxin" not in shown(answer).lower()
    assert any("poisons service" in notice for notice in answer.safety_notices)


def test_the_antidote_is_given(poisons: Library) -> None:
    assert "glucagon" in shown(ask(poisons, "34F took 30 propranolol tablets, what to give?"))
    assert "antibody" in shown(ask(poisons, "digoxin overdose, what is the treatment?"))


@pytest.mark.parametrize(
    "question",
    [
        "naproxen overdose 20 tablets",
        "my son ingested 30 naproxen, what dose of what?",
        "3 year old swallowed 15 ferrous sulfate tablets",
    ],
)
def test_no_other_poison_answers(poisons: Library, question: str) -> None:
    answer = ask(poisons, question)
    assert not answer.answered
    assert "mg" not in shown(answer)


@pytest.mark.parametrize(
    "question",
    [
        "paracetamol OD 70kg",
        "paracetamol OD 12g",
        "70 kg, paracetamol overdose",
        "took 40 paracetamol, 70kg",
    ],
)
def test_ways_of_saying_it_are_alike(question: str) -> None:
    read = understand(question)
    assert "paracetamol overdose" in read.patient.conditions
    assert [t.name for t in read.terms] == ["paracetamol overdose"]


def test_a_class_that_has_an_antidote_is_named_too() -> None:
    assert "opioid overdose" in [t.name for t in understand("took 20 codeine tablets").terms]


def test_what_is_to_be_done_is_asked() -> None:
    assert understand("she swallowed 25 amitriptyline").aspects == (Aspect.TREATMENT,)


@pytest.mark.parametrize(
    "question",
    [
        "took 40 mg propranolol, when is the next dose?",
        "took 2 paracetamol, can I have ibuprofen?",
        "Should nifedipine tablets be swallowed whole?",
        "took 14 days of metronidazole, can I drink?",
        "has taken 20 units of insulin glargine, next dose?",
        "took 50mcg levothyroxine this morning",
        "took amoxicillin for 7 days, dose of doxycycline next?",
        "omeprazole OD for reflux",
        "My child swallowed a button battery. Dose of paracetamol?",
    ],
)
def test_what_is_no_overdose(question: str) -> None:
    assert not [t for t in understand(question).terms if "overdose" in t.name]


@pytest.fixture(scope="module")
def opioids(tmp_path_factory: pytest.TempPathFactory) -> Library:
    return library_of(
        tmp_path_factory.mktemp("opioids"),
        {
            "title": "Antidotes on the ward",
            "text": "OPIOID TOXICITY (adults):\n\n"
            "- Naloxone 400 micrograms intravenously. Then infuse 300 micrograms/hour.\n"
            "- Ring the poisons line.",
        },
    )


def test_a_drug_after_which_somebody_collapsed_is_the_poison(opioids: Library) -> None:
    question = understand("He stopped breathing after a dose of morphine. Naloxone dose?")
    assert "opioid overdose" in {t.name for t in question.terms}
    plain = understand("Dose of naloxone after a dose of morphine, adult?")
    assert "opioid overdose" not in {t.name for t in plain.terms}


def test_what_goes_on_about_an_antidote_is_of_it_and_not_of_the_poison(opioids: Library) -> None:
    answer = ask(opioids, "Adult with opioid toxicity: naloxone dose?")
    claims = [*answer.bottom_line, *(c for s in answer.sections for c in s.claims)]
    doses = {d.text: d.substance for c in claims for d in c.dosages}
    assert doses == {
        "400 micrograms intravenously": "naloxone",
        "300 micrograms/hour": "naloxone",
    }


@pytest.mark.parametrize(
    "question",
    [
        "dalteparin overdose: how much protamine?",
        "dalteparin overdose",
        "protamine dose for dalteparin overdose",
    ],
)
def test_an_antidote_given_by_the_amount_of_the_poison_is_no_dose_of_it(
    tmp_path: Path, question: str
) -> None:
    label = {
        "title": "Dalteparin",
        "text": "# Dose\n\nThe dose of dalteparin is 200 units/kg subcutaneously once daily.\n\n"
        "# Overdosage\n\nGive protamine 1 mg for every 100 units of dalteparin within 8 hours. "
        "Give dalteparin 100 units/kg once daily afterwards.",
    }
    with library_of(tmp_path, label) as library:
        answer = ask(library, question)
    assert "protamine 1 mg for every 100 units" in shown(answer)
    assert answer.answered
    assert "units/kg" not in shown(answer)
