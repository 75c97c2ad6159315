"""What stands above a statement tells none of its doses from the others."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.answering.documents import library_of

from osler.answering import ask
from osler.domain import Answer, Claim
from osler.library import Library

GUIDANCE = {
    "Cefotaxime": """
## Treatment of brain abscess and osteomyelitis

Give cefotaxime 40 mg/kg intravenously every 6 hours, or 80 mg/kg intravenously every 12 hours.
""",
    "Flucloxacillin": """
## Osteomyelitis

Give flucloxacillin 25 mg/kg intravenously every 6 hours, or 50 mg/kg intravenously every 6 hours \
in endocarditis.
""",
    "Cefazolin": """
## Children with osteomyelitis

Give cefazolin 20 mg/kg intravenously every 8 hours, or 30 mg/kg intravenously every 12 hours.
""",
}


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    folder: Path = tmp_path_factory.mktemp("clauses")
    with library_of(folder, *({"title": t, "text": said} for t, said in GUIDANCE.items())) as made:
        yield made


def with_doses(answer: Answer) -> list[Claim]:
    claims = [*answer.bottom_line, *(c for s in answer.sections for c in s.claims)]
    return [claim for claim in claims if claim.derivations]


def open_inputs(claim: Claim) -> list[tuple[str | None, str | None]]:
    return [(d.inputs.get("only if"), d.inputs.get("unless")) for d in claim.derivations]


def test_the_other_illness_of_a_heading_chooses_between_no_doses(library: Library) -> None:
    answer = ask(library, "cefotaxime dose for brain abscess, child, 20 kg")
    (claim,) = with_doses(answer)
    assert open_inputs(claim) == [(None, None), (None, None)]
    assert "osteomyelitis" not in answer.missing


def test_an_illness_that_the_clause_names_still_chooses(library: Library) -> None:
    answer = ask(library, "flucloxacillin dose for osteomyelitis, child, 20 kg")
    (claim,) = with_doses(answer)
    assert open_inputs(claim) == [(None, "endocarditis"), ("endocarditis", None)]


def test_both_doses_under_a_heading_for_children_are_worked_out_for_a_child(
    library: Library,
) -> None:
    (claim,) = with_doses(ask(library, "cefazolin dose, osteomyelitis, 6 year old, 20 kg"))
    assert [d.result.split(" ", 1)[0] for d in claim.derivations] == ["400", "600"]
    assert open_inputs(claim) == [(None, None), (None, None)]


def test_none_of_them_is_worked_out_for_a_grown_up(library: Library) -> None:
    assert not with_doses(ask(library, "cefazolin dose, osteomyelitis, 40 year old, 80 kg"))
