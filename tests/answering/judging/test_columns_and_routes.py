"""Of a row the column of the illness asked about; no usual dose by a route of its own."""

from __future__ import annotations

import pytest
from tests.answering.documents import library_of

from osler.answering import ask
from osler.answering.candidates.row_drugs import without_other_doses
from osler.library import Library


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    return library_of(
        tmp_path_factory.mktemp("columns"),
        {
            "title": "Cefotaxime by renal function",
            "text": "| CrCl (mL/min), adults | Most infections | Meningitis |\n|---|---|---|\n"
            "| above 20 | 1 g IV every 8 hours | 2 g IV every 6 hours |\n"
            "| 20 or less | 500 mg IV every 8 hours | 1 g IV every 6 hours |\n",
        },
        {
            "title": "Morphine for adults",
            "text": "Morphine for severe pain in adults: start with 5 mg every 4 hours.",
        },
        {
            "title": "Heavy periods at the clinic",
            "text": "- Norethisterone: tabs, 5 mg three times daily for heavy periods.\n"
            "- Tranexamic acid 500 mg IV three times daily for heavy periods.\n"
            "- Buserelin for heavy periods: 150 micrograms in each nostril three times daily.\n",
        },
        {
            "title": "Etamsylate tablets",
            "text": "For heavy periods etamsylate 500 mg by mouth is taken four times daily.\n\n"
            "In the old, etamsylate 250 mg four times daily.\n",
        },
    )


def test_the_column_of_the_illness_is_shown_alone(library: Library) -> None:
    answer = ask(library, "Adult with meningitis, CrCl 45, cefotaxime dose?")
    first = answer.bottom_line[0].text
    assert "2 g IV every 6 hours" in first
    assert "Most infections" not in first


def test_without_an_illness_that_has_a_column_all_are_shown(library: Library) -> None:
    answer = ask(library, "Adult, CrCl 45, cefotaxime dose?")
    first = answer.bottom_line[0].text
    assert "1 g IV every 8 hours" in first
    assert "2 g IV every 6 hours" in first


def test_what_names_no_route_is_not_for_the_spine(library: Library) -> None:
    assert ask(library, "Adult in severe pain, morphine dose?").bottom_line
    assert not ask(library, "Adult in severe pain, intrathecal morphine dose?").bottom_line


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        ("norethisterone tablets", "5 mg three times daily"),
        ("intranasal buserelin", "150 micrograms in each nostril"),
        ("oral etamsylate", "500 mg by mouth"),
        ("intravenous etamsylate", None),
    ],
)
def test_a_form_in_short_or_a_part_of_the_body_tells_the_route(
    library: Library, asked: str, shown: str | None
) -> None:
    opening = ask(library, f"Adult with heavy periods: dose of {asked}?").bottom_line
    assert any(shown in claim.text for claim in opening) if shown else not opening


def test_the_times_of_its_tablets_are_those_of_what_they_hold() -> None:
    cells = (
        ("Product", "Zinc sulfate 125 mg tablet"),
        ("Elemental zinc", "45 mg"),
        ("Prevention", "1 tablet daily"),
        ("Treatment", "1 tablet three times daily"),
    )
    text = (
        "Product: Zinc sulfate 125 mg tablet; Elemental zinc: 45 mg; "
        "Treatment: 1 tablet three times daily"
    )
    beside = without_other_doses(text, text.index("45 mg"), cells)
    assert "three times daily" in beside
    assert "1 tablet daily" not in beside
