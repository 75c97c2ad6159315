"""A library: one folder of sources, searched and cited."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from osler.domain import Citation, Source, SourceId, Statement, StatementId, Suspicion, errors
from osler.library import opening
from osler.library.ranking import inverse_document_frequency
from osler.library.records import AddReport, Filters, Health, Hit, Passage, Version
from osler.library.schema import translated
from osler.library.searching import Searcher
from osler.library.store import Store, latest
from osler.library.terms import terms

if TYPE_CHECKING:
    from osler.library.adding import OnProgress, Target
    from osler.library.decisions import Decision
    from osler.library.noticing import LookUp
    from osler.library.suspecting import Suspecting
    from osler.library.updating import Fetch, UpdateReport
    from osler.library.vocabulary import Vocabulary


class Library:
    """The library in a folder, as one version shows it.

    Reading never waits for a writer, and what is open shows the version it was opened at
    until `refresh`, or until it adds or removes something itself.

        with Library.open("cardiology") as library:
            for hit in library.search("loading dose of amiodarone"):
                print(hit.passage.title, library.statements_in(hit.passage))
    """

    def __init__(self, folder: Path, at: int | None) -> None:
        self.folder = folder
        self._at = at
        self._connection, self._index = opening.open_folder(folder)
        try:
            self._show(at)
        except errors.LibraryError:
            self.close()
            raise

    @classmethod
    def create(cls, path: str | Path) -> Library:
        """Make an empty library and open it. Raises UsageError where there is one already."""
        folder = Path(path)
        opening.create(folder)
        return cls(folder, None)

    @classmethod
    def open(cls, path: str | Path, *, at: int | None = None) -> Library:
        """Open the latest version, or exactly version `at`, which is then read-only.

        Raises LibraryNotFound, VersionNotFound, LibraryTooNew, LibraryCorrupt.
        """
        return cls(Path(path), at)

    def _show(self, version: int | None) -> None:
        with translated(self.folder):
            if version is not None and version > self._index.version:
                raise errors.VersionNotFound(
                    f"the library has no version {version}; its latest is {self._index.version}"
                )
            self._store = Store(
                self._connection, self._index.version if version is None else version
            )
        self._searcher = Searcher(self.folder, self._store, self._index)
        self._suspecting: Suspecting | None = None
        self._vocabulary: Vocabulary | None = None

    def refresh(self) -> bool:
        """Show the latest version, where another process has made one; whether it has."""
        if self._at is not None:
            return False
        before = self.version
        self._index.refresh()
        if self._index.version != before:
            self._show(None)
        return self.version != before

    def outdated(self) -> bool:
        """Whether another process has made a later version than the one shown."""
        with translated(self.folder):
            return self._at is None and latest(self._connection) != self.version

    @property
    def version(self) -> int:
        """The number of the version shown; an empty library is version 0."""
        return self._store.version

    @property
    def ranking(self) -> str:
        """ "hybrid" where vectors are complete for this version, else "lexical"."""
        return "hybrid" if self._searcher.vectors is not None else "lexical"

    def versions(self) -> tuple[Version, ...]:
        """The history up to this version, oldest first."""
        return self._store.versions()

    def sources(self) -> tuple[Source, ...]:
        """All sources, by title."""
        return self._store.sources()

    def source(self, name: str) -> Source:
        """The source with this id, else with this file name, title, url or doi.

        Raises SourceNotFound.
        """
        return self._store.source(self._store.row_of_source(name))

    def text(self, source_id: SourceId) -> str:
        """A source's whole normalised text. Raises SourceNotFound, LibraryCorrupt."""
        with translated(self.folder):
            return self._store.text(self._store.row_of_source(source_id))

    def suspicions(self, source_id: SourceId) -> tuple[Suspicion, ...]:
        """Where a person must look before a claim is carried. Raises SourceNotFound."""
        return self._store.suspicions(self._store.row_of_source(source_id))

    def suspicion(self, statement: Statement) -> Suspicion | None:
        """Why a statement's dose is not plausible; None where nothing speaks against it.

        Held against what is registered of the drug and what other statements of this version
        give (see `osler.plausibility`), unless a person has decided. The detail is a sentence
        for a reader; the span is the statement's.
        """
        if self._suspecting is None:
            from osler.library.suspecting import Suspecting

            self._suspecting = Suspecting(self._store)
        return self._suspecting.of(statement)

    def statement(self, statement_id: StatementId) -> Statement:
        """Raises StatementNotFound."""
        return self._store.statement(statement_id)

    def statements_of(self, source_id: SourceId) -> tuple[Statement, ...]:
        """A source's statements, in reading order. Raises SourceNotFound."""
        rows = self._store.passage_rows(self._store.row_of_source(source_id))
        return tuple(s for row in rows for s in self._store.statements(row))

    def statement_counts(self) -> Mapping[SourceId, int]:
        """The number of statements of each source; a source without any is not in it."""
        with translated(self.folder):
            return self._store.statement_counts()

    def passages_of(self, source_id: SourceId) -> tuple[Passage, ...]:
        """A source's passages, in reading order. Raises SourceNotFound."""
        rows = self._store.passage_rows(self._store.row_of_source(source_id))
        found = self._store.passages(rows)
        return tuple(found[row] for row in rows)

    def statements_in(self, passage: Passage) -> tuple[Statement, ...]:
        """The statements of a passage that this library handed out, in reading order."""
        return self._store.statements(self._store.row_of_passage(passage))

    def statements_naming(
        self, passage: Passage, names: frozenset[str] | None
    ) -> tuple[tuple[Statement, ...], tuple[str, ...]]:
        """Of a passage's statements those that name one of these substances, or none at all.

        Also all substances that the passage's statements name. None lets every statement pass.
        """
        return self._store.statements_naming(self._store.row_of_passage(passage), names)

    def search(
        self,
        query: str,
        *,
        k: int = 10,
        filters: Filters | None = None,
        words_only: bool = False,
    ) -> tuple[Hit, ...]:
        """The `k` best passages for `query`, best first; ties by passage id.

        The same content gives the same hits with the same scores, whatever the order in which
        it was added. A query without any term of the library finds nothing. `words_only` leaves
        the vectors out: for lists of names, which are no sentences. In these a name weighs as
        often as it stands there; the words of a question count once.
        """
        with translated(self.folder):
            return self._searcher.search(query, k, filters, words_only)

    def other_names(self, phrase: str) -> tuple[str, ...]:
        """What else this version's sources call a phrase; those that most sources give first.

        An abbreviation is written out ("VAD": "vitamin a deficiency"); several meanings are all
        given. Names are in lower case, abbreviations as written. Where an abbreviation is also
        an English word ("ALL"), it counts only in capitals.
        """
        if self._vocabulary is None:
            from osler.library.vocabulary import Vocabulary

            self._vocabulary = Vocabulary(self._store)
        return self._vocabulary.other_names(phrase)

    @property
    def is_empty(self) -> bool:
        """Whether this version holds no passage."""
        return bool(self._store.passage_count == 0)

    def frequency(self, word: str) -> int:
        """The number of passages that hold a word, in whichever of its forms; 0 for a stop word."""
        found = self._store.statistics(terms(word))
        return min(found.frequencies.values(), default=0)

    def idf(self, term: str) -> float:
        """The inverse document frequency of an index term (see `osler.library.terms`)."""
        found = self._store.statistics([term])
        return inverse_document_frequency(found.passages, found.frequencies.get(term, 0))

    def resolve(self, citation: Citation) -> str:
        """The cited characters. Raises StaleCitation where they are not the quote."""
        try:
            text = self.text(citation.source_id)
        except errors.SourceNotFound as error:
            raise errors.StaleCitation(f"source {citation.source_id} is not here") from error
        cited = [(citation.start, citation.end, citation.quote)]
        cited += [(part.start, part.end, part.quote) for part in citation.context]
        for start, end, quote in cited:
            if text[start:end] != quote:
                raise errors.StaleCitation(
                    f"{citation.source_id} does not say {quote[:60]!r} at {start}"
                )
        return citation.quote

    def add(
        self,
        targets: Target | Iterable[Target],
        *,
        progress: OnProgress | None = None,
        workers: int | None = None,
    ) -> AddReport:
        """Add files, folders, globs, archives and feeds ("pubmed:28925645").

        Files are prepared by `workers` processes (default: one a core) and committed some
        thousand passages at a time, each commit a version. A file that cannot be read is in
        the report and does not stop the others; one bad file alone raises its ReadingError.
        Ctrl-C keeps what is committed; adding the same again goes on from there.

        Raises LibraryLocked, LibraryFull, UsageError for a version opened with `at`.
        """
        from osler.library import adding

        self._writable()
        wanted = [targets] if isinstance(targets, (str, Path)) else targets
        try:
            return adding.add(
                self.folder, self._connection, wanted, progress=progress, workers=workers
            )
        finally:
            self._reopen()

    def remove(self, source: str) -> int:
        """Leave a source out from the next version on; that version. Earlier ones keep it.

        Raises SourceNotFound, LibraryLocked, UsageError for a version opened with `at`.
        """
        from osler.library import removing

        self._writable()
        try:
            return removing.remove(self.folder, self._connection, source)
        finally:
            self._reopen()

    def update(
        self,
        *,
        dry_run: bool = False,
        progress: OnProgress | None = None,
        fetch: Fetch | None = None,
        look_up: LookUp | None = None,
    ) -> UpdateReport:
        """Ask again for every current source that came from a feed or a web address, and what
        has become of every article that has a PubMed number or a DOI.

        What has changed becomes a new source that supersedes the old; what was retracted carries
        no claim any more; corrections, expressions of concern and newer editions are kept as
        `Source.notices`. `fetch` and `look_up` are those of `osler.reading.importers`, with
        other settings if need be. With `dry_run` nothing is written.

        Raises LibraryLocked, LibraryFull, UsageError for a version opened with `at`.
        """
        from osler.library import updating

        self._writable()
        try:
            return updating.update(
                self.folder,
                self._connection,
                dry_run=dry_run,
                progress=progress,
                fetch=fetch,
                look_up=look_up,
            )
        finally:
            self._reopen()

    def clear(self, statement_id: StatementId, *, why: str, who: str) -> Decision:
        """Keep that a person has found a statement's dose to be right; makes a version.

        Raises StatementNotFound, LibraryLocked, UsageError without a reason and a name.
        """
        return self._decide(statement_id, cleared=True, why=why, who=who)

    def suspect(self, statement_id: StatementId, *, why: str, who: str) -> Decision:
        """Keep that a person has found a statement's dose to be wrong; see `clear`."""
        return self._decide(statement_id, cleared=False, why=why, who=who)

    def _decide(self, statement_id: StatementId, *, cleared: bool, why: str, who: str) -> Decision:
        from osler.library import deciding

        self._writable()
        try:
            return deciding.decide(
                self.folder, self._connection, statement_id, cleared=cleared, why=why, who=who
            )
        finally:
            self._reopen()

    def embed(
        self, progress: OnProgress | None = None, *, embedder: str | None = None
    ) -> int | None:
        """Compute the vectors that are missing; the version they rank, None without an embedder.

        Can be interrupted and goes on where it was. The library answers meanwhile.
        """
        from osler.library import embedding

        self._writable()
        try:
            return embedding.embed(self.folder, self._connection, embedder, progress)
        finally:
            self._reopen()

    def doctor(self) -> Health:
        """Verify everything, rebuild what can be rebuilt, list what waits for a person.

        Raises LibraryLocked where another process is writing.
        """
        from osler.library import doctor

        try:
            return doctor.examine(self.folder, self._connection)
        finally:
            self._reopen()

    def _writable(self) -> None:
        if self._at is not None:
            raise errors.UsageError(
                f"version {self._at} is history and cannot be changed",
                help="Open the library without a version.",
            )

    def _reopen(self) -> None:
        self._connection.close()
        self._connection, self._index = opening.open_folder(self.folder)
        self._show(self._at)

    def close(self) -> None:
        """Let the files go."""
        self._connection.close()

    def __enter__(self) -> Library:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()
