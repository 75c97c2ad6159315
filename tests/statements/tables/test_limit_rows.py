"""A row's label that is a limit is read with the value in the cell."""

from __future__ import annotations

import pytest

from osler.domain import Statement
from osler.reading import RawFile, read
from osler.statements import extract
from osler.statements.tables.limit_rows import as_limit


@pytest.mark.parametrize(
    ("label", "value", "said"),
    [
        ("Stop if eGFR falls below", "45 mL/min", "Stop if eGFR falls below 45 mL/min"),
        ("Avoid if CrCl < (mL/min)", "20", "Avoid if CrCl < 20 mL/min"),
        ("Do not give if weight is under", "40 kg", "Do not give if weight is under 40 kg"),
        ("Contraindicated over (years)", "75", "Contraindicated over 75 years"),
        ("Dose when CrCl is below 30", "5 mg", ""),
        ("Usual dose", "30 mg", ""),
        ("Half-life is above", "12 hours", ""),
        ("Avoid when eGFR is below", "no limit", ""),
    ],
)
def test_a_label_that_breaks_off_at_its_value_is_one_limit_with_it(
    label: str, value: str, said: str
) -> None:
    assert as_limit(label, value) == said


def rows(*lines: str) -> list[Statement]:
    head, *body = lines
    text = "\n".join([head, "|" + "---|" * (head.count("|") - 1), *body, ""])
    (document,) = read(RawFile("a.md", "a.md", text.encode()))
    return [s for s in extract(document) if s.block.value == "row"]


def test_each_drug_has_the_limit_of_its_own_column() -> None:
    usual, other, first, second = rows(
        "| | Gliclazide | Metformin |",
        "| Usual dose | 80 mg daily | 500 mg daily |",
        "| Stop when eGFR is below | 15 mL/min | 30 mL/min |",
    )
    assert [s.text for s in (first, second)] == [
        "Gliclazide: Stop when eGFR is below 15 mL/min",
        "Metformin: Stop when eGFR is below 30 mL/min",
    ]
    assert [s.group.criteria[0].high for s in (first, second)] == [15, 30]
    assert [s.group.criteria for s in (usual, other)] == [(), ()]
