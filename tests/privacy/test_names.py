"""Names that no list has are told by letters and neighbours; drugs in the same places are none."""

from __future__ import annotations

import pytest

from osler.domain.identifier import IdentifierKind
from osler.privacy import find_identifiers
from osler.privacy.english import is_english
from osler.privacy.likeness import likeness
from osler.privacy.tokens import TokenKind, tokens_of


@pytest.fixture(autouse=True)
def _ours_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("osler.privacy.finding.is_installed", lambda: False)
    find_identifiers.cache_clear()


def _names(text: str) -> list[str]:
    return [i.text for i in find_identifiers(text) if i.kind is IdentifierKind.NAME]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("ask about okonkwobi's b12", "okonkwobi"),
        ("pls check mbakwele k+ 5.9", "mbakwele"),
        ("the Wood family all have scabies", "Wood"),
        ("theatre: FIELD, Oluwaseun (hernia)", "FIELD, Oluwaseun"),
        ("script for Ana de la Cruz, warfarin", "Ana de la Cruz"),
    ],
)
def test_a_name_is_found(text: str, name: str) -> None:
    assert _names(text) == [name]


@pytest.mark.parametrize(
    "text",
    [
        "ask about genvoya's b12",
        "pls check digoxin k+ 5.9",
        "Hippel-Lindau belzutifan 120 mg",
        "E. Coli in the urine, nitrofurantoin?",
        "live cockroach in the ear, what to pour in?",
    ],
)
def test_nobody_is_named(text: str) -> None:
    assert _names(text) == []


@pytest.mark.parametrize("code", ["0048213", "22/118734", "PM-P7XK20418", "A-20931-7"])
def test_a_code_without_a_label_is_found(code: str) -> None:
    found = find_identifiers(f"{code} on lithium, level 1.3")
    assert [(i.kind, i.text) for i in found] == [(IdentifierKind.RECORD, code)]


@pytest.mark.parametrize(
    "text",
    ["BP 178/100", "SNOMED 44054006", "HIV VL 1250000", "1000mg/200mg", "NCT01234567", "7/7/7-28"],
)
def test_what_is_measured_or_public_is_no_code(text: str) -> None:
    assert find_identifiers(f"{text} and now?") == ()


def test_letters_tell_names_from_words() -> None:
    names = sum(likeness(w) for w in ("okonkwobi", "szymanowska", "haddadian"))
    words = sum(likeness(w) for w in ("trimethazole", "dyskeratosis", "unhelpful"))
    assert names > words + 6


def test_tokens_are_places_of_the_text() -> None:
    text = "[NAME]'s K+ is 5.2, Mrs O'Neil-Lund\n67F"
    tokens = tokens_of(text)
    assert [t.text for t in tokens] == [text[t.start : t.end] for t in tokens]
    assert (tokens[0].kind, tokens[-1].kind) == (TokenKind.HIDDEN, TokenKind.NUMBER)


def test_forms_of_words_are_english() -> None:
    assert all(map(is_english, ("cockroaches", "shivering", "tapped")))
    assert not is_english("okonkwobi")


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("how about metformin for Okonkwo?", ["Okonkwo"]),
        ("Mary-Jane Watson 5kg, paracetamol dose?", ["Mary-Jane Watson"]),
        ("Ms Will May, 67, warfarin dose?", ["Will May"]),
        ("Mrs Smith Warfarin dose?", ["Smith"]),
        ("metformin for Grace Young?", ["Grace Young"]),
        ("Rose Bengal with dry eye", []),
        ("Weight 5kg, paracetamol dose?", []),
        ("Urea 12 mmol/L on ramipril", []),
    ],
)
def test_words_that_are_names_too_and_weights_behind_names(question: str, names: list[str]) -> None:
    assert [i.text for i in find_identifiers(question) if i.kind is IdentifierKind.NAME] == names


@pytest.mark.parametrize(
    ("question", "ages"),
    [
        ("ninety-four, on warfarin, bleeding", ["ninety-four"]),
        ("sats ninety-four on air", []),
        ("ninety-five percent of patients", []),
    ],
)
def test_ages_in_words(question: str, ages: list[str]) -> None:
    assert [i.text for i in find_identifiers(question) if i.kind is IdentifierKind.AGE] == ages
