"""A question in another language is told so, and shorthand is not taken for one."""

from __future__ import annotations

import pytest

from osler.answering import ask
from osler.answering.abstain import reason_of_language
from osler.answering.understanding.language import languages, other_language
from osler.library import Library
from osler.privacy import hide
from osler.readers import translator


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("Quelle est la dose d'entretien de la vitamine B12 après la phase de charge ?", "French"),
        ("¿Cuál es la dosis de mantenimiento de gentamicina para el paciente?", "Spanish"),
        ("Wie hoch ist die Dosis von Gentamicin bei einer Endokarditis?", "German"),
        ("Qual è la dose di mantenimento della gentamicina per il paziente?", "Italian"),
        ("Qual é a dose de manutenção da gentamicina para o paciente?", "Portuguese"),
        ("Wat is de dosis van gentamicine bij een endocarditis?", "Dutch"),
        ("ビタミンB12の維持量は", "a language in another script"),
        ("Какая доза гентамицина?", "a language in another script"),
    ],
)
def test_other_languages_are_recognised(question: str, language: str) -> None:
    assert other_language(question) == language


def test_a_question_in_another_language_is_abstained_on_with_what_to_do(starter: Library) -> None:
    answer = ask(starter, "Quelle est la dose d'entretien de la vitamine B12 après la charge ?")
    assert answer.abstention is not None
    assert "French" in answer.abstention.reason
    assert "English" in answer.abstention.reason
    assert not answer.sections


@pytest.mark.parametrize(
    "question",
    [
        "vanc dose c diff?",
        "gentamicin 5 mg/kg od or bd",
        "IM or PO en route, die-off reaction?",
        "What is the dose of vitamin B12 after the acute loading phase?",
        "μg or mg of β-carotene per day",
        "co-amoxiclav, 3 yr, AOM",
        "la dose of amoxicillin",
        "Guillain-Barré: IVIG per kg?",
    ],
)
def test_english_and_shorthand_are_read(question: str) -> None:
    assert other_language(question) is None


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("dosis de mantenimiento de vitamina B12", "Spanish"),
        ("dosis de amoxicilina en niños", "Spanish"),
        ("Erhaltungsdosis von Vitamin B12", "German"),
        ("dosering van gentamicine", "Dutch"),
        ("vitamina b12 dose", None),
        ("dosis of b12", None),
        ("Juan de la Cruz amoxicillin 3 days", None),
        ("vitamin B12 maintenance dose", None),
    ],
)
def test_a_short_question_is_told_by_what_it_asks_for(question: str, language: str | None) -> None:
    assert other_language(question) == language


def test_a_short_question_in_another_language_is_whole_and_not_answered(starter: Library) -> None:
    question = "dosis de mantenimiento de vitamina B12"
    assert hide(question).text == question
    answer = ask(starter, question)
    assert answer.abstention is not None
    assert "Spanish" in answer.abstention.reason


@pytest.mark.parametrize("language", languages())
def test_the_refusal_is_said_in_spanish_on_a_spanish_page(language: str) -> None:
    said = translator("es")(reason_of_language(language))
    assert "en inglés" in said
