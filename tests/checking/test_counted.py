"""Any two of several criteria: not each one alone."""

from __future__ import annotations

import pytest

from osler.checking import check_text

APIXABAN = (
    "Apixaban 2.5 mg twice daily when any two of: age 80 or over, weight 60 kg or less, "
    "creatinine 133 micromol/L or more."
)
ADMIT = "Admit if two or more of the following: confusion, urea above 7 mmol/L, hypotension."
LIST = "Offer aspirin 75 mg daily with at least two of the following:\n- obesity\n- first pregnancy"
ORAL = "If three of fever, cough, tonsillar exudate apply, give phenoxymethylpenicillin 500 mg."
LOW = "Edoxaban 30 mg once daily if at least 2 of: weight below 60 kg, ciclosporin, frailty."
FACTORS = "Give dalteparin 5000 units daily with 3 or more of these risk factors: smoking, "
FACTORS += "varicose veins, immobility, parity."


@pytest.mark.parametrize(
    ("claim", "passage"),
    [
        ("Apixaban 2.5 mg twice daily for those aged 80 or over.", APIXABAN),
        ("Apixaban 2.5 mg twice daily if weight is 60 kg or less.", APIXABAN),
        (
            "Apixaban 2.5 mg twice daily if age is 80 or over or weight is 60 kg or less.",
            APIXABAN,
        ),
        ("Admit if there is confusion.", ADMIT),
        ("Aspirin 75 mg daily with obesity.", LIST),
        ("Give phenoxymethylpenicillin 500 mg for fever and cough.", ORAL),
        ("Edoxaban 30 mg once daily with ciclosporin.", LOW),
        ("Dalteparin 5000 units daily with immobility.", FACTORS),
    ],
)
def test_a_count_that_is_dropped_is_caught(claim: str, passage: str) -> None:
    assert not check_text(claim, passage).supported


@pytest.mark.parametrize(
    ("claim", "passage"),
    [
        (
            "Apixaban 2.5 mg twice daily if any two apply: age 80 or over, weight 60 kg or less, "
            "creatinine 133 micromol/L or more.",
            APIXABAN,
        ),
        (
            "Apixaban 2.5 mg twice daily for those aged 80 or over and weighing 60 kg or less.",
            APIXABAN,
        ),
        ("Admit with confusion and hypotension.", ADMIT),
        ("Aspirin 75 mg daily with obesity and first pregnancy.", LIST),
        (
            "Apixaban 5 mg twice daily for those aged 40 or over.",
            f"Apixaban 5 mg twice daily for those aged 40 or over. {APIXABAN}",
        ),
        (
            "Give phenoxymethylpenicillin 500 mg for fever, cough and tonsillar exudate.",
            ORAL,
        ),
        (LOW, LOW),
    ],
)
def test_enough_of_the_criteria_pass(claim: str, passage: str) -> None:
    assert check_text(claim, passage).problems == ()
