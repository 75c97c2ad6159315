import pytest

from osler.domain import Applies
from osler.statements import applies, read_group, read_patient


@pytest.mark.parametrize(
    ("group", "patient", "outcome"),
    [
        ("over 50 kg", "ibuprofen for a 4 year old", Applies.NO),
        ("over 50 kg", "ibuprofen for a 9 year old", Applies.UNKNOWN),
        ("40 kg and over", "oseltamivir dose for a 10 month old", Applies.NO),
        ("more than 40 kg", "oseltamivir dose for a 12 year old", Applies.UNKNOWN),
        ("more than 40 kg", "oseltamivir dose for a newborn", Applies.NO),
        ("less than 5 kg", "zidovudine for an 8 year old", Applies.NO),
        ("less than 5 kg", "zidovudine for a 2 month old", Applies.UNKNOWN),
        ("15–25 kg", "ivermectin dose for a 45 year old woman", Applies.NO),
        ("15–25 kg", "ivermectin dose for an elderly man", Applies.NO),
        ("less than 50 kg", "ivermectin dose for a 45 year old woman", Applies.UNKNOWN),
        ("15–25 kg", "ivermectin dose for a child", Applies.UNKNOWN),
        ("15–25 kg", "ivermectin dose", Applies.UNKNOWN),
        # A weight that is given decides, whatever the age.
        ("over 50 kg", "ibuprofen for a 4 year old, 52 kg", Applies.YES),
    ],
)
def test_an_unknown_weight_is_one_that_the_age_can_have(
    group: str, patient: str, outcome: Applies
) -> None:
    assert applies(read_group(group), read_patient(patient)).applies is outcome


@pytest.mark.parametrize(
    ("patient", "outcome"),
    [
        ("somatropin for a 3 month old", Applies.NO),
        ("somatropin for an 8 year old", Applies.NO),
        ("somatropin for a 14 year old", Applies.UNKNOWN),
        ("somatropin for a 40 year old", Applies.YES),
        ("somatropin", Applies.UNKNOWN),
    ],
)
@pytest.mark.parametrize(
    "group", ["growth and puberty complete", "Once growth is complete", "when puberty is completed"]
)
def test_no_infant_has_finished_growing(group: str, patient: str, outcome: Applies) -> None:
    assert applies(read_group(group), read_patient(patient)).applies is outcome


@pytest.mark.parametrize(
    ("group", "patient", "outcome"),
    [
        ("under 6 months", "azithromycin for a child of 20 kg", Applies.NO),
        ("under 6 months", "azithromycin for a child of 7 kg", Applies.UNKNOWN),
        ("over 12 years", "ibuprofen dose, 11 kg", Applies.NO),
        ("over 12 years", "ibuprofen dose, 35 kg", Applies.UNKNOWN),
        ("1–2 years", "ibuprofen dose, 35 kg", Applies.NO),
        # An age that is given decides, whatever the weight.
        ("under 6 months", "azithromycin for a 5 month old, 16 kg", Applies.YES),
    ],
)
def test_an_unknown_age_is_one_that_the_weight_can_have(
    group: str, patient: str, outcome: Applies
) -> None:
    assert applies(read_group(group), read_patient(patient)).applies is outcome


@pytest.mark.parametrize(
    ("patient", "child"),
    [
        ("severe malaria 12 kg", Applies.YES),
        ("severe malaria 48 kg", Applies.UNKNOWN),
        ("severe malaria, adult of 28 kg", Applies.NO),
        ("severe malaria, 80 years, 29 kg", Applies.NO),
        ("severe malaria, artesunate 12 mg", Applies.UNKNOWN),
    ],
)
def test_who_weighs_less_than_any_adult_is_a_child(patient: str, child: Applies) -> None:
    assert applies(read_group("children"), read_patient(patient)).applies is child


@pytest.mark.parametrize("group", ["neonates", "infants"])
def test_a_weight_does_not_tell_how_young_a_child_is(group: str) -> None:
    assert applies(read_group(group), read_patient("1.1 kg")).applies is Applies.UNKNOWN


@pytest.mark.parametrize(
    ("group", "patient", "outcome"),
    [
        ("eGFR below 30", "metformin for a patient on haemodialysis", Applies.YES),
        ("CrCl below 15", "metformin in end-stage renal disease", Applies.YES),
        ("CrCl below 10", "metformin for a patient on haemodialysis", Applies.UNKNOWN),
        ("eGFR 30–60", "metformin for a patient on haemodialysis", Applies.NO),
        ("eGFR 60 or above", "metformin for a patient on haemodialysis", Applies.NO),
        ("eGFR below 30", "metformin, not on dialysis", Applies.UNKNOWN),
        # A number that is told decides.
        ("eGFR below 30", "dialysis stopped in May, eGFR 34 now", Applies.NO),
    ],
)
def test_kidneys_that_are_dialysed_filter_next_to_nothing(
    group: str, patient: str, outcome: Applies
) -> None:
    assert applies(read_group(group), read_patient(patient)).applies is outcome
