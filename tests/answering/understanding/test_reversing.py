"""How a drug is reversed is answered by what reverses it, never by its own doses."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.answering.documents import library_of, opening_of, told

from osler.answering import ask
from osler.answering.understanding.reversing import reversed_drugs
from osler.answering.understanding.understand import understand
from osler.library import Library

DABIGATRAN = {
    "title": "Dabigatran",
    "text": "# Dose\n\nDabigatran 150 mg by mouth twice daily is recommended.\n\n"
    "Dabigatran 110 mg by mouth twice daily from the age of 80.\n\n# Reversal\n\n"
    "Give idarucizumab 5 g intravenously once if dabigatran was taken in the last 24 hours. "
    "Give idarucizumab 2.5 g intravenously once if dabigatran was taken longer ago.",
}
MIDAZOLAM = {
    "title": "Sedation",
    "text": "# Midazolam\n\nMidazolam 2 mg intravenously once.\n\nDo not use midazolam in sleep "
    "apnoea.\n\n# Neostigmine\n\nNeostigmine 2.5 mg intravenously once with atropine.",
}


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    with library_of(tmp_path_factory.mktemp("reversing"), DABIGATRAN, MIDAZOLAM) as library:
        yield library


@pytest.mark.parametrize(
    "question",
    [
        "antidote for dabigatran",
        "dabigatran reversal",
        "Bleeding on dabigatran, how do I reverse it?",
    ],
)
def test_what_reverses_a_drug_opens_with_all_its_times(library: Library, question: str) -> None:
    answer = ask(library, question)
    opening = " | ".join(claim.text for claim in answer.bottom_line)
    assert "idarucizumab 5 g" in opening
    assert "idarucizumab 2.5 g" in opening
    assert "150 mg" not in told(answer)
    assert "110 mg" not in told(answer)


def test_of_the_times_of_what_reverses_a_drug_the_one_that_is_told_opens(library: Library) -> None:
    answer = ask(library, "How do I reverse dabigatran taken 30 hours ago?")
    opening = " | ".join(claim.text for claim in answer.bottom_line)
    assert "idarucizumab 2.5 g" in opening
    assert "idarucizumab 5 g" not in opening
    assert "idarucizumab 5 g" in told(answer)
    assert "150 mg" not in told(answer)


def test_where_nothing_speaks_of_reversal_no_dose_answers(library: Library) -> None:
    answer = ask(library, "How do I reverse midazolam?")
    assert not answer.answered
    assert answer.abstention is not None
    assert not any("2 mg" in nearby.quote for nearby in answer.abstention.nearby)


def test_the_dose_of_what_reverses_is_asked_by_its_name(library: Library) -> None:
    answer = ask(library, "idarucizumab dose to reverse dabigatran")
    assert "idarucizumab 5 g" in answer.bottom_line[0].text
    assert "150 mg" not in told(answer)
    other = ask(library, "andexanet alfa dose to reverse dabigatran")
    assert "idarucizumab" not in told(other)
    assert "150 mg" not in told(other)


def test_a_dose_that_is_not_of_the_reversed_drug_stays(library: Library) -> None:
    assert "2.5 mg" in told(ask(library, "neostigmine reversal dose"))
    assert "150 mg" in told(ask(library, "dabigatran dose"))


def test_which_drug_is_reversed_is_read_from_the_words_before_it() -> None:
    def names(text: str) -> list[str]:
        return [term.name for term in reversed_drugs(understand(text))]

    assert names("naloxone dose to reverse morphine") == ["morphine"]
    assert names("reverse the effects of midazolam") == ["midazolam"]
    assert names("neostigmine reversal dose") == []
    assert names("reversible airway disease: salbutamol dose") == []


RIVAROXABAN = {
    "title": "Rivaroxaban and enoxaparin: doses and reversal",
    "text": "# Usual doses\n\nRivaroxaban 20 mg by mouth once daily.\n\n"
    "# When there is bleeding\n\n"
    "| Situation | Action |\n|---|---|\n"
    "| Major bleeding | Stop. Prothrombin complex concentrate 50 units/kg IV |\n"
    "| Bleeding on enoxaparin | Protamine 1 mg for each 1 mg of enoxaparin |",
}


@pytest.mark.parametrize(
    "question",
    [
        "major bleed on rivaroxaban - reversal doses?",
        "Taking rivaroxaban, major bleeding. What is the reversal dose?",
        "GI bleed, she takes rivaroxaban: antidote and dose",
    ],
)
def test_rows_of_a_text_on_a_drug_and_its_reversal_dose_what_reverses_it(
    tmp_path: Path, question: str
) -> None:
    with library_of(tmp_path, RIVAROXABAN) as library:
        answer = ask(library, question)
    opening = " | ".join(claim.text for claim in answer.bottom_line)
    assert "50 units/kg" in opening
    assert "20 mg" not in opening
    assert "Protamine" not in opening


def test_the_drug_of_a_reversal_that_has_a_name_is_asked_about() -> None:
    question = understand("What do I give to reverse warfarin in a gastrointestinal bleed, INR 7?")
    assert [term.name for term in reversed_drugs(question)] == ["warfarin"]
    assert question.patient.conditions == ("gastrointestinal bleeding",)


def test_the_name_of_a_reversal_asks_for_no_dose_of_the_drug() -> None:
    question = understand("warfarin reversal doses, major GI bleed, INR of 7")
    assert "warfarin" not in [t.name for t in question.terms if t.kind == "substance"]


def test_a_narrower_time_of_another_drug_of_the_table_hides_no_row(tmp_path: Path) -> None:
    text = """# Reversal of anticoagulants

| Anticoagulant | Reversal |
|---|---|
| Apixaban, rivaroxaban | Andexanet alfa 400 mg if the last dose was more than 8 hours ago |
| Enoxaparin given 8 to 12 hours ago | Protamine 0.5 mg per 1 mg of enoxaparin |
"""
    question = "reverse rivaroxaban, last dose 12 hours ago"
    assert "Andexanet alfa 400 mg" in opening_of(tmp_path, question, {"text": text})
