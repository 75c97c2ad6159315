"""People who are described by what they never took: "opioid-naive", "never had a statin"."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.answering.documents import library_of, opening_of

from osler.answering import ask
from osler.domain import Applies, Patient
from osler.statements import applies, read_group
from osler.statements.patients.untreated import find_untreated


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Do not start in opioid-naive patients.", "opioid"),
        ("an opioid naïve man of 70", "opioid"),
        ("first dose for someone who never had opioids", "opioid"),
        ("patients not previously treated with opioids", "opioid"),
        ("has never been on a statin", "statin"),
        ("people who are not opioid-tolerant", "opioid"),
        ("no previous opioids", "opioid"),
    ],
)
def test_what_was_never_taken_is_read(text: str, name: str) -> None:
    assert [found[2] for found in find_untreated(text)] == [name]


@pytest.mark.parametrize(
    "text",
    [
        "not opioid-naive",
        "has taken opioids for years",
        "allergic to opioids",
        "never give opioids",
    ],
)
def test_what_tells_of_no_such_people_is_not(text: str) -> None:
    assert find_untreated(text) == []


@pytest.mark.parametrize(
    ("patient", "expected"),
    [
        (Patient(never_had=("opioid",)), Applies.YES),
        (Patient(drugs=("morphine",)), Applies.NO),
        (Patient(never_had=("morphine",)), Applies.UNKNOWN),
        (Patient(), Applies.UNKNOWN),
    ],
)
def test_who_takes_one_of_the_class_is_none_of_them(patient: Patient, expected: Applies) -> None:
    assert applies(read_group("opioid-naive patients"), patient).applies is expected


FENTANYL = "Fentanyl patch 25 micrograms/hour every 72 hours for pain."


@pytest.mark.parametrize(
    "bar",
    [
        "Do not start in opioid-naive patients.",
        "Contraindicated in patients not previously treated with opioids.",
        "## Contraindications\n\n- People who have never had opioids.",
        "It should not be started in anyone who is not opioid-tolerant.",
    ],
)
@pytest.mark.parametrize(
    ("question", "is_barred"),
    [
        ("fentanyl patch dose for pain in an opioid-naive patient", True),
        ("first dose of fentanyl patch for someone who never had opioids", True),
        ("fentanyl patch dose for pain", False),
    ],
)
def test_it_is_barred_for_them_alone(
    tmp_path: Path, bar: str, question: str, is_barred: bool
) -> None:
    document = {"title": "Fentanyl", "text": f"# Fentanyl\n\n{FENTANYL}\n\n{bar}"}
    opening = opening_of(tmp_path, question, document)
    assert ("25 micrograms" in opening) is not is_barred
    assert not is_barred or "opioid" in opening


def test_a_column_of_theirs_bars_its_row_and_no_kin_of_what_they_never_had(tmp_path: Path) -> None:
    text = (
        "| Drug | Dose | Opioid-naive patients |\n|---|---|---|\n"
        "| Fentanyl patch | 25 micrograms/hour every 72 hours | do not use |\n"
        "| Morphine | 5 mg by mouth every 4 hours | 2.5 mg by mouth every 4 hours |"
    )
    with library_of(tmp_path, {"title": "Strong opioids", "text": text}) as library:
        barred = ask(library, "fentanyl patch dose, has never had opioids").bottom_line[0].text
        dosed = ask(library, "morphine dose for an opioid naive man").bottom_line[0].text
    assert "do not use" in barred
    assert "2.5 mg" in dosed
