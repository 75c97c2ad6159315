"""What changed in an article since the board last approved it, claim by claim."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from osler_site.articles.claims import Placed
from osler_site.articles.wording import placed_texts
from osler_site.review.models import Decision, SignOff

_ALIKE = 0.6  # from here on two claims are versions of one


@dataclass(frozen=True, slots=True)
class Run:
    """Words that are kept, added or removed: `kind` is "same", "added" or "removed"."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Change:
    """How a claim differs: `kind` is "same", "new", "reworded", "cited anew" or, of a
    wording over claims that changed, "stands over others".
    """

    kind: str
    runs: tuple[Run, ...] = ()


@dataclass(frozen=True, slots=True)
class Differences:
    """A version against the approved one before it."""

    since: SignOff
    changes: dict[str, Change]  # by the claim's key
    removed: tuple[str, ...]


def differences(page_id: int, revision_id: int, claims: Iterable[Placed]) -> Differences | None:
    """Against the last approved version; None where there is none."""
    before = (
        SignOff.objects.filter(page_id=page_id, decision=Decision.APPROVED)
        .exclude(revision_id=revision_id)
        .select_related("revision")
        .first()
    )
    if before is None:
        return None
    old = list(placed_texts(before.revision.as_object()))
    by_key, by_item = {c.key: c for c in old}, {c.item: c for c in old}
    changes: dict[str, Change] = {}
    left = list(claims)
    used: set[str] = set()
    for claim in left:
        same = by_key.get(claim.key)
        if same is not None:
            changes[claim.key] = Change("same")
            used.add(same.key)
    for claim in left:
        if claim.key in changes:
            continue
        earlier = by_item.get(claim.item) or _likest(
            claim,
            [c for c in old if c.key not in used and c.is_wording == claim.is_wording],
        )
        if earlier is None or earlier.key in used:
            changes[claim.key] = Change("new")
            continue
        used.add(earlier.key)
        changes[claim.key] = _change(earlier.value, claim.value)
    removed = tuple(c.value["text"] for c in old if c.key not in used)
    return Differences(before, changes, removed)


def _likest(claim: Placed, among: list[Placed]) -> Placed | None:
    text = claim.value["text"]
    rated = [
        (difflib.SequenceMatcher(None, text, c.value["text"], autojunk=False).ratio(), i)
        for i, c in enumerate(among)
    ]
    best = max(rated, default=(0.0, 0))
    return among[best[1]] if best[0] >= _ALIKE else None


def _change(old: Any, new: Any) -> Change:
    if old["text"] == new["text"]:
        return Change("cited anew" if new["citations"] else "stands over others")
    return Change("reworded", word_runs(old["text"], new["text"]))


def word_runs(old: str, new: str) -> tuple[Run, ...]:
    """Two wordings as runs of words."""
    before, after = re.findall(r"\S+\s*", old), re.findall(r"\S+\s*", new)
    runs: list[Run] = []
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
    for operation, a, b, c, d in matcher.get_opcodes():
        if operation == "equal":
            runs.append(Run("same", "".join(after[c:d])))
            continue
        if b > a:
            runs.append(Run("removed", "".join(before[a:b])))
        if d > c:
            runs.append(Run("added", "".join(after[c:d])))
    return tuple(runs)
