"""What is for the patient's own weight keeps the standard dose out of the opening."""

from pathlib import Path

import pytest

from osler.answering import ask
from osler.library import Library

BOVAMOL = """# Oral paracetamol in adults

Standard adult dose: 500 mg–1 g by mouth every 4–6 hours, maximum 4 g in 24 hours.

**Under 50 kg** – the standard dose can be too much. Prescribe 500 mg four times a day.

Weigh everyone on admission.
"""


def opening(tmp_path: Path, text: str, question: str) -> str:
    (tmp_path / "a.md").write_text(text, "utf-8")
    with Library.create(tmp_path / "library") as library:
        library.add(tmp_path / "a.md", workers=1)
    answer = ask(Library.open(tmp_path / "library"), question)
    return " ".join(claim.text for claim in answer.bottom_line)


@pytest.mark.parametrize(
    "question",
    [
        "Oral paracetamol for an 84 year old lady weighing 46 kg?",
        "maximum dose of oral paracetamol for a 46 kg adult?",
    ],
)
def test_a_standard_dose_with_its_maximum_does_not_open_beside_it(
    tmp_path: Path, question: str
) -> None:
    told = opening(tmp_path, BOVAMOL, question)
    assert "500 mg four times a day" in told
    assert "4 g" not in told


def test_who_is_heavier_is_given_the_standard_dose(tmp_path: Path) -> None:
    told = opening(tmp_path, BOVAMOL, "Oral paracetamol dose for an adult weighing 80 kg?")
    assert "maximum 4 g" in told


ALONE = """# Oral paracetamol in adults

Adults: 1 g four times a day. The maximum is 4 g in 24 hours.

Under 50 kg – prescribe 500 mg four times a day.
"""


def test_nor_does_a_maximum_told_by_itself(tmp_path: Path) -> None:
    told = opening(tmp_path, ALONE, "oral paracetamol dose for an adult weighing 46 kg?")
    assert "500 mg four times a day" in told
    assert "4 g" not in told
    assert "1 g" not in told
