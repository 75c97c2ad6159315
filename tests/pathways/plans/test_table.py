"""The tables of decisions in the documents are those of the pathways."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from osler.pathways import pathway_names
from osler.pathways.loading import read_plan
from osler.pathways.table import boxes, markdown

DOCS = Path(__file__).parents[3] / "docs" / "pathways"


@pytest.mark.parametrize("name", pathway_names())
def test_the_table_is_up_to_date(name: str) -> None:
    written = (DOCS / f"{name}.md").read_text("utf-8")
    assert written == markdown(read_plan(name), name), (
        f"run: osler pathways table {name} > docs/pathways/{name}.md"
    )


def test_there_is_a_table_of_each_pathway_and_no_other() -> None:
    assert {file.stem for file in DOCS.glob("*.md")} == set(pathway_names())


@given(st.lists(st.booleans(), min_size=24, max_size=24))
def test_boxes_hold_what_is_true_and_nothing_else(values: list[bool]) -> None:
    truth = np.array(values).reshape(2, 3, 4)
    held = np.zeros_like(truth)
    for box in boxes(truth):
        held[np.ix_(*box)] = True
    assert (held == truth).all()
