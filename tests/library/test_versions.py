from __future__ import annotations

from pathlib import Path

import pytest

from osler.domain import errors
from osler.library import Library

QUERIES = ("haemoglobin", "dose", "1 mg intramuscularly", "pregnancy", "colchicine")


def answers(library: Library) -> str:
    return repr(
        [library.search(query) for query in QUERIES]
        + [(s, library.statements_of(s.id)) for s in library.sources()]
    )


def test_every_earlier_version_answers_as_it_did(library: Library, files: Path) -> None:
    seen = {library.version: answers(library)}
    steps = (
        lambda: library.add(_new(files, "gout.md", "# Gout\n\nColchicine 0.5 mg. Dose once.\n")),
        lambda: library.remove("iron.md"),
        lambda: library.add(_new(files, "more.md", "# Anaemia\n\nHaemoglobin in pregnancy.\n")),
        lambda: library.add(files / "iron.md"),
        lambda: library.remove("pernicious.md"),
    )
    for step in steps:
        step()
        assert library.version not in seen
        seen[library.version] = answers(library)
    assert len(set(seen.values())) == len(seen)
    for version, said in seen.items():
        with Library.open(library.folder, at=version) as old:
            assert answers(old) == said
            assert old.version == version


def _new(files: Path, name: str, text: str) -> Path:
    path = files / name
    path.write_text(text, encoding="utf-8")
    return path


def test_a_source_removed_and_added_again_answers_as_before(library: Library, files: Path) -> None:
    before = answers(library)
    library.remove("iron.md")
    assert "Ferrous" not in answers(library)
    library.add(files / "iron.md")
    assert answers(library) == before


def test_the_history_says_what_happened(library: Library) -> None:
    library.remove("iron.md")
    assert [v.what.split()[0] for v in library.versions()] == ["created", "added", "removed"]
    assert [v.sources for v in library.versions()] == [0, 3, 2]


def test_history_cannot_be_changed(library: Library, files: Path) -> None:
    with Library.open(library.folder, at=0) as old:
        assert old.sources() == ()
        assert old.search("dose") == ()
        with pytest.raises(errors.UsageError):
            old.add(files)
        with pytest.raises(errors.UsageError):
            old.remove("iron.md")


def test_a_version_that_is_not_there(library: Library) -> None:
    for version in (-1, library.version + 1):
        with pytest.raises(errors.VersionNotFound):
            Library.open(library.folder, at=version)


def test_an_open_library_shows_one_version_until_refreshed(library: Library) -> None:
    with Library.open(library.folder) as reader:
        said = answers(reader)
        library.remove("iron.md")
        assert answers(reader) == said
        assert reader.refresh()
        assert answers(reader) == answers(library) != said
        assert not reader.refresh()


def test_statements_are_counted_by_source_and_version(library: Library, files: Path) -> None:
    def counted(shown: Library) -> dict[str, int]:
        found = ((s.id, len(shown.statements_of(s.id))) for s in shown.sources())
        return {source: number for source, number in found if number}

    before = counted(library)
    assert dict(library.statement_counts()) == before
    library.add(_new(files, "gout.md", "# Gout\n\nColchicine 0.5 mg. Dose once.\n"))
    library.remove("iron.md")
    assert dict(library.statement_counts()) == counted(library) != before
    with Library.open(library.folder, at=1) as old:
        assert dict(old.statement_counts()) == before
