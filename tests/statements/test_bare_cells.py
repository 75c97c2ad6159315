"""Numbers that stand bare in a table are read in the unit, and at the times, said elsewhere."""

from __future__ import annotations

import pytest

from osler.domain import Statement
from osler.dosage import format_dosage
from osler.reading import RawFile, read
from osler.statements import extract


def rows(text: str) -> list[Statement]:
    (document,) = read(RawFile("a.md", "a.md", text.encode()))
    return [s for s in extract(document) if s.block.value == "row"]


def doses(header: list[str], cells: list[str], above: str = "") -> list[str]:
    lines = ["# Ward notes", "", above, "", *("| " + " | ".join(c) + " |" for c in (header, cells))]
    lines.insert(-1, "|" + "---|" * len(header))
    (row,) = rows("\n".join(lines))
    return [format_dosage(dosage) for dosage in row.dosages]


@pytest.mark.parametrize(
    ("header", "cell", "expected"),
    [
        ("Each dose (micrograms)", "100", ["100 micrograms"]),
        ("Driver, per 24 hours (micrograms)", "300 to 600", ["300–600 micrograms per day"]),
        ("Syringe (micrograms, once daily)", "480", ["480 micrograms once a day"]),
        ("Bolus (mg/kg IV, actual weight)", "2", ["2 mg/kg intravenous"]),
        ("Tablets (mg)", "450 once daily", ["450 mg once a day"]),
        ("Dose (mg once daily)", "5, may rise to 10", ["5 mg once a day", "10 mg"]),
        ("Dose (mg)", "50 †", ["50 mg"]),
        ("Rate (units/hour)", "900", ["900 units per hour"]),
        ("Patch (micrograms/hour)", "25", ["25 micrograms per hour"]),
        ("mg per kg", "10", ["10 mg/kg"]),
        ("Sachets", "2 a day", ["2 sachets per day"]),
        ("Tablets twice a day", "1½", ["1.5 tablets twice a day"]),
        (
            "Loading, mg",
            "10, then 5 for 2 days",
            ["10 mg, then 5 mg for 2 days", "5 mg for 2 days"],
        ),
    ],
)
def test_a_header_gives_its_unit_to_the_amounts_under_it(
    header: str, cell: str, expected: list[str]
) -> None:
    assert doses(["Drug", header], ["Verapamil", cell]) == expected


@pytest.mark.parametrize(
    ("header", "cell"),
    [
        ("Creatinine clearance (mL/min)", "30 to 49"),
        ("Weight (kg)", "12"),
        ("Birth weight (g)", "1500"),
        ("Age (years)", "6"),
        ("Trough (mg/L)", "1"),
        ("Level at 4 hours (mg/L)", "100"),
        ("Urine output (mL/hour)", "30"),
        ("Blood loss (mL)", "1000"),
        ("Tablets in a box", "28"),
        ("Alcohol (units/week)", "14"),
        ("Tablet strength (mg)", "25"),
        ("Half-life (h)", "12"),
        ("Potassium (mmol/L)", "3.5"),
    ],
)
def test_what_is_measured_or_counted_is_no_dose(header: str, cell: str) -> None:
    assert doses(["Drug", header], ["Verapamil", cell]) == []


@pytest.mark.parametrize(
    "header",
    ["Age", "eGFR", "Week", "Days", "INR", "Potassium", "Cost", "Score", "Points", "Year", "NNT"],
)
def test_a_unit_over_the_table_is_only_of_its_doses(header: str) -> None:
    assert doses(["Drug", header], ["Verapamil", "3"], "Doses in mg:") == []


@pytest.mark.parametrize(
    "header", ["Start", "Adult", "Over 65 years", "eGFR 30 to 49", "By mouth", "Morning", "Week 1"]
)
def test_a_unit_over_the_table_is_of_every_column_of_doses(header: str) -> None:
    (found,) = doses(["Drug", header], ["Verapamil", "40"], "Doses in mg:")
    assert found.startswith("40 mg")


