"""Bars without a verb name those from whom a drug is kept."""

from __future__ import annotations

from pathlib import Path

import pytest

from osler.domain import Polarity, Statement, StatementKind
from osler.reading import read, walk
from osler.statements import extract
from osler.statements.groups.bare_bars import group_of_bare_bar, tells_who_is_meant


def statements_of(folder: Path, text: str) -> dict[str, Statement]:
    (folder / "a.md").write_text(text, encoding="utf-8")
    [document] = [d for raw in walk(folder / "a.md") for d in read(raw)]
    return {s.text: s for s in extract(document)}


@pytest.mark.parametrize(
    ("text", "attribute"),
    [
        ("Not in pregnancy.", "pregnancy"),
        ("Never in breastfeeding.", "breastfeeding"),
        ("Not if pregnant.", "pregnancy"),
        ("Not under 12 years.", "age"),
        ("Not with an eGFR below 30.", "egfr"),
        ("Not with a prolonged QT interval.", "condition"),
        ("Ribavirin: not in pregnancy.", "pregnancy"),
        ("Metformin not below 30 mL/min.", "crcl"),
        ("(Epilepsy: not)", "condition"),
        ("Pregnancy: never.", "pregnancy"),
    ],
)
def test_who_is_named_behind_a_bare_not_is_barred(text: str, attribute: str) -> None:
    group = group_of_bare_bar(text)
    assert group is not None
    assert attribute in group.attributes
    assert not any(c.negated for c in group.criteria)


@pytest.mark.parametrize(
    "text",
    [
        "Not pregnant.",
        "Not on dialysis.",
        "Not unless pregnant.",
        "Ribavirin 400 mg twice daily, not in pregnancy.",
        "Ribavirin 400 mg twice daily (not in pregnancy).",
        "Adults: not in pregnancy.",
        "Not with verapamil.",
        "Not pregnant: ribavirin 400 mg.",
    ],
)
def test_what_tells_who_is_left_is_no_bare_bar(text: str) -> None:
    assert group_of_bare_bar(text) is None


@pytest.mark.parametrize(
    ("lead", "meant"),
    [
        ("Give when all are true:", True),
        ("Suitable for women who are:", True),
        ("Check before every dose:", False),
        ("Do not give if:", False),
        ("Oral clonidine 50 micrograms", False),
    ],
)
def test_a_lead_in_that_opens_what_must_be_so(lead: str, meant: bool) -> None:
    assert tells_who_is_meant(lead) is meant


def test_one_of_several_is_barred(tmp_path: Path) -> None:
    said = statements_of(tmp_path, "# Ribavirin\n\nNot in pregnancy or breastfeeding.\n")
    statement = said["Not in pregnancy or breastfeeding."]
    assert statement.kind is StatementKind.CONTRAINDICATION
    assert statement.polarity is Polarity.NEGATIVE
    assert statement.group.combinator.value == "any"


def test_a_line_of_a_list_that_a_lead_in_opens_tells_who_is_meant(tmp_path: Path) -> None:
    listed = "- Not in pregnancy.\n- Weight over 50 kg.\n"
    text = f"# Ribavirin\n\nGive 400 mg when all are true:\n\n{listed}"
    [criterion] = [
        c
        for c in statements_of(tmp_path, text)["Not in pregnancy."].group.criteria
        if c.attribute == "pregnancy"
    ]
    assert criterion.negated
