"""Which wordings of a claim may stand, whatever a model writes."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from shown import differences

from osler.answering import ask
from osler.domain import Answer
from osler.library import Library
from osler.writing.gating import reworded_claim
from osler.writing.offering import Offered, offered_claims


@pytest.fixture(scope="module")
def answer(library: Library) -> Answer:
    return ask(library, "What is the maintenance dose of vitamin B12?")


def offered(answer: Answer, text: str) -> Offered:
    return next(item for item in offered_claims(answer) if item.claim.text == text)


USUAL = "The usual maintenance dose is hydroxocobalamin 1 mg intramuscularly every 2–3 months."
INTACT = "Patients with intact absorption take vitamin B12 350 µg orally every day as maintenance."
CYANIDE = "Avoid cyanocobalamin in renal dysfunction because cyanide may accumulate."


@pytest.mark.parametrize(
    ("claim", "wording"),
    [
        (USUAL, USUAL),
        (
            USUAL,
            "For maintenance, the usual dose is hydroxocobalamin 1 mg intramuscularly every "
            "2–3 months.",
        ),
        (
            INTACT,
            "As maintenance, patients with intact absorption take vitamin B12 350 µg by mouth "
            "every day.",
        ),
        (CYANIDE, "In renal dysfunction, avoid cyanocobalamin because cyanide may accumulate."),
    ],
)
def test_a_true_rewording_may_stand(answer: Answer, claim: str, wording: str) -> None:
    found = reworded_claim(wording, offered(answer, claim))
    assert found is not None
    assert found.text == wording
    assert found.composed == (None if wording == claim else claim)


@pytest.mark.parametrize(
    ("claim", "wording"),
    [
        (USUAL, "The usual maintenance dose is hydroxocobalamin 1 mg intramuscularly."),
        (USUAL, USUAL.replace("2–3 months", "2–3 weeks")),
        (USUAL, USUAL.replace("The usual", "A")),
        (USUAL, f"{USUAL} {USUAL}"),
        (INTACT, INTACT.replace("350 µg", "0.35 mg")),  # true, and not as written
        (INTACT, INTACT.replace("Patients with intact absorption", "Patients")),
        (CYANIDE, "Avoid cyanocobalamin in renal dysfunction."),
        (CYANIDE, "Avoid cyanocobalamin because cyanide may accumulate."),
        (CYANIDE, "Give cyanocobalamin in renal dysfunction because cyanide may not accumulate."),
        (CYANIDE, ""),
    ],
)
def test_a_wording_that_adds_or_drops_may_not(answer: Answer, claim: str, wording: str) -> None:
    assert reworded_claim(wording, offered(answer, claim)) is None


def test_a_claim_of_several_sources_is_held_against_each(answer: Answer) -> None:
    several = next(item for item in offered_claims(answer) if len(item.candidates) > 1)
    other = offered(answer, CYANIDE).candidates[0]
    spoilt = replace(several, candidates=(*several.candidates, other))
    words = several.claim.text.rstrip(".").split(" as maintenance")
    wording = f"As maintenance, {words[0][0].lower()}{words[0][1:]}."
    assert reworded_claim(wording, spoilt) is None


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_whatever_is_made_of_the_words_of_a_claim_is_safe_or_not_shown(
    answer: Answer, data: st.DataObject
) -> None:
    item = data.draw(st.sampled_from(offered_claims(answer)))
    words = st.sampled_from([*item.claim.text.split(), "not", "or", "10", "mg", "-", "daily", "IV"])
    wording = " ".join(data.draw(st.lists(words, min_size=1, max_size=25)))
    found = reworded_claim(wording, item)
    assert found is None or not differences(found.text, item.claim.text)


@given(st.text())
@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_at_all_is_taken_without_a_fault(answer: Answer, text: str) -> None:
    item = offered_claims(answer)[0]
    assert reworded_claim(text, item) is None


@pytest.mark.parametrize("piece", ["a-", "1 mg ", "not ", "every ", "((((", "1000 to ", ", or "])
def test_no_text_takes_long(answer: Answer, piece: str) -> None:
    item = offered_claims(answer)[0]
    started = time.perf_counter()
    assert reworded_claim(piece * 100_000, item) is None
    assert reworded_claim((piece * 200)[: len(item.claim.text)], item) is None
    assert time.perf_counter() - started < 2
