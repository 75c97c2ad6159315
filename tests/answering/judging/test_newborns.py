"""A newborn is given what is said to be for newborns."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.answering.documents import library_of

from osler.answering import ask

CHILDREN = {
    "title": "Ceftriaxone in children",
    "text": "Meningitis in children: ceftriaxone 80 mg/kg once daily, maximum 4 g.",
}
PLAIN = {
    "title": "Cefotaxime",
    "text": "Sepsis: cefotaxime 50 mg/kg every 6 hours, maximum 12 g daily.",
}
NEWBORN = {
    "title": "Gentamicin in the young",
    "text": "| Age | Dose |\n|---|---|\n| Under 7 days | 5 mg/kg every 36 hours |\n"
    "| 1 month to 12 years | 7 mg/kg every 24 hours |",
}


@pytest.mark.parametrize(
    ("document", "question"),
    [
        (CHILDREN, "ceftriaxone dose for meningitis in a 5 day old"),
        (PLAIN, "cefotaxime dose for sepsis in a newborn"),
    ],
)
def test_a_childs_dose_is_not_a_newborns(
    tmp_path: Path, document: dict[str, str], question: str
) -> None:
    with library_of(tmp_path, document) as library:
        answer = ask(library, question)
    assert not answer.bottom_line


def test_a_dose_for_the_age_of_a_newborn_is_theirs(tmp_path: Path) -> None:
    with library_of(tmp_path, NEWBORN) as library:
        answer = ask(library, "gentamicin dose for a 3 day old")
    assert "5 mg/kg" in answer.bottom_line[0].text
