"""What anyone may do with an article in Wagtail: write it, not publish, move or delete it."""

from __future__ import annotations

from typing import Any

from wagtail.models import PagePermissionTester

from osler_site.accounts.roles import Role, has_role


class IndexPermissions(PagePermissionTester):
    """Below the index of articles nothing is published by hand."""

    def can_publish_subpage(self) -> bool:
        """Nobody: the review publishes."""
        return False

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        """Nobody: the articles and their records hang on it."""
        return False

    def can_move(self) -> bool:
        """Nobody: the addresses of articles stay."""
        return False


class ArticlePermissions(PagePermissionTester):
    """Editors write. What readers see is changed by the review alone, superusers included."""

    def can_publish(self) -> bool:
        """Nobody: approval is a sign-off by the board."""
        return False

    def can_unpublish(self) -> bool:
        """Nobody here: a publisher withdraws an article with a reason, on its own page."""
        return False

    def can_set_view_restrictions(self) -> bool:
        """Nobody: articles are public or not public."""
        return False

    def can_unschedule(self) -> bool:
        """Nobody: nothing is scheduled."""
        return False

    def can_submit_for_moderation(self) -> bool:
        """Editors, by name."""
        return has_role(self.user, Role.EDITOR) and super().can_submit_for_moderation()

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        """As in Wagtail, as long as it was never submitted: addresses and records stay."""
        never = not self.page.live and not self.page.workflow_states.exists()
        return never and super().can_delete(ignore_bulk)

    def can_move(self) -> bool:
        """Nobody: the address of an article stays."""
        return False

    def can_copy(self) -> bool:
        """Nobody: an article comes from an answer or is written anew."""
        return False

    def can_move_to(self, destination: Any) -> bool:
        """Nobody."""
        return False

    def can_copy_to(self, destination: Any, recursive: bool = False) -> bool:
        """Nobody."""
        return False
