"""What dialysis and an estimate of renal function tell of each other."""

from __future__ import annotations

from decimal import Decimal

import pytest

from osler.domain import Applies, Patient
from osler.statements import applies, read_group

DIALYSED = Patient(procedures=("dialysis",))


@pytest.mark.parametrize("band", ["CrCl 10 to 20 mL/min", "eGFR above 40", "eGFR 30-59 mL/min"])
def test_a_band_with_a_lower_bound_is_for_nobody_on_dialysis(band: str) -> None:
    group = read_group(band)
    assert group.criteria
    assert applies(group, DIALYSED).applies is Applies.NO
    assert applies(group, Patient()).applies is Applies.UNKNOWN


def test_whether_a_band_without_one_takes_in_dialysis_is_open() -> None:
    assert applies(read_group("CrCl below 10 mL/min"), DIALYSED).applies is Applies.UNKNOWN


@pytest.mark.parametrize(
    ("estimate", "expected"), [("22", Applies.NO), ("15", Applies.NO), ("9", Applies.UNKNOWN)]
)
def test_kidneys_that_work_are_no_end_stage(estimate: str, expected: Applies) -> None:
    group = read_group("end-stage renal disease")
    assert applies(group, Patient(crcl=Decimal(estimate))).applies is expected
    assert applies(group, Patient(egfr=Decimal(estimate))).applies is expected


@pytest.mark.parametrize("words", ["Normal renal function", "In preserved kidney function"])
def test_what_is_for_sound_kidneys_is_for_nobody_on_dialysis(words: str) -> None:
    group = read_group(f"{words}: 5 mg")
    assert applies(group, DIALYSED).applies is Applies.NO
    assert applies(group, Patient(crcl=Decimal(90))).applies is Applies.YES


def test_what_is_not_for_the_ill_alone_leaves_dialysis_open() -> None:
    assert applies(read_group("In diabetes: 5 mg"), DIALYSED).applies is Applies.UNKNOWN
