"""What a template shows of an answer: words and links, nothing to be worked out any more.

Made from the JSON of an answer (design §6), so that a stored answer and an article are
shown by the same code as one that was just composed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.safestring import SafeString

from osler_site.pictures import Table

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of a claim's text; `dose` where it states one."""

    text: str
    dose: bool


@dataclass(frozen=True, slots=True)
class Mark:
    """A citation's number, and the address of the passages it opens."""

    number: int
    href: str
    title: str  # "NICE, 2024": who speaks
    status: str = "current"  # "superseded", "retracted"


@dataclass(frozen=True, slots=True)
class Remark:
    """A line beside a claim.

    `kind` is "override", "warning", "currency", "strength", "working" or "reason".
    """

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Working:
    """How a dose was worked out: "1 mg/kg × 80 kg", "80 mg", "weight 80 kg"."""

    formula: str
    result: str
    given: str


@dataclass(frozen=True, slots=True)
class ClaimView:
    """One sentence with its marks. `id` names it within the page ("c3")."""

    id: str
    pieces: tuple[Piece, ...]  # all but the last word
    last: tuple[Piece, ...]  # the last word: the marks must not stand on a line alone
    marks: tuple[Mark, ...]
    remarks: tuple[Remark, ...]
    workings: tuple[Working, ...]
    checked: tuple[str, ...]  # what of it the gate compared: "amount", "unit", "route" …
    text: str
    group: str | None
    composed: str | None  # as the sources say it, where the text is in a reader's words
    dose_lines: tuple[str, ...]  # its doses in the answer's language, where the text is in another
    language: str | None  # of the text, where it is not the answer's
    supported: bool  # False where an editor let it stand although the gate objects: say so


@dataclass(frozen=True, slots=True)
class SectionView:
    """Claims under a title; `id` is an anchor."""

    id: str
    title: str
    claims: tuple[ClaimView, ...]


@dataclass(frozen=True, slots=True)
class ReferenceView:
    """A source in the list of references."""

    number: int
    title: str
    kind: str  # "Guideline", "Summary of a drug label"
    publisher: str  # "NICE · 2024 · United Kingdom"
    organization: str | None
    year: int | None
    country: str | None
    held: str  # how it reached us
    status: str  # "current", "superseded", "retracted"
    link: str | None  # the original
    href: str  # in the library


@dataclass(frozen=True, slots=True)
class PositionView:
    """One side of a conflict, with who takes it."""

    claim: ClaimView
    references: tuple[ReferenceView, ...]


@dataclass(frozen=True, slots=True)
class ConflictView:
    """Where sources disagree."""

    id: str
    about: str
    reason: str | None
    positions: tuple[PositionView, ...]


@dataclass(frozen=True, slots=True)
class PictureView:
    """A picture of doses: two drawings (a page shows the one that fits) and what they show."""

    title: str
    narrow: SafeString
    wide: SafeString
    table: Table
    not_shown: tuple[str, ...]
    note: str
    language: str  # of its words, for `lang`
    english: frozenset[str] = frozenset()  # cells of the table that are in English all the same


@dataclass(frozen=True, slots=True)
class BoxView:
    """Safety notices of ours for one kind of reader; they cite nothing and hold no dose."""

    kind: str  # "meaning", "giving", "watching", "dispensing", "learning", "help"
    title: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NearbyView:
    """A passage that does not answer but stands near."""

    quote: str
    href: str
    title: str


@dataclass(frozen=True, slots=True)
class AskedFact:
    """A fact of the patient that would decide, and how a form asks for it.

    `kind` is "number", "choice", "text" or "yes_no"; the answer to a yes or no is a pair of the
    patient's facts, "condition=asthma".
    """

    question: str
    kind: str
    key: str
    unit: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    yes: str = ""
    no: str = ""
    language: str = ""  # of the question, where that is not the answer's


@dataclass(frozen=True, slots=True)
class HeldBack:
    """What a language model doubted, so that it is not shown; or that it checked nothing.

    `passages` are those that the claims cited, where the answer as composed is there.
    """

    model: str
    claims: int = 0
    passages: tuple[NearbyView, ...] = ()
    unchecked: bool = False


@dataclass(frozen=True)  # without slots: a cached property needs a place
class AnswerView:
    """A whole answer as shown."""

    question: str
    left_out: str  # "a name and a date of birth", or ""
    understood: str
    answered: bool
    verdict: str  # "Yes. ", "No. " or ""
    abstention: str | None
    looked_for: str | None
    nearby: tuple[NearbyView, ...]
    bottom_line: tuple[ClaimView, ...]
    sections: tuple[SectionView, ...]
    conflicts: tuple[ConflictView, ...]
    references: tuple[ReferenceView, ...]
    follow_ups: tuple[str, ...]  # questions that the library can answer
    asked: tuple[AskedFact, ...]  # what to tell of the patient
    safety_notices: tuple[str, ...]
    boxes: tuple[BoxView, ...]
    audience: str
    language: str  # of what is ours in it, "en" or "es"
    words: Mapping[str, str]  # what a page says itself, in that language
    written: str  # by whom: by no language model, or which one, where, and how much of it
    read_as: str  # the question as a model put it, where that was answered; else ""
    read_by: str  # which model did
    held_back: HeldBack | None
    closing: str  # whom it is for and what it does not replace, likewise
    needed: str | None  # the facts that would decide
    silence: str | None  # what the library does not say, as the engine has it: in English
    draw: Callable[[], tuple[PictureView, ...]]
    library_version: int
    engine_version: str
    ranking: str
    elapsed_ms: float

    @property
    def foreign(self) -> str:
        """The language where it is not the page's own, English; else ""."""
        return "" if self.language == "en" else self.language

    @property
    def summary(self) -> str:
        """Its first sentence, for lists of search results; "" where the gate objects to it."""
        first = self.bottom_line[0] if self.bottom_line else None
        return first.text if first and first.supported else ""

    @cached_property
    def pictures(self) -> tuple[PictureView, ...]:
        """Drawn when first shown: the text above them does not wait for it."""
        return self.draw()
