"""Where short summaries of guidelines disagree in their own wordings, and where they do not."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.answering.disagreeing.test_conflicts import answer_from, one_conflict
from tests.answering.documents import library_of

from osler.answering import ask

DIFFER = {
    "a drug or just watching": (
        "mild croup in a 2 year old, dexamethasone or just observe?",
        "Mild croup: dexamethasone 0.15 mg/kg by mouth as a single dose.",
        "Mild croup: do not give dexamethasone.",
        "whether to use it",
    ),
    "a class with its drug in brackets": (
        "is tolvaptan OK in SIADH?",
        "SIADH: vasopressin receptor antagonists (tolvaptan) are not recommended.",
        "SIADH: tolvaptan may be used.",
        "whether to use it",
    ),
    "a drug or holding another, at a value": (
        "INR 6.4 on warfarin, no bleeding: vitamin K or hold?",
        "INR 5 to 8, no bleeding: vitamin K 1 mg by mouth.",
        "INR 4.5 to 10, no bleeding: vitamin K is not used routinely.",
        "whether to use it",
    ),
    "so much a day and so much for some days": (
        "prednisolone dose in acute asthma, adult",
        "Acute asthma: give prednisolone 40 mg orally for 5 days.",
        "Acute asthma: prednisolone 50 mg per day for 5 days.",
        "dose",
    ),
    "so much once daily and so much for a week": (
        "fluconazole dose for oral thrush in an adult",
        "Oral thrush: fluconazole 50 mg orally for 7 days.",
        "Oral thrush: fluconazole 200 mg by mouth on the first day.\n\n"
        "Oral thrush: fluconazole 70 mg by mouth once daily for 7 days.",
        "dose",
    ),
    "a course told at the end of a cell": (
        "doxycycline for chlamydia, dose + no. of days",
        "| Infection | First choice |\n|---|---|\n"
        "| Chlamydia | doxycycline 100 mg twice a day, 7 days |",
        "Chlamydia: doxycycline 100 mg by mouth twice daily for 14 days.",
        "duration",
    ),
    "a course told at the end of a line": (
        "flucloxacillin for cellulitis in an adult, how many days?",
        "Cellulitis: flucloxacillin 500 mg four times daily, 5 to 7 days.",
        "Cellulitis: flucloxacillin 500 mg by mouth four times daily for 14 days.",
        "duration",
    ),
    "kept at or below": (
        "chloroquine maximum dose a day in lupus?",
        "Lupus: keep chloroquine at or below 2.3 mg/kg a day.",
        "Lupus: chloroquine, maximum 4 mg/kg a day.",
        "maximum",
    ),
    "the highest dose": (
        "quetiapine maximum a day in schizophrenia?",
        "Schizophrenia: the highest dose of quetiapine is 750 mg per day.",
        "Schizophrenia: the maximum of quetiapine is 800 mg a day.",
        "maximum",
    ),
    "millimoles and milliequivalents": (
        "oral potassium chloride dose to treat hypokalaemia in an adult",
        "Hypokalaemia: potassium chloride 40 mmol by mouth daily.",
        "Hypokalaemia: potassium chloride 80 mEq by mouth daily.",
        "dose",
    ),
    "how fast at most": (
        "how fast can potassium chloride be given IV, maximum rate?",
        "Potassium chloride IV: the maximum rate is 20 mmol/hour.",
        "Potassium chloride IV: not more than 40 mEq/hour.",
        "maximum",
    ),
    "kidneys that change the dose, and do not": (
        "rivaroxaban in AF, CrCl 24: does the dose need reducing?",
        "Atrial fibrillation: a creatinine clearance of 15–29 mL/min is in itself a reason to "
        "reduce rivaroxaban.",
        "Atrial fibrillation: renal impairment by itself does not change the dose of rivaroxaban.",
        "adjustment",
    ),
}


@pytest.mark.parametrize("name", DIFFER)
def test_a_difference_in_a_summarys_words_is_one_conflict(tmp_path: Path, name: str) -> None:
    question, uk, us, respect = DIFFER[name]
    conflict = one_conflict(answer_from(tmp_path, question, uk, us, title="Summary"))
    assert respect in conflict.about
    assert len(conflict.positions) == 2


SAME = {
    "what may be given several times a day": (
        "amoxicillin dose for otitis media in an adult",
        "Otitis media: give amoxicillin 500 mg orally for 5 days.",
        "Otitis media: amoxicillin 1500 mg per day by mouth for 5 days.",
    ),
    "as many milliequivalents as millimoles": (
        "oral sodium bicarbonate dose in renal tubular acidosis, adult",
        "Renal tubular acidosis: sodium bicarbonate 60 mmol by mouth daily.",
        "Renal tubular acidosis: sodium bicarbonate 60 mEq by mouth daily.",
    ),
    "milliequivalents of what has two charges": (
        "IV magnesium sulfate dose in hypomagnesaemia, adult",
        "Hypomagnesaemia: magnesium sulfate 20 mmol IV as a single dose.",
        "Hypomagnesaemia: magnesium sulfate 40 mEq IV as a single dose.",
    ),
    "a route that is not for routine use": (
        "aminophylline dose in severe acute asthma, adult",
        "Severe acute asthma: aminophylline 5 mg/kg IV over 20 minutes.",
        "Acute asthma: intravenous aminophylline is not for routine use.",
    ),
    "the first days and what is kept": (
        "amiodarone dose in atrial fibrillation",
        "Atrial fibrillation: amiodarone 200 mg three times daily for the first 7 days, then "
        "by the heart rate.",
        "Atrial fibrillation: the usual maintenance dose of amiodarone is 200 mg daily.",
    ),
    "a bar of another drug than the title's": (
        "can an 80 year old with AF have digoxin 125 micrograms?",
        "Quinidine doubles the level of digoxin and is avoided.",
        "Atrial fibrillation: digoxin 125 micrograms by mouth once daily.",
    ),
    "how much more at a time": (
        "clozapine dose: what is the maximum a day?",
        "Schizophrenia: clozapine, maximum 900 mg a day.",
        "Schizophrenia: clozapine 12.5 mg once, and then no more than 25 mg a day extra.",
    ),
    "a form that nobody injects": (
        "sumatriptan spray for migraine, what dose?",
        "Migraine: sumatriptan 6 mg SC.\n\nMigraine: sumatriptan nasal spray 20 mg.",
        "Migraine: sumatriptan 3 mg SC.\n\nMigraine: sumatriptan nasal spray 20 mg.",
    ),
}


@pytest.mark.parametrize("name", SAME)
def test_what_a_summarys_words_leave_open_is_no_conflict(tmp_path: Path, name: str) -> None:
    question, uk, us = SAME[name]
    answer = answer_from(tmp_path, question, uk, us, title="Summary")
    assert answer.answered
    assert answer.conflicts == ()


def test_how_often_blood_is_taken_is_no_course_where_a_dose_is_asked_for(tmp_path: Path) -> None:
    answer = answer_from(
        tmp_path,
        "deferiprone day 1 dose, and the most you can go up to per day?",
        "Begin with 25 mg/kg by mouth three times daily.\n\n"
        "**Counts**\n\n- every week for 6 months, every 2 weeks for 6 months, then every month",
        "Begin with 25 mg/kg by mouth three times daily.\n\n"
        "**Counts**\n\n- weekly for the first 18 weeks, then every 2 weeks up to one year",
    )
    assert answer.answered
    assert answer.conflicts == ()


def test_how_long_another_drug_goes_on_is_no_duration_of_the_one_asked_about(
    tmp_path: Path,
) -> None:
    answer = answer_from(
        tmp_path,
        "Warfarin in new AF: load with 10 mg for how many days, starting today?",
        "Warfarin is started within 72 hours and dalteparin goes on for at least 5 days.",
        "Atrial fibrillation, outpatients: warfarin 10 mg daily for the first 2 days.",
    )
    assert answer.answered
    assert answer.conflicts == ()


def test_a_document_on_an_infusion_does_not_disagree_with_tablets(tmp_path: Path) -> None:
    tablets = {"title": "Oral flucloxacillin", "text": "Cellulitis: 500 mg four times a day."}
    infusion = {
        "title": "Flucloxacillin powder for solution for infusion",
        "text": "Cellulitis: 1 g four times a day.",
    }
    with library_of(tmp_path, tablets, infusion) as library:
        answer = ask(library, "oral flucloxacillin dose in cellulitis?")
    assert not answer.conflicts
