"""Whether a treatment goes on as it is: "continue at the same dose" answers that."""

from __future__ import annotations

import pytest
from tests.answering.documents import library_of

from osler.answering import ask
from osler.answering.understanding.understand import understand
from osler.domain import Aspect
from osler.library import Library


@pytest.fixture(scope="module")
def azathioprine(tmp_path_factory: pytest.TempPathFactory) -> Library:
    return library_of(
        tmp_path_factory.mktemp("carrying-on"),
        {
            "title": "Azathioprine in bowel disease",
            "text": "## Dose\n\nAzathioprine 2 mg/kg by mouth once daily.\n\n"
            "## Pregnancy\n\nContinue azathioprine at the same dose.",
        },
    )


@pytest.mark.parametrize(
    "question",
    [
        "20 weeks pregnant, takes azathioprine daily. Do we carry on, same dose?",
        "20 weeks pregnant, takes azathioprine daily. Do we carry on, what dose?",
    ],
)
def test_going_on_at_the_same_dose_is_an_answer(azathioprine: Library, question: str) -> None:
    answer = ask(azathioprine, question)
    texts = [claim.text for claim in answer.bottom_line]
    assert any("Continue azathioprine at the same dose" in text for text in texts)


def test_the_same_dose_is_asked_about_and_not_how_much_it_is() -> None:
    assert Aspect.DOSE not in understand("Continue sertraline at the same dose?").aspects
    assert Aspect.DOSE in understand("Dose of sertraline, then stop?").aspects
