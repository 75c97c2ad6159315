"""The smallest piece of a source that says one thing."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from osler.domain.dosage import Dosage, Phase, Target
from osler.domain.group import EVERYONE, Group
from osler.domain.source import BlockKind, SourceId

StatementId = str  # "t_" + 16 hex digits of SHA-256 over source id, start and end


class StatementKind(StrEnum):
    """What a statement does."""

    DOSE = "dose"
    MONITORING = "monitoring"
    TARGET = "target"
    CHOICE = "choice"  # which drug, salt, form or route
    CAUTION = "caution"
    CONTRAINDICATION = "contraindication"
    DURATION = "duration"
    DEFINITION = "definition"
    RESULT = "result"  # of a trial or study
    OTHER = "other"


class Polarity(StrEnum):
    """Whether a statement affirms or denies."""

    POSITIVE = "positive"
    NEGATIVE = "negative"  # do not, avoid, never, should not, is not required


@dataclass(frozen=True, slots=True)
class Context:
    """Words from elsewhere in the source that a statement needs: `quote == text[start:end]`."""

    start: int
    end: int
    quote: str
    # "heading", "lead-in", "parent", "header", "caption", "footnote", "title"; "label": words
    # that an earlier sentence of its paragraph opens with; "focus": the sentence before it that
    # names the drug
    role: str


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence, list item or table row, with what its context says of it.

    `quote == source.text[start:end]`. `text` is the quote as one readable line: white space
    folded, Markdown marks taken off, a row written out as "header: cell; header: cell".
    `context` holds what travels with it (headings, lead-in, header cells), outermost first.
    `group`, `phase`, `substances` are read from the quote and its context together; the
    dosages are read from `text` (their offsets are into `text`). `held` is the reason why
    it must not carry a claim (see `Suspicion`), else None.
    """

    id: StatementId
    source_id: SourceId
    start: int
    end: int
    quote: str
    text: str
    block: BlockKind
    kind: StatementKind
    section: tuple[str, ...] = ()
    page: int | None = None
    context: tuple[Context, ...] = ()
    dosages: tuple[Dosage, ...] = ()
    targets: tuple[Target, ...] = ()
    group: Group = EVERYONE
    phase: Phase | None = None
    polarity: Polarity = Polarity.POSITIVE
    strength: str | None = None  # "should", "offer", "consider", "1A", "class I" as stated
    substances: tuple[str, ...] = ()  # lower case, in order of mention, own words first
    held: str | None = None

    def __hash__(self) -> int:
        return hash(self.id)