@pytest.mark.parametrize(
    "header",
    [
        "Interval between doses (hr)",
        "Dosing frequency (h)",
        "Start after (days)",
        "Over (min), infusion",
        "Infusion length",
        "Days of treatment",
        "Weeks on the usual dose",
        "Time to peak after a dose",
        "Half-life in adults",
        "Recovery rate with treatment",
        "Initial response",
        "Usual number",
        "Maximum doses",
        "Next visit",
        "Repeat dose after",
        "Hours, treatment",
        "Treatment cycles",
    ],
)
def test_times_counts_and_results_are_in_no_unit_of_doses(header: str) -> None:
    assert doses(["Drug", header], ["Verapamil", "3"], "Doses in mg:") == []
    assert doses(["Drug", header], ["Verapamil (mg)", "3"]) == []


@pytest.mark.parametrize(
    "header",
    [
        "Starting dose",
        "Usual dose for adults",
        "Maximum daily dose",
        "Adult, by mouth",
        "Child 6 to 12 years",
        "CrCl below 30",
        "Days 1 to 3",
        "Child-Pugh B",
        "Severe renal impairment",
        "Pregnancy",
        "Verapamil",
        "Prevention",
    ],
)
def test_headers_of_doses_people_phases_and_drugs_take_the_unit(header: str) -> None:
    (found,) = doses(["Drug", header], ["Verapamil", "40"], "Doses in mg:")
    assert "40 mg" in found


def test_a_table_in_several_units_gives_each_drug_its_own() -> None:
    above = "Doses in mg (verapamil) or micrograms (digoxin):"
    assert doses(["Drug", "Start"], ["Verapamil", "40"], above) == ["40 mg"]
    assert doses(["Drug", "Start"], ["Digoxin", "125"], above) == ["125 micrograms"]
    assert doses(["Drug", "Start"], ["Atenolol", "25"], above) == []


def test_the_first_cell_of_a_row_or_a_column_of_units_may_hold_the_unit() -> None:
    header = ["Drug", "Adult", "Over 65 years"]
    assert doses(header, ["Ketamine (mg/kg)", "0.5", "0.25"]) == ["0.5 mg/kg", "0.25 mg/kg"]
    header = ["Drug", "Dose", "Unit", "Route", "Interval"]
    cells = ["Vancomycin", "15 to 20", "mg/kg", "IV", "12 h"]
    assert doses(header, cells) == ["15–20 mg/kg intravenous every 12 hours"]


@pytest.mark.parametrize(
    ("header", "cell", "expected"),
    [
        ("As needed, interval (hours)", "6", "5 mg every 6 hours as needed"),
        ("Every (hours)", "4 to 6", "5 mg every 4–6 hours"),
        ("Times a day", "3", "5 mg 3 times a day"),
        ("Duration (days)", "7", "5 mg for 7 days"),
        ("Over (minutes)", "30", "5 mg over 30 minutes"),
        ("Monitoring interval (weeks)", "4", "5 mg"),
    ],
)
def test_a_column_of_times_says_what_its_numbers_count(
    header: str, cell: str, expected: str
) -> None:
    assert doses(["Drug", "Dose (mg)", header], ["Verapamil", "5", cell]) == [expected]


def test_columns_of_the_day_say_when() -> None:
    header = ["Drug", "Morning", "Night"]
    found = doses(header, ["Carbamazepine", "200 mg", "400 mg"])
    assert found == ["200 mg once a day in the morning", "400 mg once a day at night"]


@pytest.mark.parametrize(
    ("header", "cell", "criterion"),
    [
        ("Weight (kg)", "16", ("weight", 16, 16)),
        ("Weight", "10 to 15", ("weight", 10, 15)),
        ("kg", "10 to 15", ("weight", 10, 15)),
        ("Years", "2 to 5", ("age", 2, 5)),
        ("Age in years", "2 to 5", ("age", 2, 5)),
    ],
)
def test_a_band_without_a_unit_is_read_by_its_header(
    header: str, cell: str, criterion: tuple[str, int, int]
) -> None:
    (row,) = rows(f"# Doses\n\n| {header} | Dose |\n|---|---|\n| {cell} | 5 mg |\n")
    assert [(c.attribute, c.low, c.high) for c in row.group.criteria] == [criterion]


@pytest.mark.parametrize(("header", "cell"), [("Weight gain (kg)", "5"), ("Birth weight (g)", "9")])
def test_what_is_no_weight_of_the_patient_is_no_band(header: str, cell: str) -> None:
    (row,) = rows(f"# Doses\n\n| {header} | Dose |\n|---|---|\n| {cell} | 5 mg |\n")
    assert not row.group.criteria
