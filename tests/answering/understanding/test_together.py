"""Two drugs named side by side, and no dose asked for: what a source says of both answers."""

from __future__ import annotations

import pytest
from tests.answering.documents import library_of

from osler.answering import ask
from osler.answering.understanding.understand import understand
from osler.domain import Answer, Aspect
from osler.library import Library


@pytest.fixture(scope="module")
def pairs(tmp_path_factory: pytest.TempPathFactory) -> Library:
    return library_of(
        tmp_path_factory.mktemp("pairs"),
        {
            "title": "Simvastatin",
            "text": "Simvastatin for adults: 40 mg by mouth once daily at night.\n\n"
            "Take simvastatin with or without food.\n\n"
            "**Strong inhibitors** (clarithromycin, itraconazole):\n\n"
            "- avoid the combination\n\n"
            "**Amlodipine**:\n\n- combined use: at most 20 mg once daily",
        },
        {
            "title": "Statins at a glance",
            "text": "Avoid simvastatin with clarithromycin: stop it for the course.\n\n"
            "Simvastatin is stopped together with any other statin before surgery.",
        },
    )


def shown(answer: Answer) -> str:
    body = [claim for section in answer.sections for claim in section.claims]
    return "\n".join(claim.text for claim in (*answer.bottom_line, *body))


@pytest.mark.parametrize(
    "question",
    [
        "simvastatin with clarithromycin?",
        "clarithromycin and simvastatin",
        "clarithromycin while on simvastatin",
        "simvastatin plus clarithromycin together",
        "simvastatin clarithromycin interaction",
    ],
)
def test_what_names_both_answers(pairs: Library, question: str) -> None:
    texts = shown(ask(pairs, question))
    assert "Avoid simvastatin with clarithromycin" in texts
    assert "avoid the combination" in texts
    assert "40 mg" not in texts
    assert "20 mg" not in texts
    assert "food" not in texts
    assert "surgery" not in texts


def test_nothing_on_both_is_no_answer(pairs: Library) -> None:
    assert not ask(pairs, "simvastatin with doxycycline?").answered


@pytest.mark.parametrize(
    "question",
    [
        "warfarin with fluconazole?",
        "lithium and ibuprofen",
        "digoxin plus amiodarone",
        "can I take ibuprofen with lisinopril",
        "tramadol while taking sertraline",
    ],
)
def test_an_interaction_is_asked(question: str) -> None:
    read = understand(question)
    assert Aspect.INTERACTION in read.aspects
    assert Aspect.DOSE not in read.aspects
    assert [t.kind for t in read.terms] == ["substance", "co-drug"]


@pytest.mark.parametrize(
    "question",
    [
        "dose of methotrexate with folic acid",
        "amoxicillin and metronidazole for dental abscess",
        "difference between apixaban and rivaroxaban",
        "piperacillin and tazobactam",
        "apixaban or warfarin",
        "monitoring of lithium and ramipril",
    ],
)
def test_no_interaction_is_asked(question: str) -> None:
    assert Aspect.INTERACTION not in understand(question).aspects
