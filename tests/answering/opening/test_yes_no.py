"""Yes or no is said only where the opening lines say so themselves."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.answering.documents import library_of

from osler.answering import ask
from osler.answering.understanding.understand import understand
from osler.domain import Aspect
from osler.library import Library


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    codeine = {
        "title": "Codeine for pain",
        "text": "# Breastfeeding\n\nCodeine must not be used by women who are breastfeeding.\n\n"
        "# Dose\n\nAdults: codeine 30 mg every 6 hours is recommended for pain.",
    }
    sertraline = {
        "title": "Sertraline",
        "text": "# Breastfeeding\n\nSertraline is safe to take while breastfeeding.",
    }
    with library_of(tmp_path_factory.mktemp("leave"), codeine, sertraline) as library:
        yield library


def test_no_where_the_source_forbids_it(library: Library) -> None:
    answer = ask(library, "Can I give codeine to a breastfeeding woman?")
    assert answer.yes_no == "no"
    assert "must not be used" in answer.bottom_line[0].text


def test_yes_where_the_source_allows_it(library: Library) -> None:
    assert ask(library, "Is sertraline safe while breastfeeding?").yes_no == "yes"


def test_a_recommended_dose_is_no_yes_to_a_higher_one(library: Library) -> None:
    assert ask(library, "Should I use a higher dose of codeine for pain?").yes_no is None
    assert ask(library, "Is it safe to double the codeine for pain?").yes_no is None


def test_a_question_for_a_dose_gets_neither(library: Library) -> None:
    assert ask(library, "codeine dose for pain in adults").yes_no is None


def test_whether_a_drug_is_needed_asks_for_no_dose() -> None:
    told = "Trod on a nail in a muddy field, 4 doses of tetanus vaccine as a child."
    question = understand(f"{told} Does he need a booster?")
    assert question.yes_no
    assert Aspect.DOSE not in question.aspects
    assert question.purposes == ()
    assert Aspect.DOSE in understand(f"{told} How much now?").aspects


PROTOCOL = {
    "title": "Acute mania",
    "text": "# Treatment\n\nGive olanzapine 10 mg by mouth once daily.\n\n"
    "Alternative: lithium 400 mg by mouth at night. "
    "Avoid topiramate in women of childbearing potential.",
}
ON_TERMS = {
    "title": "Acne",
    "text": "# Treatment\n\nDo not use acitretin in women of childbearing potential without "
    "effective contraception.",
}


def test_no_for_a_woman_who_may_become_pregnant(tmp_path: Path) -> None:
    with library_of(tmp_path, PROTOCOL, ON_TERMS) as library:
        woman = ask(library, "Can I use topiramate in a 28-year-old woman?")
        old = ask(library, "Can I use topiramate in a 74-year-old woman?")
        man = ask(library, "Can I use topiramate in a 28-year-old man?")
        untold = ask(library, "Is topiramate safe in a woman?")
        on_terms = ask(library, "Can I use acitretin in a 28-year-old woman?")
    assert woman.yes_no == "no"
    assert old.yes_no is None
    assert man.yes_no is None
    assert untold.yes_no is None
    assert on_terms.yes_no is None


def test_a_bar_behind_an_alternative_is_not_called_one(tmp_path: Path) -> None:
    with library_of(tmp_path, PROTOCOL) as library:
        barred = ask(library, "Can I use topiramate in a 28-year-old woman?")
        given = ask(library, "lithium dose in acute mania")
    assert barred.bottom_line[0].text.startswith("Avoid topiramate")
    assert given.bottom_line[0].text.lower().startswith("alternative: lithium 400 mg")


@pytest.mark.parametrize(
    "bar",
    [
        "Apixaban is not safe in cirrhosis.",
        "Patients with cirrhosis must not take apixaban.",
        "In cirrhosis, apixaban is not recommended.",
        "Apixaban should not be used by patients with cirrhosis.",
    ],
)
def test_no_wherever_the_condition_and_the_bar_stand(tmp_path: Path, bar: str) -> None:
    dose = "Apixaban 5 mg by mouth twice daily for atrial fibrillation."
    with library_of(tmp_path, {"title": "Apixaban", "text": f"{dose}\n\n{bar}"}) as library:
        for question in (
            "Is apixaban safe in cirrhosis?",
            "He has cirrhosis. Is apixaban safe?",
            "Pt: 70M, cirrhosis, AF. Apixaban ok?",
        ):
            answer = ask(library, question)
            assert answer.yes_no == "no"
            assert answer.bottom_line[0].text == bar
        dosed = ask(library, "apixaban dose for AF in cirrhosis").bottom_line
    assert [claim.text for claim in dosed] == [bar]


def test_leave_for_others_in_a_cell_is_no_yes(tmp_path: Path) -> None:
    text = (
        "| Drug | Dose in atrial fibrillation | Renal | Pregnancy |\n|---|---|---|---|\n"
        "| Sotalol | 80 mg by mouth twice daily | safe if mild | may be used |"
    )
    with library_of(tmp_path, {"title": "Rate control", "text": text}) as library:
        assert ask(library, "He has AF. Is sotalol safe?").yes_no is None
        assert ask(library, "Is sotalol safe in pregnancy?").yes_no == "yes"
