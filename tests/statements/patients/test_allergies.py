"""Allergies in the words of a question, and values that have changed."""

from __future__ import annotations

from decimal import Decimal

import pytest

from osler.domain import Applies
from osler.statements import applies, read_group, read_patient
from osler.statements.patients.allergies import cross_reacts


@pytest.mark.parametrize(
    ("text", "allergies"),
    [
        ("no allergies except penicillin", ("penicillin",)),
        ("NKDA except penicillin", ("penicillin",)),
        ("penicillin gives her a rash", ("penicillin",)),
        ("ibuprofen made him come out in hives", ("ibuprofen",)),
        ("allergic to penicillin and sulfa", ("penicillin", "sulfonamide")),
        ("allergic to penicillin and doxycycline dose?", ("penicillin",)),
        ("pen anaphylaxis, cellulitis", ("penicillin",)),
        ("no known allergies", ()),
        ("no penicillin allergy", ()),
        ("not allergic to penicillin", ()),
        ("penicillin gives good cover", ()),
    ],
)
def test_allergies_are_read(text: str, allergies: tuple[str, ...]) -> None:
    assert read_patient(text).allergies == allergies


@pytest.mark.parametrize(
    ("drug", "allergen", "same"),
    [
        ("ibuprofen", "aspirin", True),
        ("amoxicillin", "co-amoxiclav", True),
        ("diclofenac", "nsaid", True),
        ("paracetamol", "aspirin", False),
        ("doxycycline", "penicillin", False),
    ],
)
def test_one_of_a_class_stands_for_the_class(drug: str, allergen: str, same: bool) -> None:
    assert cross_reacts(drug, allergen) is same


@pytest.mark.parametrize(
    "text",
    [
        "metformin, eGFR was 50, now 25",
        "eGFR falls to 25",
        "eGFR dropped from 50 to 25",
        "eGFR 50 → 25",
    ],
)
def test_the_present_value_counts(text: str) -> None:
    assert read_patient(text).egfr == Decimal(25)


def test_a_range_is_no_change() -> None:
    assert read_patient("eGFR 30 to 45").egfr == Decimal(30)


@pytest.mark.parametrize(
    ("question", "severe", "not_severe"),
    [
        ("sepsis, anaphylaxis with amoxicillin", Applies.YES, Applies.NO),
        ("severe sepsis, had angioedema with amoxicillin", Applies.YES, Applies.NO),
        ("cellulitis, severe penicillin allergy", Applies.YES, Applies.NO),
        ("severe cellulitis, penicillin rash", Applies.NO, Applies.YES),
        ("UTI, mild allergy to penicillin", Applies.NO, Applies.YES),
        ("severe pneumonia, penicillin allergic", Applies.UNKNOWN, Applies.UNKNOWN),
    ],
)
def test_how_severe_an_allergy_is_tells_the_reaction_and_not_the_illness(
    question: str, severe: Applies, not_severe: Applies
) -> None:
    patient = read_patient(question)
    assert applies(read_group("Severe penicillin allergy"), patient).applies is severe
    assert applies(read_group("Non-severe penicillin allergy"), patient).applies is not_severe


def test_an_illness_that_is_not_severe_is_had() -> None:
    told = {c.attribute: c.negated for c in read_group("not severe (rash), adults").criteria}
    assert told["severity"]
    assert not told["condition"]


@pytest.mark.parametrize(
    ("text", "allergies"),
    [
        ("a man of 70 allergic to cobalt", ("cobalt",)),
        ("allergy to quinoline yellow, 60 kg", ("quinoline yellow",)),
        ("allergic to cobalt and on warfarin", ("cobalt",)),
        ("allergic to penicillin", ("penicillin",)),
        ("cyanocobalamin dose, cobalt allergy", ("cobalt",)),
        ("cyanocobalamin dose, no cobalt allergy", ()),
        ("cyanocobalamin dose, known allergy", ()),
        ("doxycycline dose, severe penicillin allergy", ("penicillin",)),
        ("cetirizine dose for nasal allergy", ()),
        ("not allergic to cobalt", ()),
        ("is she allergic to it", ()),
        ("not allergic to anything", ()),
    ],
)
def test_an_allergen_that_no_lexicon_has_is_kept_as_typed(
    text: str, allergies: tuple[str, ...]
) -> None:
    assert read_patient(text).allergies == allergies


@pytest.mark.parametrize(
    "text", ["40F, NKDA", "no known drug allergies", "allergies: none", "not allergic to anything"]
)
def test_who_has_no_allergy_is_not_of_those_who_have_one(text: str) -> None:
    patient = read_patient(text)
    assert "drug allergy" in patient.absent_conditions
    assert applies(read_group("Penicillin allergy, severe"), patient).applies is Applies.NO
    assert applies(read_group("No drug allergy"), patient).applies is Applies.YES


@pytest.mark.parametrize(
    "text", ["no other allergies", "no allergy to latex", "NKDA but rash with cefalexin", "40F"]
)
def test_what_denies_no_allergy_leaves_it_open(text: str) -> None:
    assert "drug allergy" not in read_patient(text).absent_conditions


def test_who_is_allergic_to_any_drug_is_not_without_allergy() -> None:
    patient = read_patient("anaphylaxis to cefuroxime")
    assert applies(read_group("No drug allergy"), patient).applies is Applies.NO


@pytest.mark.parametrize(
    ("text", "allergies"),
    [
        ("Allergies: no penicillin. Cellulitis, 70M", ("penicillin",)),
        ("Allergies: no penicillins please", ("penicillin",)),
        ("allergies: no pen, no cef", ("penicillin",)),
        ("allergies: no penicillin, no cefalexin", ("penicillin", "cefalexin")),
        ("allergy: none except trimethoprim", ("trimethoprim",)),
        ("Allergies: no penicillin allergy", ()),
    ],
)
def test_a_drug_after_no_behind_allergies_is_one_that_is_not_borne(
    text: str, allergies: tuple[str, ...]
) -> None:
    assert read_patient(text).allergies == allergies


@pytest.mark.parametrize(
    "text",
    [
        "allergies: no record available",
        "allergies: no idea",
        "Allergies: no information from the daughter",
        "Allergies: no penicillin allergy",
        "Allergies: no, well maybe Septrin",
        "allergy: none except quinoline yellow",
        "no allergies checked yet",
        "no allergies documented in the notes yet",
        "no drug allergies recorded",
        "Allergies: none?",
    ],
)
def test_that_nobody_knows_of_allergies_is_not_that_there_are_none(text: str) -> None:
    assert "drug allergy" not in read_patient(text).absent_conditions


@pytest.mark.parametrize(
    "text",
    [
        "Allergies: no. Cellulitis, 70M",
        "allergies: nil, eGFR 40",
        "Allergies: none known",
        "Allergies: no known drug allergies",
        "allergy status: none; on warfarin",
        "70M no allergies, what dose of cefalexin?",
        "Allergies - nil - cefalexin dose?",
    ],
)
def test_none_at_the_end_of_its_clause_is_no_allergy(text: str) -> None:
    assert "drug allergy" in read_patient(text).absent_conditions
