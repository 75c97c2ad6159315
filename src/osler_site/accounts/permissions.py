"""What each role may do in Wagtail's administration: one table, applied at every start.

The groups are the roles, and the roles are defined here alone: what someone added to a group by
hand is taken away again, and so is what Wagtail gives to its first groups.
"""

from __future__ import annotations

from django.contrib.auth.models import Group, Permission
from wagtail.models import GroupCollectionPermission, GroupPagePermission, Page

from osler_site.accounts.roles import Role

PERMISSIONS: dict[Role, tuple[str, ...]] = {
    Role.EDITOR: ("wagtailadmin.access_admin",),
    Role.REVIEWER: (),
    Role.PUBLISHER: ("wagtailadmin.access_admin", "review.change_reviewsettings"),
    Role.ADMINISTRATOR: (
        "wagtailadmin.access_admin",
        "accounts.add_user",
        "accounts.change_user",
        "accounts.view_user",
        "accounts.add_boardmember",
        "accounts.change_boardmember",
        "accounts.view_boardmember",
    ),
}
ON_ARTICLES: dict[Role, tuple[str, ...]] = {Role.EDITOR: ("add_page", "change_page")}
ON_ALL_PAGES: dict[Role, tuple[str, ...]] = {
    Role.PUBLISHER: ("add_page", "change_page", "publish_page")
}


def apply_roles(front: Page, articles: Page) -> None:
    """Give each role's group what the tables say, and nothing else."""
    Group.objects.filter(name="Moderators").delete()  # Wagtail makes it; no role of ours
    for role in Role:
        group = Group.objects.get_or_create(name=role.value)[0]
        group.permissions.set([_permission(name) for name in PERMISSIONS[role]])
        GroupCollectionPermission.objects.filter(group=group).delete()
        _on_pages(
            group,
            {(articles.pk, name) for name in ON_ARTICLES.get(role, ())}
            | {(front.pk, name) for name in ON_ALL_PAGES.get(role, ())},
        )


def _on_pages(group: Group, wanted: set[tuple[int, str]]) -> None:
    there = {
        (found.page_id, found.permission.codename): found
        for found in GroupPagePermission.objects.filter(group=group).select_related("permission")
    }
    for key in there.keys() - wanted:
        there[key].delete()
    for page_id, codename in wanted - there.keys():
        GroupPagePermission.objects.create(
            group=group, page_id=page_id, permission=_permission(f"wagtailcore.{codename}")
        )


def _permission(name: str) -> Permission:
    app, _, codename = name.partition(".")
    return Permission.objects.get(content_type__app_label=app, codename=codename)
