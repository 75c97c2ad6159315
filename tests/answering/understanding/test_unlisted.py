"""Drugs that no lexicon lists are told apart by the names that the library's texts give them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from tests.answering.documents import library_of

from osler.answering import ask
from osler.domain import Answer
from osler.library import Library

ZOLENDRINE = {
    "title": "Zolendrine in gout",
    "organisation": "Hill Hospital",
    "text": "Adults with gout take zolendrine 20 mg by mouth once daily.\n\n"
    "Check serum creatinine every 3 months during zolendrine.",
}
FEXATROL = {
    "title": "Fexatrol in gout",
    "organisation": "Valley Hospital",
    "text": "Adults with gout take fexatrol 300 mg by mouth twice daily.\n\n"
    "In renal impairment the dose is 100 mg twice daily.",
}


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    folder = tmp_path_factory.mktemp("unlisted")
    with library_of(folder, ZOLENDRINE, FEXATROL) as opened:
        yield opened


def texts_of(answer: Answer) -> str:
    claims = [*answer.bottom_line, *(c for s in answer.sections for c in s.claims)]
    return "\n".join(claim.text for claim in claims)


@pytest.mark.parametrize(
    "question",
    [
        "What is the dose of zolendrine in gout?",
        "zolendrine dose",
        "What monitoring does zolendrine need in gout?",
        "How much zolendrine is given for gout?",
    ],
)
def test_nothing_is_shown_of_the_other_drug(library: Library, question: str) -> None:
    answer = ask(library, question)
    assert answer.answered
    assert "zolendrine" in texts_of(answer)
    assert "fexatrol" not in texts_of(answer)
    assert "100 mg" not in texts_of(answer)
    assert answer.conflicts == ()


def test_what_stands_under_its_title_is_of_it(library: Library) -> None:
    answer = ask(library, "dose of fexatrol in renal impairment")
    assert "100 mg twice daily" in answer.bottom_line[0].text


def test_what_its_texts_do_not_say_is_not_said(library: Library) -> None:
    assert not ask(library, "How is fexatrol monitored?").answered


def test_doses_of_two_of_them_do_not_disagree(library: Library) -> None:
    answer = ask(library, "How is gout treated?")
    assert "zolendrine" in texts_of(answer)
    assert "fexatrol" in texts_of(answer)
    assert answer.conflicts == ()
