"""Ways of speaking that say the same, and what is near to them and does not."""

from __future__ import annotations

import pytest

from osler.checking import check_text

TITLE = "Metformin: doses in adults"

SAME = [
    ("eGFR 30–50 mL/min/1.73 m²: 25 mg daily.", "With an eGFR of 40, 25 mg daily is given."),
    ("CrCl below 30 mL/min: 25 mg daily.", "At a clearance of 20 the dose is 25 mg daily."),
    ("People over 70: 25 mg daily.", "A 78-year-old takes 25 mg daily."),
    ("Give 5 mL at two-hour intervals.", "Doses of 5 mL are given two hours apart."),
    ("Give 5 mL, doses 6 hours apart.", "5 mL is given every 6 hours."),
    ("CrCl 15–60 mL/min: halve the dose.", "At a CrCl of 40 mL/min the dose is reduced by 50%."),
    ("Draw blood just before the next dose.", "Blood is drawn immediately before the next dose."),
    ("Life-threatening bleeding: 5 g IV.", "For life-threatening bleeding 5 g IV is given."),
    ("5 mg, then 2 mg one hour later.", "5 mg is taken and 2 mg an hour afterwards."),
    ("Test blood at least every 12 weeks.", "Blood is tested no less often than every 12 weeks."),
    ("5 mg every 5 minutes to a total of 20 mg.", "5 mg every 5 minutes until 20 mg is given."),
    (
        "3 mL/kg in 1 hour, then 7 mL/kg in 5 hours.",
        "3 mL/kg, then 7 mL/kg over the next 5 hours.",
    ),
    ("80 mg daily; 40 mg daily with verapamil.", "Metformin 40 mg daily is given with verapamil."),
    ("Aim for 140–150/90–100 mmHg.", "Aim for a pressure of 140 to 150 over 90 to 100."),
    ("300 mg IV after the third shock.", "300 mg is given IV after shock three."),
    ("Infants 1 to 2 months: 5 mg.", "A six-week-old infant has 5 mg."),
    ("4 mg IV over 20 minutes, once.", "A single IV dose of 4 mg is infused over 20 minutes."),
    ("Children at raised risk have 5 mL/kg.", "High-risk children have 5 mL/kg."),
    ("At most 30 mg in 24 hours.", "No more than 30 mg a day."),
    (
        "People who are frail, over 75 or with eGFR under 30: 6 mg daily.",
        "Frail people have 6 mg daily.",
    ),
    (
        "People who are frail, over 75 or with eGFR under 30: 6 mg daily.",
        "An 81-year-old has 6 mg daily.",
    ),
    ("Weekly for 4 weeks, then every 12 weeks.", "Weekly for a month, then every three months."),
    ("It may be raised up to 25 mg once daily.", "It can be increased to 25 mg once a day."),
    ("Measure magnesium every 4–6 hours.", "Magnesium is measured four- to six-hourly."),
    ("Raise by 2 units every 3 days.", "It goes up by two units every third day."),
    (
        "No dextrose if glucose is above 250 mg/dL.",
        "Dextrose is left out if glucose is above 250 mg/dL.",
    ),
    ("2 g IV when peak flow is below 50% of best.", "2 g IV if peak flow is under half of best."),
    ("25 mg daily for 2 weeks.", "25 mg daily for a fortnight."),
    ("Give one third of the dose.", "The dose is cut to a third."),
    ("200 mg three times a day for 1 week.", "600 mg a day in three doses for one week."),
    ("5 mL/kg every 12 hours (10 mL/kg/day).", "10 mL/kg a day is given in two divided doses."),
    ("50 mg/kg/day IV divided every 12–24 hours.", "50 mg/kg per day IV in one or two doses."),
]  # fmt: skip
CHANGED = [
    ("200 mg three times a day for 1 week.", "600 mg a day in two doses for one week."),
    ("200 mg three times a day for 1 week.", "200 mg a day in three doses for one week."),
    ("40 mg a day in two divided doses.", "40 mg a day in four divided doses."),
    ("80 mg daily; 40 mg daily with verapamil.", "Verapamil 40 mg daily is given."),
    ("Aim for 140–150/90–100 mmHg.", "Aim for a pressure of 140 to 150 over 80 to 90."),
    ("300 mg IV after the third shock.", "300 mg is given IV after shock two."),
    ("Infants 1 to 2 months: 5 mg.", "A twelve-week-old infant has 5 mg."),
    ("At most 30 mg in 48 hours.", "No more than 30 mg a day."),
    (
        "People who are frail, over 75 or with eGFR under 30: 6 mg daily.",
        "A 71-year-old has 6 mg daily.",
    ),
    (
        "Weekly for 4 weeks, then every 12 weeks.",
        "Weekly for two months, then every three months.",
    ),
    ("It must not go above 25 mg once daily.", "It is raised to 25 mg once a day."),
    (
        "Do not omit dextrose if glucose is above 250 mg/dL.",
        "Dextrose is omitted if glucose is above 250 mg/dL.",
    ),
    ("2 g IV when peak flow is below 50% of best.", "2 g IV if peak flow is above half of best."),
    ("40 mg a day in two divided doses.", "40 mg twice a day."),
    ("eGFR 30–50 mL/min/1.73 m²: 25 mg daily.", "With an eGFR of 60, 25 mg daily is given."),
    ("People over 70: 25 mg daily.", "A 68-year-old takes 25 mg daily."),
    ("Give 5 mL at two-hour intervals.", "Doses of 5 mL are given three hours apart."),
    ("CrCl 15–60 mL/min: halve the dose.", "At a CrCl of 40 mL/min the dose is reduced by 25%."),
    ("5 mg, then 2 mg one hour later.", "5 mg is taken and 2 mg two hours afterwards."),
    ("Test blood at least every 12 weeks.", "Blood is tested no more often than every 12 weeks."),
    ("5 mg every 5 minutes to a total of 20 mg.", "5 mg every 5 minutes until 30 mg is given."),
]  # fmt: skip


@pytest.mark.parametrize(("passage", "claim"), SAME)
def test_what_says_the_same_passes(passage: str, claim: str) -> None:
    assert check_text(claim, passage, TITLE).problems == ()


@pytest.mark.parametrize(("passage", "claim"), CHANGED)
def test_what_does_not_is_caught(passage: str, claim: str) -> None:
    assert not check_text(claim, passage, TITLE).supported
