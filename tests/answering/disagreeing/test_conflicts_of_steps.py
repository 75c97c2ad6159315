"""Where sources disagree on how to begin, how far to go and what to aim at."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.answering.disagreeing.test_conflicts import answer_from, one_conflict
from tests.answering.documents import library_of

from osler.answering import ask

DIFFER = {
    "a range that begins lower": (
        "eplerenone starting dose in heart failure?",
        "Heart failure: eplerenone, start 25 mg by mouth once daily.",
        "Heart failure: eplerenone, start 12.5 to 25 mg by mouth once daily.",
        "start dose",
    ),
    "a first step that no word names": (
        "lamotrigine starting dose for focal seizures in an adult?",
        "Focal seizures: lamotrigine, begin with 25 mg twice daily.",
        "Focal seizures: lamotrigine 25 mg once daily for 2 weeks, then 25 mg twice daily.",
        "start dose",
    ),
    "a cap, which is no dose": (
        "morphine IV dose for burns, adult 80 kg",
        "Burns: morphine 5 mg IV as a single dose.",
        "Burns: morphine 2 mg IV as a single dose (or 0.03 mg/kg IV, up to 5 mg IV).",
        "dose",
    ),
    "a limit stated from above": (
        "risedronate weekly, eGFR 32, ok?",
        "Risedronate: avoid below 35 mL/min of creatinine clearance.",
        "## Risedronate\n\n- May be used down to an eGFR of 30; avoid below that.",
        "kidney function",
    ),
    "a target in other units": (
        "how to titrate insulin in type 2 diabetes, and to what fasting target?",
        "Type 2 diabetes: on insulin the fasting target is 5–7 mmol/L; in frailty, 7–10 mmol/L.",
        "Type 2 diabetes: raise insulin by 2 units every 3 days until fasting glucose is "
        "80–130 mg/dL.",
        "target",
    ),
    "checks without a word for checking": (
        "how often U&Es after starting eplerenone in heart failure?",
        "Check potassium on eplerenone in heart failure at 1 week, then every 4 months.",
        "Eplerenone in heart failure.\n\n- Potassium and renal function: at 1 week, then every "
        "6 months.",
        "interval",
    ),
    "patients picked out by one measure": (
        "folic acid dose, BMI 34, planning pregnancy",
        "Folic acid: a BMI of 25 or more on its own is no reason for more: 400 micrograms a day "
        "is enough.",
        "Folic acid, women planning pregnancy with a BMI of 30 or more: 5 mg a day.",
        "dose",
    ),
}


TITLES = {
    "a range that begins lower": "Eplerenone",
    "a first step that no word names": "Lamotrigine",
    "a cap, which is no dose": "Morphine",
    "a limit stated from above": "Risedronate",
    "a target in other units": "Insulin in type 2 diabetes",
    "checks without a word for checking": "Eplerenone in heart failure",
    "patients picked out by one measure": "Folic acid before pregnancy",
}


@pytest.mark.parametrize("name", DIFFER)
def test_a_difference_is_one_conflict(tmp_path: Path, name: str) -> None:
    question, uk, us, respect = DIFFER[name]
    conflict = one_conflict(answer_from(tmp_path, question, uk, us, title=TITLES[name]))
    assert respect in conflict.about
    assert len(conflict.positions) == 2


SAME = {
    "how long a course is, where the most is asked for": (
        "colecalciferol for vitamin D deficiency in an adult, dose and maximum?",
        "Vitamin D deficiency: colecalciferol 50,000 units once weekly for 6 weeks.",
        "Vitamin D deficiency: colecalciferol 50,000 units once weekly for 8 weeks.",
    ),
    "a bound on each step, which is no ceiling": (
        "starting quetiapine in a 72 year old, how slow?",
        "Quetiapine, over 65 years: 25 mg once on the first day, then no more than 25 mg a day "
        "extra.",
        "Quetiapine: begin with 25 mg twice daily. The highest dose is 800 mg per day.",
    ),
    "a target that conversion rounds": (
        "how to titrate insulin in type 2 diabetes, and to what fasting target?",
        "Type 2 diabetes: on insulin the fasting target is 4.4–7.2 mmol/L.",
        "Type 2 diabetes: raise insulin by 2 units every 3 days until fasting glucose is "
        "80–130 mg/dL.",
    ),
    "a second starting dose": (
        "methadone dose for opioid dependence",
        "Opioid dependence: methadone, first dose 10–30 mg daily; 10–20 mg daily if tolerance is "
        "low.",
        "Opioid dependence: methadone, the usual dose is 60–120 mg daily.",
    ),
    "how to begin, where the drug is taken already": (
        "how often is the blood count checked on mercaptopurine?",
        "Mercaptopurine: start with 50 mg by mouth daily. Check the blood count every 4 weeks.",
        "Mercaptopurine: start with 100 mg by mouth daily. Check the blood count every 4 weeks.",
    ),
    "the second step and the usual dose": (
        "lamotrigine dose for focal seizures in an adult?",
        "Focal seizures: lamotrigine 25 mg once daily for 2 weeks, then 50 mg once daily.",
        "Focal seizures: lamotrigine, the usual dose is 100 to 200 mg daily.",
    ),
}


@pytest.mark.parametrize("name", SAME)
def test_what_is_of_another_step_is_no_conflict(tmp_path: Path, name: str) -> None:
    question, uk, us = SAME[name]
    answer = answer_from(tmp_path, question, uk, us)
    assert answer.answered
    assert answer.conflicts == ()


def test_the_same_later_step_does_not_reconcile_two_first_ones(tmp_path: Path) -> None:
    uk = (
        "Focal seizures: lamotrigine, start with 25 mg twice daily.\n\n"
        "Focal seizures: lamotrigine 50 mg daily is a further step."
    )
    us = "Focal seizures: lamotrigine, start with 25 mg once daily, then 50 mg once daily."
    question = "lamotrigine starting dose for focal seizures in an adult?"
    assert one_conflict(answer_from(tmp_path, question, uk, us)).about.startswith("start dose")


def test_a_paragraph_that_opens_with_its_drug_goes_on_about_it(tmp_path: Path) -> None:
    text = (
        "Nalmefene: begin 12 hours after the last methadone.\nThe maximum is 18 mg daily by mouth."
    )
    with library_of(tmp_path, {"title": "Stopping drinking", "text": text}) as library:
        answer = ask(library, "maximum dose of nalmefene?")
    claims = [c for s in answer.sections for c in s.claims]
    claims += answer.bottom_line
    assert any(c.text.startswith("Nalmefene: The maximum") for c in claims)
