import pytest

from osler.domain import Applies
from osler.statements import applies, read_group, read_patient


@pytest.mark.parametrize(
    ("group", "patient", "outcome"),
    [
        ("Creatinine not known: 4 mg/kg once", "amikacin, CrCl 50 mL/min", Applies.NO),
        ("If renal function is not yet known", "amikacin, eGFR 35", Applies.NO),
        ("eGFR unavailable: 250 mg", "levofloxacin, creatinine 180 umol/L", Applies.NO),
        ("Weight unknown: 300 mg", "enoxaparin for a 80 kg man", Applies.NO),
        ("If the weight cannot be measured, give 300 mg", "enoxaparin, 80 kg", Applies.NO),
        ("unknown weight", "enoxaparin, 80 kg", Applies.NO),
        ("Weight unknown: 300 mg", "enoxaparin for a man, CrCl 50", Applies.UNKNOWN),
        ("Creatinine not known: 4 mg/kg once", "amikacin for a 70 kg man", Applies.UNKNOWN),
    ],
)
def test_what_is_for_an_unknown_fact_is_not_for_a_known_one(
    group: str, patient: str, outcome: Applies
) -> None:
    assert applies(read_group(group), read_patient(patient)).applies is outcome


@pytest.mark.parametrize("text", ["known to be pregnant", "cause unknown", "of unknown origin"])
def test_other_unknown_things_are_no_fact_of_the_patient(text: str) -> None:
    assert "not known" not in read_group(text).attributes
