"""What a source says that it is not for answers nothing, nor does what is not for an operation."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.answering.documents import library_of

from osler.answering import ask

COLCHICINE = {
    "title": "Colchicine for gout",
    "text": "Take colchicine 500 micrograms twice daily until the flare is over.\n\n"
    "- Pericarditis is a separate indication with its own doses; cardiology starts it.\n"
    "- Stop if there is diarrhoea.",
}
ASPIRIN = {
    "title": "Aspirin after stroke",
    "text": "Aspirin 300 mg daily for 14 days.\n\n"
    "Prevention of pre-eclampsia is not covered here.\n",
}
MIDAZOLAM = {
    "title": "Midazolam for agitation",
    "text": "Midazolam 2 mg IV, repeated after 5 minutes.\n\n"
    "In palliative care smaller doses are used; see the palliative care guideline.",
}
DALTEPARIN = {
    "title": "Dalteparin: doses in adults",
    "text": "| Use | Dose |\n|---|---|\n| Unstable angina | 120 units/kg twice daily |\n"
    "| Pulmonary embolism | 200 units/kg once daily |\n"
    "| Preventing recurrence after 6 months | 150 units/kg once daily |",
}


@pytest.mark.parametrize(
    ("document", "question"),
    [
        (COLCHICINE, "colchicine dose for pericarditis"),
        (ASPIRIN, "aspirin dose to prevent pre-eclampsia"),
        (MIDAZOLAM, "midazolam dose for agitation in a hospice patient"),
        (DALTEPARIN, "dalteparin prophylaxis after knee replacement, dose"),
        (DALTEPARIN, "dose of dalteparin to prevent clots after a hip replacement"),
    ],
)
def test_no_dose_for_another_need_answers(
    tmp_path: Path, document: dict[str, str], question: str
) -> None:
    with library_of(tmp_path, document) as library:
        answer = ask(library, question)
    assert not answer.bottom_line


def test_a_dose_for_the_operation_answers(tmp_path: Path) -> None:
    row = "\n| Prevention after surgery | 5000 units once daily |"
    with library_of(tmp_path, {**DALTEPARIN, "text": DALTEPARIN["text"] + row}) as library:
        answer = ask(library, "dalteparin prophylaxis after knee replacement, dose")
    opening = [claim.text for claim in answer.bottom_line]
    assert "5000 units" in opening[0]
    assert not any("units/kg" in text for text in opening)


def test_what_a_source_is_for_still_answers_beside_what_it_refers_elsewhere(tmp_path: Path) -> None:
    with library_of(tmp_path, COLCHICINE) as library:
        answer = ask(library, "colchicine dose for gout")
    assert "500 micrograms" in answer.bottom_line[0].text
