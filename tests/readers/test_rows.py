"""Rows of tables as sentences."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from osler.readers.rows import as_sentences


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (
            "eGFR (mL/min per 1.73 m²): below 30; What to do: stop metformin",
            "This is about eGFR (mL/min per 1.73 m²) below 30. Stop metformin.",
        ),
        (
            "Class: Biguanides; Example: Metformin; Daily Dose: 500 - 2550 mg",
            "This is about Biguanides. Example: Metformin. Daily Dose: 500 - 2550 mg.",
        ),
        (
            "Ondansetron: Weight: 8–15 kg; Single dose: 2 mg",
            "Ondansetron: this is about weight 8–15 kg. Single dose: 2 mg.",
        ),
    ],
)
def test_a_row_that_says_what_it_is_about(row: str, said: str) -> None:
    assert as_sentences(row) == said


@pytest.mark.parametrize(
    "text",
    [
        "INR and bleeding: above 8.0; Warfarin: stop",  # of what the first cell is, is not known
        "Age: 2 years; 20 mg",  # a cell without its header
        "Drug: Iron; Dose: as above",
        "Drug: Iron; Dose: the same",
        "Age: 2 years",
        "Age: under 1 year; Dose (mg; by mouth): 5",
        "Give iron; check the blood count",
        "",
    ],
)
def test_any_other_text_stays(text: str) -> None:
    assert as_sentences(text) == text


CELLS = st.lists(
    st.tuples(
        st.sampled_from(["Dose", "Route", "Length", "What to do", "Side effects"]),
        st.sampled_from(["5 mg", "by mouth", "3 days", "stop it", "do not use", "1.5 g"]),
    ),
    min_size=1,
    max_size=5,
)


@given(st.sampled_from(["Age", "Drug", "Weight", "Class"]), CELLS)
def test_no_cell_is_lost_and_the_first_opens(first: str, cells: list[tuple[str, str]]) -> None:
    said = as_sentences("; ".join(f"{h}: {c}" for h, c in [(first, "Under 2"), *cells]))
    assert said.startswith("This is about ")
    pieces = said.removesuffix(".").split(". ")
    assert len(pieces) == len(cells) + 1
    for (head, cell), piece in zip(cells, pieces[1:], strict=True):
        assert piece.lower() == (cell if head == "What to do" else f"{head}: {cell}").lower()
