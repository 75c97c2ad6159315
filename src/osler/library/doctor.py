"""Is the library sound? Verify, rebuild what follows from the texts, list what is held back."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from osler.domain import Statement, errors
from osler.library import decisions, doses, index, opening, vectors, vocabulary
from osler.library.doses import DoseRow
from osler.library.embedding import usable
from osler.library.index import Broken, Index
from osler.library.locking import writing
from osler.library.records import Health, HeldBack
from osler.library.schema import transaction, translated
from osler.library.store import Store, latest
from osler.library.suspecting import Suspecting, SuspiciousDose
from osler.plausibility import downwards, lost_unit


def examine(folder: Path, connection: sqlite3.Connection) -> Health:
    """See `Library.doctor`."""
    with translated(folder), writing(folder):
        rebuilt = list(_repaired(folder, connection))
        store = Store(connection, latest(connection))
        read = _Read()
        problems = [*_database(connection), *_texts(connection, store, read)]
        if not problems and doses.mend(connection, read.doses):
            rebuilt.append("doses written anew")
        if not problems and vocabulary.mend(store):
            rebuilt.append("other names written anew")
        held = () if problems else tuple(_held(connection, store))
        suspicious = () if problems else tuple(_suspicious(store, read.doubtful))
        checked = {
            table: connection.execute(f"SELECT COUNT(*) FROM {table}").fetchone()[0]
            for table in ("sources", "passages", "statements", "versions")
        }
        decided = decisions.kept(connection, store.version)
        return Health(tuple(problems), tuple(rebuilt), held, checked, suspicious, decided)


@dataclass(slots=True)
class _Read:
    """What comes up on the way through all statements."""

    doses: dict[int, tuple[DoseRow, ...]] = field(default_factory=dict)
    doubtful: list[Statement] = field(default_factory=list)  # may hold a suspicious dose


def _repaired(folder: Path, connection: sqlite3.Connection) -> Iterator[str]:
    if (done := opening.repair(connection, folder)) is not None:
        yield done
    try:
        found = Index(folder / index.FOLDER)
        (rows,) = connection.execute("SELECT COUNT(*) FROM passages").fetchone()
        sound = found.passages == rows and found.sound()
    except Broken:
        sound = False
    if not sound:
        index.create(folder / index.FOLDER)
        opening.catch_up(connection, folder / index.FOLDER, 0)
        yield "index built anew"
    if _recounted(connection):
        yield "term statistics counted anew"
    yield from _vectors(folder, connection)


def _database(connection: sqlite3.Connection) -> Iterator[str]:
    for (found,) in connection.execute("PRAGMA integrity_check(20)"):
        if found != "ok":
            yield f"database: {found}"
    for table, row, parent, _ in connection.execute("PRAGMA foreign_key_check"):
        yield f"database: row {row} of {table} has no {parent}"


def _texts(connection: sqlite3.Connection, store: Store, read: _Read) -> Iterator[str]:
    """Every text against its checksum, every passage and statement against its text."""
    for row, identifier in connection.execute("SELECT row, id FROM sources").fetchall():
        try:
            text = store.text(row)
        except errors.LibraryCorrupt as error:
            yield f"{identifier}: {error}"
            continue
        for passage, start, end, said in connection.execute(
            "SELECT c.row, c.start, c.end, c.text FROM passages p "
            "JOIN contents c ON c.row = p.row WHERE p.source = ?",
            (row,),
        ):
            if text[start:end] != said:
                yield f"{identifier}: passage {passage} is not what the text says at {start}"
                continue
            yield from _statements(store, identifier, passage, start, end, text, read)


def _statements(
    store: Store, source: str, passage: int, start: int, end: int, text: str, read: _Read
) -> Iterator[str]:
    try:
        statements = store.statements(passage)
    except errors.LibraryCorrupt as error:
        yield f"{source}: {error}"
        return
    found = doses.rows(statements)
    if found:
        read.doses[passage] = found
    read.doubtful += [s for s in statements if s.dosages or lost_unit(s) or any(downwards(s.text))]
    for statement in statements:
        if not start <= statement.start < statement.end <= end:
            yield f"{source}: {statement.id} reaches out of its passage"
        elif text[statement.start : statement.end] != statement.quote:
            yield f"{source}: {statement.id} is not what the text says"
        for context in statement.context:
            if text[context.start : context.end] != context.quote:
                yield f"{source}: the context of {statement.id} is not what the text says"


def _recounted(connection: sqlite3.Connection) -> bool:
    """Count the terms of every version from the passages; whether anything had to be mended."""
    right: dict[int, Counter[str]] = {}
    sizes: dict[int, list[int]] = {}
    lifetimes: dict[int, list[tuple[int, int | None]]] = {}
    for source, added, removed in connection.execute("SELECT * FROM lifetimes"):
        lifetimes.setdefault(source, []).append((added, removed))
    for source, length, body, heading in connection.execute(
        "SELECT p.source, p.length, p.terms, s.terms FROM passages p "
        "JOIN sections s ON s.row = p.section"
    ):
        different = {*body.split(), *heading.split()}
        for added, removed in lifetimes.get(source, ()):
            for version, sign in ((added, 1), (removed, -1)):
                if version is None:
                    continue
                counts = right.setdefault(version, Counter())
                for term in different:
                    counts[term] += sign
                size = sizes.setdefault(version, [0, 0])
                size[0] += sign
                size[1] += sign * length
    return _mended(connection, right, sizes)


def _mended(
    connection: sqlite3.Connection, right: dict[int, Counter[str]], sizes: dict[int, list[int]]
) -> bool:
    wrong = False
    passages = length = 0
    with transaction(connection):
        for version, *noted in connection.execute(
            "SELECT number, passages, terms FROM versions ORDER BY number"
        ).fetchall():
            counts = {term: n for term, n in right.get(version, Counter()).items() if n}
            stored = dict(
                connection.execute(
                    "SELECT term, change FROM term_counts WHERE version = ?", (version,)
                )
            )
            change = sizes.get(version, [0, 0])
            passages, length = passages + change[0], length + change[1]
            if counts != stored:
                wrong = True
                connection.execute("DELETE FROM term_counts WHERE version = ?", (version,))
                connection.executemany(
                    "INSERT INTO term_counts VALUES (?, ?, ?)",
                    [(term, version, n) for term, n in sorted(counts.items())],
                )
            if noted != [passages, length]:
                wrong = True
                connection.execute(
                    "UPDATE versions SET passages = ?, terms = ? WHERE number = ?",
                    (passages, length, version),
                )
    return wrong


def _vectors(folder: Path, connection: sqlite3.Connection) -> Iterator[str]:
    """Cut vectors back to what their checksums bear out; `embed` then computes the rest."""
    (needed,) = connection.execute("SELECT COALESCE(MAX(row), 0) FROM passages").fetchone()
    for (tier,) in connection.execute(
        "SELECT DISTINCT embedder FROM versions WHERE embedder IS NOT NULL"
    ).fetchall():
        state = vectors.read_state(folder, tier)
        path = folder / vectors.FOLDER / vectors.file_name(tier)
        good = usable(state, path, state["name"], state["dimensions"]) if state else None
        if state is None or good is None:
            yield f"vectors of {tier} are gone: the next osler add computes them"
        elif good["rows"] < state["rows"]:
            vectors.write_state(folder, tier, good)
            yield f"vectors of {tier} kept up to passage {good['rows']} of {needed}"


def _held(connection: sqlite3.Connection, store: Store) -> Iterator[HeldBack]:
    """What readers suspected, then statements held back for any other reason."""
    for source in store.sources():
        row = store.row_of_source(source.id)
        text = store.text(row)
        seen = set()
        for s in store.suspicions(row):
            seen.add((s.start, s.end))
            quote = text[s.start : s.end]
            yield HeldBack(
                source.id, source.file, s.start, s.end, quote, s.reason, s.detail, s.page
            )
        for (passage,) in connection.execute(
            "SELECT h.passage FROM held h JOIN passages p ON p.row = h.passage "
            "WHERE p.source = ? ORDER BY h.passage",
            (row,),
        ).fetchall():
            for t in store.statements(passage):
                overlaps = any(a < t.end and t.start < b for a, b in seen)
                if t.held and not overlaps:
                    yield HeldBack(
                        source.id, source.file, t.start, t.end, t.quote, t.held, "", t.page
                    )


def _suspicious(store: Store, doubtful: Sequence[Statement]) -> Iterator[SuspiciousDose]:
    """Doses that are not plausible, of the sources that this version shows."""
    suspecting = Suspecting(store)
    files = {source.id: source.file for source in store.sources()}
    for statement in doubtful:
        if statement.source_id in files and (found := suspecting.of(statement)) is not None:
            yield SuspiciousDose(
                statement.id,
                statement.source_id,
                files[statement.source_id],
                statement.text,
                found.detail,
                statement.page,
            )
