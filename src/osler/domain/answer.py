"""What a reader is given."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from osler.domain.claim import Citation, Claim
from osler.domain.question import Audience, Question
from osler.domain.source import Source


@dataclass(frozen=True, slots=True)
class Reference:
    """A source in the list of references, numbered as first cited."""

    number: int
    source: Source


@dataclass(frozen=True, slots=True)
class Section:
    """Claims under one title."""

    title: str
    claims: tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class Position:
    """One side of a conflict."""

    claim: Claim
    references: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Conflict:
    """Statements about the same substance, group and phase whose dosages do not agree."""

    about: str
    positions: tuple[Position, ...]
    reason: str | None = None  # what is known to set the sources apart


@dataclass(frozen=True, slots=True)
class Abstention:
    """Why there is no answer, what was looked for, and what the library holds nearby."""

    reason: str
    looked_for: str
    nearby: tuple[Citation, ...] = ()


class BoxKind(StrEnum):
    """What the notices of a box are about."""

    MEANING = "meaning"  # what the answer means for the reader
    GIVING = "giving"  # how a drug is given
    WATCHING = "watching"  # what to watch for
    DISPENSING = "dispensing"  # what to check before a drug is handed out
    LEARNING = "learning"  # how to read the evidence
    HELP = "help"  # when to get help


@dataclass(frozen=True, slots=True)
class NoticeBox:
    """Safety notices of ours under one title: uncited, and never holding a dose."""

    kind: BoxKind
    title: str
    lines: tuple[str, ...]


class Place(StrEnum):
    """Where a language model runs, as seen from here."""

    MACHINE = "this machine"
    NETWORK = "this network"  # a private address
    ELSEWHERE = "elsewhere"


@dataclass(frozen=True, slots=True)
class Written:
    """What a language model had to do with an answer, and what it took.

    Sentences of the model are `kept` where every check let them pass, else `replaced` by the
    claim as composed.
    """

    writer: str  # the kind of service: "openai", "anthropic", "ollama"
    model: str
    address: str  # host and port
    place: Place
    kept: int = 0  # sentences of the model that are shown
    replaced: int = 0  # sentences of the model that are not
    composed: int = 0  # claims it was given that are shown as composed
    vetoed: int = 0  # claims not shown because it doubted them
    question: str | None = None  # as it put the question, where that was answered instead
    stopped: str | None = None  # why it wrote nothing, or nothing more
    input_tokens: int | None = None
    output_tokens: int | None = None
    cost_usd: float | None = None  # where the price of the model is known
    first_ms: float | None = None  # until its first sentence could be shown
    elapsed_ms: float = 0.0


@dataclass(frozen=True, slots=True)
class Answer:
    """A composed answer, or the reason why there is none."""

    question: Question
    bottom_line: tuple[Claim, ...]
    sections: tuple[Section, ...]
    conflicts: tuple[Conflict, ...]
    references: tuple[Reference, ...]
    follow_ups: tuple[str, ...]
    safety_notices: tuple[str, ...]
    abstention: Abstention | None
    audience: Audience
    ranking: str  # "hybrid" or "lexical"
    library_version: int
    engine_version: str
    elapsed_ms: float
    yes_no: str | None = None  # "yes" or "no", where the bottom line says so plainly
    unanswered: tuple[str, ...] = ()  # parts of the question that the library is silent on
    missing: tuple[str, ...] = ()  # facts of the patient that would decide what applies
    boxes: tuple[NoticeBox, ...] = ()  # notices for this kind of reader
    language: str = "en"  # of what is ours in it; a claim may say that its own is another
    unworded: int = 0  # claims left as composed, for the gate refused the reader's words
    writing: Written | None = None  # None where no language model was asked

    @property
    def answered(self) -> bool:
        """Whether there is an answer at all."""
        return self.abstention is None
