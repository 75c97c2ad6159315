"""What the review writes to Wagtail's audit log."""

from __future__ import annotations

from typing import Any

from wagtail.log_actions import log

ACTIONS = {
    "osler.promote": ("Take up", "Taken up from an answer"),
    "osler.submitted": ("Submit to the board", "Submitted to the medical board"),
    "osler.shown": ("Show", "Shown to readers while it awaits review"),
    "osler.not_shown": ("Do not show", "Not shown to readers before it is approved"),
    "osler.hidden": ("Hide", "Taken from readers: changes were requested"),
    "osler.claimed": ("Claim", "Claimed for review"),
    "osler.assigned": ("Assign", "Assigned to a reviewer"),
    "osler.unassigned": ("Take from a reviewer", "Taken from its reviewer"),
    "osler.handed_back": ("Hand back", "Handed back by the reviewer"),
    "osler.due": ("Set due date", "Due date set"),
    "osler.verdict": ("Judge a claim", "A claim judged"),
    "osler.approved": ("Sign off", "Signed off: approved"),
    "osler.changes_requested": ("Request changes", "Signed: changes requested"),
    "osler.taken_back": ("Take back", "Taken back from the medical board"),
    "osler.withdrawn": ("Withdraw", "Withdrawn from readers"),
}


def record(page: Any, action: str, user: Any, *, revision: Any = None, **data: Any) -> None:
    """An entry on an article."""
    log(instance=page, action=f"osler.{action}", user=user, revision=revision, data=data)
