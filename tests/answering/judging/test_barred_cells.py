"""A cell that bars its row for some keeps its dose from them, and opens the answer instead."""

from __future__ import annotations

from pathlib import Path

import pytest

from osler.answering import ask
from osler.domain import Answer
from osler.library import Library

MARKDOWN = """# Drugs for hypertension

| Drug | Dose | Pregnancy | Asthma | Renal |
|---|---|---|---|---|
| Labetalol | 100 mg by mouth twice daily | safe | contraindicated | no change |
| Ramipril | 2.5 mg by mouth once daily | avoid | - | caution |
| Atenolol | 50 mg by mouth once daily | caution | do not use | Avoid in severe; halve in moderate |
"""
HTML = """<h1>Infections</h1><table><tr><th>Medicine</th><th>Adult dose</th><th>Cautions</th>
<th>Notes</th><th>Safe in pregnancy?</th></tr>
<tr><td>Doxycycline</td><td>100 mg by mouth twice daily</td><td>Myasthenia gravis: avoid</td>
<td>Take with food. Not in porphyria</td><td>No</td></tr>
<tr><td>Nitrofurantoin</td><td>100 mg by mouth twice daily</td><td>Avoid if eGFR below 45</td>
<td>Must not be given in G6PD deficiency</td><td>Yes</td></tr></table>"""
TEXT = """Drugs for migraine

Drug         Dose                           Pregnancy           Heart disease
Sumatriptan  50 mg by mouth once            caution             contraindicated
Topiramate   25 mg by mouth once daily      should be avoided   no change
"""
BY_NEED = """# Propranolol

| Indication | Dose | Comments |
|---|---|---|
| Migraine | 40 mg by mouth twice daily | Pregnancy: not recommended |
| Anxiety | 20 mg by mouth three times daily | May be used in pregnancy |
"""
BY_DRUG = """# Antiemetics

| | Metoclopramide | Cyclizine |
|---|---|---|
| Dose | 10 mg by mouth three times daily | 50 mg by mouth three times daily |
| Parkinson's disease | contraindicated | use with care |
| Heart failure | - | do not use |
"""


def asked(folder: Path, name: str, text: str, question: str) -> Answer:
    (folder / name).write_text(text, "utf-8")
    with Library.create(folder / "library") as library:
        library.add([folder / name])
    return ask(Library.open(folder / "library"), question)


@pytest.mark.parametrize(
    ("name", "text", "question", "bar"),
    [
        ("a.md", MARKDOWN, "labetalol dose in asthma", "Asthma: contraindicated"),
        ("a.md", MARKDOWN, "32F pregnant, ramipril dose?", "Pregnancy: avoid"),
        ("a.md", MARKDOWN, "hypertension in asthma: atenolol dose?", "Asthma: do not use"),
        ("a.md", MARKDOWN, "atenolol dose, severe renal impairment", "Renal: Avoid in severe"),
        ("a.md", MARKDOWN, "atenolol dose, eGFR 20", "Renal: Avoid in severe"),
        ("a.html", HTML, "doxycycline dose in pregnancy", "Safe in pregnancy?: No"),
        ("a.html", HTML, "doxycycline dose, myasthenia gravis", "Myasthenia gravis: avoid"),
        ("a.html", HTML, "doxycycline dose in porphyria", "Not in porphyria"),
        ("a.html", HTML, "nitrofurantoin dose, eGFR 30", "Avoid if eGFR below 45"),
        ("a.html", HTML, "nitrofurantoin dose in G6PD deficiency", "Must not be given in G6PD"),
        ("a.txt", TEXT, "sumatriptan dose for migraine in heart disease", "contraindicated"),
        ("a.txt", TEXT, "topiramate dose for migraine, pregnant", "should be avoided"),
        ("a.md", BY_NEED, "propranolol dose for migraine in pregnancy", "not recommended"),
        ("a.md", BY_DRUG, "metoclopramide dose in Parkinson's disease", "contraindicated"),
        ("a.md", BY_DRUG, "cyclizine dose in heart failure", "do not use"),
    ],
)  # fmt: skip
def test_the_bar_opens_and_the_dose_of_its_row_is_not_shown(
    tmp_path: Path, name: str, text: str, question: str, bar: str
) -> None:
    answer = asked(tmp_path, name, text, question)
    assert bar in answer.bottom_line[0].text
    claims = [*answer.bottom_line, *(c for part in answer.sections for c in part.claims)]
    assert not any(claim.dosages for claim in claims)


