"""Why an article that is before the board cannot be edited."""

from __future__ import annotations

from typing import Any

from wagtail.locks import WorkflowLock


class BoardLock(WorkflowLock):
    """Locked for everyone until the review ends or the editors take the article back."""

    def for_user(self, user: Any) -> bool:
        """Everyone."""
        return True

    def get_message(self, user: Any) -> str:
        """What the editor's page says."""
        return (
            "This article is with the medical board and is not edited meanwhile. "
            "To change it, take it back: “Cancel workflow” in the menu below."
        )

    def get_locked_by(self, user: Any) -> str:
        """Who holds it."""
        return "With the medical board"

    def get_description(self, user: Any) -> str:
        """What it means."""
        return "It is reviewed as it was submitted."

    def get_context_for_user(self, user: Any, parent_context: Any = None) -> dict[str, Any]:
        """The same for everyone: nobody may lock or unlock it."""
        return {
            "locked": True,
            "message": self.get_message(user),
            "icon": "lock",
            "locked_by": self.get_locked_by(user),
            "description": self.get_description(user),
        }
