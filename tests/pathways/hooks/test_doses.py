"""A drafted dose beside those of a pathway."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hooks_requests import IM, ORAL, Json, order

from osler.pathways.hooks.doses import Slip, slip_of
from osler.pathways.orders import Order, read_order

MONTHLY, TWICE = (1, 1, "mo"), (2, 1, "d")


def read(*arguments: Any, **named: Any) -> Order:
    found = read_order(order(*arguments, **named))
    assert found is not None
    return found


def most(value: int, unit: str, per: str) -> Json:
    return {
        "numerator": {"value": value, "code": unit},
        "denominator": {"value": 1, "code": per},
    }


@pytest.mark.parametrize(
    ("drug", "value", "unit", "amount", "read_unit"),
    [
        ("Hydroxocobalamin", 1000, "ug", 1000, "ug"),
        ("Hydroxocobalamin", 1000, "mcg", 1000, "ug"),
        ("Hydroxocobalamin", 1000, "micrograms", 1000, "ug"),
        ("Hydroxocobalamin 1 mg/mL solution", 2, "mL", 2, "mg"),
        ("Metformin 500 mg tablets", 2, "{tablet}", 1000, "mg"),
        ("Metformin 500 mg tablets", 2, "tablet", 1000, "mg"),
        ("Metformin tablets", 2, "tablet", 2, "{tablet}"),
        ("Amoxicillin", 5, "mL", 5, "mL"),
    ],
)
def test_an_amount_is_read_in_the_units_that_people_write(
    drug: str, value: int, unit: str, amount: int, read_unit: str
) -> None:
    (dosage,) = read(drug, value, unit).dosages
    assert (dosage.low, dosage.unit) == (Decimal(amount), read_unit)


def test_a_text_is_read_where_there_is_no_amount() -> None:
    draft = order("Metformin", 1, "g")
    draft["dosageInstruction"] = [{"text": "500 mg twice a day"}, {"text": "as the patient likes"}]
    found = read_order(draft)
    assert found is not None
    assert [d.low for d in found.dosages] == [Decimal(500)]
    assert found.unread == 1


def test_an_unknown_route_does_not_hide_the_amount() -> None:
    (dosage,) = read("Metformin", 500, "mg", route="0000").dosages
    assert dosage.low == Decimal(500)


@pytest.mark.parametrize(
    "change",
    [
        {"dosageInstruction": {}},
        {"dosageInstruction": ["text"]},
        {"dosageInstruction": [{"doseAndRate": {"doseQuantity": {"value": 5}}}]},
        {"dosageInstruction": [{"doseAndRate": [{"doseQuantity": {"value": "x", "unit": 7}}]}]},
    ],
)
def test_what_is_malformed_is_no_dose(change: Json) -> None:
    found = read_order(order("Metformin", 500, "mg") | change)
    assert found is not None
    assert found.dosages == ()


@pytest.mark.parametrize(
    ("medication", "names"),
    [
        ({"medicationCodeableConcept": {"coding": [{"display": "Glucophage"}]}}, ("metformin",)),
        (
            {
                "medicationReference": {"reference": "#m"},
                "contained": [
                    {"resourceType": "Medication", "id": "m", "code": {"text": "Metformin"}}
                ],
            },
            ("metformin",),
        ),
        ({"medicationReference": {"display": "Metformin"}}, ("metformin",)),
    ],
)
def test_the_drug_is_found_wherever_it_is_named(medication: Json, names: tuple[str, ...]) -> None:
    draft = order("x", 500, "mg")
    del draft["medicationCodeableConcept"]
    found = read_order(draft | medication)
    assert found is not None
    assert found.substances == names


def test_what_names_no_drug_is_no_order() -> None:
    assert read_order(order("Crutches", 2, "{pair}")) is None
    assert read_order({"resourceType": "ServiceRequest"}) is None


HYDROXO = read("Hydroxocobalamin", 1000, "ug", every=(1, 2, "mo"))
CYANO_ORAL = read("Cyanocobalamin", 50, "ug", route=ORAL, every=(1, 1, "d"))
KNOWN = (HYDROXO, CYANO_ORAL)


@pytest.mark.parametrize(
    ("drafted", "slip"),
    [
        (("Hydroxocobalamin", 1000, "mg"), Slip.FAR_ABOVE),
        (("Hydroxocobalamin", 10, "mg"), Slip.FAR_ABOVE),
        (("Hydroxocobalamin", 9.9, "mg"), None),
        (("Hydroxocobalamin", 1, "mg"), None),
        (("Hydroxocobalamin", 1000, "mcg"), None),
        (("Hydroxocobalamin", 100, "ug"), Slip.FAR_BELOW),
        (("Hydroxocobalamin", 101, "ug"), None),
        (("Hydroxocobalamin 1 mg/mL", 100, "mL"), Slip.FAR_ABOVE),
        (("vitamin B12", 1000, "mg"), Slip.FAR_ABOVE),
        (("Hydroxocobalamin", 5, "mL"), None),  # not comparable
        (("Hydroxocobalamin", 5000, "[iU]"), None),
        (("Paracetamol", 1000, "mg"), None),
    ],
)
def test_ten_times_off_is_a_slip(drafted: tuple[str, float, str], slip: Slip | None) -> None:
    found = slip_of(read(*drafted), KNOWN, ())
    assert (found.slip if found else None) == slip


def test_another_route_has_other_doses() -> None:
    """1,000 micrograms into a muscle are no slip beside 50 by mouth."""
    assert slip_of(read("Cyanocobalamin", 1000, "ug", route=IM), (CYANO_ORAL,), ()) is None
    by_mouth = slip_of(read("Cyanocobalamin", 1000, "ug", route=ORAL), (CYANO_ORAL,), ())
    assert by_mouth is not None
    assert by_mouth.factor == 20


def test_only_what_is_far_from_every_dose_is_a_slip() -> None:
    other = read("Cyanocobalamin", 1000, "ug", route=ORAL)
    assert slip_of(read("Cyanocobalamin", 1000, "ug", route=ORAL), (CYANO_ORAL, other), ()) is None


CEILING = read("Metformin", 500, "mg", route=ORAL, every=TWICE)
CEILING_1000 = read_order(
    order("Metformin", 500, "mg", route=ORAL, every=TWICE)
    | {
        "dosageInstruction": [
            {
                "doseAndRate": [{"doseQuantity": {"value": 500, "code": "mg"}}],
                "maxDosePerPeriod": most(1000, "mg", "d"),
            }
        ]
    }
)
assert CEILING_1000 is not None


@pytest.mark.parametrize(
    ("value", "every", "slips"),
    [
        (500, TWICE, False),
        (1000, (1, 1, "d"), False),
        (1000, TWICE, True),
        (500, (1, 6, "h"), True),
        (1001, None, True),  # one dose alone is more than a day's
    ],
)
def test_more_than_the_maximum_of_a_day_is_a_slip(value: int, every: Any, slips: bool) -> None:
    found = slip_of(read("Metformin", value, "mg", route=ORAL, every=every), (), (CEILING_1000,))
    assert (found is not None) == slips
    assert found is None or found.slip == Slip.ABOVE_MAXIMUM


def test_the_maximum_for_the_patient_goes_before_those_for_others() -> None:
    high = Order("metformin", ("metformin",), tuple(
        d for d in read_order(order("Metformin", 500, "mg") | {"dosageInstruction": [{
            "doseAndRate": [{"doseQuantity": {"value": 500, "code": "mg"}}],
            "maxDosePerPeriod": most(2550, "mg", "d")}]}).dosages))  # type: ignore[union-attr]  # fmt: skip
    drafted = read("Metformin", 1000, "mg", every=TWICE)
    assert slip_of(drafted, (high, CEILING_1000), (CEILING_1000,)) is not None
    assert slip_of(drafted, (high, CEILING_1000), ()) is None
