"""Bars as wards write them: behind whom they are for, in a list, beside what is measured."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.answering.documents import library_of

from osler.answering import ask

HICCUPS = """# Hiccups

Step C. Levomepromazine 6 mg orally at night
  - Epilepsy: not.
"""
FLUSHES = """# Hot flushes

Clonidine 50 micrograms orally twice daily. Clonidine is started in the clinic, and is never given \
to anyone with heart failure.
"""
RHYTHM = """# Flecainide

## Atrial fibrillation

Start with 50 mg orally twice daily.

## Contraindications

Heart block without a pacemaker; serum potassium below 3.5 mmol/L; heart failure.
"""
MILK = """# Stopping milk

Cabergoline 1 mg orally as one single dose.

Check before every dose of cabergoline:

- NOT in pre-eclampsia or other high blood pressure.
- Blood pressure before the dose.
"""


@pytest.mark.parametrize(
    ("text", "question", "bar", "dose"),
    [
        (HICCUPS, "hiccups, epilepsy. Levomepromazine dose?", "Epilepsy: not", "x"),
        (
            FLUSHES,
            "hot flushes, 55F with heart failure. Clonidine dose?",
            "never given to anyone with heart failure",
            "50 micrograms",
        ),
        (RHYTHM, "AF with heart failure, flecainide dose?", "heart failure", "50 mg"),
        (MILK, "stopping milk, pre-eclampsia. Cabergoline dose?", "NOT in pre-eclampsia", "1 mg"),
    ],
)
def test_the_bar_opens_for_whom_it_is(
    tmp_path: Path, text: str, question: str, bar: str, dose: str
) -> None:
    with library_of(tmp_path, {"title": text.splitlines()[0][2:], "text": text}) as library:
        answer = ask(library, question)
    below = [claim.text for section in answer.sections for claim in section.claims]
    above = [claim.text for claim in answer.bottom_line]
    assert bar in above[0]
    assert not any(dose in line for line in (*above, *below) if bar not in line)


@pytest.mark.parametrize(
    ("text", "question", "dose"),
    [
        (HICCUPS, "hiccups, 60M. Levomepromazine dose?", "6 mg"),
        (FLUSHES, "hot flushes, 55F. Clonidine dose?", "50 micrograms"),
        (RHYTHM, "AF, 60M with asthma. Flecainide dose?", "50 mg"),
        (MILK, "stopping milk, 30F. Cabergoline dose?", "1 mg"),
    ],
)
def test_the_dose_opens_for_all_others(tmp_path: Path, text: str, question: str, dose: str) -> None:
    with library_of(tmp_path, {"title": text.splitlines()[0][2:], "text": text}) as library:
        answer = ask(library, question)
    assert dose in " ".join(claim.text for claim in answer.bottom_line)


SWITCH = """# Sirolimus

Start with 2 mg orally once daily.

When posaconazole is started, reduce the sirolimus dose to one third.
"""


def test_a_dose_is_changed_for_the_drug_that_is_asked_about_beside_it(tmp_path: Path) -> None:
    with library_of(tmp_path, {"title": "Sirolimus", "text": SWITCH}) as library:
        answer = ask(library, "sirolimus with posaconazole started, what dose?")
    assert "one third" in answer.bottom_line[0].text


PITUITARY = """# Prolactinoma

## CABERGOLINE

0.25 mg by mouth twice weekly.

## QUINAGOLIDE (for those who cannot take cabergoline)

25 micrograms by mouth at night.
"""


def test_a_drug_in_whose_place_a_heading_stands_does_not_have_its_doses(tmp_path: Path) -> None:
    with library_of(tmp_path, {"title": "Prolactinoma", "text": PITUITARY}) as library:
        answer = ask(library, "prolactinoma, cabergoline dose?")
    below = [claim.text for section in answer.sections for claim in section.claims]
    said = " ".join([*(claim.text for claim in answer.bottom_line), *below])
    assert "0.25 mg" in said
    assert "25 micrograms" not in said
