"""The JSON of an answer as pydantic models, for whoever describes it to programs.

Answers are sent as `to_json` makes them, not through these models; a test holds the one against
the other. Fields are only ever added.
"""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field


class Open(BaseModel):
    """A form to which fields may be added."""

    model_config = ConfigDict(extra="allow")


class Span(Open):
    """Characters of a source's text: what a row or item needs from elsewhere."""

    start: int
    end: int
    quote: str
    role: str | None = None


class CitationOut(Open):
    """A passage: characters `start:end` of the normalised text of a source."""

    reference: int | None
    statement_id: str
    source_id: str
    start: int
    end: int
    quote: str
    context: list[Span]
    page: int | None
    section: list[str]


class NearbyOut(CitationOut):
    """A passage that answers nothing; `said` is its quote with what it hangs on."""

    said: str


class OverrideOut(Open):
    """Who let a claim of an article stand although the automatic check objects, and why."""

    objections: list[str]
    by: str
    why: str


class ClaimOut(Open):
    """A sentence with the passages that support it.

    Its `verdict` is "supported", or in an article "unsupported" with an `override`.
    """

    text: str
    composed: str | None = Field(
        None,
        description="As composed from the sources, where `text` is in a reader's words or in "
        "those of a language model.",
    )
    dose_lines: list[str] = Field(
        [], description="Its doses in the answer's language, where `text` is in another."
    )
    language: str | None = Field(None, description="Of `text`, where it is not the answer's.")
    verdict: str
    override: OverrideOut | None = None
    citations: list[CitationOut]
    dosages: list[dict[str, Any]]
    group: str | None
    applies: Literal["yes", "no", "unknown"] | None
    because: list[str]
    warning: str | None
    currency: str | None
    strength: str | None
    evidence: str | None
    derivation: dict[str, Any] | None


class SectionOut(Open):
    """Claims under a title."""

    title: str
    claims: list[ClaimOut]


class PositionOut(Open):
    """One side of a conflict."""

    claim: ClaimOut
    references: list[int]


class ConflictOut(Open):
    """Where sources disagree."""

    about: str
    reason: str | None
    positions: list[PositionOut]


class BoxOut(Open):
    """Safety notices of ours for one kind of reader: uncited, and never holding a dose."""

    kind: str = Field(description="meaning, giving, watching, dispensing, learning or help.")
    title: str
    lines: list[str]


class SourceOut(Open):
    """What is known of a source; what is not known is null."""

    source_id: str
    file: str
    title: str
    organization: str | None
    year: int | None
    kind: str | None
    jurisdiction: str | None
    url: str | None
    doi: str | None
    pmid: str | None
    licence: str | None
    status: str
    seen: str | None
    supersedes: str | list[str] | None


class ReferenceOut(SourceOut):
    """A source in the list of references."""

    number: int


class AbstentionOut(Open):
    """Why there is no answer, and what stands near."""

    reason: str
    looked_for: str
    nearby: list[NearbyOut]


class WritingOut(Open):
    """What a language model had to do with an answer; sentences that are shown are kept."""

    writer: str
    model: str
    address: str = Field(description="Host and port of the model's server.")
    place: Literal["this machine", "this network", "elsewhere"]
    kept: int
    replaced: int
    composed: int
    vetoed: int
    question: str | None
    stopped: str | None = Field(description="Why the model wrote nothing, or nothing more.")
    input_tokens: int | None
    output_tokens: int | None
    cost_usd: float | None
    first_ms: float | None
    elapsed_ms: float


class ThreadOut(Open):
    """How a question was understood from those before it."""

    typed: str = Field(description="With placeholders for what tells who the patient is.")
    understood: str = Field(description="The full question; asked alone it is answered alike.")
    carried: list[str] = Field(description="What was taken from before.")
    corrected: list[str] = Field(description="Facts of the patient that changed.")
    patient: list[str] = Field(description="What is known of the patient now.")
    changed_topic: bool = Field(description="It is on something else, and takes nothing along.")
    unsure: list[str] = Field(
        default_factory=list,
        description="What may be misread or lost: words not understood, facts left out.",
    )
    own: str | None = Field(
        None,
        description="Where a language model helped to read it and that says something else: the "
        "full question as Osler reads it by itself. Ask that instead if it is what was meant.",
    )
    reading: WritingOut | None = Field(
        None,
        description="What asking a language model took, where one was asked to read it; its "
        "`question` is null where Osler's own reading stands.",
    )


class AnswerOut(Open):
    """An answer, or an abstention with its reason."""

    question: str = Field(description="With placeholders for what tells who the patient is.")
    hidden: list[str] = Field(
        default_factory=list,
        description="What was left out of the question: “name”, “date of birth”, …",
    )
    understood: str
    answered: bool
    abstention: AbstentionOut | None
    ranking: str
    yes_no: str | None
    bottom_line: list[ClaimOut]
    sections: list[SectionOut]
    conflicts: list[ConflictOut]
    unanswered: list[str]
    missing: list[str]
    safety_notices: list[str]
    boxes: list[BoxOut] = []
    references: list[ReferenceOut]
    follow_ups: list[str] = Field(
        description="First those that ask for a fact of the patient (`missing`), then questions to "
        "ask next. Just answered, each of these was asked and tells more; in an answer that was "
        "kept, none was."
    )
    audience: str
    language: str = "en"
    unworded: int = Field(
        0, description="Claims left as composed, for the check refused the reader's words."
    )
    library_version: int
    engine_version: str
    elapsed_ms: float
    writing: WritingOut | None = None
    thread: ThreadOut | None = Field(None, description="Where `after` was given.")


class SinceOut(Open):
    """What became of what an answer cites, where the library is another version now."""

    library_version: int = Field(description="The library's version now.")
    happened: list[str] = Field(description="Empty where what is cited stands as it was.")


class KeptAnswerOut(AnswerOut):
    """An answer as it was given.

    `since` is null while the library is as it was then, and where it cannot be asked.
    """

    since: SinceOut | None


class StatementOut(Open):
    """The smallest piece that says one thing."""

    statement_id: str
    source_id: str
    start: int
    end: int
    quote: str
    text: str
    kind: str
    section: list[str]
    page: int | None
    dosages: list[dict[str, Any]]
    group: str | None
    held: str | None = Field(description="Why it carries no claim, where it does not.")
