"""One round of keeping articles true: compare, mark what is overdue, tell the board."""

from __future__ import annotations

from dataclasses import dataclass

from osler_site.living.overdue import mark_overdue, remind
from osler_site.living.recheck import OnProgress, Report, recheck_all
from osler_site.living.returning import send_back


@dataclass(frozen=True, slots=True)
class Round:
    """What a round did."""

    compared: Report
    overdue: int
    sent_back: int
    mails: int


def go_round(*, again: bool = False, progress: OnProgress | None = None) -> Round:
    """Do one round; what was told before is not told again."""
    compared = recheck_all(again=again, progress=progress)
    late = mark_overdue()
    fresh = [*compared.found, *late]
    return Round(compared, len(late), send_back(fresh), remind(fresh))
