"""Reading `osler.db` as one version shows it."""

from __future__ import annotations

import hashlib
import json
import sqlite3
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

import msgspec

from osler.domain import Source, SourceId, SourceStatus, Statement, Suspicion, errors
from osler.library import notices, packing
from osler.library.carried import carried
from osler.library.ranking import Statistics
from osler.library.records import Filters, Passage, Version

_BATCH = 500  # parameters in one IN (…)
_REMEMBERED = 50_000  # sources, sections, frequencies of terms kept in memory, each
_PASSAGES = 8192  # passages kept in memory with what was read of them

# Made here, before there are threads: two that make decoders of one class at once crash.
_SOURCES = msgspec.json.Decoder(Source)
_SUSPICIONS = msgspec.json.Decoder(tuple[Suspicion, ...])

_VISIBLE = """EXISTS (SELECT 1 FROM lifetimes l WHERE l.source = s.row AND l.added <= :v
    AND (l.removed IS NULL OR l.removed > :v))"""
_SUPERSEDED = """SELECT k.source, MAX(n.status = 'retracted' OR n.id IN (
        SELECT r.source FROM notices r WHERE r.kind = 'retraction' AND r.version <= ?))
    FROM sources n INDEXED BY sources_supersedes
    CROSS JOIN names k ON k.key = n.supersedes
    CROSS JOIN lifetimes m ON m.source = n.row
    WHERE n.supersedes IS NOT NULL AND k.source <> n.row AND m.added <= ?
    AND (m.removed IS NULL OR m.removed > ?) GROUP BY k.source"""


class Candidate(NamedTuple):
    """A passage to be scored: its rows and its stored terms."""

    row: int
    source: int
    section: int
    length: int
    terms: str
    heading: str


