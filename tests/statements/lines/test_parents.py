"""An item on other people stands under the drug of the item above, and not under its dose."""

from __future__ import annotations

import json
from pathlib import Path

from osler.answering import ask
from osler.library import Library


def _opening(folder: Path, question: str, drug: list[str]) -> list[str]:
    files = folder / "files"
    files.mkdir()
    record = {"condition_name": "Impetigo", "source": "A guide", "treatment": {"drug": drug}}
    (files / "impetigo.json").write_text(json.dumps(record), "utf-8")
    with Library.create(folder / "library") as library:
        library.add([files])
    with Library.open(folder / "library") as library:
        return [claim.text for claim in ask(library, question).bottom_line]


def test_a_childs_dose_is_told_without_the_adults(tmp_path: Path) -> None:
    drug = [
        "Co-trimoxazole: Adult: 960 mg orally every 12 hours for 5 days",
        "Child: 6 weeks - 5 months: 120 mg orally every 12 hours for 5 days",
        "6 months - 5 years: 240 mg orally every 12 hours for 5 days",
    ]
    opening = _opening(tmp_path, "Impetigo, 3 year old, co-trimoxazole dose?", drug)
    assert any("240 mg" in text for text in opening)
    assert all("Co-trimoxazole" in text for text in opening)
    assert not any("960 mg" in text for text in opening)


def test_what_goes_on_for_the_same_people_keeps_them(tmp_path: Path) -> None:
    drug = ["Ivermectin: Adult: 200 micrograms/kg orally once", "Repeat 200 micrograms/kg orally"]
    opening = _opening(tmp_path, "Impetigo, 3 year old, ivermectin dose?", drug)
    assert not any("Repeat" in text for text in opening)
