"""A dose that leaves its drug unnamed is shown under the name that it stands under, or not."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.answering.documents import library_of

from osler.answering import ask
from osler.answering.candidates.wording import speaks_of_no_drug
from osler.dosage import parse_dosages

PYRIMETHAMINE = """Pyrimethamine is begun at 25 mg once weekly by mouth.

It goes up by 25 mg every 4 weeks to 75 mg weekly.

If tablets cannot be swallowed at 75 mg weekly, the same dose is given as a suspension.

Alcohol is kept below 10 units per week.

## Folinic acid

- At least 15 mg once weekly, most often the day after pyrimethamine. Another
  way is 5 mg daily except on the pyrimethamine day.
- It is never taken on the same day as pyrimethamine.
- It can be raised to 30 mg if pyrimethamine causes mouth ulcers.
"""


@pytest.fixture(scope="module")
def answer(tmp_path_factory: pytest.TempPathFactory) -> object:
    folder: Path = tmp_path_factory.mktemp("unnamed")
    with library_of(folder, {"title": "Pyrimethamine", "text": PYRIMETHAMINE}) as library:
        return ask(library, "pyrimethamine dose")


def _lines(answer) -> list[str]:  # type: ignore[no-untyped-def]
    below = (claim for section in answer.sections for claim in section.claims)
    return [claim.text for claim in (*answer.bottom_line, *below)]


@pytest.mark.parametrize("amount", ["15 mg once weekly", "5 mg daily", "30 mg if"])
def test_a_dose_of_a_companion_names_it(answer, amount: str) -> None:  # type: ignore[no-untyped-def]
    stating = [line for line in _lines(answer) if amount in line]
    assert all(line.startswith("Folinic acid: ") for line in stating), stating


def test_a_pronoun_before_the_drug_asked_about_is_told_apart(answer) -> None:  # type: ignore[no-untyped-def]
    on_the_day = [line for line in _lines(answer) if "never taken on the same day" in line]
    assert all(line.startswith("Folinic acid: ") for line in on_the_day), on_the_day


def test_the_bottom_line_tells_the_steps_in_their_order(answer) -> None:  # type: ignore[no-untyped-def]
    opening = [claim.text for claim in answer.bottom_line]
    assert "25 mg once weekly" in opening[0], opening
    assert not any("lcohol" in line for line in opening), opening


@pytest.mark.parametrize(
    ("text", "is_left_out"),
    [
        ("5 mg once a week, the day after methotrexate.", True),
        ("1 mg daily on every day except the methotrexate day.", True),
        ("It goes on for as long as warfarin does.", True),
        ("Methotrexate 15 mg weekly, with folic acid the day after.", False),
        ("Give 5 mg of folic acid after methotrexate.", False),
        ("Methotrexate is stopped before surgery.", False),
    ],
)
def test_words_that_leave_their_drug_out(text: str, is_left_out: bool) -> None:
    assert speaks_of_no_drug(text) is is_left_out


@pytest.mark.parametrize(
    "text", ["Alcohol is limited to 14 units a week.", "No more than 10 units of alcohol a week."]
)
def test_units_of_alcohol_are_no_dose(text: str) -> None:
    assert parse_dosages(text) == ()


def test_units_of_a_drug_beside_alcohol_are_a_dose() -> None:
    assert parse_dosages("In alcohol withdrawal: insulin 6 units")
