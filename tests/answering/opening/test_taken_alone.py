"""A line for a drug taken alone does not open for who takes what another line of it names."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.answering.documents import library_of

from osler.answering import ask

TABLE = """## Perampanel in epilepsy, adults

| | Weeks 1 and 2 | Target |
|---|---|---|
| Alone | 2 mg once daily | 4 mg once daily |
| With carbamazepine | 4 mg once daily | 8 mg once daily |
"""


@pytest.mark.parametrize(
    ("question", "begins"),
    [
        ("perampanel for epilepsy, already on carbamazepine. dose wk 1-2?", "With carbamazepine"),
        ("perampanel dose in epilepsy, weeks 1 and 2?", "Alone"),
    ],
)
def test_who_takes_another_drug_is_not_dosed_as_if_alone(
    tmp_path: Path, question: str, begins: str
) -> None:
    with library_of(tmp_path, {"title": "Perampanel", "text": TABLE}) as library:
        opening = [claim.text for claim in ask(library, question).bottom_line]
    assert begins in opening[0]
    assert begins == "Alone" or not any("Alone" in text for text in opening)
