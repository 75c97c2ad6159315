"""What a heading run in to its paragraph says stays with each sentence of the paragraph."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.answering.test_bars import every_text

from osler.answering import ask
from osler.library import Library

NITROFURANTOIN = """NITROFURANTOIN

Cystitis.  50 mg four times a day with food. Five days are enough.

Prevention.  75 mg at bedtime. Look again after half a year.

Near birth.  100 mg capsules are a danger to the newborn. Choose another.

Neuropathy.  Never give it again. Tell the family doctor.
"""


@pytest.fixture(scope="module")
def texts(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    folder: Path = tmp_path_factory.mktemp("run-in")
    (folder / "nitrofurantoin.txt").write_text(NITROFURANTOIN, "utf-8")
    with Library.create(folder / "library") as library:
        library.add([folder / "nitrofurantoin.txt"])
    with Library.open(folder / "library") as library:
        return [
            text
            for asked in ("nitrofurantoin dose", "Can nitrofurantoin be given after neuropathy?")
            for text in every_text(ask(library, asked))
        ]


@pytest.mark.parametrize(
    ("head", "words"),
    [
        ("Cystitis", "50 mg four times"),
        ("Prevention", "75 mg at bedtime"),
        ("Near birth", "100 mg capsules"),
        ("Near birth", "Choose another"),
        ("Neuropathy", "Never give it again"),
    ],
)
def test_its_words_are_shown(texts: list[str], head: str, words: str) -> None:
    stating = [text for text in texts if words.lower() in text.lower()]
    assert all(f"{head}: " in text for text in stating), stating


def test_its_dose_is_shown(texts: list[str]) -> None:
    assert "NITROFURANTOIN: Prevention: 75 mg at bedtime." in texts
