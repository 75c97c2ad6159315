"""What a number before an amount counts, and which amounts are steps or ceilings."""

import pytest

from osler.domain import DosageRole
from osler.dosage import parse_dosages


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("Take one to two 30 mg tablets at night", 30, 60),
        ("Take one or two 250 mg capsules at night", 250, 500),
        ("Take 1-2 x 400 mg every 8 hours", 400, 800),
        ("Take 1–2 × 400 mg every 8 hours", 400, 800),
        ("Take between two and three 5 mg tablets daily", 10, 15),
        ("Take two 30 mg tablets daily", 60, 60),
        ("Take up to two 30 mg tablets daily", 60, 60),
    ],
)
def test_a_range_of_pieces_multiplies_both_ends(text: str, low: int, high: int) -> None:
    [dose] = parse_dosages(text)
    assert (dose.low, dose.high, dose.role) == (low, high, DosageRole.DOSE)


@pytest.mark.parametrize(
    "text",
    [
        "Give on day two 150 mg capsules twice daily",
        "On days one and two 150 mg capsules at night",
        "From week three 150 mg tablets are taken",
        "Second line two 150 mg tablets daily",
        "Step two 150 mg capsules daily",
        "A sachet or two 150 mg capsules daily",
        "From half to two 150 mg tablets daily",
    ],
)
def test_a_number_that_counts_no_pieces_multiplies_nothing(text: str) -> None:
    assert {d.low for d in parse_dosages(text) if d.unit == "mg"} == {150}


@pytest.mark.parametrize(
    "text",
    [
        "For upper urinary tract infections give a dose of 200 mg",
        "Down syndrome use a dose of 5 mg",
        "If the temperature rises give a dose of 10 mg",
        "If the count is raised take a total of 4 mg",
        "Lower limb spasms use a dose of 10 mg",
        "The dose that suits most babies is 12 mg",
        "In most men the dose is 40 mg daily",
        "In the most severe attacks the dose is 20 mg",
        "The most suitable dose is 40 mg",
    ],
)
def test_a_dose_after_words_of_change_or_most_is_a_dose(text: str) -> None:
    assert [d.role for d in parse_dosages(text)] == [DosageRole.DOSE]


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Titrate up by 5 mg weekly", DosageRole.STEP),
        ("Increase the dose of ramipril by 2.5 mg", DosageRole.STEP),
        ("An increase in dose of 5 mg each week", DosageRole.STEP),
        ("The most that we give is 60 mg", DosageRole.MAXIMUM),
        ("The most a child may have is 60 mg", DosageRole.MAXIMUM),
    ],
)
def test_steps_and_ceilings_are_read_where_they_are_said(text: str, role: DosageRole) -> None:
    assert [d.role for d in parse_dosages(text)] == [role]


@pytest.mark.parametrize(
    "text",
    [
        "salbutamol 5 mg by oxygen-driven nebuliser (6 L/min)",
        "ipratropium 500 micrograms nebulised with oxygen at 6-8 L/min",
        "budesonide 2 mg nebulized, oxygen flow 8 L/min",
        "adrenaline 5 mg by a nebuliser driven by oxygen at 10 litres per minute",
        "terbutaline 10 mg via a nebuliser with air at 6 L/minute",
    ],
)
def test_the_flow_of_what_carries_a_drug_is_no_dose_of_it(text: str) -> None:
    assert [dosage.unit for dosage in parse_dosages(text)][1:] == []


def test_a_flow_of_oxygen_by_itself_is_its_dose() -> None:
    assert parse_dosages("Oxygen 15 L/min by mask")[0].low == 15