@pytest.mark.parametrize(
    ("name", "text", "question", "dose"),
    [
        ("a.md", MARKDOWN, "labetalol dose in pregnancy", "100 mg"),
        ("a.md", MARKDOWN, "labetalol dose in renal impairment", "100 mg"),
        ("a.md", MARKDOWN, "ramipril dose in asthma", "2.5 mg"),
        ("a.md", MARKDOWN, "ramipril dose in renal impairment", "2.5 mg"),
        ("a.md", MARKDOWN, "atenolol dose in pregnancy", "50 mg"),
        ("a.md", MARKDOWN, "atenolol dose, moderate renal impairment", "50 mg"),
        ("a.md", MARKDOWN, "ramipril dose for hypertension", "2.5 mg"),
        ("a.html", HTML, "doxycycline dose", "100 mg"),
        ("a.html", HTML, "nitrofurantoin dose, eGFR 70", "100 mg"),
        ("a.html", HTML, "nitrofurantoin dose in pregnancy", "100 mg"),
        ("a.md", BY_NEED, "propranolol dose for anxiety in pregnancy", "20 mg"),
        ("a.md", BY_DRUG, "cyclizine dose in Parkinson's disease", "50 mg"),
    ],
)  # fmt: skip
def test_what_bars_others_or_nobody_leaves_the_dose(
    tmp_path: Path, name: str, text: str, question: str, dose: str
) -> None:
    assert dose in asked(tmp_path, name, text, question).bottom_line[0].text


@pytest.mark.parametrize(
    ("question", "leave"),
    [
        ("Is labetalol safe in pregnancy?", "yes"),
        ("Is labetalol safe in asthma?", "no"),
        ("Is ramipril safe in asthma?", None),
    ],
)
def test_leave_is_told_by_the_cell_of_the_patient(
    tmp_path: Path, question: str, leave: str | None
) -> None:
    assert asked(tmp_path, "a.md", MARKDOWN, question).yes_no == leave


def test_a_drug_for_an_illness_is_not_one_that_the_patient_must_not_have(tmp_path: Path) -> None:
    answer = asked(tmp_path, "a.md", MARKDOWN, "best drug for hypertension in pregnancy, dose?")
    said = " ".join(claim.text for claim in answer.bottom_line)
    assert "100 mg" in said
    assert "2.5 mg" not in said


def test_a_cell_bars_the_drug_of_its_row_alone(tmp_path: Path) -> None:
    text = (
        "# Altitude sickness\n\n| Drug | Adult | Child | Pregnancy |\n|---|---|---|---|\n"
        "| Acetazolamide | 125 mg every 12 hours | 2.5 mg/kg every 12 hours | safe |\n"
        "| Dexamethasone (if acetazolamide cannot be taken) | 2 mg every 6 hours | not for "
        "prevention | avoid |\n"
    )
    child = asked(tmp_path, "a.md", text, "boy of 6, acetazolamide dose for altitude sickness?")
    assert "2.5 mg/kg" in child.bottom_line[0].text
    assert "avoid" not in " ".join(claim.text for claim in child.bottom_line)


ANTIBIOTICS = (
    "# Antibiotics\n\n| Antibiotic | Dose | Penicillin allergy | Elderly | Under 12 years |\n"
    "|---|---|---|---|---|\n"
    "| Co-amoxiclav | 625 mg by mouth three times daily | Contraindicated | no change | avoid |\n"
    "| Doxycycline | 100 mg by mouth twice daily | safe | no change | Do not use |\n"
)


@pytest.mark.parametrize(
    ("question", "dose"),
    [
        ("co-amoxiclav dose for an 80 year old", "625 mg"),
        ("doxycycline dose, penicillin allergy", "100 mg"),
        ("doxycycline dose for a 30 year old", "100 mg"),
    ],
)
def test_cells_that_bar_others_do_not_silence_a_row(
    tmp_path: Path, question: str, dose: str
) -> None:
    assert dose in asked(tmp_path, "a.md", ANTIBIOTICS, question).bottom_line[0].text


def test_a_column_of_leave_hides_no_dose_under_another(tmp_path: Path) -> None:
    text = TEXT.replace("should be avoided", "no change        ")
    said = asked(tmp_path, "a.txt", text, "topiramate dose for migraine, pregnant").bottom_line
    assert "25 mg" in said[0].text


def test_a_caution_for_others_in_the_cell_takes_back_no_bar(tmp_path: Path) -> None:
    text = BY_NEED.replace("not recommended", "avoid; caution in renal impairment")
    assert (
        asked(tmp_path, "a.md", text, "She is pregnant. Propranolol ok for migraine?").yes_no
        == "no"
    )


@pytest.mark.parametrize("illness", ["asthma", "heart failure", "myasthenia gravis"])
def test_each_clause_of_a_cell_bars(tmp_path: Path, illness: str) -> None:
    text = (
        "# Beta-blockers\n\n| Drug | Dose | Notes |\n|---|---|---|\n"
        "| Carvedilol | 3.125 mg twice daily | Avoid in asthma. Do not use in heart failure; "
        "contraindicated in myasthenia gravis |\n"
    )
    answer = asked(tmp_path, "a.md", text, f"carvedilol dose, patient with {illness}")
    assert "Avoid in asthma" in answer.bottom_line[0].text
    assert not any(claim.dosages for claim in answer.bottom_line)
