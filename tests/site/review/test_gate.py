"""The gate over an article: what passes, what is objected to, and what cannot be argued for."""

from __future__ import annotations

from typing import Any

import pytest

from osler_site.articles.gate import objection, objections
from osler_site.articles.models import ArticlePage
from osler_site.engine import engine

pytestmark = pytest.mark.usefixtures("site")


@pytest.fixture
def claim(draft: ArticlePage, steps: Any) -> Any:
    return steps.first_claim(draft)


def test_every_claim_of_a_composed_answer_passes(draft: ArticlePage) -> None:
    assert len(draft.body) > 1
    assert objections(draft.body, engine().library()) == []


def test_a_wrong_dose_is_objected_to_with_both_spans(claim: Any) -> None:
    claim["text"] = claim["text"].replace("90 mg/kg/day", "900 mg/kg/day")
    found = objection(claim, engine().library())
    assert found is not None
    assert any("amount" in line and "900" in line and "90" in line for line in found.lines)


def test_an_objection_stands_only_with_a_reason_and_a_name(claim: Any) -> None:
    claim["text"] = claim["text"].replace("by mouth", "intravenously")
    library = engine().library()
    assert not objection(claim, library).stands
    claim["override"] = "The source was read wrongly."
    assert not objection(claim, library).stands
    claim["override_by"] = "Edith Example"
    assert objection(claim, library).stands


@pytest.mark.parametrize(
    "change",
    [
        {"source_id": "s_0000000000000000"},
        {"start": 0},
        {"quote": "Amoxicillin is never given."},
        {"quote": ""},
        {"start": None},
        {"source_id": "../../etc/passwd"},
    ],
)
def test_a_citation_that_is_not_in_the_library_cannot_be_argued_for(
    claim: Any, change: dict[str, Any]
) -> None:
    claim["citations"][0].update(change)
    claim.update(override="It is so.", override_by="Edith Example")
    found = objection(claim, engine().library())
    assert found is not None
    assert not found.proved
    assert not found.stands


def test_a_claim_without_citation_is_objected_to(claim: Any) -> None:
    claim["citations"] = []
    assert objection(claim, engine().library()) is not None
