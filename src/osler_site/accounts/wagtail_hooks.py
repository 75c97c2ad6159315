"""What accounts add to Wagtail's administration."""

from __future__ import annotations

from wagtail import hooks
from wagtail.admin.panels import FieldPanel
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from osler_site.accounts.managing.users import AssignRole, SetActive
from osler_site.accounts.models import BoardMember

# After Wagtail's own, whose places they take.
hooks.register("register_bulk_action", AssignRole, order=1)
hooks.register("register_bulk_action", SetActive, order=1)


@register_snippet
class BoardMembers(SnippetViewSet):
    """The medical board."""

    model = BoardMember
    icon = "group"
    menu_label = "Medical board"
    menu_order = 610
    add_to_admin_menu = True
    list_display = ("user", "profession", "specialty", "active")
    panels = tuple(
        FieldPanel(name)
        for name in (
            "user",
            "profession",
            "registration_number",
            "specialty",
            "biography",
            "conflicts_of_interest",
            "active",
        )
    )
