"""What a drug has caused is another illness than its kin of no such cause: their doses differ."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.answering.documents import library_of

from osler.answering import ask

DOSE = "Trihexyphenidyl 5 mg by mouth once daily."
LINE = "trihexyphenidyl 5 mg by mouth once daily."


@pytest.mark.parametrize(
    "text",
    [
        f"## Parkinsonism due to antipsychotics\n\n{DOSE}\n",
        f"Parkinsonism caused by drugs: {LINE}\n",
        f"- Drug-induced parkinsonism: {LINE}\n",
        "Trihexyphenidyl for neuroleptic-induced parkinsonism: 5 mg by mouth once daily.\n",
    ],
)
def test_a_dose_for_what_a_drug_caused_is_for_that_alone(tmp_path: Path, text: str) -> None:
    with library_of(tmp_path, {"title": "Neurology", "text": text}) as library:
        idiopathic = ask(library, "Parkinson's disease, trihexyphenidyl dose?")
        induced = ask(library, "drug-induced parkinsonism, trihexyphenidyl dose?")
    assert not any("5 mg" in claim.text for claim in idiopathic.bottom_line)
    assert any("5 mg" in claim.text for claim in induced.bottom_line)


def test_a_chapter_on_the_broader_illness_doses_for_its_kinds(tmp_path: Path) -> None:
    with library_of(tmp_path, {"title": "Parkinsonism", "text": DOSE}) as library:
        idiopathic = ask(library, "Parkinson's disease, trihexyphenidyl dose?")
    assert any("5 mg" in claim.text for claim in idiopathic.bottom_line)
