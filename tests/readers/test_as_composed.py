"""What reads a worded answer instead of showing it, reads it as composed."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from osler.answering import from_json, to_json
from osler.domain import Answer, Audience
from osler.domain.errors import StaleCitation
from osler.evaluation.recheck import recheck
from osler.fhir import bundle_of
from osler.library import Library
from osler.readers import as_composed, worded

AT = datetime(2026, 11, 30, 9, 0, tzinfo=UTC)


def texts(body: dict[str, Any]) -> list[str]:
    return [c["text"] for c in body["bottom_line"]]


def test_a_stored_answer_is_read_back(answers: tuple[Answer, ...], starter: Library) -> None:
    for answer in answers:
        if answer.answered:
            body = to_json(answer, starter)
            assert to_json(from_json(body, starter), starter) == body


@pytest.mark.parametrize("audience", list(Audience))
def test_what_is_read_back_is_worded_the_same(
    maintenance: Answer, starter: Library, audience: Audience
) -> None:
    body = to_json(worded(maintenance, audience), starter)
    again = worded(from_json(to_json(maintenance, starter), starter), audience)
    assert to_json(again, starter) == body


def test_a_quote_that_does_not_stand_there_is_not_read_back(
    maintenance: Answer, starter: Library
) -> None:
    body = to_json(maintenance, starter)
    body["bottom_line"][0]["citations"][0]["quote"] = "another"
    with pytest.raises(StaleCitation):
        from_json(body, starter)


def test_nor_is_a_claim_that_the_gate_objects_to(maintenance: Answer, starter: Library) -> None:
    body = to_json(maintenance, starter)
    body["bottom_line"][0]["verdict"] = "unsupported"
    with pytest.raises(StaleCitation):
        from_json(body, starter)


def test_claims_go_back_to_what_was_composed(maintenance: Answer, starter: Library) -> None:
    body = to_json(maintenance, starter)
    plain = to_json(worded(maintenance, Audience.PATIENT), starter)
    assert texts(plain) != texts(body)
    back = as_composed(plain)
    assert texts(back) == texts(body)
    for claim, was in zip(back["bottom_line"], body["bottom_line"], strict=True):
        assert claim["dosages"] == was["dosages"]
    assert as_composed(body) == body


def test_a_worded_answer_is_rechecked_and_exported_as_composed(
    maintenance: Answer, starter: Library
) -> None:
    plain = worded(maintenance, Audience.PATIENT)
    again = recheck(starter, plain.bottom_line)
    assert (again.citations, again.unsupported) == (again.right, ())
    shown = bundle_of(to_json(plain, starter), starter, at=AT)
    said = str(shown)
    for claim in plain.bottom_line:
        assert claim.composed is not None
        assert claim.composed in said
        assert claim.text not in said
