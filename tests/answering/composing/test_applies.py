"""What an answer says of whom a line is for: by the line's own words before its document's."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.answering.documents import library_of

from osler.answering import ask
from osler.domain import Answer, Applies, Claim
from osler.library import Library

CLOTS = {
    "title": "Venous thromboembolism on our wards",
    "text": """
## How long

Patients with idiopathic pulmonary embolism should be anticoagulated for 12 months.

Patients with newly diagnosed deep vein thrombosis should be anticoagulated for 4 months.

## Prophylaxis

On medical wards give tinzaparin 4500 units subcutaneously once daily.

## Treatment

Give tinzaparin 14000 units subcutaneously once daily.
""",
}


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    folder: Path = tmp_path_factory.mktemp("applies")
    with library_of(folder, CLOTS) as made:
        yield made


def line(answer: Answer, words: str) -> Claim:
    claims = [*answer.bottom_line, *(c for s in answer.sections for c in s.claims)]
    (found,) = [claim for claim in claims if words in claim.text]
    return found


def test_a_line_on_a_kin_illness_is_not_said_to_be_for_this_patient(library: Library) -> None:
    answer = ask(library, "how long to anticoagulate a deep vein thrombosis")
    own = line(answer, "4 months")
    assert own.applies is Applies.YES
    assert own.because == ("deep vein thrombosis",)
    for claim in [*answer.bottom_line, *(c for s in answer.sections for c in s.claims)]:
        if "12 months" in claim.text:
            assert (claim.applies, claim.because) == (Applies.UNKNOWN, ())


def test_who_has_the_kin_illness_is_told_of_that_line(library: Library) -> None:
    claim = line(ask(library, "how long to anticoagulate a pulmonary embolism"), "12 months")
    assert (claim.applies, claim.because) == (Applies.YES, ("pulmonary embolism",))


def test_a_dose_that_prevents_is_not_said_to_be_for_who_has_the_illness(library: Library) -> None:
    answer = ask(library, "tinzaparin for deep vein thrombosis")
    assert line(answer, "14000").applies is Applies.YES
    assert line(answer, "4500").applies is Applies.UNKNOWN


def test_where_prevention_is_asked_for_it_is(library: Library) -> None:
    answer = ask(library, "tinzaparin prophylaxis of venous thromboembolism")
    assert line(answer, "4500").applies is not Applies.UNKNOWN
