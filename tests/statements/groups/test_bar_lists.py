"""A bar that lists several people is for each of them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from osler.domain import Applies
from osler.statements import applies, read_group, read_patient
from osler.statements.groups.bar_lists import items_of_barred, list_of_barred

BARS = (
    "Contraindicated in asthma, heart block and pregnancy",
    "Avoid in pregnancy, asthma and severe renal impairment (eGFR below 30)",
    "Do not use in patients with asthma, in breastfeeding and in children under 12 years",
    "Contraindications: gout; phaeochromocytoma; asthma.",
    "Not for use in myasthenia gravis, asthma or patients under 18 years.",
    "Avoid if eGFR is below 45, in asthma, and in the third trimester.",
)


@pytest.mark.parametrize("text", BARS)
def test_one_of_those_listed_is_barred(text: str) -> None:
    patient = read_patient("man of 40 with asthma, eGFR 90")
    assert applies(read_group(text), patient).applies is Applies.YES


@pytest.mark.parametrize(
    ("patient", "outcome"),
    [
        ("man of 50 with eGFR 20", Applies.YES),
        ("pregnant woman of 30", Applies.YES),
        ("girl of 9 with eGFR 90", Applies.YES),
        ("man of 50 with eGFR 80, no epilepsy", Applies.NO),
    ],
)
def test_an_item_holds_by_all_that_is_said_of_it(patient: str, outcome: Applies) -> None:
    text = (
        "Contraindicated in children under 12, pregnancy, epilepsy and renal impairment (eGFR <30)"
    )
    assert applies(read_group(text), read_patient(patient)).applies is outcome


@pytest.mark.parametrize(
    "text",
    [
        "Do not use in patients with both asthma and heart failure",
        "Avoid in asthma together with heart failure",
        "Asthma and heart failure: 10 mg daily",
    ],
)
def test_what_is_meant_at_once_needs_all(text: str) -> None:
    patient = read_patient("man of 40 with asthma and without heart failure")
    assert applies(read_group(text), patient).applies is Applies.NO


def test_what_is_said_beside_a_bar_is_not_of_its_list() -> None:
    text = "Avoid in asthma and gout; give 5 mg in epilepsy"
    listed = list_of_barred(text)
    assert listed is not None
    assert "epilepsy" not in text[slice(*listed)]


@given(st.text(alphabet=" ,;.abdeinotvuc", max_size=60))
def test_a_list_stands_within_its_text(text: str) -> None:
    listed = list_of_barred(f"Avoid in {text}")
    assert listed is not None
    start, end = listed
    assert 0 < start <= end <= len(text) + len("Avoid in ")


@pytest.mark.parametrize(
    ("text", "items"),
    [
        (
            "Contraindications: heart block without a pacemaker; gout; asthma. Use with care.",
            ["heart block", "gout", "asthma"],
        ),
        ("Contraindications: gout and asthma.", []),
        ("Give with food; take at night.", []),
    ],
)
def test_what_is_excepted_from_one_item_leaves_the_others_barred(
    text: str, items: list[str]
) -> None:
    assert [item.strip() for item in items_of_barred(text)] == items
