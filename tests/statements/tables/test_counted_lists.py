"""A list whose items are counted is one statement; other lists give one an item."""

from __future__ import annotations

import pytest

from osler.domain import Document, Statement
from osler.reading import RawFile, read
from osler.statements import applies, extract, read_patient

LEAD = "Reduce to 2.5 mg twice daily when at least two of the following are present:"
LIST = """
- age 80 years or more
- body weight 60 kg or less
- serum creatinine 133 µmol/L or more
"""
TABLE = """
| Criterion | Limit |
|---|---|
| Age | 80 years or more |
| Body weight | 60 kg or less |
| Serum creatinine | 133 µmol/L or more |
"""


def document(text: str) -> Document:
    (read_document,) = read(RawFile("a.md", "a.md", text.encode()))
    return read_document


def statements(text: str) -> tuple[Document, tuple[Statement, ...]]:
    made = document(text)
    found = extract(made)
    for s in found:
        assert s.quote == made.text[s.start : s.end]
    return made, found


@pytest.mark.parametrize("criteria", [LIST, TABLE])
def test_lead_in_and_criteria_are_one_statement(criteria: str) -> None:
    _, found = statements(f"# Apixaban\n\nGive 5 mg.\n\n{LEAD}\n{criteria}\nCheck yearly.\n")
    first, counted, last = found
    assert (first.text, last.text) == ("Give 5 mg.", "Check yearly.")
    assert counted.quote.startswith(LEAD)
    assert counted.quote.rstrip(" |").endswith("133 µmol/L or more")
    assert counted.text.startswith(LEAD)
    assert counted.text.lower().endswith(
        "age 80 years or more; body weight 60 kg or less; serum creatinine 133 µmol/l or more."
    )
    yes = applies(counted.group, read_patient("82F 58 kg"))
    assert yes.because == ("82 ≥ 80 and weight 58 ≤ 60: two of the three criteria met",)
    assert applies(counted.group, read_patient("82F 75 kg creatinine 100")).applies == "no"


@pytest.mark.parametrize(
    "text",
    [
        "Avoid in any of the following:\n\n- pregnancy\n- eGFR below 30\n",
        "Give one of the following:\n\n- adults: 5 mg daily\n- children: 2 mg daily\n",
        "Give two of the following:\n\n- adults: 5 mg daily\n- children: 2 mg daily\n",
    ],
)
def test_items_that_stand_alone_stay_alone(text: str) -> None:
    assert len(statements(text)[1]) == 3
