"""Pronouns, "from" and "to" point at the same things in a wording as in its claim."""

import pytest

from osler.writing.pointing import points_the_same

KEEP = "Macrolides are a poor choice; keep them for allergy to both penicillins and cephalosporins."
CONVERT = (
    "Conversion: From: oral oxycodone; To: subcutaneous oxycodone; Divide the 24-hour dose by: 2"
)


@pytest.mark.parametrize(
    ("wording", "claim"),
    [
        (KEEP.replace("keep them for", "they are kept for"), KEEP),
        ("From oral oxycodone to subcutaneous oxycodone, divide the 24-hour dose by 2.", CONVERT),
        (
            "If methotrexate does harm, folic acid can be raised to 10 mg.",
            "Folic acid: it can be raised to 10 mg if methotrexate does harm.",
        ),
        ("Metformin may be given; it is stopped below 30.", "Stop metformin below 30."),
    ],
)  # fmt: skip
def test_the_same_things_are_pointed_at(wording: str, claim: str) -> None:
    assert points_the_same(wording, claim)


@pytest.mark.parametrize(
    ("wording", "claim"),
    [
        (
            "Macrolides are a poor choice; keep both penicillins and cephalosporins for"
            " allergy to them.",
            KEEP,
        ),
        ("Conversion: from subcutaneous oxycodone to oral oxycodone, divide by 2.", CONVERT),
    ],
)
def test_what_changes_places_is_refused(wording: str, claim: str) -> None:
    assert not points_the_same(wording, claim)
