"""What one answer says that an earlier one did not, claim by claim.

Both are the JSON of the contract, so that an answer stored years ago can be compared with the
answer of today. Nothing is looked up: what became of the sources is `citation_findings`.
"""

from __future__ import annotations

import textwrap
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from osler.answering.advising.agreement import same_dosages
from osler.answering.differing.matching import pairs
from osler.answering.differing.shown import Shown, shown
from osler.checking import check_text
from osler.domain import ProblemKind
from osler.dosage import differences, format_dosage

_LONGEST = 180  # characters of a claim in a summary
_MARKS = ("applies", "strength", "evidence", "warning", "currency", "underived")


class Change(StrEnum):
    """In what a claim differs from what it was; a claim may differ in several ways."""

    GONE = "gone"
    NEW = "new"
    DOSE = "dose changed"
    MEANING = "says otherwise"  # for example "not", "within 6 months", "should" for "may"
    REWORDED = "reworded"
    DISPUTED = "now disputed"
    SETTLED = "no longer disputed"
    OPENS = "now in the bottom line"
    BELOW = "no longer in the bottom line"
    MARKED = "marked otherwise"  # strength, whether it applies, a warning
    SOURCES = "other sources"  # says the same, and cites others


@dataclass(frozen=True, slots=True)
class ClaimChange:
    """What became of one claim; nothing has where `changes` is empty.

    `before` and `after` are claims of the contract, `differs` the kinds in which what they say
    is not the same.
    """

    changes: tuple[Change, ...]
    summary: str
    before: Mapping[str, Any] | None
    after: Mapping[str, Any] | None
    places_before: tuple[str, ...] = ()
    places_after: tuple[str, ...] = ()
    differs: tuple[ProblemKind, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Plain JSON values."""
        return {
            "changes": [change.value for change in self.changes],
            "summary": self.summary,
            "differs": [kind.value for kind in self.differs],
            "before": self.before,
            "after": self.after,
            "places_before": list(self.places_before),
            "places_after": list(self.places_after),
        }


@dataclass(frozen=True, slots=True)
class AnswerChange:
    """What changed of the answer as a whole: `what` is a field of the contract."""

    what: str  # "answered", "yes_no", "unanswered"
    summary: str
    before: Any
    after: Any

    def to_json(self) -> dict[str, Any]:
        """Plain JSON values."""
        return {
            "what": self.what,
            "summary": self.summary,
            "before": self.before,
            "after": self.after,
        }


@dataclass(frozen=True, slots=True)
class Difference:
    """All claims of two answers side by side, in the order of the later one, then those gone."""

    whole: tuple[AnswerChange, ...]
    claims: tuple[ClaimChange, ...]

    @property
    def changes(self) -> tuple[ClaimChange, ...]:
        """The claims that are not as they were."""
        return tuple(claim for claim in self.claims if claim.changes)

    @property
    def unchanged(self) -> int:
        """How many claims are as they were."""
        return len(self.claims) - len(self.changes)

    @property
    def changed(self) -> bool:
        """Whether a reader of both would see any difference in what is said or cited."""
        return bool(self.whole or self.changes)

    def to_json(self) -> dict[str, Any]:
        """Plain JSON values; `changes` leaves out what is unchanged."""
        return {
            "changed": self.changed,
            "unchanged": self.unchanged,
            "whole": [entry.to_json() for entry in self.whole],
            "changes": [entry.to_json() for entry in self.changes],
        }


def difference(before: Mapping[str, Any], after: Mapping[str, Any]) -> Difference:
    """Compare two answers (the contract's JSON) to one question."""
    old, new = shown(before), shown(after)
    matched = pairs(old, new)
    earlier = {id(a): b for b, a in matched}
    kept = {id(b) for b, _ in matched}
    claims = [_compared(earlier[id(a)], a) if id(a) in earlier else _new(a) for a in new]
    claims += [_gone(b) for b in old if id(b) not in kept]
    return Difference(tuple(_whole(before, after)), tuple(claims))


def _whole(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[AnswerChange]:
    found = []
    was, now = before.get("answered"), after.get("answered")
    if was != now:
        reason = ((after if was else before).get("abstention") or {}).get("reason") or ""
        said = f"The library no longer answers: {reason}" if was else "The library answers now"
        found.append(AnswerChange("answered", _short(said), was, now))
    for what, name in (("yes_no", "Yes or no"), ("unanswered", "Left unanswered")):
        old, new = before.get(what) or None, after.get(what) or None
        if old != new:
            found.append(AnswerChange(what, f"{name}: {_listed(old)} → {_listed(new)}", old, new))
    return found


def _listed(value: Any) -> str:
    return ", ".join(value) if isinstance(value, list) else str(value or "nothing")


def _new(item: Shown) -> ClaimChange:
    changes = (Change.NEW, *([Change.DISPUTED] if item.disputed else []))
    return ClaimChange(
        changes, f"New: {_short(item.text)}", None, item.claim, places_after=item.places
    )


def _gone(item: Shown) -> ClaimChange:
    summary = f"No longer said: {_short(item.text)}"
    return ClaimChange((Change.GONE,), summary, item.claim, None, places_before=item.places)


def _compared(before: Shown, after: Shown) -> ClaimChange:
    said, differs = _in_what_they_say(before, after)
    changes = tuple(filter(None, (said, *_in_how_they_stand(before, after))))
    return ClaimChange(
        changes,
        _summary(changes, before, after),
        before.claim,
        after.claim,
        before.places,
        after.places,
        differs,
    )


def _in_what_they_say(before: Shown, after: Shown) -> tuple[Change | None, tuple[ProblemKind, ...]]:
    if not same_dosages(before.dosages, after.dosages):
        sides = list(zip(before.dosages, after.dosages, strict=False))
        kinds = [k for a, b in sides for k in (*differences(a, b), *differences(b, a))]
        return Change.DOSE, tuple(sorted(set(kinds)))
    if before.text == after.text:
        return None, ()
    # The gate knows what one sentence says that another does not; mere wording is not counted.
    verdicts = (check_text(after.text, before.text), check_text(before.text, after.text))
    kinds = [p.kind for v in verdicts for p in v.problems if p.kind is not ProblemKind.UNSUPPORTED]
    if kinds or before.figures != after.figures:
        return Change.MEANING, tuple(sorted(set(kinds)))
    return Change.REWORDED, ()


def _in_how_they_stand(before: Shown, after: Shown) -> list[Change]:
    found = []
    if before.disputed is not after.disputed:
        found.append(Change.DISPUTED if after.disputed else Change.SETTLED)
    if before.opens is not after.opens:
        found.append(Change.OPENS if after.opens else Change.BELOW)
    if any(before.claim.get(mark) != after.claim.get(mark) for mark in _MARKS):
        found.append(Change.MARKED)
    if before.statements != after.statements:
        found.append(Change.SOURCES)
    return found


def _summary(changes: tuple[Change, ...], before: Shown, after: Shown) -> str:
    if not changes:
        return f"Unchanged: {_short(after.text)}"
    lead = "; ".join(change.value for change in changes)
    lead = lead[:1].upper() + lead[1:]
    if Change.DOSE in changes:
        return f"{lead}: {_doses(before)} → {_doses(after)} ({_short(after.text)})"
    if Change.MEANING in changes or Change.REWORDED in changes:
        return f"{lead}: {_short(before.text)} → {_short(after.text)}"
    if Change.MARKED in changes:
        return f"{lead}: {_short(after.text)} ({_marks(before)} → {_marks(after)})"
    return f"{lead}: {_short(after.text)}"


def _doses(item: Shown) -> str:
    return "; ".join(format_dosage(d) for d in item.dosages) or "no dose"


def _marks(item: Shown) -> str:
    return ", ".join(str(item.claim[m]) for m in _MARKS if item.claim.get(m)) or "unmarked"


def _short(text: str) -> str:
    return textwrap.shorten(text, _LONGEST, placeholder=" …")
