"""One round of keeping articles true: compare, mark what is overdue, tell the board."""

from __future__ import annotations

from dataclasses import dataclass

from osler_site.living.models import LastRound
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
    undone: int  # mails that could not be sent, articles that could not be sent back

    @property
    def complete(self) -> bool:
        """Whether nothing is left to be tried again soon."""
        return not self.compared.failed and not self.undone


def go_round(*, again: bool = False, progress: OnProgress | None = None) -> Round:
    """Do one round; what was told before is not told again."""
    compared = recheck_all(again=again, progress=progress)
    late = mark_overdue()
    returned = send_back()
    told = remind()
    LastRound.objects.update_or_create(
        pk=1,
        defaults={"library_version": compared.library_version, "failed": compared.failed},
    )
    return Round(compared, len(late), returned.sent, told.sent, told.unsent + returned.failed)
