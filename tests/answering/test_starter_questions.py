"""The starter library's answers, as a clinician would read them."""

from __future__ import annotations

import json

import pytest

from osler.answering import ask, to_json
from osler.domain import Answer, Claim
from osler.library import Library

B12 = (
    "What is the recommended maintenance dose of cyanocobalamin (Vitamin B12) "
    "after the acute loading phase?"
)
QUESTIONS = [
    B12,
    "Ferrous sulphate dose to treat iron deficiency anaemia in an adult?",
    "mtx starting dose RA and max",
    "Pt on methotrexate has a UTI. Trimethoprim ok?",
    "Lithium blood level monitoring intervals from start to long term?",
    "pabrinex dosing suspected Wernickes",
    "Gent for endocarditis (synergy), 75 kg man, CrCl 70",
    "amoxicilin dose 3 yr old acute otitis media, 14 kg",
]


def every_claim(answer: Answer) -> list[Claim]:
    claims = [*answer.bottom_line, *(c for s in answer.sections for c in s.claims)]
    return claims + [p.claim for conflict in answer.conflicts for p in conflict.positions]


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_quote_is_the_text_of_its_source_at_its_offsets(
    starter: Library, question: str
) -> None:
    answer = ask(starter, question)
    assert answer.answered
    for claim in every_claim(answer):
        assert claim.citations
        assert claim.verdict.supported
        for citation in claim.citations:
            text = starter.text(citation.source_id)
            assert citation.quote == text[citation.start : citation.end]
            for context in citation.context:
                assert context.quote == text[context.start : context.end]


@pytest.mark.parametrize("question", QUESTIONS)
def test_the_same_question_gives_the_same_bytes(starter: Library, question: str) -> None:
    def as_bytes() -> str:
        answer = to_json(ask(starter, question), starter)
        answer.pop("elapsed_ms")
        return json.dumps(answer, ensure_ascii=False)

    assert as_bytes() == as_bytes()


@pytest.mark.parametrize("question", QUESTIONS)
def test_references_are_numbered_in_the_order_of_first_citation(
    starter: Library, question: str
) -> None:
    answer = ask(starter, question)
    met: list[int] = []
    for claim in every_claim(answer):
        met += [c.reference for c in claim.citations if c.reference not in met]
    assert met == list(range(1, len(met) + 1))
    assert [r.number for r in answer.references] == met
