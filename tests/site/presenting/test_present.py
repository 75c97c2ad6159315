"""What a page shows of an answer that the engine really gave."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.template.loader import render_to_string

from osler.domain import Audience
from osler_site.engine import engine, patient_of
from osler_site.presenting.present import present
from osler_site.presenting.view import AnswerView, ClaimView

pytestmark = pytest.mark.usefixtures("site")


def _shown(question: str, patient: str = "") -> AnswerView:
    return present(engine().ask(question, Audience.PHYSICIAN, patient_of(patient)))


def _claims(answer: AnswerView) -> list[ClaimView]:
    return [*answer.bottom_line, *(c for s in answer.sections for c in s.claims)]


def test_the_runs_of_a_claim_are_its_text_and_its_doses_are_set_off() -> None:
    for claim in _claims(_shown("What is the maintenance dose of vitamin B12?")):
        runs = (*claim.pieces, *claim.last)
        assert "".join(run.text for run in runs) == claim.text
    first = _shown("What is the maintenance dose of vitamin B12?").bottom_line[0]
    assert any(run.dose and "µg" in run.text for run in first.pieces)


def test_the_checks_are_those_of_what_the_claim_states() -> None:
    answer = _shown("What is the maintenance dose of vitamin B12?")
    assert answer.bottom_line[0].checked == (
        "amount", "unit", "route", "timing", "group", "wording",
    )  # fmt: skip
    plain = [c for c in _claims(answer) if not any(run.dose for run in (*c.pieces, *c.last))]
    assert plain
    assert all("amount" not in c.checked for c in plain if "every" not in c.text and not c.group)


def test_a_derived_dose_is_shown_as_arithmetic() -> None:
    answer = _shown("What is the dose of gentamicin for an adult of 80 kg?")
    (working,) = [w for c in _claims(answer) for w in c.workings]
    assert working.formula == "1 mg/kg × 80 kg"
    assert working.result.startswith("80 mg")
    assert "weight 80 kg" in working.given


def test_what_applies_says_why() -> None:
    (first, *_) = _shown("Can metformin be used?", "egfr=24").bottom_line
    assert [r.text for r in first.remarks if r.kind == "reason"] == [
        "Applies to this patient: eGFR 24 < 30"
    ]


def test_an_abstention_shows_what_is_nearby() -> None:
    answer = _shown("Is clarithromycin safe with simvastatin?")
    assert not answer.answered
    assert answer.looked_for
    assert answer.nearby
    assert "/passage?at=" in answer.nearby[0].href


def test_doses_of_several_sources_have_a_picture_with_its_table() -> None:
    first, *_ = _shown("What is the maintenance dose of vitamin B12?").pictures
    assert first.narrow.startswith("<svg")
    assert len(first.table.rows) > 2


def test_sides_of_unknown_publishers_are_told_apart_by_their_titles() -> None:
    question = "What is the maintenance dose of vitamin B12?"
    body = engine().ask(question, Audience.PHYSICIAN, patient_of(""))
    assert body["conflicts"]
    known = body["references"][0]["organization"]
    shown = _conflicts(body)
    assert known in shown
    for number, reference in enumerate(body["references"]):
        reference |= {"organization": None, "year": None, "title": f"Ward sheet <{number}>"}
    shown = _conflicts(body)
    who = re.findall(r'<td role="cell" class="first">(.*?)</td>', shown)
    assert len(who) > 1
    assert all("Ward sheet &lt;" in cell and "Publisher unknown" in cell for cell in who)
    assert known not in shown


def _conflicts(body: dict[str, Any]) -> str:
    return render_to_string("osler/parts/conflicts.html", {"answer": present(body)})
