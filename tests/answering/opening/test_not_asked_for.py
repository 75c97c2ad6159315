"""What opens is what is asked for: no emergency, no advice against, nothing for prevention."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.answering.documents import library_of

from osler.answering import ask

VALPROATE = {
    "title": "Valproate",
    "text": "# Epilepsy\n\nValproate 300 mg twice daily by mouth.\n\n"
    "# Status epilepticus\n\nValproate 40 mg/kg IV, maximum 3 g.",
}
PROPRANOLOL = {
    "title": "Propranolol",
    "text": "# Migraine\n\nPropranolol 40 mg twice daily by mouth.\n\n"
    "# Thyroid storm\n\nPropranolol 80 mg every 4 hours.",
}
COLCHICINE = {
    "title": "Gout",
    "text": "# Attacks\n\nColchicine 500 micrograms three times a day.\n\n"
    "# Long-term treatment\n\nCover with colchicine 500 micrograms once daily for 6 months.",
}
DOXYCYCLINE = {
    "title": "Infections after floods",
    "text": "# Leptospirosis\n\nDoxycycline 100 mg twice daily for 7 days.\n\n"
    "# Skin wounds\n\nProphylaxis is for rescue workers:\n\n- doxycycline 200 mg once a week.",
}
STEROID = {
    "title": "Prednisolone in giant cell arteritis",
    "text": "Begin with prednisolone 40–60 mg daily. "
    "Prednisolone at 20 mg daily or less is discouraged, and more than 80 mg daily is advised "
    "against.",
}
TINZAPARIN = {
    "title": "Tinzaparin: doses",
    "text": "| Use | Dose |\n|---|---|\n| Pulmonary embolism | 175 units/kg once daily |\n"
    "| Acute medical patients | 4500 units once daily |",
}


@pytest.mark.parametrize(
    ("document", "question", "wanted", "unwanted"),
    [
        (VALPROATE, "valproate dose for epilepsy", "300 mg", "40 mg/kg"),
        (PROPRANOLOL, "propranolol dose for migraine", "40 mg", "80 mg"),
        (COLCHICINE, "colchicine dose for an acute attack of gout", "three times", "once daily"),
        (DOXYCYCLINE, "doxycycline for leptospirosis, dose", "100 mg", "200 mg"),
        (STEROID, "prednisolone dose for giant cell arteritis", "40–60 mg", "80 mg"),
        (TINZAPARIN, "tinzaparin dose for pulmonary embolism", "175 units", "4500"),
    ],
)
def test_what_is_not_asked_for_does_not_open(
    tmp_path: Path, document: dict[str, str], question: str, wanted: str, unwanted: str
) -> None:
    with library_of(tmp_path, document) as library:
        answer = ask(library, question)
    opening = [claim.text for claim in answer.bottom_line]
    assert any(wanted in text for text in opening)
    assert not any(unwanted in text for text in opening)


def test_a_limit_that_is_asked_for_opens(tmp_path: Path) -> None:
    with library_of(tmp_path, STEROID) as library:
        answer = ask(library, "maximum prednisolone dose in giant cell arteritis")
    assert any("80 mg" in claim.text for claim in answer.bottom_line)


METHOTREXATE = {
    "title": "Folic acid in rheumatology",
    "text": "Folic acid 5 mg once a week, the day after methotrexate.",
}
PREGNANCY = {
    "title": "Before pregnancy",
    "text": "Folic acid 400 micrograms daily before conception.",
}


def test_with_another_drug_only_what_names_it_opens(tmp_path: Path) -> None:
    with library_of(tmp_path, METHOTREXATE, PREGNANCY) as library:
        answer = ask(library, "folic acid with methotrexate what day")
    opening = [claim.text for claim in answer.bottom_line]
    assert "the day after methotrexate" in opening[0]
    assert not any("400 micrograms" in text for text in opening)
