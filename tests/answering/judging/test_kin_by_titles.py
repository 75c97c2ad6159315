"""A document on another kind of an illness is on that one, even if its title names both."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.answering.documents import opening_of

ORAL = {
    "title": "Oral thrush (candidiasis)",
    "text": "## Treatment\n\n- Nystatin suspension 100,000 units four times daily after food\n\n"
    "## Supportive measures\n\n- Counsel on the use of dentures\n",
}
VAGINAL = {
    "title": "Vulvo-vaginal candidiasis",
    "text": "## Treatment\n\n- Fluconazole 150 mg orally as a single dose\n",
}
ANXIETY = {
    "title": "Anxiety disorder",
    "text": "## Treatment\n\n- Diazepam 10 mg orally once daily\n",
}
PANIC = {
    "title": "Panic disorder",
    "text": "## Treatment\n\n- Fluoxetine 20 mg orally once daily\n",
}


@pytest.mark.parametrize(
    ("question", "documents", "dose", "other"),
    [
        ("Vaginal thrush treatment", (ORAL, VAGINAL), "150 mg", "dentures"),
        ("Vaginal thrush treatment, not pregnant", (ORAL, VAGINAL), "150 mg", "100,000"),
        ("Panic disorder first line", (ANXIETY, PANIC), "Fluoxetine", "Diazepam"),
    ],
)
def test_what_is_on_its_kin_does_not_open(
    tmp_path: Path,
    question: str,
    documents: tuple[dict[str, str], ...],
    dose: str,
    other: str,
) -> None:
    opening = opening_of(tmp_path, question, *documents)
    assert dose in opening
    assert other not in opening


def test_a_dose_for_another_kind_does_not_open_beside_that_for_this_one(tmp_path: Path) -> None:
    text = (
        "- Invasive candidiasis: 800 mg on day 1, then 400 mg once daily.\n"
        "- Recurrent vaginal thrush: 150 mg every third day for three doses.\n"
    )
    question = "Candidaemia in an adult, fluconazole dose?"
    opening = opening_of(tmp_path, question, {"title": "Fluconazole", "text": text})
    assert "800 mg" in opening
    assert "150 mg" not in opening


def test_a_title_that_leaves_an_illness_out_is_not_on_it(tmp_path: Path) -> None:
    others = {
        "title": "Chlamydial infection (other than lymphogranuloma venereum)",
        "text": "## Treatment\n\n- Doxycycline 100 mg orally every 12 hours for 7 days\n",
    }
    own = {
        "title": "Lymphogranuloma venereum",
        "text": "## Treatment\n\n- Doxycycline 100 mg orally every 12 hours for 14 days\n",
    }
    opening = opening_of(tmp_path, "LGV doxycycline how many days", others, own)
    assert "for 14 days" in opening
    assert "for 7 days" not in opening
