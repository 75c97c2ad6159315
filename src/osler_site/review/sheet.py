"""A claim beside its passages, with all that a reviewer needs to judge it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from osler.answering import source_to_json
from osler.domain.errors import LibraryError, VersionNotFound
from osler.library import Library
from osler_site.articles.claims import Placed
from osler_site.articles.gate import objection
from osler_site.articles.wording import placed_texts
from osler_site.engine import engine
from osler_site.library_pages.passages import Passage, passage
from osler_site.presenting.present import reference_view
from osler_site.presenting.view import ReferenceView
from osler_site.review.differences import Change, Differences, differences
from osler_site.review.earlier import earlier_verdicts
from osler_site.review.models import BoardReviewState, ClaimVerdict, Judgement, ReviewAssignment
from osler_site.review.verdicts import standing_verdicts


@dataclass(frozen=True, slots=True)
class Cited:
    """A passage in its place; `passage` is None where the library does not have it any more."""

    source: ReferenceView | None
    passage: Passage | None
    problem: str
    now: str  # the source's status today: "current", "superseded", "retracted", "removed"


@dataclass(frozen=True, slots=True)
class ClaimSheet:
    """One claim to be judged, or one text that cites nothing (`is_wording`)."""

    number: int
    key: str
    where: str
    text: str
    cited: tuple[Cited, ...]
    objections: tuple[str, ...]
    override: str
    override_by: str
    change: Change | None
    verdict: ClaimVerdict | None
    earlier: tuple[ClaimVerdict, ...]  # in reviews before, the latest first
    is_wording: bool


class Sheets:
    """The claims and wordings of a version before the board, and how far its reviewer has come."""

    def __init__(self, state: BoardReviewState, assignment: ReviewAssignment | None) -> None:
        self.state = state
        self.version = state.version
        self.claims: list[Placed] = list(placed_texts(self.version))
        by_key = {claim.key: claim for claim in self.claims}
        self._verdicts = standing_verdicts(assignment, by_key) if assignment else {}

    @cached_property
    def library(self) -> Library:
        """The library as it was when the article was submitted; the latest if that is gone."""
        try:
            return engine().at(self.state.library_version)
        except VersionNotFound:
            return engine().library()

    @cached_property
    def differences(self) -> Differences | None:
        """Against the version that the board approved last."""
        return differences(self.version.pk, self.state.revision_id, self.claims)

    @cached_property
    def _earlier(self) -> dict[str, list[ClaimVerdict]]:
        return earlier_verdicts(self.state)

    @property
    def total(self) -> int:
        """How many claims and wordings there are."""
        return len(self.claims)

    @property
    def judged(self) -> int:
        """How many of them have a verdict."""
        return sum(1 for c in self.claims if c.key in self._verdicts)

    @property
    def flagged(self) -> int:
        """How many of them are flagged."""
        return sum(
            1
            for c in self.claims
            if c.key in self._verdicts and self._verdicts[c.key].judgement == Judgement.FLAG
        )

    @property
    def outline(self) -> list[tuple[int, Placed, ClaimVerdict | None]]:
        """Each with its number and verdict."""
        return [(n, c, self._verdicts.get(c.key)) for n, c in enumerate(self.claims, start=1)]

    @property
    def not_current(self) -> list[tuple[str, str]]:
        """The title of each cited source that is not current today, with what it is now."""
        cited = dict.fromkeys(
            c["source_id"] for claim in self.claims for c in claim.value["citations"]
        )
        return [(self._title(s), now) for s in cited if (now := _now(s)) != "current"]

    def next_open(self, after: int = 0) -> int:
        """The number of the next one without a verdict; 0 where all have one."""
        left = [n for n, _, verdict in self.outline if verdict is None]
        return next((n for n in left if n > after), left[0] if left else 0)

    def sheet(self, number: int) -> ClaimSheet:
        """A claim or wording by its number, from 1."""
        claim = self.claims[number - 1]
        value = claim.value
        found = None if claim.is_wording else objection(value, self.library)
        changed = self.differences
        return ClaimSheet(
            number=number,
            key=claim.key,
            where=claim.where,
            text=value["text"],
            cited=tuple(self._cited(c) for c in value["citations"]),
            objections=found.lines if found else (),
            override=value["override"] or "",
            override_by=value["override_by"] or "",
            change=changed.changes.get(claim.key) if changed else None,
            verdict=self._verdicts.get(claim.key),
            earlier=tuple(self._earlier.get(claim.item, ())),
            is_wording=claim.is_wording,
        )

    def _title(self, source_id: str) -> str:
        try:
            return self.library.source(source_id).title
        except LibraryError:
            return "A source that the library does not hold"

    def _cited(self, cited: Any) -> Cited:
        try:
            source = self.library.source(cited["source_id"])
            found = passage(self.library, source.id, cited["start"], cited["end"])
        except LibraryError as error:
            return Cited(None, None, str(error), _now(cited["source_id"]))
        return Cited(reference_view(source_to_json(source)), found, "", _now(source.id))


def _now(source_id: str) -> str:
    """What became of a source since the article was submitted."""
    try:
        return engine().library().source(source_id).status.value
    except LibraryError:
        return "removed"
