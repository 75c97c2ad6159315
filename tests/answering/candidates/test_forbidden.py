"""Items led in by "Contraindications and cautions:" bar unless they ask for care."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.answering.documents import library_of

from osler.answering import ask

DOSE = "Disopyramide for atrial fibrillation: 100 mg by mouth every 6 hours."


def _opening(folder: Path, item: str, question: str) -> str:
    text = f"{DOSE}\n\nContraindications and cautions:\n\n- {item}\n- Heart block\n"
    with library_of(folder, {"title": "Disopyramide", "text": text}) as library:
        return " ".join(claim.text for claim in ask(library, question).bottom_line)


IN_GLAUCOMA = "disopyramide dose for atrial fibrillation, woman of 50 with glaucoma"


def test_an_item_without_a_word_of_care_leaves_no_dose(tmp_path: Path) -> None:
    opening = _opening(tmp_path, "Glaucoma", IN_GLAUCOMA)
    assert "Glaucoma" in opening
    assert "100 mg" not in opening


@pytest.mark.parametrize("item", ["Glaucoma (use with care)", "Glaucoma: monitor the pressure"])
def test_an_item_that_asks_for_care_stands_before_the_dose(tmp_path: Path, item: str) -> None:
    opening = _opening(tmp_path, item, IN_GLAUCOMA)
    assert opening.index("Glaucoma") < opening.index("100 mg")


def test_who_has_nothing_listed_is_dosed(tmp_path: Path) -> None:
    question = "disopyramide dose for atrial fibrillation, woman of 50"
    assert "100 mg" in _opening(tmp_path, "Glaucoma", question)