class Store:
    """What version `version` of a library holds."""

    def __init__(self, connection: sqlite3.Connection, version: int) -> None:
        self.connection = connection
        self.version = version
        row = connection.execute(
            "SELECT sources, passages, terms, embedder FROM versions WHERE number = ?", (version,)
        ).fetchone()
        if row is None:
            raise errors.VersionNotFound(f"the library has no version {version}")
        self.source_count, self.passage_count, self._terms, self.embedder = row
        self.hidden = frozenset(self._hidden())
        # Row to status: what an edition now retracted replaced is retracted with it.
        self.superseded = {
            row: SourceStatus.RETRACTED if retracted else SourceStatus.SUPERSEDED
            for row, retracted in connection.execute(_SUPERSEDED, (version, version, version))
        }
        self._notices = notices.read(connection, version)
        self._source = lru_cache(maxsize=_REMEMBERED)(self._read_source)
        self._shows = lru_cache(maxsize=_REMEMBERED)(self._is_there)
        self._section = lru_cache(maxsize=_REMEMBERED)(self._read_section)
        self._statements = lru_cache(maxsize=_PASSAGES)(self._read_statements)
        self.row_of_source = lru_cache(maxsize=_REMEMBERED)(self._find_source)
        self._frequency = lru_cache(maxsize=_REMEMBERED)(self._count_passages)
        self._candidates: dict[int, Candidate] = {}
        self._passages: dict[int, Passage] = {}
        self._handed_out: dict[str, int] = {}  # the rows of these passages, by id
        self._statement_counts: dict[SourceId, int] | None = None

    def _hidden(self) -> Iterator[int]:
        """Sources that were there before this version and are not in it."""
        rows = self.connection.execute(
            "SELECT DISTINCT r.source FROM lifetimes r WHERE r.removed <= :v AND NOT EXISTS "
            "(SELECT 1 FROM lifetimes l WHERE l.source = r.source AND l.added <= :v "
            "AND (l.removed IS NULL OR l.removed > :v))",
            {"v": self.version},
        )
        return (row for (row,) in rows)

    def shows(self, source: int) -> bool:
        """Whether the source in this row is in this version."""
        return self._shows(source)

    def _is_there(self, source: int) -> bool:
        return bool(
            self.connection.execute(
                f"SELECT 1 FROM sources s WHERE s.row = :row AND {_VISIBLE}",
                {"row": source, "v": self.version},
            ).fetchone()
        )

    def statistics(self, terms: Iterable[str]) -> Statistics:
        """What BM25 needs to know of these terms."""
        found = {term: self._frequency(term) for term in set(terms)}
        average = self._terms / self.passage_count if self.passage_count else 0.0
        return Statistics(self.passage_count, average, {t: n for t, n in found.items() if n})

    def _count_passages(self, term: str) -> int:
        (count,) = self.connection.execute(
            "SELECT COALESCE(SUM(change), 0) FROM term_counts WHERE term = ? AND version <= ?",
            (term, self.version),
        ).fetchone()
        return int(count)

    def candidates(self, rows: Sequence[int]) -> list[Candidate]:
        """The passages in `rows`, with their stored terms."""
        known = self._candidates
        found = [candidate for row in rows if (candidate := known.get(row)) is not None]
        if len(found) == len(rows):
            return found
        if len(known) > _PASSAGES:
            known.clear()
        there = {candidate.row for candidate in found}
        for batch in _batches([row for row in rows if row not in there]):
            found += map(
                Candidate._make,
                self.connection.execute(
                    f"SELECT p.row, p.source, p.section, p.length, p.terms, s.terms "
                    f"FROM passages p CROSS JOIN sections s ON s.row = p.section "
                    f"WHERE p.row IN ({_marks(batch)})",
                    batch,
                ),
            )
        known.update((candidate.row, candidate) for candidate in found)
        return found

    def passages(self, rows: Sequence[int]) -> dict[int, Passage]:
        """The passages in `rows`, by row."""
        if len(self._passages) > _PASSAGES:
            self._passages.clear()
            self._handed_out.clear()
        known = self._passages
        found = {row: passage for row in rows if (passage := known.get(row)) is not None}
        for batch in _batches([row for row in rows if row not in found]):
            for row, source, title, section, start, end, page, text in self.connection.execute(
                f"SELECT p.row, s.id, s.title, p.section, c.start, c.end, c.page, c.text "
                f"FROM passages p CROSS JOIN contents c ON c.row = p.row "
                f"CROSS JOIN sources s ON s.row = p.source WHERE p.row IN ({_marks(batch)})",
                batch,
            ):
                identifier = packing.passage_id(source, start, end)
                self._handed_out[identifier] = row
                found[row] = known[row] = Passage(
                    id=identifier,
                    source_id=source,
                    start=start,
                    end=end,
                    text=text,
                    title=title,
                    section=self._section(section),
                    page=page,
                )
        return found

    def last_row(self) -> int:
        """The highest row of a passage that this version can show; 0 where there is none."""
        row = self.connection.execute(
            "SELECT row FROM passages WHERE source <= (SELECT MAX(source) FROM lifetimes "
            "WHERE added <= ?) ORDER BY source DESC, row DESC LIMIT 1",
            (self.version,),
        ).fetchone()
        return int(row[0]) if row else 0

    def passage_rows(self, source: int) -> list[int]:
        """The rows of a source's passages, in reading order."""
        return [
            row
            for (row,) in self.connection.execute(
                "SELECT row FROM passages WHERE source = ? ORDER BY row", (source,)
            )
        ]

    def row_of_passage(self, passage: Passage) -> int:
        """The row of a passage that this library handed out. Raises SourceNotFound."""
        known = self._handed_out.get(passage.id)
        if known is not None:
            return known
        row = self.connection.execute(
            "SELECT p.row FROM sources s JOIN passages p ON p.source = s.row "
            "JOIN contents c ON c.row = p.row WHERE s.id = ? AND c.start = ? AND c.end = ?",
            (passage.source_id, passage.start, passage.end),
        ).fetchone()
        if row is None:
            raise errors.SourceNotFound(f"the library does not hold passage {passage.id}")
        return int(row[0])

    def statements(self, row: int) -> tuple[Statement, ...]:
        """The statements of the passage in `row`."""
        return self._statements(row)[0]

    def statements_naming(
        self, row: int, names: frozenset[str] | None
    ) -> tuple[tuple[Statement, ...], tuple[str, ...]]:
        """Those of a passage's statements that name one of these or nothing, and what all name;
        in a passage that names none of these, those that go on about one of them."""
        statements, named = self._statements(row)
        if names is None:
            return statements, named
        if names.isdisjoint(named):
            on = [s for s in statements if not names.isdisjoint(carried(s))]
            return tuple(on), tuple(dict.fromkeys((*named, *(n for s in on for n in carried(s)))))
        naming = (s for s in statements if not s.substances or not names.isdisjoint(s.substances))
        return tuple(naming), named

    def _read_statements(self, row: int) -> tuple[tuple[Statement, ...], tuple[str, ...]]:
        """A passage's statements, and the substances that they name."""
        source, section, start, page, text, packed = self.connection.execute(
            "SELECT s.id, p.section, c.start, c.page, c.text, c.statements FROM passages p "
            "JOIN contents c ON c.row = p.row JOIN sources s ON s.row = p.source WHERE p.row = ?",
            (row,),
        ).fetchone()
        try:
            statements = packing.unpack(
                packed,
                source_id=source,
                start=start,
                text=text,
                section=self._section(section),
                page=page,
            )
        except (zlib.error, msgspec.MsgspecError, IndexError) as error:
            raise errors.LibraryCorrupt(
                f"the statements of passage {row} do not unpack: {error!r}"
            ) from error
        return statements, tuple(dict.fromkeys(n for s in statements for n in s.substances))

    def statement(self, identifier: str) -> Statement:
        """The statement with this id. Raises StatementNotFound."""
        number = packing.id_number(identifier)
        row = self.connection.execute(
            f"SELECT t.passage FROM statements t JOIN passages p ON p.row = t.passage "
            f"JOIN sources s ON s.row = p.source WHERE t.id = :id AND {_VISIBLE}",
            {"id": number, "v": self.version},
        ).fetchone()
        if row is not None:
            for statement in self.statements(row[0]):
                if statement.id == identifier:
                    return statement
        raise errors.StatementNotFound(f"the library holds no statement {identifier}")

    def sources(self) -> tuple[Source, ...]:
        """All sources, by title, then id."""
        rows = self.connection.execute(
            f"SELECT s.row FROM sources s WHERE {_VISIBLE} ORDER BY s.title, s.id",
            {"v": self.version},
        ).fetchall()
        return tuple(self._source(row) for (row,) in rows)

    def statement_counts(self) -> dict[SourceId, int]:
        """The number of statements of each source that has some; counted once a version."""
        if self._statement_counts is None:
            rows = self.connection.execute(
                f"SELECT s.id, n.statements FROM (SELECT p.source, COUNT(*) AS statements FROM "
                "statements t CROSS JOIN passages p ON p.row = t.passage GROUP BY p.source) n "
                f"JOIN sources s ON s.row = n.source WHERE {_VISIBLE}",
                {"v": self.version},
            )
            self._statement_counts = dict(rows.fetchall())
        return self._statement_counts

    def source(self, row: int) -> Source:
        """The source in `row`."""
        return self._source(row)

    def _read_source(self, row: int) -> Source:
        (facts,) = self.connection.execute(
            "SELECT facts FROM sources WHERE row = ?", (row,)
        ).fetchone()
        aliases = self.connection.execute(
            "SELECT file FROM aliases WHERE source = ? AND version <= ? ORDER BY file",
            (row, self.version),
        ).fetchall()
        source = _SOURCES.decode(facts)
        names = {*source.aliases, *(file for (file,) in aliases)} - {source.file}
        status = self._status(row, source.status)
        told = (*source.notices, *self._notices.get(row, ()))
        return replace(source, status=status, aliases=tuple(sorted(names)), notices=told)

    def _status(self, row: int, declared: SourceStatus) -> SourceStatus:
        """As declared, unless it was retracted since or this version holds a later edition."""
        if notices.retracted(self._notices.get(row, ())):
            return SourceStatus.RETRACTED
        if declared is SourceStatus.CURRENT:
            return self.superseded.get(row, declared)
        return declared

    def _read_section(self, row: int) -> tuple[str, ...]:
        (path,) = self.connection.execute(
            "SELECT path FROM sections WHERE row = ?", (row,)
        ).fetchone()
        return tuple(json.loads(path))

    def _find_source(self, name: str) -> int:
        """The row of the source with this id, else file name, alias, title, url or doi.

        Raises SourceNotFound where none has it, or several have.
        """
        rows = self.connection.execute(
            f"SELECT s.row, s.id FROM names k JOIN sources s ON s.row = k.source "
            f"WHERE k.key = :key AND {_VISIBLE} ORDER BY s.id",
            {"key": name_key(name), "v": self.version},
        ).fetchall()
        if len(rows) == 1:
            return int(rows[0][0])
        if rows:
            raise errors.SourceNotFound(
                f"{len(rows)} sources are called {name}",
                help="Name one by its id: " + ", ".join(identifier for _, identifier in rows[:5]),
            )
        raise errors.SourceNotFound(f"the library holds no source {name}")

    def text(self, row: int) -> str:
        """The normalised text of the source in `row`. Raises LibraryCorrupt."""
        packed, checksum = self.connection.execute(
            "SELECT text, checksum FROM sources WHERE row = ?", (row,)
        ).fetchone()
        try:
            encoded = zlib.decompress(packed)
        except zlib.error as error:
            raise errors.LibraryCorrupt(f"the text in row {row} does not unpack") from error
        if hashlib.sha256(encoded).digest() != checksum:
            raise errors.LibraryCorrupt(f"the text in row {row} does not match its checksum")
        return encoded.decode()

    def suspicions(self, row: int) -> tuple[Suspicion, ...]:
        """What a person has to look at in the source in `row`."""
        (held,) = self.connection.execute(
            "SELECT suspicions FROM sources WHERE row = ?", (row,)
        ).fetchone()
        return _SUSPICIONS.decode(held)

    def allowed(self, filters: Filters) -> frozenset[int]:
        """The rows of the sources that pass `filters`."""
        conditions, values = [_VISIBLE], dict[str, object](v=self.version)
        for column, wanted in (
            ("s.jurisdiction", [j.upper() for j in filters.jurisdiction]),
            ("s.kind", list(filters.kind)),
            ("s.id", list(filters.sources)),
        ):
            if wanted:
                names = [f"a{len(values) + n}" for n in range(len(wanted))]
                values.update(zip(names, map(str, wanted), strict=True))
                conditions.append(f"{column} IN ({','.join(':' + n for n in names)})")
        if filters.year_from is not None:
            conditions.append("s.year >= :year")
            values["year"] = filters.year_from
        rows = self.connection.execute(
            f"SELECT s.row, s.status FROM sources s WHERE {' AND '.join(conditions)}", values
        )
        return frozenset(
            row
            for row, declared in rows
            if not filters.status or self._status(row, SourceStatus(declared)) in filters.status
        )

    def versions(self) -> tuple[Version, ...]:
        """This version and those before it, oldest first."""
        rows = self.connection.execute(
            "SELECT number, made_at, what, sources, passages, embedder FROM versions "
            "WHERE number <= ? ORDER BY number",
            (self.version,),
        )
        return tuple(
            Version(number, made_at, what, sources, passages, "hybrid" if embedder else "lexical")
            for number, made_at, what, sources, passages, embedder in rows
        )


def latest(connection: sqlite3.Connection) -> int:
    """The number of the latest version. Raises LibraryCorrupt where there is none."""
    (number,) = connection.execute("SELECT MAX(number) FROM versions").fetchone()
    if number is None:
        raise errors.LibraryCorrupt("the library has no version")
    return int(number)


def name_key(name: str) -> str:
    """How sources are looked up by name: case and white space do not matter."""
    return " ".join(name.casefold().split())


def _batches(values: Sequence[object]) -> Iterator[tuple[object, ...]]:
    for start in range(0, len(values), _BATCH):
        yield tuple(values[start : start + _BATCH])


def _marks(values: Sequence[object]) -> str:
    return ",".join("?" * len(values))
