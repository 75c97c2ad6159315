"""Doses for other patients than the one asked about: too heavy for the age, grown, unmeasured."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.answering.documents import library_of

from osler.answering import ask
from osler.library import Library

IBUPROFEN = """
| Weight | Each dose |
|---|---|
| 5–15 kg | 50 mg |
| above 15 kg to 30 kg | 100 mg |
| above 50 kg | 400 mg |
"""
SOMATROPIN = """
Pediatric starting dose:

| Age | Daily dose per kg |
|---|---|
| 6–12 months | 35 micrograms/kg |
| 1–12 years | 30 micrograms/kg |
| growth and puberty complete | 5 micrograms/kg |
"""
ADULT_SOMATROPIN = """
Starting dose

- Under 60 years with no diabetes: somatropin 6 micrograms per kg per day.
- 60 years and over: somatropin 100 micrograms per day.
"""
TOBRAMYCIN = """
| Creatinine clearance | Dose |
|---|---|
| above 60 mL/min | tobramycin 240 mg once daily |
| 30–60 mL/min | tobramycin 160 mg once daily |

- Creatinine not known: tobramycin 2 mg/kg once, then pharmacy advice.
"""
TEICOPLANIN = """
## Dose

| CrCl (mL/min) | Maintenance dose |
|---|---|
| 30–60 | teicoplanin 200 mg once daily |
| above 60 | teicoplanin 400 mg once daily |
"""
TEICOPLANIN_SUMMARY = """
- Children: 2 months to under 12 years: teicoplanin maintenance dose 6 mg/kg once daily.
- Children: the daily dose of teicoplanin should not exceed 400 mg.
"""
AMINOPHYLLINE = """
| Drug | Loading dose (IV) | Give over |
|---|---|---|
| Aminophylline | 5 mg/kg | rate not above 25 mg/minute |

Aminophylline needs an ECG. In the elderly the rate of aminophylline should not exceed 10 mg/minute.
"""
CETIRIZINE = """
| Age | Each dose |
|---|---|
| 6–23 months | 2.5 mg |
| 2–5 years | 5 mg |

Infant solution is 5 mg in 5 mL; the stronger solution is 10 mg in 5 mL.
"""
LORATADINE = """
| Age | Loratadine dose |
|---|---|
| 6–8 years | 0.2 mg/kg once daily |
| 8–12 years | 0.2 mg/kg once daily |
"""


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    folder: Path = tmp_path_factory.mktemp("others")
    with library_of(
        folder,
        {"title": "Ibuprofen by mouth", "text": IBUPROFEN},
        {"title": "Somatropin dosage", "text": SOMATROPIN},
        {"title": "Somatropin in adults", "text": ADULT_SOMATROPIN},
        {"title": "Tobramycin", "text": TOBRAMYCIN},
        {"title": "Teicoplanin by injection", "text": TEICOPLANIN},
        {"title": "Teicoplanin in serious infection", "text": TEICOPLANIN_SUMMARY},
        {"title": "Aminophylline", "text": AMINOPHYLLINE},
        {"title": "Cetirizine for children", "text": CETIRIZINE},
        {"title": "Loratadine", "text": LORATADINE},
    ) as library:
        yield library


def opening(library: Library, question: str) -> str:
    return " | ".join(c.text for c in ask(library, question).bottom_line)


def shown(library: Library, question: str) -> str:
    answer = ask(library, question)
    claims = [*answer.bottom_line, *(c for s in answer.sections for c in s.claims)]
    return " | ".join(c.text for c in claims)


@pytest.mark.parametrize("age", ["20 month old", "3 year old"])
def test_no_weight_that_a_small_child_cannot_have(library: Library, age: str) -> None:
    text = shown(library, f"ibuprofen dose for a {age}")
    assert "100 mg" in text
    assert "400 mg" not in text


def test_no_dose_for_grown_or_adult_patients_for_an_infant(library: Library) -> None:
    text = shown(library, "somatropin dose for an 8 month old, 8 kg")
    assert "35 micrograms/kg" in text
    assert "5 micrograms/kg |" not in f"{text} |".replace("35 micro", "")
    assert "6 micrograms per kg" not in text


def test_an_adult_still_has_the_rule_for_adults(library: Library) -> None:
    assert "6 micrograms per kg" in opening(library, "somatropin starting dose for a 40 year old")


def test_no_dose_for_an_unknown_creatinine_where_it_is_known(library: Library) -> None:
    text = shown(library, "tobramycin dose for a 70 kg man, CrCl 45 mL/min")
    assert "160 mg" in text
    assert "2 mg/kg" not in text


def test_what_is_for_children_stays_behind_where_nothing_tells_of_a_child(
    library: Library,
) -> None:
    question = "teicoplanin maintenance dose CrCl 45 mL/min 70 kg"
    assert "200 mg" in opening(library, question)
    assert "Children" not in opening(library, question)
    assert "6 mg/kg" in opening(library, "teicoplanin maintenance dose for a 5 year old, 18 kg")


def test_what_is_for_the_group_that_is_named_goes_first(library: Library) -> None:
    first, *others = ask(library, "aminophylline loading 70 kg over how long, elderly").bottom_line
    assert "10 mg/minute" in first.text
    assert any("5 mg/kg" in c.text for c in others)
    general = ask(library, "aminophylline loading 70 kg over how long").bottom_line
    assert "5 mg/kg" in general[0].text


def test_the_strength_of_a_product_is_no_dose(library: Library) -> None:
    text = opening(library, "cetirizine dose for an 18 month old")
    assert "2.5 mg" in text
    assert "in 5 mL" not in text


def test_the_same_dose_of_one_source_is_said_once(library: Library) -> None:
    answer = ask(library, "loratadine dose for an 8 year old, 34 kg")
    assert len(answer.bottom_line) == 1
    assert "0.2 mg/kg" in answer.bottom_line[0].text


def test_an_empty_library_says_so_and_what_to_do(tmp_path: Path) -> None:
    with Library.create(tmp_path / "empty") as empty:
        abstention = ask(empty, "torasemide dose in oedema").abstention
    assert abstention is not None
    assert "empty" in abstention.reason
    assert "osler add" in abstention.reason
