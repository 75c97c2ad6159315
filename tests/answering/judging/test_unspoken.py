"""Where leave is asked in a condition of which nothing on the drug speaks, nothing answers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.answering.documents import library_of, told

from osler.answering import ask
from osler.library import Library

DABIGATRAN = {
    "title": "Clots in the veins",
    "text": "# Treatment\n\nDabigatran 150 mg by mouth twice daily is an alternative for deep vein "
    "thrombosis.\n\nDo not use dabigatran in pregnancy.\n\nThe dose of paracetamol is 500 mg three "
    "times daily in cirrhosis.",
}
TOLVAPTAN = {
    "title": "Tolvaptan",
    "text": "# Dose\n\nTolvaptan 15 mg once daily for hyponatraemia.\n\n# Cautions\n\n"
    "Avoid tolvaptan in hepatic impairment.\n\nTolvaptan may be used in Child-Pugh A.",
}


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    with library_of(tmp_path_factory.mktemp("unspoken"), DABIGATRAN, TOLVAPTAN) as library:
        yield library


@pytest.mark.parametrize(
    "question",
    [
        "Is dabigatran safe in cirrhosis?",
        "Is dabigatran safe in severe liver disease?",
        "Can I give dabigatran to a patient with myasthenia gravis?",
        "Is tolvaptan safe in porphyria?",
        "He has cirrhosis. Is dabigatran safe?",
        "Pt: 70M, cirrhosis, deep vein thrombosis. Dabigatran ok?",
        "My dad has porphyria and hyponatraemia. Can he take tolvaptan?",
        "Can I give dabigatran to a man with deep vein thrombosis and cirrhosis?",
    ],
)
def test_silence_on_a_condition_is_told_and_no_other_bar_stands_for_it(
    library: Library, question: str
) -> None:
    answer = ask(library, question)
    assert not answer.answered
    assert answer.abstention is not None
    assert "is not said of" in answer.abstention.reason


@pytest.mark.parametrize(
    "question", ["Is tolvaptan safe in cirrhosis?", "Is tolvaptan safe in liver failure?"]
)
def test_what_is_said_of_the_kind_of_illness_answers(library: Library, question: str) -> None:
    assert "Avoid tolvaptan in hepatic impairment" in told(ask(library, question))


def test_a_condition_that_is_spoken_of_answers_wherever_it_is_told(library: Library) -> None:
    answer = ask(library, "She has cirrhosis and hyponatraemia. Is tolvaptan ok?")
    assert answer.yes_no != "yes"
    assert "Avoid tolvaptan in hepatic impairment" in answer.bottom_line[0].text


def test_a_bar_for_something_else_of_the_patient_stays(library: Library) -> None:
    answer = ask(library, "Is dabigatran safe in a pregnant woman with cirrhosis?")
    assert "Do not use dabigatran in pregnancy" in answer.bottom_line[0].text
    assert "150 mg" not in told(answer)
    assert answer.unanswered == ("dabigatran in cirrhosis",)


def test_a_dose_for_an_illness_says_of_what_else_nothing_is_known(library: Library) -> None:
    answer = ask(library, "dabigatran dose for deep vein thrombosis in cirrhosis")
    assert "150 mg" in answer.bottom_line[0].text
    assert answer.unanswered == ("dabigatran in cirrhosis",)
    plain = ask(library, "dabigatran dose for deep vein thrombosis")
    assert plain.unanswered == ()


def test_leave_for_one_illness_is_no_yes_in_another(library: Library) -> None:
    answer = ask(library, "Is tolvaptan safe for hyponatraemia in Child-Pugh A and porphyria?")
    assert answer.yes_no != "yes"


def test_what_the_illness_is_that_a_drug_is_for_need_not_be_said(tmp_path: Path) -> None:
    folate = {
        "title": "Methotrexate",
        "text": "# Interactions\n\nAvoid trimethoprim: with methotrexate it harms the marrow.",
    }
    with library_of(tmp_path, folate) as library:
        told = ask(library, "On methotrexate, has cystitis. Is trimethoprim ok?")
        beside = ask(library, "Is trimethoprim ok with methotrexate in myasthenia gravis?")
    assert "Avoid trimethoprim" in told.bottom_line[0].text
    assert "Avoid trimethoprim" in beside.bottom_line[0].text
    assert beside.unanswered == ("trimethoprim in myasthenia gravis",)
