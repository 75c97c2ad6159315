"""A definition of a dose opens behind the line for the patient that uses its term."""

from __future__ import annotations

import pytest

from osler.answering import ask
from osler.library import Library

INHALED = """---
title: Inhaled corticosteroids in asthma
kind: guideline
---

| Age | Well controlled | Not controlled |
|---|---|---|
| 6 to 11 years | low dose | medium dose |
| 12 years and over | low dose | high dose |

Low dose means budesonide 200-400 micrograms a day.

Medium dose is defined as budesonide 400-800 micrograms a day.

High dose means budesonide more than 800 micrograms a day.
"""


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    folder = tmp_path_factory.mktemp("definitions")
    (folder / "inhaled.md").write_text(INHALED, "utf-8")
    made = Library.create(folder / "library")
    made.add(folder / "inhaled.md")
    return made


def test_the_row_of_the_patient_opens_before_what_its_words_mean(library: Library) -> None:
    opening = [c.text for c in ask(library, "budesonide dose asthma 30 years old").bottom_line]
    assert "12 years and over" in opening[0]
    assert any("200" in text for text in opening[1:])
    assert not any(text.startswith("Medium") for text in opening)


def test_a_definition_asked_for_opens_by_itself(library: Library) -> None:
    opening = [c.text for c in ask(library, "what is a low dose of budesonide?").bottom_line]
    assert "200" in opening[0]
