"""The drug, its salt, and what stands for it."""

from __future__ import annotations

import pytest

from osler.checking import check_text
from osler.domain import ProblemKind


@pytest.mark.parametrize(
    ("claim", "passage"),
    [
        (
            "Benzylpenicillin sodium 2.4 million units once.",
            "Benzathine benzylpenicillin 2.4 million units once.",
        ),
        (
            "Benzylpenicillin 2.4 million units once.",
            "Benzathine benzylpenicillin 2.4 million units once.",
        ),
        ("Metoprolol succinate 50 mg daily.", "Metoprolol tartrate 50 mg daily."),
        ("Metoprolol succinate 50 mg daily.", "Metoprolol 50 mg daily."),
    ],
)
def test_an_amount_of_one_salt_is_none_of_another(claim: str, passage: str) -> None:
    kinds = {problem.kind for problem in check_text(claim, passage).problems}
    assert ProblemKind.SUBSTANCE in kinds


def test_a_drug_of_the_sentence_before_is_meant_by_the_next() -> None:
    passage = "Sumatriptan 6 mg is injected at onset. No more than 12 mg may be used in 24 hours."
    assert check_text("No more than 12 mg of sumatriptan in 24 hours.", passage).supported
    assert not check_text("No more than 12 mg of naratriptan in 24 hours.", passage).supported


def test_a_condition_names_the_substance_that_it_is_of() -> None:
    passage = "Up to 20 mmol/hour is allowed."
    assert check_text("Potassium: up to 20 mmol an hour.", passage, "Hypokalaemia").supported
    assert not check_text("Sodium: up to 20 mmol an hour.", passage, "Hypokalaemia").supported


@pytest.mark.parametrize("drug", ["lithium", "digoxin", "warfarin"])
@pytest.mark.parametrize("others", ["NSAIDs", "diuretics", "opioids"])
def test_a_class_that_is_kept_from_a_drug_with_a_level_is_said_of_both(
    drug: str, others: str
) -> None:
    text = f"Do not give {others} with {drug}."
    assert check_text(text, text).supported
    assert not check_text(text.replace("not ", ""), text).supported


@pytest.mark.parametrize("drug", ["lithium", "digoxin", "warfarin"])
def test_what_is_said_of_a_drug_with_a_level_is_not_said_of_the_next(drug: str) -> None:
    passage = f"Avoid {drug}; naproxen is given."
    assert check_text(f"Avoid {drug}.", passage).supported
    assert not check_text("Avoid naproxen.", passage).supported
