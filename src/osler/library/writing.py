"""Writing `osler.db`: each transaction makes one version."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime

from osler.domain import Notice, Source, SourceId, StatementId
from osler.library import doses, notices, vocabulary
from osler.library.index import IndexWriter
from osler.library.preparing import PreparedFile, PreparedSource
from osler.library.schema import transaction
from osler.library.store import latest, name_key


@dataclass(slots=True)
class Changes:
    """What a transaction did, in numbers and ids."""

    added: list[SourceId] = field(default_factory=list)
    already_there: list[SourceId] = field(default_factory=list)
    passages: int = 0
    statements: int = 0
    characters: int = 0
    terms: int = 0  # change of the total length
    sources: int = 0
    new_rows: bool = False
    seen_anew: bool = False  # an alias came
    counts: Counter[str] = field(default_factory=Counter)

    @property
    def visible(self) -> bool:
        """Whether a reader could tell the difference."""
        return bool(self.sources or self.seen_anew)


class Writer:
    """The one writer of a library: SQLite first, then the index, then SQLite notes the commit."""

    def __init__(self, connection: sqlite3.Connection, index: IndexWriter) -> None:
        self._connection = connection
        self._index = index

    def add(self, files: Sequence[PreparedFile]) -> Changes:
        """Insert the documents of `files` as one version (none, where nothing is new)."""
        changes = Changes()
        with self._transaction():
            version = latest(self._connection) + 1
            for file in files:
                for source in file.sources:
                    row = self._insert(source, version, changes)
                    self._connection.execute(
                        "INSERT OR IGNORE INTO file_sources VALUES (?, ?)", (file.hash, row)
                    )
                if file.error is None:
                    self._connection.execute("INSERT OR IGNORE INTO files VALUES (?)", (file.hash,))
            what = f"added {changes.sources} source{'' if changes.sources == 1 else 's'}"
            self._make_version(version, what, changes)
        self._publish(version, changes)
        return changes

    def see_again(self, files: Sequence[tuple[bytes, str]]) -> Changes:
        """Files (SHA-256 and base name) that were read before: revive, or keep the name."""
        changes = Changes()
        with self._transaction():
            version = latest(self._connection) + 1
            for digest, name in files:
                for row, identifier in self._connection.execute(
                    "SELECT s.row, s.id FROM file_sources f JOIN sources s ON s.row = f.source "
                    "WHERE f.hash = ? ORDER BY s.row",
                    (digest,),
                ).fetchall():
                    self._again(row, identifier, name, version, changes)
            self._make_version(version, "files seen again", changes)
        self._publish(version, changes)
        return changes

    def remove(self, row: int, identifier: SourceId) -> int:
        """Let the source in `row` be gone from the next version on; that version."""
        changes = Changes(sources=-1)
        with self._transaction():
            version = latest(self._connection) + 1
            self._connection.execute(
                "UPDATE lifetimes SET removed = ? WHERE source = ? AND removed IS NULL",
                (version, row),
            )
            self._count(row, -1, changes)
            self._make_version(version, f"removed {identifier}", changes)
        self._publish(version, changes)
        return version

    def rank_with(self, embedder: str) -> int:
        """A new version, ranked with the vectors of `embedder`."""
        with self._transaction():
            version = latest(self._connection) + 1
            self._make_version(
                version, f"embedded with {embedder}", Changes(seen_anew=True), embedder
            )
        self._publish(version, Changes(seen_anew=True))
        return version

    def decide(self, statement: StatementId, *, cleared: bool, why: str, who: str) -> int:
        """A new version, from which on a statement's dose counts as cleared or as suspicious."""
        with self._transaction():
            version = latest(self._connection) + 1
            self._connection.execute(
                "INSERT INTO decisions VALUES (?, ?, ?, ?, ?, ?)",
                (statement, version, cleared, why, who, now()),
            )
            what = f"{'cleared' if cleared else 'suspected'} {statement}"
            self._make_version(version, what, Changes(seen_anew=True))
        self._publish(version, Changes(seen_anew=True))
        return version

    def notice(self, found: Sequence[tuple[SourceId, Notice]]) -> int:
        """A new version, which knows these notices of its sources."""
        with self._transaction():
            version = latest(self._connection) + 1
            notices.insert(self._connection, version, now(), found)
            what = f"noticed {len(found)} notice{'' if len(found) == 1 else 's'} of articles"
            self._make_version(version, what, Changes(seen_anew=True))
        self._publish(version, Changes(seen_anew=True))
        return version

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        """Both stores keep what the body did, or neither does."""
        try:
            with transaction(self._connection):
                yield
        except BaseException:
            self._index.rollback()
            raise

    def _insert(self, prepared: PreparedSource, version: int, changes: Changes) -> int:
        source = prepared.source
        found = self._connection.execute(
            "SELECT row FROM sources WHERE id = ?", (source.id,)
        ).fetchone()
        if found is not None:
            self._again(found[0], source.id, source.file, version, changes)
            return int(found[0])
        execute = self._connection.execute
        row = execute(
            "INSERT INTO sources (id, facts, title, kind, jurisdiction, year, status, supersedes, "
            "text, checksum, suspicions) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                source.id,
                prepared.facts,
                source.title,
                source.kind,
                source.jurisdiction.upper() if source.jurisdiction else None,
                source.year,
                source.status,
                name_key(source.supersedes) if source.supersedes else None,
                prepared.text,
                prepared.checksum,
                prepared.suspicions,
            ),
        ).lastrowid
        assert row is not None
        self._connection.executemany(
            "INSERT OR IGNORE INTO names VALUES (?, ?)", [(key, row) for key in _names(source)]
        )
        execute("INSERT INTO lifetimes VALUES (?, ?, NULL)", (row, version))
        self._insert_passages(prepared, row, version, changes)
        vocabulary.insert(self._connection, row, prepared.names)
        changes.added.append(source.id)
        changes.sources += 1
        changes.characters += prepared.characters
        changes.counts.update(prepared.frequencies)
        return row

    def _insert_passages(
        self, prepared: PreparedSource, row: int, version: int, changes: Changes
    ) -> None:
        many = self._connection.executemany
        section = self._next("sections")
        many(
            "INSERT INTO sections VALUES (?, ?, ?, ?)",
            [(section + n, row, *facts) for n, facts in enumerate(prepared.sections)],
        )
        first = self._next("passages")
        numbered = list(enumerate(prepared.passages, first))
        many(
            "INSERT INTO passages VALUES (?, ?, ?, ?, ?)",
            [(n, row, section + p.section, p.length, p.terms) for n, p in numbered],
        )
        many(
            "INSERT INTO contents VALUES (?, ?, ?, ?, ?, ?)",
            [(n, p.start, p.end, p.page, p.text, p.statements) for n, p in numbered],
        )
        many(
            "INSERT OR IGNORE INTO statements VALUES (?, ?)",
            [(number, n) for n, p in numbered for number in p.statement_ids],
        )
        many("INSERT INTO held VALUES (?)", [(n,) for n, p in numbered if p.held])
        doses.insert(self._connection, ((n, dose) for n, p in numbered for dose in p.doses))
        for n, p in numbered:
            self._index.add(n, row, version, p.terms + prepared.sections[p.section][1])
            changes.statements += len(p.statement_ids)
            changes.terms += p.length
        changes.passages += len(numbered)
        changes.new_rows = changes.new_rows or bool(numbered)

    def _again(
        self, row: int, identifier: SourceId, file: str, version: int, changes: Changes
    ) -> None:
        """A source that the library has held before: revive it if removed, keep its new name."""
        there = self._connection.execute(
            "SELECT 1 FROM lifetimes WHERE source = ? AND removed IS NULL", (row,)
        ).fetchone()
        if there:
            changes.already_there.append(identifier)
        else:
            self._connection.execute("INSERT INTO lifetimes VALUES (?, ?, NULL)", (row, version))
            self._count(row, 1, changes)
            changes.added.append(identifier)
            changes.sources += 1
        known = self._connection.execute(
            "SELECT json_extract(facts, '$.file') = ? FROM sources WHERE row = ?", (file, row)
        ).fetchone()[0]
        if not known:
            new = self._connection.execute(
                "INSERT OR IGNORE INTO aliases VALUES (?, ?, ?)", (row, file, version)
            ).rowcount
            self._connection.execute(
                "INSERT OR IGNORE INTO names VALUES (?, ?)", (name_key(file), row)
            )
            changes.seen_anew = changes.seen_anew or new > 0

    def _count(self, row: int, sign: int, changes: Changes) -> None:
        """Take the stored passages of a source into the statistics, or out of them."""
        for length, body, heading in self._connection.execute(
            "SELECT p.length, p.terms, s.terms FROM passages p "
            "JOIN sections s ON s.row = p.section WHERE p.source = ?",
            (row,),
        ):
            changes.passages += sign
            changes.terms += sign * length
            for term in {*body.split(), *heading.split()}:
                changes.counts[term] += sign

    def _make_version(
        self, version: int, what: str, changes: Changes, embedder: str | None = None
    ) -> None:
        if not changes.visible:
            return
        self._connection.executemany(
            "INSERT INTO term_counts VALUES (?, ?, ?)",
            [(term, version, n) for term, n in sorted(changes.counts.items()) if n],
        )
        sources, passages, terms, before = self._connection.execute(
            "SELECT sources, passages, terms, embedder FROM versions WHERE number = ?",
            (version - 1,),
        ).fetchone()
        if embedder is None and not changes.new_rows:
            embedder = before  # every passage still has its vector
        self._connection.execute(
            "INSERT INTO versions VALUES (?, ?, ?, ?, ?, ?, ?, NULL)",
            (
                version,
                now(),
                what,
                sources + changes.sources,
                passages + changes.passages,
                terms + changes.terms,
                embedder,
            ),
        )

    def _publish(self, version: int, changes: Changes) -> None:
        if changes.visible:
            try:
                opstamp = self._index.commit(version)
            except ValueError:  # tantivy's; the database has committed, and holds all there is
                from osler.library.opening import build_anew

                opstamp = self._index.renew(lambda path: build_anew(self._connection, path))
            self._connection.execute(
                "UPDATE versions SET opstamp = ? WHERE number = ?", (opstamp, version)
            )

    def _next(self, table: str) -> int:
        (row,) = self._connection.execute(f"SELECT MAX(row) FROM {table}").fetchone()
        return (row or 0) + 1


def _names(source: Source) -> set[str]:
    """What a source can be called by."""
    names = (source.id, source.title, source.file, source.url, source.doi, *source.aliases)
    return {name_key(name) for name in names if name}


def now() -> str:
    """The time, as ISO 8601 in UTC, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")
