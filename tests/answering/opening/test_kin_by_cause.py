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
        f"Parkinsonism secondary to risperidone: {LINE}\n",
        f"- Metoclopramide-associated parkinsonism: {LINE}\n",
        f"## Parkinsonism\n\n### Drug-induced\n\n{DOSE}\n",
    ],
)
def test_a_dose_for_what_a_drug_caused_is_for_that_alone(tmp_path: Path, text: str) -> None:
    with library_of(tmp_path, {"title": "Neurology", "text": text}) as library:
        idiopathic = ask(library, "Parkinson's disease, trihexyphenidyl dose?")
        induced = ask(
            library,
            "parkinsonism from a drug (risperidone, metoclopramide), dose of trihexyphenidyl?",
        )
    assert not any("5 mg" in claim.text for claim in idiopathic.bottom_line)
    assert any("5 mg" in claim.text for claim in induced.bottom_line)


def test_a_chapter_on_the_broader_illness_doses_for_its_kinds(tmp_path: Path) -> None:
    with library_of(tmp_path, {"title": "Parkinsonism", "text": DOSE}) as library:
        idiopathic = ask(library, "Parkinson's disease, trihexyphenidyl dose?")
    assert any("5 mg" in claim.text for claim in idiopathic.bottom_line)


def test_the_dose_for_the_kin_without_the_cause_opens_alone(tmp_path: Path) -> None:
    text = (
        f"## Drug-induced\n\n{DOSE}\n\n## Idiopathic\n\nTrihexyphenidyl 1 mg by mouth once daily.\n"
    )
    with library_of(tmp_path, {"title": "Parkinsonism", "text": text}) as library:
        answer = ask(library, "Parkinson's disease, trihexyphenidyl dose?")
    told = [claim.text for claim in answer.bottom_line]
    assert any("1 mg" in each for each in told)
    assert not any("5 mg" in each for each in told)


def test_what_was_given_before_is_no_cause(tmp_path: Path) -> None:
    text = f"Parkinsonism after levodopa has failed: {LINE}\n"
    with library_of(tmp_path, {"title": "Ward book", "text": text}) as library:
        answer = ask(library, "Parkinson's disease, trihexyphenidyl dose?")
    assert any("5 mg" in claim.text for claim in answer.bottom_line)
