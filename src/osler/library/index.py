"""The lexical index: tantivy finds candidates, which `ranking` then scores exactly.

One document a passage: its row, its source's row, the version it came with, and its terms,
already tokenised and weighted (tantivy only splits at white space). A sentinel document tells
which version the last commit holds. Nothing is deleted but the sentinel.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any

import tantivy

FOLDER = "index"
_HEAP = 96_000_000  # bytes
_LONGEST = 60  # characters of a term; tantivy drops much longer ones


def _schema() -> Any:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("terms", tokenizer_name="whitespace", index_option="freq")
    builder.add_unsigned_field("row", fast=True)
    builder.add_unsigned_field("source", indexed=True)
    builder.add_unsigned_field("added", indexed=True, fast=True)
    builder.add_unsigned_field("sentinel", stored=True, indexed=True)
    return builder.build()


class Broken(Exception):
    """The index folder does not open or is not a library's index."""


class Index:
    """A snapshot of the index, for searching."""

    def __init__(self, folder: Path) -> None:
        """Open the index in `folder`. Raises Broken."""
        self.folder = folder
        try:
            self._index = tantivy.Index.open(str(folder))
            self._index.config_reader("manual", 0)
            self.schema = self._index.schema
            self.refresh()
        except Exception as error:
            raise Broken(f"{folder}: {error}") from error

    def refresh(self) -> None:
        """Look at the latest commit."""
        self._index.reload()
        self._searcher = self._index.searcher()
        self.version = self._sentinel()

    def _sentinel(self) -> int:
        query = tantivy.Query.range_query(
            self.schema,
            "sentinel",
            tantivy.FieldType.Unsigned,
            lower_bound=0,
            use_inverted_index=True,
        )
        hits = self._searcher.search(query, limit=1, count=False).hits
        if not hits:
            raise Broken(f"{self.folder}: no sentinel")
        return int(self._searcher.doc(hits[0][1])["sentinel"][0])

    def candidates(
        self,
        terms: Sequence[str],
        *,
        limit: int,
        version: int | None = None,
        sources: Iterable[int] | None = None,
        without: Iterable[int] = (),
    ) -> tuple[list[int], bool]:
        """Rows of the passages that tantivy ranks best for `terms`, and whether that is all.

        Only what was added up to `version`; only of `sources`; none of `without`.
        """
        query_of, occur = tantivy.Query, tantivy.Occur
        words = [
            (occur.Should, query_of.term_query(self.schema, "terms", term, "freq"))
            for term in terms
        ]
        query = query_of.boolean_query(words)
        limits = []
        if version is not None and version < self.version:
            limits.append(
                (
                    occur.Must,
                    query_of.range_query(
                        self.schema, "added", tantivy.FieldType.Unsigned, upper_bound=version
                    ),
                )
            )
        if sources is not None:
            limits.append(
                (occur.Must, query_of.term_set_query(self.schema, "source", list(sources)))
            )
        excluded = list(without)
        if excluded:
            limits.append((occur.MustNot, query_of.term_set_query(self.schema, "source", excluded)))
        if limits:
            # A constant score: a filter must not change the order.
            quiet = [
                (o, q if o == occur.MustNot else query_of.const_score_query(q, 0.0))
                for o, q in limits
            ]
            query = query_of.boolean_query([(occur.Must, query), *quiet])
        hits = self._searcher.search(query, limit=limit, count=False).hits
        rows = self._searcher.fast_field_values("row", [address for _, address in hits])
        return [int(row) for row in rows if row is not None], len(hits) < limit

    def sound(self) -> bool:
        """Whether every file that the index names is there and reads."""
        try:
            return bool(self._index.is_compatible(str(self.folder)))
        except ValueError:
            return False

    @property
    def opstamp(self) -> int:
        """Tantivy's number for the commit on disk."""
        return int(json.loads((self.folder / "meta.json").read_text())["opstamp"])

    @property
    def passages(self) -> int:
        """How many passages the snapshot holds."""
        return int(self._searcher.num_docs) - 1


class IndexWriter:
    """The one writer. `commit` makes what was added findable as a version."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._open()

    def _open(self) -> None:
        self._index = tantivy.Index.open(str(self._folder))
        # One thread: the same additions then make the same segments.
        self._writer = self._index.writer(_HEAP, 1)
        # A writer that died between writing a file and committing leaves it; its next commit
        # would bear the same number and find the name taken.
        self._writer.garbage_collect_files()

    def add(self, row: int, source: int, added: int, terms: str) -> None:
        """Index one passage; `terms` are separated by white space."""
        document = tantivy.Document()
        document.add_text("terms", terms)
        document.add_unsigned("row", row)
        document.add_unsigned("source", source)
        document.add_unsigned("added", added)
        self._writer.add_document(document)

    def commit(self, version: int) -> int:
        """Publish; returns tantivy's opstamp."""
        _mark(self._index.schema, self._writer, version)
        return int(self._writer.commit())

    def renew(self, fill: Callable[[Path], None]) -> int:
        """Let go of an index that cannot be written, have it filled anew; the new opstamp."""
        del self._writer, self._index
        fill(self._folder)
        self._open()
        return Index(self._folder).opstamp

    def rollback(self) -> None:
        """Forget what was added since the last commit."""
        self._writer.rollback()

    def close(self) -> None:
        """Wait for merges and let the writer go."""
        self._writer.wait_merging_threads()

    def __enter__(self) -> IndexWriter:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if kind is not None:
            self._writer.rollback()
        self.close()


def create(folder: Path) -> int:
    """An empty index at version 0 in `folder`, in place of whatever is there; its opstamp."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    index = tantivy.Index(_schema(), str(folder))
    writer = index.writer(_HEAP, 1)
    _mark(index.schema, writer, 0)
    opstamp = int(writer.commit())
    writer.wait_merging_threads()
    return opstamp


def _mark(schema: Any, writer: Any, version: int) -> None:
    writer.delete_documents_by_query(
        tantivy.Query.range_query(
            schema,
            "sentinel",
            tantivy.FieldType.Unsigned,
            lower_bound=0,
            use_inverted_index=True,
        )
    )
    document = tantivy.Document()
    document.add_unsigned("sentinel", version)
    writer.add_document(document)
