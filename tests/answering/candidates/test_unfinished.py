"""Sentences without their end or their subject are not shown alone; doses always are."""

from pathlib import Path

import pytest

from osler.answering import ask
from osler.answering.candidates.unfinished import is_unfinished
from osler.library import Library

GUIDE = """# Pelvic inflammatory disease

## Treatment

- Ceftriaxone 1 g intramuscularly at once
- Afterwards the patient should continue therapy with
- Doxycycline 100 mg orally every 12 hours for 14 days
- All of these are taken after food
- Treat the partner
"""


@pytest.mark.parametrize(
    "text",
    [
        "Subsequently, the patient should continue therapy with",
        "The regimen consists of:",
        "All of these are taken three times daily.",
        "Either of them is acceptable",
        "Mood stabilisers: Canada: September 2021",
    ],
)
def test_what_needs_what_is_not_there_is_unfinished(text: str) -> None:
    assert is_unfinished(text)


@pytest.mark.parametrize(
    "text",
    [
        "Stop if a rash develops.",
        "Any of these is taken three times daily: cyclizine 50 mg, promethazine 25 mg",
        "Not all patients need treatment.",
        "Each tablet is swallowed whole.",
    ],
)
def test_whole_sentences_are_not(text: str) -> None:
    assert not is_unfinished(text)


def test_an_article_shows_no_unfinished_sentence_and_keeps_its_doses(tmp_path: Path) -> None:
    (tmp_path / "guide.md").write_text(GUIDE, "utf-8")
    with Library.create(tmp_path / "library") as library:
        library.add([tmp_path / "guide.md"])
        answer = ask(library, "treatment of pelvic inflammatory disease")
    shown = [c.text for c in answer.bottom_line]
    shown += [c.text for section in answer.sections for c in section.claims]
    assert not any(text.rstrip(".").endswith("with") for text in shown)
    assert "All of these are taken after food" not in [text.rstrip(".") for text in shown]
    assert any("1 g" in text for text in shown)
    assert any("100 mg" in text for text in shown)
