"""Beds, addresses, dates and ages that only what stands around them tells."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from osler.domain.identifier import IdentifierKind
from osler.privacy import find_identifiers, hide
from osler.privacy.candidates import candidates
from osler.privacy.likeness import read_weights, weights_of

BED, DATE = IdentifierKind.BED, IdentifierKind.DATE
AGE, ADDRESS = IdentifierKind.AGE, IdentifierKind.ADDRESS


@pytest.mark.parametrize(
    ("text", "kind", "hidden"),
    [
        ("Okonkwo in B14 is refusing heparin, fondaparinux dose?", BED, "B14"),
        ("bleep from theatre 4: pt Kulkarni bleeding on apixaban", BED, "theatre 4"),
        ("Emeka Obi in Juniper ward has a K of 6.4", BED, "Juniper ward"),
        ("the man in 14 has a potassium of 6.9", BED, "14"),
        ("Mrs Kaur was admitted 5 december with DKA", DATE, "5 december"),
        ("Mr Lee admitted 3/11 with NSTEMI, ticagrelor how long?", DATE, "3/11"),
        ("Seen on third of november by Dr Patel, gout flare", DATE, "third of november"),
        ("Mrs Bello bed-bound, 97, sacral sore, fluclox?", AGE, "97"),
        ("Mr Solanki lives alone in Kilmarnock, edoxaban?", ADDRESS, "Kilmarnock"),
        ("Visit to The Old Forge, Church Lane: frail man on furosemide", ADDRESS, "The Old Forge"),
    ],
)
def test_what_its_surroundings_tell_is_found(text: str, kind: IdentifierKind, hidden: str) -> None:
    found = [i for i in find_identifiers(text) if hidden in i.text]
    assert [i.kind for i in found] == [kind], find_identifiers(text)


@pytest.mark.parametrize(
    "text",
    [
        "B12 1 mg IM every 3 months?",
        "T3 N1 M0 rectal cancer, capecitabine?",
        "block at C5 with ropivacaine 0.2%",
        "3/7 of trimethoprim in women?",
        "MMSE 11/30, stop rivastigmine?",
        "HR 94, BP 99/60 on bisoprolol 10",
        "ticagrelor 90 or 60 after a year?",
        "the 3rd dose of MenB when?",
        "May 5 mg be doubled in march fracture?",
        "switch from apixaban to edoxaban in Crohn's",
        "stroke unit thrombolysis checklist",
        "guideline from Oxford on rivaroxaban",
        "viral load 125000 on dolutegravir",
        "winter 2025/26 flu vaccine in egg allergy?",
        "Decapeptyl SR 11.25 mg every 12 weeks",
    ],
)
def test_what_looks_the_same_and_is_clinical_stays(text: str) -> None:
    assert hide(text).text == text


@pytest.mark.parametrize(
    ("text", "form", "value"),
    [
        ("seen Tues 4th", "weekday", "Tues 4th"),
        ("on the 3rd", "nth", "the 3rd"),
        ("dob 04 11 58", "spaced", "04 11 58"),
        ("at 4 brook end", "street", "4 brook end"),
        ("Via Garibaldi 9", "number last", "Via Garibaldi 9"),
        ("BUPA 77120934", "coded", "BUPA 77120934"),
        ("bleep 3316", "called", "bleep 3316"),
    ],
)
def test_forms_that_are_weighed(text: str, form: str, value: str) -> None:
    made = [(c.form, text[c.start : c.end]) for c in candidates(text)]
    assert (form, value) in made


@given(st.text(alphabet="Bb14 /-,.:\n39thNovward[]in", max_size=40))
def test_any_text_is_weighed(text: str) -> None:
    for one in candidates(text):
        assert 0 <= one.start < one.end <= len(text)
    hidden = hide(text)
    assert hide(hidden.text).text == hidden.text


def test_weights_are_read_as_they_are_written() -> None:
    assert read_weights("# a remark\n150\tcode\n-20\t<in 4\n") == {"code": 1.5, "<in 4": -0.2}
    assert weights_of("candidate_weights")["figures"] < 0  # "3/7" alone is no day


PEOPLE = ["man", "woman", "boy", "lady", "male patient"]
TAILS = ["on dialysis", "with Crohn's disease", "taking warfarin", "in A&E", "at home, eGFR 20"]


@pytest.mark.parametrize("who", PEOPLE)
@pytest.mark.parametrize("tail", TAILS)
def test_an_age_is_no_bed(who: str, tail: str) -> None:
    for age in range(1, 90):
        assert find_identifiers(f"dose for a {who} of {age} {tail}?") == ()


@pytest.mark.parametrize(
    ("text", "town"),
    [
        ("man from Leeds on lithium, dose of ibuprofen?", "Leeds"),
        ("lady from Burnley on digoxin, dose of clarithromycin?", "Burnley"),
    ],
)
def test_a_town_ends_before_what_is_taken(text: str, town: str) -> None:
    assert [i.text for i in find_identifiers(text)] == [town]
