"""A bar with an exception bars, tells the exception, and is lifted where the question tells it."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.answering.documents import library_of, opening_of

from osler.answering import ask

DRUGS = {
    "Propranolol": "40 mg by mouth twice daily for migraine.",
    "Gabapentin": "300 mg by mouth three times daily for pain.",
    "Trimethoprim": "200 mg by mouth twice daily for cystitis.",
    "Naproxen": "500 mg by mouth twice daily for pain.",
    "Metformin": "500 mg by mouth once daily for type 2 diabetes.",
    "Sotalol": "80 mg by mouth twice daily for atrial fibrillation.",
}


def _document(drug: str, bar: str) -> dict[str, str]:
    return {"title": drug, "text": f"# {drug}\n\n{drug} {DRUGS[drug]}\n\n{bar}\n"}


@pytest.mark.parametrize(
    ("drug", "bar", "question"),
    [
        ("Propranolol", "Do not use in asthma unless under specialist advice.",
         "propranolol dose for migraine in asthma"),
        ("Gabapentin", "Contraindicated in renal impairment except on dialysis.",
         "gabapentin dose for pain in renal impairment"),
        ("Trimethoprim", "Avoid in pregnancy, except after the first trimester.",
         "trimethoprim dose for cystitis, first trimester"),
        ("Naproxen", "Except in emergencies, do not give it to patients with heart failure.",
         "naproxen dose for pain in heart failure"),
        ("Naproxen", "## Contraindications\n\n- Heart failure, unless mild",
         "naproxen dose for pain in heart failure"),
        ("Metformin", "## Do not use in\n\n- eGFR below 30 mL/min unless on dialysis",
         "metformin dose for type 2 diabetes, eGFR 22"),
        ("Metformin", "## Do not use in\n\n- Heart failure, except if stable and under review",
         "metformin dose for type 2 diabetes in heart failure, not stable, not under review"),
        ("Naproxen", "Contraindicated in porphyria, except if monitored, and in asthma.",
         "naproxen dose for pain in asthma"),
        ("Sotalol", "Sotalol is contraindicated in asthma but may be used in mild COPD.",
         "sotalol dose for atrial fibrillation in asthma"),
    ],
)  # fmt: skip
def test_it_bars_and_is_told_with_its_exception(
    tmp_path: Path, drug: str, bar: str, question: str
) -> None:
    opening = opening_of(tmp_path, question, _document(drug, bar))
    assert bar.rpartition("- ")[2] in opening
    assert " mg" not in opening


@pytest.mark.parametrize(
    ("drug", "bar", "question"),
    [
        ("Propranolol", "Do not use in asthma unless under specialist advice.",
         "propranolol dose for migraine in asthma, under specialist advice"),
        ("Naproxen", "## Contraindications\n\n- Heart failure, unless mild",
         "naproxen dose for pain in mild heart failure"),
        ("Metformin", "## Do not use in\n\n- Heart failure, except if stable and under review",
         "metformin dose for type 2 diabetes in heart failure, stable, under review"),
        ("Sotalol", "Never give in long QT syndrome; use with caution in gout.",
         "sotalol dose for atrial fibrillation with gout"),
    ],
)  # fmt: skip
def test_what_is_excepted_or_allowed_is_dosed(
    tmp_path: Path, drug: str, bar: str, question: str
) -> None:
    assert " mg" in opening_of(tmp_path, question, _document(drug, bar))


@pytest.mark.parametrize(
    ("question", "dosed"),
    [
        ("ibuprofen dose, third trimester", False),
        ("ibuprofen dose, pregnant", False),
        ("ibuprofen dose, second trimester", True),
    ],
)
def test_a_cell_tells_its_exception(tmp_path: Path, question: str, dosed: bool) -> None:
    text = (
        "| Drug | Dose | Pregnancy |\n|---|---|---|\n"
        "| Ibuprofen | 400 mg three times daily | Avoid unless in the second trimester |"
    )
    opening = opening_of(tmp_path, question, {"title": "Analgesics", "text": text})
    assert ("400 mg" in opening) is dosed
    assert "unless in the second trimester" in opening


@pytest.mark.parametrize(
    ("question", "leave"),
    [
        ("Is trimethoprim safe in pregnancy?", "no"),
        ("Is trimethoprim safe in the second trimester?", None),
    ],
)
def test_no_is_said_but_where_the_exception_holds(
    tmp_path: Path, question: str, leave: str | None
) -> None:
    bar = "Avoid in pregnancy, except after the first trimester."
    with library_of(tmp_path, _document("Trimethoprim", bar)) as library:
        assert ask(library, question).yes_no == leave


def test_a_dose_that_the_exception_gives_lifts_the_bar_from_nobody_else(tmp_path: Path) -> None:
    text = """# Gentamicin

Adults: 5 mg/kg once daily.

Avoid if eGFR is below 20 mL/min unless the patient is on dialysis, when 2 mg/kg is given after \
dialysis.
"""
    barred = opening_of(tmp_path / "low", "gentamicin dose with eGFR 15", {"text": text})
    assert "Avoid if eGFR" in barred
    assert "5 mg/kg" not in barred
    dialysed = opening_of(tmp_path / "dialysis", "gentamicin dose on dialysis", {"text": text})
    assert "2 mg/kg" in dialysed
