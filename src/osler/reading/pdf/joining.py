"""What the end of a column or page breaks in two: lists and paragraphs, put together again."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from osler.reading.pdf.blocks import SAME_PLACE, Draft, broke_early


def with_depths(runs: Iterable[list[Draft]]) -> list[Draft]:
    """The drafts of all columns, items with their depth from how far in their marks stand.

    A list goes on in the next column or page where one ends and the other begins with an item.
    """
    found: list[Draft] = []
    open_at: list[float] = []
    for run in runs:
        before = _last(found)
        if not (run and run[0].kind == "item" and before is not None and before.kind == "item"):
            open_at.clear()
        elif run[0].left > before.right or run[0].right < before.left:  # the column beside
            open_at = [at + run[0].left - before.left for at in open_at]
        for draft in run:
            if draft.kind == "item":
                at = draft.lines[0].x0
                while open_at and at < open_at[-1] - SAME_PLACE:
                    open_at.pop()
                if not open_at or at > open_at[-1] + SAME_PLACE:
                    open_at.append(at)
                draft.depth = len(open_at) - 1
            elif draft.kind in ("heading", "table") or (
                draft.kind == "paragraph"
                and open_at
                and draft.lines[0].x0 <= open_at[0] + SAME_PLACE
            ):
                open_at.clear()
        found += run
    return found


def _last(drafts: Sequence[Draft]) -> Draft | None:
    return next((each for each in reversed(drafts) if each.kind != "footnote"), None)


def carried_over(drafts: list[Draft]) -> list[Draft]:
    """Drafts in which a paragraph broken by the end of a column or page is one again."""
    kept: list[Draft] = []
    for draft in drafts:
        before = _last(kept)
        if draft.kind == "paragraph" and before is not None and _is_broken(before, draft):
            before.lines += draft.lines
            before.right = draft.right
        else:
            kept.append(draft)
    return kept


def _is_broken(before: Draft, draft: Draft) -> bool:
    if before.kind not in ("paragraph", "item") or not 0 <= draft.page - before.page <= 1:
        return False
    last, line = before.lines[-1], draft.lines[0]
    if draft.page == before.page and line.y <= last.y:
        return False  # the next block of the same column
    if abs(last.size - line.size) > 0.08 * last.size or last.bold != line.bold:
        return False
    if re.search(r"[.!?:][\"”’')\]]*$", last.text):
        return False
    return not line.text[:1].isupper() or not broke_early(last, line, before.right)
