"""Names as a picture writes them."""

from __future__ import annotations

import pytest

from osler_site.pictures.wording import capital


@pytest.mark.parametrize(
    ("written", "shown"),
    [("renal function", "Renal function"), ("eGFR", "eGFR"), ("pH of urine", "pH of urine"),
     ("INR", "INR"), ("x", "X"), ("", "")],
)  # fmt: skip
def test_a_first_letter_is_made_a_capital_but_in_a_name_that_has_none(
    written: str, shown: str
) -> None:
    assert capital(written) == shown
