"""Beds, rooms and wards, as their numbers are written."""

from __future__ import annotations

import pytest

from osler.privacy.wards import find_beds


@pytest.mark.parametrize(
    "bed",
    [
        "bed 4", "Bed 12A", "bay 3 bed 2", "side room 7", "SR2", "S/R 5", "cubicle C", "cub 6",
        "chair 9",
        "ward 7B", "7B bed 11", "ward 9 bay 2", "Rm 6-B", "4 West rm 12", "ITU 5", "HDU-3",
        "Resus bay 1",
        "majors 7", "isolation room 2", "the side room on 6A", "bed no. 21", "level 8 bed 19",
        "bed 7 on AMU", "window bed in bay 4", "dialysis chair 6", "B3/2", "W7 B19", "A4 on Ward 9",
    ],
)  # fmt: skip
def test_a_bed_is_found_whole(bed: str) -> None:
    found = [text for text in (i.text for i in find_beds(f"pt, {bed} is fitting")) if text == bed]
    assert found


@pytest.mark.parametrize(
    "text",
    [
        "bed rest 5 days", "room air sats 91", "Decapeptyl SR 11.25", "Adalat SR 20 mg",
        "ward round",
        "ICU 5 days", "chair exercises", "resus fluid 10 ml/kg",
    ],
)  # fmt: skip
def test_what_only_sounds_like_one_stays(text: str) -> None:
    assert not list(find_beds(text))
