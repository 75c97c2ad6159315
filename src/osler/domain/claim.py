"""One sentence shown to a reader, where it comes from, and whether that supports it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from osler.domain.dosage import Dosage
from osler.domain.group import Applies
from osler.domain.source import SourceId
from osler.domain.statement import Context, Statement, StatementId


class ProblemKind(StrEnum):
    """In what a claim and its passage disagree."""

    AMOUNT = "amount"
    UNIT = "unit"
    ROUTE = "route"
    TIMING = "timing"
    DURATION = "duration"
    SUBSTANCE = "substance"
    GROUP = "group"
    POLARITY = "polarity"
    COMPARISON = "comparison"
    STRENGTH = "strength"  # "must" for "may", "all" for "some"
    UNSUPPORTED = "unsupported"


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a claim is not supported: the words of the claim against those of the passage."""

    kind: ProblemKind
    claim: str
    passage: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """Supported when there is no problem."""

    problems: tuple[Problem, ...] = ()

    @property
    def supported(self) -> bool:
        """Whether there is no problem."""
        return not self.problems


@dataclass(frozen=True, slots=True)
class Citation:
    """Where a claim comes from: the exact characters of one source.

    `quote == source.text[start:end]` always holds; `Library.resolve` raises
    `StaleCitation` when it no longer does.
    """

    statement_id: StatementId
    source_id: SourceId
    start: int  # characters, in the source's normalised text
    end: int
    quote: str
    context: tuple[Context, ...] = ()
    page: int | None = None  # 1-based, for paginated sources
    section: tuple[str, ...] = ()
    reference: int = 0  # number in the answer's list of references
    said: str = ""  # the quote with what it hangs on, where it is shown without a claim


@dataclass(frozen=True, slots=True)
class Derivation:
    """A dose worked out for a patient: `formula` with `inputs` gives `result` by `rule`.

    It is no claim: nothing is cited for the result itself, only for the rule, and
    `osler.checking.check_derivation` does the arithmetic again.
    """

    formula: str
    inputs: dict[str, str]
    result: str
    rule: Citation


@dataclass(frozen=True, slots=True)
class Claim:
    """One sentence, its citations and the gate's verdict."""

    text: str
    citations: tuple[Citation, ...]
    verdict: Verdict
    dosages: tuple[Dosage, ...] = ()
    group: str | None = None
    applies: Applies | None = None
    because: tuple[str, ...] = ()
    derivations: tuple[Derivation, ...] = ()  # one for each dose per kg or m² it states
    statements: tuple[Statement, ...] = ()
    warning: str | None = None  # why a dose that the sources give is not plausible
    strength: str | None = None  # of the recommendation, by a grade that its sources state
    evidence: str | None = None  # its quality, likewise
    currency: str | None = None  # why what its sources say may no longer stand
    underived: str | None = None  # why a dose per kg or m² was not worked out
    missing: tuple[str, ...] = ()  # facts of the patient without which it was not
    composed: str | None = None  # as composed, where `text` is in a reader's or a model's words
    dose_lines: tuple[str, ...] = ()  # its doses in the answer's language, where that is another
    language: str | None = None  # of `text`, where it is not the answer's

    @property
    def derivation(self) -> Derivation | None:
        """The first of the doses worked out."""
        return self.derivations[0] if self.derivations else None
