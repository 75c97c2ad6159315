"""The review in Wagtail's admin: log entries, what the action menu offers, links."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html
from wagtail import hooks
from wagtail.admin.action_menu import RestartWorkflowMenuItem, SubmitForModerationMenuItem
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets import Button

from osler_site.accounts.roles import Role, has_role
from osler_site.articles.models import ArticlePage
from osler_site.review.logs import ACTIONS
from osler_site.review.rules import board_member


@hooks.register("register_log_actions")
def register_log_actions(actions: Any) -> None:
    """What the audit log shows."""
    for name, (label, message) in ACTIONS.items():
        actions.register_action(name, label, message)


@hooks.register("construct_page_action_menu")
def construct_page_action_menu(
    items: list[Any], request: HttpRequest, context: dict[str, Any]
) -> None:
    """An article is not restarted halfway: it is taken back, edited and submitted again."""
    if isinstance(context.get("page"), ArticlePage):
        items[:] = [i for i in items if not isinstance(i, RestartWorkflowMenuItem)]
        for item in items:
            if isinstance(item, SubmitForModerationMenuItem) and not has_role(
                request.user, Role.EDITOR
            ):
                items.remove(item)
                break


@hooks.register("register_page_header_buttons")
def register_page_header_buttons(
    page: Any, user: Any, view_name: str, next_url: str | None = None
) -> Iterator[Button]:
    """The way to the page where an article is shown early, taken back or withdrawn."""
    if page.specific_class is ArticlePage:
        yield Button(
            "Review and publishing",
            reverse("review-publishing", args=[page.pk]),
            icon_name="view",
            priority=5,
        )


class _ReviewMenuItem(MenuItem):
    """Shown to members of the board."""

    def is_shown(self, request: HttpRequest) -> bool:
        """To them alone."""
        return board_member(request.user) is not None


@hooks.register("register_admin_menu_item")
def register_review_menu_item() -> MenuItem:
    """The queue, from the admin's menu."""
    return _ReviewMenuItem("Medical board", reverse("review-queue"), icon_name="tasks", order=150)


@hooks.register("insert_global_admin_css")
def editor_css() -> str:
    """How claims and citations look in the editor."""
    return format_html('<link rel="stylesheet" href="{}">', static("osler/editor.css"))
