"""Whom a document says it is for; the value beyond which it bars; names that share words."""

from decimal import Decimal
from pathlib import Path

import pytest

from osler.domain import Statement
from osler.reading import read, walk
from osler.statements import extract
from osler.statements.beyond import barred_beyond, barred_by_column
from osler.statements.groups.reading import read_group
from osler.statements.vocabulary.conditions import conditions_told, find_conditions


def statements_of(folder: Path, text: str) -> list[Statement]:
    path = folder / "text.md"
    path.write_text(text, encoding="utf-8")
    return [s for raw in walk(path) for d in read(raw) for s in extract(d)]


def test_whom_a_document_is_for_holds_for_all_of_it(tmp_path: Path) -> None:
    found = statements_of(
        tmp_path, "# Raised INR\n\nApplies to adult outpatients.\n\n## Bleeding\n\nGive 5 mg.\n"
    )
    assert [c.value for c in found[-1].group.criteria if c.attribute == "life stage"] == ["adult"]


@pytest.mark.parametrize(
    ("opening", "attributes"),
    [
        ("For children from 1 year and from 10 kg, pain score 7 or more.", {"age", "weight"}),
        ("For adults over 50 kg only.", {"weight"}),
        ("For neonates under 1.5 kg.", {"weight"}),
    ],
)
def test_an_opening_without_a_verb_says_whom_it_is_for(
    tmp_path: Path, opening: str, attributes: set[str]
) -> None:
    found = statements_of(tmp_path, f"# Sedation\n\n{opening}\n\n## Dose\n\nGive 5 mg.\n")
    assert attributes <= found[-1].group.attributes


def test_an_opening_that_doses_is_of_itself_alone(tmp_path: Path) -> None:
    opening = "For children from 1 year, give 10 mg."
    found = statements_of(tmp_path, f"# Sedation\n\n{opening}\n\n## Adults\n\nGive 50 mg.\n")
    assert "age" not in found[-1].group.attributes


def test_what_applies_to_something_else_is_no_scope(tmp_path: Path) -> None:
    found = statements_of(tmp_path, "# Cream\n\nIt applies to the skin.\n\nUse 5 g daily.\n")
    assert not found[-1].group.criteria


def test_a_bar_told_by_ellipsis_is_of_the_value_before(tmp_path: Path) -> None:
    text = "May be used down to an eGFR of 30; avoid below that."
    [statement] = statements_of(tmp_path, f"# X\n\n- {text}\n")
    [barred] = barred_beyond(statement)
    assert (barred.attribute, barred.low, barred.high) == ("egfr", None, Decimal(30))
    assert not barred.high_inclusive


@pytest.mark.parametrize(
    ("header", "cell", "attribute", "low", "high"),
    [
        ("Do not start below (eGFR, mL/min/1.73 m²)", "20", "egfr", None, 20),
        ("Avoid if eGFR below", "30 mL/min", "egfr", None, 30),
        ("Stop above (potassium, mmol/L)", "6.0", "potassium", 6, None),
    ],
)
def test_a_column_of_limits_bars(
    header: str, cell: str, attribute: str, low: int | None, high: int | None
) -> None:
    found = barred_by_column(header, cell)
    assert found is not None
    assert (found.attribute, found.low, found.high) == (attribute, low, high)


@pytest.mark.parametrize("header", ["Dose", "Maximum (mg)", "Review after (weeks)"])
def test_other_columns_bar_nobody(header: str) -> None:
    assert barred_by_column(header, "20") is None


def test_names_share_their_last_words() -> None:
    text = "Prophylaxis after hip or knee replacement"
    assert [f.name for f in conditions_told(text)] == ["hip replacement", "knee replacement"]
    assert [f.name for f in find_conditions(text)] == ["knee replacement"]
    assert [f.name for f in conditions_told("DVT and PE")] == [
        "deep vein thrombosis",
        "pulmonary embolism",
    ]


def test_pregnancy_and_breastfeeding_are_alternatives() -> None:
    group = read_group("Avoid in pregnancy and breastfeeding.")
    assert group.combinator.value == "any"
    assert group.attributes == {"pregnancy", "breastfeeding"}


def test_a_list_of_people_in_brackets_is_read() -> None:
    group = read_group("25 mg for people at risk of neuropathy (diabetes, HIV, malnutrition).")
    assert group.combinator.value == "any"
    assert {c.value for c in group.criteria} == {"diabetes", "hiv", "malnutrition"}


def test_immunisation_is_read_with_its_denial() -> None:
    assert [(c.value, c.negated) for c in read_group("Fully immunised, low resistance: X").criteria]
    denied = read_group("Not fully immunised, or severe infection: X").criteria
    assert any(c.negated and c.value == "fully immunised" for c in denied) or any(
        a.value == "fully immunised" for c in denied for a in c.alternatives
    )


@pytest.mark.parametrize(
    ("title", "is_told"),
    [
        ("Tetanus, adult protocol", True),
        ("Migraine: adults", True),
        ("Asthma and COPD", False),
    ],
)
def test_a_part_of_a_title_on_people_alone_holds_for_all(
    tmp_path: Path, title: str, is_told: bool
) -> None:
    [found] = statements_of(tmp_path, f"# {title}\n\n## Treatment\n\nGive 5 mg once daily.\n")
    adults = [c for c in found.group.criteria if c.value == "adult" and not c.alternatives]
    assert bool(adults) is is_told


@pytest.mark.parametrize(
    "title", ["Diarrhoea and vomiting in children under 5", "Asthma: children over 6 years"]
)
def test_an_age_in_a_title_narrows_its_people(tmp_path: Path, title: str) -> None:
    [found] = statements_of(tmp_path, f"---\ntitle: '{title}'\n---\n\nGive 5 mg once daily.\n")
    told = {c.attribute: c.alternatives for c in found.group.criteria}
    assert told["life stage"] == told["age"] == ()  # both hold: neither stands for the other
