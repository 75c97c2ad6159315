"""Where sources disagree on what is done: at a measured value, which checks, which conversion."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.answering.disagreeing.test_conflicts import answer_from, one_conflict

DIFFER = {
    "one stops at this value and the other does not yet": (
        "potassium 5.7 on ramipril, stop it?",
        "Ramipril: stop if potassium is above 6.0 mmol/L.",
        "Ramipril: stop if potassium is above 5.5 mmol/L.",
        "at this value",
    ),
    "one treats at this value and the other does not yet": (
        "TSH 8 in subclinical hypothyroidism, should I start levothyroxine?",
        "Subclinical hypothyroidism: start levothyroxine if TSH is above 10 mU/L.",
        "Subclinical hypothyroidism: start levothyroxine if TSH is above 7 mU/L.",
        "at this value",
    ),
    "one halves and the other stops": (
        "potassium 5.7 on eplerenone for heart failure - stop, halve or carry on?",
        "Heart failure: eplerenone: halve the dose if potassium is above 5.5 mmol/L.",
        "Heart failure: eplerenone: stop if potassium cannot be kept below 5.5 mEq/L.",
        "at this value",
    ),
    "a check for all, a check for some": (
        "which checks on methotrexate, is a chest x-ray needed every year?",
        "Methotrexate monitoring: chest X-ray only if there is a cough.",
        "Methotrexate monitoring: chest X-ray at baseline and every year.",
        "whether it is checked",
    ),
    "one dose, a course": (
        "azithromycin dose for chlamydia in an adult?",
        "Chlamydia: azithromycin 1 g by mouth as a single dose.",
        "Chlamydia: azithromycin 500 mg by mouth once daily for 3 days.",
        "one dose or a course",
    ),
    "a factor of conversion": (
        "converting oral morphine to oral oxycodone, what dose?",
        "Oral morphine to oral oxycodone: divide the 24-hour dose by 2.",
        "Oral morphine to oral oxycodone: divide the 24-hour dose by 1.5.",
        "conversion",
    ),
    "a first step in a list, a load in a sentence": (
        "amiodarone oral loading dose for atrial fibrillation?",
        "Atrial fibrillation: amiodarone by mouth\n\n- 200 mg three times a day for 1 week\n"
        "- then 200 mg twice a day for 1 week\n- then 200 mg once a day",
        "Atrial fibrillation: amiodarone loading dose 400 mg by mouth twice daily, then 200 mg "
        "once daily.",
        "loading dose",
    ),
    "the other drug has a column of its own": (
        "pyridoxine dose with isoniazid in tuberculosis?",
        "Tuberculosis\n\n| Patients | Isoniazid | Pyridoxine |\n|---|---|---|\n"
        "| Adults | 300 mg once daily | 10 mg once daily |",
        "Tuberculosis: pyridoxine 25 mg by mouth once daily.",
        "dose",
    ),
}


@pytest.mark.parametrize("name", DIFFER)
def test_a_difference_is_one_conflict(tmp_path: Path, name: str) -> None:
    question, uk, us, respect = DIFFER[name]
    title = uk.partition(":")[0].partition(" monitoring")[0].partition("\n")[0]
    conflict = one_conflict(answer_from(tmp_path, question, uk, us, title=title))
    assert respect in conflict.about
    assert len(conflict.positions) == 2


SAME = {
    "a value that is beyond both thresholds": (
        "potassium 6.4 on ramipril, stop it?",
        "Ramipril: stop if potassium is above 6.0 mmol/L.",
        "Ramipril: stop if potassium is above 5.5 mmol/L.",
    ),
    "no value is asked about": (
        "levothyroxine dose in subclinical hypothyroidism?",
        "Subclinical hypothyroidism: start levothyroxine 25 micrograms once daily if TSH is above "
        "10 mU/L.",
        "Subclinical hypothyroidism: start levothyroxine 25 micrograms once daily if TSH is above "
        "7 mU/L.",
    ),
    "the check that is for some is for this patient": (
        "on methotrexate, which monitoring? i have a cough. is a chest x-ray needed every year?",
        "Methotrexate monitoring: chest X-ray only if there is a cough.",
        "Methotrexate monitoring: chest X-ray every year.",
    ),
    "how two drugs compare is no dose": (
        "morphine by mouth for cancer pain, dose?",
        "Cancer pain: morphine 5 mg by mouth every 4 hours.",
        "Cancer pain: fentanyl 25 micrograms/hour is equal to 90 mg of oral morphine a day.",
    ),
    "a band of weights rounds an amount per kilogram": (
        "tenecteplase dose in ischaemic stroke, 78 kg",
        "Ischaemic stroke: tenecteplase 0.25 mg/kg IV as a single bolus.",
        "Ischaemic stroke, tenecteplase, one IV bolus\n\n| Weight | Dose |\n|---|---|\n"
        "| 70 to under 80 kg | 20 mg |\n| 80 to under 90 kg | 22.5 mg |",
    ),
}


@pytest.mark.parametrize("name", SAME)
def test_what_comes_to_the_same_is_no_conflict(tmp_path: Path, name: str) -> None:
    question, uk, us = SAME[name]
    answer = answer_from(tmp_path, question, uk, us, title=uk.partition(":")[0])
    assert answer.answered
    assert answer.conflicts == ()


def test_a_dose_that_only_the_other_source_makes_unlikely_is_a_marked_position(
    tmp_path: Path,
) -> None:
    low = (
        "Croup: dexamethasone 150 micrograms/kg by mouth as a single dose.\n\n"
        "Asthma: dexamethasone 3 mg by mouth once daily.\n\n"
        "Spinal cord compression: dexamethasone 6 mg by mouth once daily."
    )
    high = "Croup: dexamethasone 0.6 mg/kg by mouth as a single dose."
    question = "croup, 2 years, 13 kg, dexamethasone dose by mouth?"
    conflict = one_conflict(answer_from(tmp_path, question, low, high, title="Croup"))
    marked = {p.claim.text: bool(p.claim.warning) for p in conflict.positions}
    assert [text for text, mark in marked.items() if mark] == [high]
    assert len(marked) == 2
