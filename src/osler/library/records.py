"""What the library hands out."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from osler.domain import SourceId, SourceKind, SourceStatus

if TYPE_CHECKING:
    from osler.library.decisions import Decision
    from osler.library.suspecting import SuspiciousDose

PassageId = str  # "p_" + 16 hex digits of SHA-256 over source id, start and end


@dataclass(frozen=True, slots=True)
class Passage:
    """The unit of ranking: neighbouring blocks of one section, up to some 120 words.

    `text == library.text(source_id)[start:end]`; `title` is the source's, `section` the
    heading path and `page` the page on which the passage begins.
    """

    id: PassageId
    source_id: SourceId
    start: int
    end: int
    text: str
    title: str
    section: tuple[str, ...] = ()
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage found, best first.

    `score` is what the ranking is by: `bm25` itself while the ranking is lexical, the fusion
    of `bm25` and `similarity` when it is hybrid. `bm25` is that of all fields and, added to it,
    of title and headings alone; `similarity` a mean of cosines, with both likewise.
    """

    passage: Passage
    score: float
    bm25: float
    similarity: float | None = None


@dataclass(frozen=True, slots=True)
class Filters:
    """Which sources may answer; an empty field lets all pass.

    `year_from` drops older sources and those whose year is not known.
    """

    jurisdiction: tuple[str, ...] = ()
    kind: tuple[SourceKind, ...] = ()
    status: tuple[SourceStatus, ...] = ()
    year_from: int | None = None
    sources: tuple[SourceId, ...] = ()

    def __bool__(self) -> bool:
        return self != Filters()


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file that was passed over, and why ("not a format that Osler reads")."""

    path: str
    reason: str


@dataclass(frozen=True, slots=True)
class Failed:
    """A file that could not be read; `help` says what to do."""

    path: str
    error: str
    help: str = ""


@dataclass(frozen=True, slots=True)
class Warned:
    """A file that was added, and what it says of itself that could not be taken."""

    path: str
    message: str


@dataclass(frozen=True, slots=True)
class AddReport:
    """What an addition did. `added` and `already_there` are source ids, in reading order."""

    version: int
    added: tuple[SourceId, ...] = ()
    already_there: tuple[SourceId, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    failed: tuple[Failed, ...] = ()
    files: int = 0
    passages: int = 0
    statements: int = 0
    characters: int = 0
    seconds: float = 0.0
    interrupted: bool = False
    warnings: tuple[Warned, ...] = ()


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an addition or an embedding has come; `total` is None while not yet known."""

    done: int  # files, or passages when embedding
    total: int | None
    bytes: int = 0
    passages: int = 0
    seconds: float = 0.0
    name: str = ""

    @property
    def rate(self) -> float:
        """Passages a second so far."""
        return self.passages / self.seconds if self.seconds > 0 else 0.0


@dataclass(frozen=True, slots=True)
class Version:
    """One committed state of the library."""

    number: int
    made_at: str  # ISO 8601, UTC
    what: str  # "created", "added 12 sources", "removed s_…", "embedded with …"
    sources: int
    passages: int
    ranking: str


@dataclass(frozen=True, slots=True)
class Health:
    """What `doctor` found, rebuilt, and what waits for a person."""

    problems: tuple[str, ...] = ()
    rebuilt: tuple[str, ...] = ()
    held: tuple[HeldBack, ...] = ()
    checked: dict[str, int] = field(default_factory=dict, hash=False)
    suspicious: tuple[SuspiciousDose, ...] = ()
    decisions: tuple[Decision, ...] = ()

    @property
    def sound(self) -> bool:
        """Whether nothing is wrong that could not be mended."""
        return not self.problems


@dataclass(frozen=True, slots=True)
class HeldBack:
    """Characters of a source that carry no claim until a person has looked."""

    source_id: SourceId
    file: str
    start: int
    end: int
    quote: str
    reason: str
    detail: str = ""
    page: int | None = None
