"""A column of targets names what is to be reached, not what is given."""

from __future__ import annotations

from decimal import Decimal

import pytest

from osler.domain import Statement
from osler.reading import RawFile, read
from osler.statements import extract


def row(heading: str, header: str, cells: str) -> Statement:
    rule = "|---" * header.count("|") + "|---|"
    text = f"# {heading}\n\n| {header} |\n{rule}\n| {cells} |\n"
    (document,) = read(RawFile("a.md", "a.md", text.encode()))
    return next(s for s in extract(document) if s.dosages)


@pytest.mark.parametrize(
    "target", ["Target serum iron", "Goal for blood iron", "Target iron level"]
)
def test_a_target_is_neither_the_drug_nor_a_dose(target: str) -> None:
    found = row("Deferasirox", f"Who | Dose | {target}", "Adult | 500 mg daily | below 60 mg")
    assert found.substances == ("deferasirox",)
    assert [d.low for d in found.dosages] == [Decimal(500)]


@pytest.mark.parametrize("header", ["Iron", "Target dose of iron", "Target iron"])
def test_a_column_of_doses_keeps_its_drug(header: str) -> None:
    found = row("Anaemia", f"Who | {header}", "Adult | 200 mg daily")
    assert found.substances[0] == "iron"
    assert [d.low for d in found.dosages] == [Decimal(200)]
