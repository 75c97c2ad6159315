"""Which dose of which drug a statement states."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from osler.dosage import parse_dosages
from osler.plausibility import Dose

Doses = Callable[[str], tuple[Dose, ...]]


@pytest.mark.parametrize(
    ("text", "drugs"),
    [
        ("Amlodipine 5 mg orally once daily.", ["amlodipine"]),
        ("Give 50 mg of oral thiamine once daily.", ["thiamine"]),
        ("400 mcg daily of folic acid.", ["folic acid"]),
        ("Ferrous sulfate 200 mg daily and folic acid 5 mg daily.", ["iron", "folic acid"]),
        ("Metformin hydrochloride 500 mg twice daily.", ["metformin"]),
        ("Give 2 units of blood with furosemide 40 mg intravenously.", ["furosemide"]),
        ("A calcium channel blocker lowers it by 10 mg.", []),
        ("Antibiotics 500 mg daily.", []),
        ("Each tablet contains 5 mg amlodipine.", []),
        ("Rats were given amlodipine 10 mg/kg.", []),
    ],
)
def test_a_dose_is_of_the_drug_that_the_text_gives(
    text: str, drugs: list[str], doses: Doses
) -> None:
    assert [dose.drug for dose in doses(text)] == drugs


def test_an_item_is_of_the_drug_that_it_stands_under(doses: Doses) -> None:
    text = "# Pain\n\n- Paracetamol\n  - Child:\n    - 1 - 5 years: 120 mg every 6 hours\n"
    (dose,) = doses(text)
    assert (dose.drug, dose.child, dose.low) == ("paracetamol", True, 120_000)


def test_an_item_under_an_unknown_name_is_of_no_drug(doses: Doses) -> None:
    assert doses("# Metformin\n\n- Zzyzxol\n  - Adults: 120 mg every 6 hours\n") == ()


def test_a_row_is_of_the_drug_that_it_begins_with(doses: Doses) -> None:
    table = (
        "| Drug | Mechanism | Dose |\n|---|---|---|\n"
        "| Metformin | Lowers glucose | 500 mg orally twice daily |\n"
    )
    assert [dose.drug for dose in doses(table)] == ["metformin"]


@pytest.mark.parametrize(
    ("text", "low", "high", "unit", "per"),
    [
        ("Amoxicillin 250 - 500 mg orally every 8 hours.", 250_000, 500_000, "ug", None),
        ("Gentamicin 5 mg/kg intravenously once daily.", 5_000, 5_000, "ug", "kg"),
        ("Heparin 5,000 units subcutaneously every 12 hours.", 5_000, 5_000, "U", None),
        ("Levothyroxine 100 micrograms once daily.", 100, 100, "ug", None),
        ("Carbimazole 30 mg/day.", 7_500, 30_000, "ug", None),  # in one to four doses
        ("Glyceryl trinitrate 10 micrograms/minute intravenously.", 10, 14_400, "ug", None),
        ("Paracetamol: not more than 4 g daily.", 4_000_000 / 6, 4_000_000, "ug", None),
    ],
)
def test_a_dose_is_one_administration_in_base_units(
    text: str, low: float, high: float, unit: str, per: str | None, doses: Doses
) -> None:
    (dose,) = doses(text)
    assert (dose.low, dose.high, dose.unit, dose.per) == pytest.approx((low, high, unit, per))


@pytest.mark.parametrize(
    "text",
    [
        "Amlodipine 5 mg tablets.",  # a strength
        "Give 10 mL of calcium gluconate 10%.",  # a volume
        "Doxorubicin to a cumulative dose of 450 mg/m2.",
    ],
)
def test_what_is_no_single_dose_is_left_out(text: str, doses: Doses) -> None:
    assert doses(text) == ()


@given(st.text(alphabet="amlodipine 5mg/kg.:;|-\n", max_size=60))
def test_any_text_is_read(text: str) -> None:
    from osler.plausibility import doses_of
    from osler.reading import RawFile, read
    from osler.statements import extract

    for document in read(RawFile(path="a.md", name="a.md", data=f"# A\n\n{text}".encode())):
        for statement in extract(document):
            found = doses_of(statement)
            assert len(found) <= 2 * sum(1 + len(d.steps) for d in parse_dosages(statement.text))
            assert all(0 < dose.low <= dose.high for dose in found)


def test_what_stands_under_the_name_of_a_drug_alone_is_of_it(doses: Doses) -> None:
    text = "# Worms\n\n- {}\n  - In S. japonicum infection, 20 mg/kg 3 times daily\n"
    assert [d.drug for d in doses(text.format("Praziquantel:"))] == ["praziquantel"]
    assert doses(text.format("Praziquantel after a visit to a lake")) == ()


@pytest.mark.parametrize(
    "text",
    [
        "Give protamine 0.5 mg for each 1 mg of tinzaparin that is left.",
        "Protamine sulfate: 1 mg of protamine per 100 units of heparin.",
        "Use 0.5 mg protamine sulfate per 100 IU dalteparin after a second test.",
        "Give protamine 1 mg per mg of enoxaparin.",
    ],
)
def test_what_goes_with_an_amount_of_another_drug_is_no_dose(text: str, doses: Doses) -> None:
    assert doses(text) == ()


@pytest.mark.parametrize(
    ("text", "low"),
    [
        ("Give protamine 50 mg intravenously for every bleed under heparin.", 50_000),
        ("Amlodipine 5 mg per day for each adult of the trial.", 5_000 / 4),
        ("Thiamine 200 mg orally for each patient on 40 g of alcohol a day.", 200_000),
        ("Dexamethasone 2 mg orally every 6 hours.", 2_000),
    ],
)
def test_a_dose_for_every_time_or_patient_stays_a_dose(text: str, low: float, doses: Doses) -> None:
    assert doses(text)[0].low == low
