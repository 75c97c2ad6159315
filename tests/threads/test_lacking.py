"""Drugs that are not to be had, and what is asked for in their place."""

import pytest
from conversation import after

from osler.answering import understand
from osler.domain import Aspect

MALARIA = "Management of severe malaria in a child 18 kg"


@pytest.mark.parametrize(
    ("before", "typed", "drug"),
    [
        (MALARIA, "and if no artesunate?", "artesunate"),
        ("Artesunate dose in severe malaria, child 18 kg", "we have run out of it", "artesunate"),
        ("Enoxaparin for DVT, 80 kg", "enoxaparin isn't available", "enoxaparin"),
    ],
)
def test_for_a_drug_that_is_not_to_be_had_another_is_asked_for(
    before: str, typed: str, drug: str
) -> None:
    resolved = after(before, typed)
    assert resolved.full.startswith(f"What can be given instead of {drug} for ")
    question = understand(resolved.full)
    assert question.aspects == (Aspect.CHOICE,)
    assert drug not in {t.name for t in question.terms if t.kind == "substance"}
    assert resolved.patient.weight_kg == after(before).patient.weight_kg


def test_an_allergy_that_is_denied_is_no_drug_that_is_lacking() -> None:
    resolved = after("Dose of ceftriaxone for gonorrhoea", "no penicillin allergy")
    assert "instead of" not in resolved.full


def test_a_drug_that_is_lacking_is_not_the_one_asked_about() -> None:
    resolved = after(
        "Metformin dose in type 2 diabetes", "what if we have no metformin, gliclazide dose?"
    )
    assert [t.name for t in understand(resolved.full).terms if t.kind == "substance"] == [
        "gliclazide"
    ]
