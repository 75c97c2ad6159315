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
