"""Criteria that are counted, joined and excepted are evaluated, not matched as words."""

from __future__ import annotations

import pytest

from osler.domain import Applies
from osler.dosage import parse_dosages
from osler.statements import applies, open_criteria, read_group, read_patient
from osler.statements.lines.clauses import for_both

THREE = "over 75 years, under 50 kg, eGFR below 30"


@pytest.mark.parametrize(
    ("text", "patient", "expected", "because"),
    [
        (
            f"Halve if any two of: {THREE}",
            "78F 61 kg eGFR 24",
            Applies.YES,
            "78 > 75 and eGFR 24 < 30: two of the three criteria met",
        ),
        (
            f"Halve if at least two of these: {THREE}",
            "70F 61 kg eGFR 24",
            Applies.NO,
            "eGFR 24 < 30: one of the three criteria met, two needed",
        ),
        (
            f"Halve if ≥2 of the following: {THREE}",
            "78F eGFR 50",
            Applies.UNKNOWN,
            "78 > 75: one of the three criteria known to be met, two needed; not known: weight",
        ),
        (
            f"Halve with 2 out of 3 criteria: {THREE}",
            "78F 45 kg",
            Applies.YES,
            "78 > 75 and weight 45 < 50: two of the three criteria met",
        ),
        (
            f"Halve if more than one of: {THREE}",
            "70F 61 kg eGFR 80",
            Applies.NO,
            "none of the three criteria met, two needed",
        ),
        (
            "Over 75 years, under 50 kg, eGFR below 30: halve if any two of these",
            "78F 45 kg",
            Applies.YES,
            "78 > 75 and weight 45 < 50: two of the three criteria met",
        ),
        (
            f"Give 5 mg daily unless at least two of: {THREE}",
            "70M 80 kg",
            Applies.YES,
            "70 < 75 and weight 80 > 50: two of the three criteria not met, two needed",
        ),
        (f"Give 5 mg if none of the following: {THREE}", "78F", Applies.NO, "78 > 75"),
        (
            "Halve if the patient meets both: over 75 years and under 50 kg",
            "78F 61 kg",
            Applies.NO,
            "weight 61 > 50",
        ),
        ("Halve if over 75 years and under 50 kg", "78F 61 kg", Applies.NO, "weight 61 > 50"),
        (
            "Halve if either over 75 years or under 50 kg",
            "70F 45 kg",
            Applies.YES,
            "weight 45 < 50",
        ),
        ("5 mg unless pregnant or breastfeeding", "breastfeeding", Applies.NO, "breastfeeding"),
        ("5 mg except in pregnancy and hypertension", "HTN", Applies.NO, "hypertension"),
        ("without diabetes or hypertension", "HTN", Applies.NO, "hypertension"),
        ("10 mg unless eGFR is below 30", "eGFR 24", Applies.NO, "eGFR 24 < 30"),
        ("if ramipril is not tolerated", "can't tolerate ramipril", Applies.YES, None),
        ("if ramipril is not tolerated", "ramipril not tolerated", Applies.YES, None),
        ("people intolerant of ACE inhibitors", "couldn't tolerate ramipril", Applies.YES, None),
        ("if ramipril is not tolerated", "on ramipril", Applies.UNKNOWN, None),
        ("unless ramipril is not tolerated", "cannot tolerate ramipril", Applies.NO, None),
        ("creatinine 133 µmol/L or more", "creatinine 1.5 mg/dL", Applies.YES, None),
        ("creatinine ≥1.5 mg/dL", "creatinine 132 µmol/L", Applies.NO, None),
        ("creatinine greater than or equal to 1.5 mg/dL", "creatinine 140", Applies.YES, None),
    ],
)
def test_joined_criteria(text: str, patient: str, expected: Applies, because: str | None) -> None:
    outcome = applies(read_group(text), read_patient(patient))
    assert outcome.applies is expected
    assert because is None or because in outcome.because


def test_what_stands_before_the_count_must_hold_as_well() -> None:
    group = read_group(f"Adults with atrial fibrillation: halve if any two of: {THREE}")
    assert applies(group, read_patient("AF, 78F 45 kg")).applies is Applies.YES
    assert applies(group, read_patient("78F 45 kg")).missing == ("atrial fibrillation",)
    assert applies(group, read_patient("AF, 70F 45 kg eGFR 80")).applies is Applies.NO


def test_an_item_that_is_not_understood_counts_as_unknown() -> None:
    group = read_group("Halve if any two of: over 75 years, a history of falls, eGFR below 30")
    outcome = applies(group, read_patient("78F eGFR 80"))
    assert (outcome.applies, outcome.missing) == (Applies.UNKNOWN, ("a history of falls",))


def test_a_count_names_only_the_facts_that_would_decide_it() -> None:
    group = read_group(f"Halve if any two of: {THREE}")
    assert applies(group, read_patient("78F eGFR 50")).missing == ("weight",)
    assert [c.attribute for c in open_criteria(group, read_patient("78F"))] == ["weight", "egfr"]
    assert open_criteria(group, read_patient("70F 61 kg")) == ()


@pytest.mark.parametrize(
    "text", ["Ask any two of the nurses.", "At least two of the trials: adults over 65 did well."]
)
def test_counted_things_that_are_no_criteria_are_left_alone(text: str) -> None:
    assert all(c.needed == 1 for c in read_group(text).criteria)


def test_a_dose_for_everyone_and_one_for_a_group_leave_nobody_out() -> None:
    text = "Give 1 mg/kg every 12 hours; 1 mg/kg once daily if creatinine clearance is below 30."
    group = for_both(text, read_group(text), parse_dosages(text))
    for patient in ("CrCl 25", "CrCl 90"):
        assert applies(group, read_patient(patient)).applies is Applies.YES
    assert applies(group, read_patient("78F")).missing == ("creatinine clearance",)
    assert group.attributes == {"crcl"}


@pytest.mark.parametrize(
    "text",
    [
        "Adults: 500 mg twice daily; children: 250 mg twice daily.",
        "Give 5 mg daily; avoid if eGFR is below 30.",
        "If over 80 years give 5 mg; else 10 mg.",
    ],
)
def test_other_sentences_keep_their_group(text: str) -> None:
    group = read_group(text)
    assert for_both(text, group, parse_dosages(text)) == group
