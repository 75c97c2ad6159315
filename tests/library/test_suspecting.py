"""Suspicious doses of a library, and what persons have decided of them."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from osler.domain import Statement, errors
from osler.library import Library, schema
from osler.library.backup import backup, restore
from osler.library.schema import DATABASE

GUIDELINE = """# Bone

Zoledronic acid 400 mg intravenously once a month.

Amlodipine 5 mg orally once daily.

Metronidazole 200 orally, every 8 hours.
"""
Write = Callable[[str, str], Path]


@pytest.fixture
def doubtful(library: Library, write: Write) -> Library:
    library.add(write("bone.md", GUIDELINE), workers=1)
    return library


def dose(library: Library, words: str) -> Statement:
    found = [
        s
        for source in library.sources()
        for s in library.statements_of(source.id)
        if words in s.text
    ]
    assert found, f"no statement says {words}"
    return found[0]


def test_a_suspicion_says_why_and_where(doubtful: Library) -> None:
    statement = dose(doubtful, "Zoledronic")
    found = doubtful.suspicion(statement)
    assert found is not None
    assert (found.start, found.end) == (statement.start, statement.end)
    assert "4 to 5 mg" in found.detail
    assert doubtful.suspicion(dose(doubtful, "Metronidazole")) is not None
    assert doubtful.suspicion(dose(doubtful, "Amlodipine")) is None
    assert doubtful.suspicion(dose(doubtful, "hydroxocobalamin")) is None


def test_what_other_documents_say_counts_from_their_version_on(
    library: Library, write: Write
) -> None:
    library.add(write("a.md", "# A\n\nCarbimazole 4 g orally once daily.\n"), workers=1)
    before = library.version
    statement = dose(library, "Carbimazole")
    assert library.suspicion(statement) is None  # nothing is known of the drug
    others = "\n\n".join(f"Carbimazole {n} mg orally once daily." for n in (10, 15, 20))
    library.add(write("b.md", f"# B\n\n{others}\n"), workers=1)
    assert library.suspicion(statement) is not None
    with Library.open(library.folder, at=before) as earlier:
        assert earlier.suspicion(statement) is None
    library.remove("b.md")
    assert library.suspicion(statement) is None


def test_a_copy_of_a_misprint_does_not_bear_it_out(library: Library, write: Write) -> None:
    for name in ("a.md", "b.md", "c.md"):
        library.add(write(name, f"# {name}\n\nZoledronic acid 400 mg once a month.\n"), workers=1)
    assert library.suspicion(dose(library, "Zoledronic")) is not None


def test_doctor_lists_suspicious_doses(doubtful: Library) -> None:
    health = doubtful.doctor()
    assert [s.text.split()[0] for s in health.suspicious] == ["Zoledronic", "Metronidazole"]
    assert health.suspicious[0].file == "bone.md"
    assert health.rebuilt == ()


def test_a_cleared_dose_is_not_suspicious_from_its_version_on(doubtful: Library) -> None:
    statement = dose(doubtful, "Zoledronic")
    before = doubtful.version
    decision = doubtful.clear(statement.id, why="as printed", who="A. Pharmacist")
    assert (decision.version, decision.cleared) == (before + 1, True)
    assert decision.made_at.startswith("20")
    assert doubtful.version == before + 1
    assert doubtful.versions()[-1].what == f"cleared {statement.id}"
    assert doubtful.suspicion(statement) is None
    with Library.open(doubtful.folder, at=before) as earlier:
        assert earlier.suspicion(statement) is not None
    health = doubtful.doctor()
    assert statement.id not in {s.statement_id for s in health.suspicious}
    assert health.decisions == (decision,)
    assert health.sound


def test_a_person_may_suspect_any_dose_and_change_their_mind(doubtful: Library) -> None:
    statement = dose(doubtful, "Amlodipine")
    doubtful.suspect(statement.id, why="the page says 10 mg", who="A. Pharmacist")
    found = doubtful.suspicion(statement)
    assert found is not None
    assert found.detail == "A. Pharmacist: the page says 10 mg"
    doubtful.clear(statement.id, why="another edition", who="A. Pharmacist")
    assert doubtful.suspicion(statement) is None
    assert [d.cleared for d in doubtful.doctor().decisions] == [True]


def test_a_decision_outlives_its_source(doubtful: Library, files: Path) -> None:
    statement = dose(doubtful, "Zoledronic")
    doubtful.clear(statement.id, why="as printed", who="A. Pharmacist")
    doubtful.remove("bone.md")
    assert doubtful.doctor().suspicious == ()
    doubtful.add(files / "bone.md", workers=1)
    assert doubtful.suspicion(dose(doubtful, "Zoledronic")) is None


def test_a_decision_is_in_the_backup(doubtful: Library, tmp_path: Path) -> None:
    statement = dose(doubtful, "Zoledronic")
    doubtful.clear(statement.id, why="as printed", who="A. Pharmacist")
    backup(doubtful.folder, tmp_path / "backup.osler")
    restore(tmp_path / "backup.osler", tmp_path / "restored")
    with Library.open(tmp_path / "restored") as restored:
        assert restored.suspicion(statement) is None
        assert restored.suspicion(dose(restored, "Metronidazole")) is not None


@pytest.mark.parametrize(("why", "who"), [("", "A"), ("right", " ")])
def test_a_decision_needs_a_reason_and_a_name(doubtful: Library, why: str, who: str) -> None:
    with pytest.raises(errors.UsageError):
        doubtful.clear(dose(doubtful, "Zoledronic").id, why=why, who=who)


def test_a_decision_needs_a_statement_and_the_present(doubtful: Library) -> None:
    with pytest.raises(errors.StatementNotFound):
        doubtful.clear("t_0000000000000000", why="right", who="A")
    with Library.open(doubtful.folder, at=1) as old, pytest.raises(errors.UsageError):
        old.clear(dose(doubtful, "Zoledronic").id, why="right", who="A")


def test_doctor_writes_lost_doses_anew(doubtful: Library) -> None:
    connection = sqlite3.connect(doubtful.folder / DATABASE)
    kept = connection.execute("SELECT * FROM doses ORDER BY passage, drug").fetchall()
    assert {row[1] for row in kept} >= {"zoledronic acid", "amlodipine", "iron"}
    connection.execute("DELETE FROM doses WHERE drug = 'amlodipine'")
    connection.commit()
    assert "doses written anew" in doubtful.doctor().rebuilt
    assert connection.execute("SELECT * FROM doses ORDER BY passage, drug").fetchall() == kept
    assert doubtful.doctor().rebuilt == ()
    connection.close()


def test_a_library_of_the_first_schema_is_brought_up_to_date(doubtful: Library) -> None:
    doubtful.close()
    connection = sqlite3.connect(doubtful.folder / DATABASE)
    later = re.findall(r"CREATE TABLE (\w+)", " ".join(schema._UPGRADES.values()))
    assert {"doses", "decisions"} <= set(later)
    dropped = " ".join(f"DROP TABLE {name};" for name in later)
    connection.executescript(f"{dropped} PRAGMA user_version = 1;")
    connection.close()
    with Library.open(doubtful.folder) as opened:
        assert opened.suspicion(dose(opened, "Zoledronic")) is not None
        assert "doses written anew" in opened.doctor().rebuilt
        opened.clear(dose(opened, "Zoledronic").id, why="as printed", who="A. Pharmacist")


def test_a_library_of_the_first_schema_that_may_not_be_written_is_read(doubtful: Library) -> None:
    doubtful.close()
    path = doubtful.folder / DATABASE
    connection = sqlite3.connect(path)
    later = re.findall(r"CREATE TABLE (\w+)", " ".join(schema._UPGRADES.values()))
    dropped = " ".join(f"DROP TABLE {name};" for name in later)
    connection.executescript(f"{dropped} PRAGMA user_version = 1; PRAGMA journal_mode = DELETE;")
    connection.close()
    read_only = sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)
    schema._upgrade(read_only, 1)
    assert read_only.execute("SELECT COUNT(*) FROM doses").fetchone() == (0,)
    assert read_only.execute("PRAGMA user_version").fetchone() == (1,)
    read_only.close()
