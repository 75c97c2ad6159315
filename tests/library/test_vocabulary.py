"""What a library's sources call things."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from osler.library import Library
from osler.library.schema import DATABASE

TEXTS = {
    "eyes.md": "# Vitamin A deficiency (VAD)\n\nVitamin A deficiency (VAD) blinds children.\n",
    "skin.md": "# Pressure ulcers\n\nPressure ulcers, also called bed sores, are painful.\n",
    "blood.md": "# Blood\n\nIn acute lymphoblastic leukaemia (ALL) and in mitral stenosis (MS).\n",
    "nerves.md": "# Nerves\n\nIn multiple sclerosis (MS) give what is below.\n",
    "brain.md": "# Brain\n\nMultiple sclerosis (MS) relapses.\n",
}


@pytest.fixture
def named(tmp_path: Path) -> Library:
    folder = tmp_path / "texts"
    folder.mkdir()
    for name, text in TEXTS.items():
        (folder / name).write_text(text, encoding="utf-8")
    library = Library.create(tmp_path / "named")
    library.add(folder)
    return library


def test_an_abbreviation_is_written_out(named: Library) -> None:
    assert named.other_names("VAD") == ("vitamin a deficiency",)
    assert named.other_names("vad") == ("vitamin a deficiency",)
    assert named.other_names("vitamin A deficiency") == ("VAD",)


def test_names_are_found_in_any_of_their_forms(named: Library) -> None:
    for phrase in ("bed sores", "Bed sore", "BED-SORES"):
        assert named.other_names(phrase) == ("pressure ulcers",)
    assert named.other_names("pressure ulcer") == ("bed sores",)


def test_the_meaning_that_most_sources_give_comes_first(named: Library) -> None:
    assert named.other_names("MS") == ("multiple sclerosis", "mitral stenosis")
    named.remove("brain.md")
    assert named.other_names("MS") == ("mitral stenosis", "multiple sclerosis")


def test_an_abbreviation_that_is_a_word_counts_in_capitals_only(named: Library) -> None:
    assert named.other_names("ALL") == ("acute lymphoblastic leukaemia",)
    assert named.other_names("all") == named.other_names("All") == ()


@pytest.mark.parametrize("phrase", ["", "?", "XYZ", "a " * 500])
def test_what_has_no_other_name(named: Library, phrase: str) -> None:
    assert named.other_names(phrase) == ()


def test_a_version_knows_the_names_of_its_sources(named: Library) -> None:
    version = named.version
    named.remove("eyes.md")
    assert named.other_names("VAD") == ()
    with Library.open(named.folder, at=version) as before:
        assert before.other_names("VAD") == ("vitamin a deficiency",)


def test_a_library_of_an_earlier_schema_is_taught_by_the_doctor(named: Library) -> None:
    named.close()
    with sqlite3.connect(named.folder / DATABASE) as connection:
        connection.executescript(
            "DROP TABLE other_names; DROP TABLE notices; PRAGMA user_version = 2;"
        )
    connection.close()
    with Library.open(named.folder) as upgraded:
        assert upgraded.other_names("VAD") == ()
        assert "other names written anew" in upgraded.doctor().rebuilt
        assert upgraded.other_names("VAD") == ("vitamin a deficiency",)
        assert upgraded.doctor().rebuilt == ()
