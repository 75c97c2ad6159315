"""What is only avoided is not given."""

from __future__ import annotations

import pytest

from osler.checking import check_text

NITROFURANTOIN = "Nitrofurantoin 100 mg twice daily for 7 days. Avoid at term."
TRIMETHOPRIM = "Trimethoprim 200 mg twice daily. Do not use in the first trimester."
METFORMIN = "Metformin 500 mg daily. It is contraindicated if ketoacidosis is present."
IBUPROFEN = "Ibuprofen 400 mg three times daily. Not recommended in asthma."
DIGOXIN = "Digoxin 125 micrograms daily. Avoid if amyloidosis is suspected."
CODEINE = "Codeine 30 mg every 6 hours. Must not be given during breast-feeding."


@pytest.mark.parametrize(
    ("claim", "passage", "context"),
    [
        ("Give nitrofurantoin at term.", NITROFURANTOIN, "Pregnant women"),
        ("Nitrofurantoin 100 mg twice daily at term.", NITROFURANTOIN, "Pregnant women"),
        ("Use trimethoprim in the first trimester.", TRIMETHOPRIM, ""),
        ("Metformin 500 mg daily if ketoacidosis is present.", METFORMIN, ""),
        ("Ibuprofen 400 mg can be used in asthma.", IBUPROFEN, ""),
        ("Give digoxin if amyloidosis is suspected.", DIGOXIN, ""),
        ("Codeine is given during breast-feeding.", CODEINE, ""),
    ],
)
def test_giving_what_is_avoided_is_caught(claim: str, passage: str, context: str) -> None:
    assert not check_text(claim, passage, context).supported


@pytest.mark.parametrize(
    ("claim", "passage"),
    [
        ("Nitrofurantoin 100 mg twice daily for 7 days.", NITROFURANTOIN),
        ("Avoid nitrofurantoin at term.", NITROFURANTOIN),
        ("Nitrofurantoin should not be given at term.", NITROFURANTOIN),
        ("Trimethoprim 200 mg twice daily.", TRIMETHOPRIM),
        (
            "Give ibuprofen 400 mg in asthma.",
            "Avoid naproxen in asthma. In asthma, give ibuprofen 400 mg.",
        ),
        ("Digoxin 125 micrograms daily.", DIGOXIN),
        ("Do not use codeine during breast-feeding.", CODEINE),
    ],
)
def test_the_avoidance_itself_and_the_dose_pass(claim: str, passage: str) -> None:
    assert check_text(claim, passage).problems == ()


def test_a_drug_that_is_denied_outright_is_not_needed() -> None:
    passage = "Vaccinated before: vaccine 1 mL IM on days 0 and 3. No immunoglobulin."
    assert not check_text("They also need immunoglobulin.", passage).supported
    assert check_text("They need no immunoglobulin.", passage).supported
