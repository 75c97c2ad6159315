"""A bar that a label parts from a dose answers for its own people, under the drug of the dose."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.answering.documents import library_of

from osler.answering import ask


def _lines(folder: Path, title: str, text: str, question: str) -> tuple[list[str], list[str]]:
    """The bottom line, and all lines."""
    with library_of(folder, {"title": title, "text": f"# {title}\n\n{text}\n"}) as library:
        answer = ask(library, question)
    below = [claim.text for section in answer.sections for claim in section.claims]
    above = [claim.text for claim in answer.bottom_line]
    return above, [*above, *below]


MINOCYCLINE = "Minocycline 100 mg once daily Child under 12 years: do not give."
TRAMADOL = "Tramadol 50 mg every 6 hours Breastfeeding: contraindicated"
FAMCICLOVIR = "Famciclovir 500 mg twice daily for 7 days Pregnancy: avoid unless advised."


@pytest.mark.parametrize(
    ("title", "text", "question", "bar"),
    [
        (
            "Minocycline",
            MINOCYCLINE,
            "minocycline dose for a child of 7",
            "Minocycline: Child under 12 years: do not give.",
        ),
        (
            "Tramadol",
            TRAMADOL,
            "tramadol dose while breastfeeding",
            "Tramadol: Breastfeeding: contraindicated",
        ),
        (
            "Antiviral sheet",
            FAMCICLOVIR,
            "famciclovir dose in pregnancy",
            "Famciclovir: Pregnancy: avoid unless advised.",
        ),
        (
            "Aciclovir sheet",
            FAMCICLOVIR,
            "famciclovir dose in pregnancy",
            "Famciclovir: Pregnancy: avoid unless advised.",
        ),
    ],
)
def test_a_bar_opens_for_its_people(
    tmp_path: Path, title: str, text: str, question: str, bar: str
) -> None:
    above, _ = _lines(tmp_path, title, text, question)
    assert above == [bar]


def test_a_bar_stands_beside_the_dose_for_whom_nothing_is_told(tmp_path: Path) -> None:
    above, lines = _lines(tmp_path, "Tramadol", TRAMADOL, "tramadol dose")
    assert above == ["Tramadol 50 mg every 6 hours"]
    assert "Tramadol: Breastfeeding: contraindicated" in lines


def test_a_bar_is_told_of_no_drug_of_the_heading(tmp_path: Path) -> None:
    _, lines = _lines(tmp_path, "Aciclovir sheet", FAMCICLOVIR, "aciclovir in pregnancy?")
    assert not any("avoid unless" in line for line in lines)


def test_the_dose_of_children_behind_a_bar_is_not_for_the_pregnant(tmp_path: Path) -> None:
    text = "Promethazine 25 mg at night Pregnancy: not recommended Child: 10 mg at night"
    above, _ = _lines(tmp_path / "a", "Promethazine", text, "promethazine dose in pregnancy")
    assert not any("10 mg" in line for line in above)
    above, _ = _lines(tmp_path / "b", "Promethazine", text, "promethazine dose for a child of 8")
    assert above == ["Promethazine: Child: 10 mg at night"]
