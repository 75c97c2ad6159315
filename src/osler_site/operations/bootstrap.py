"""The first pages and roles of a new site. Running it again changes nothing that is there."""

from __future__ import annotations

from django.contrib.auth.models import Group, Permission
from wagtail.models import GroupPagePermission, Page, Site

from osler_site.accounts.roles import Role
from osler_site.articles.models import ArticleIndexPage, BoardPage, FrontPage, TextPage
from osler_site.environment import environment
from osler_site.operations.first_texts import POLICY, TEXTS
from osler_site.review.workflow import make_workflow


def bootstrap() -> None:
    """Make what is missing: the page tree, the site record, the groups and what they may do."""
    front = _front_page()
    _below(front, ArticleIndexPage(title="Articles", slug="articles"))
    _below(front, BoardPage(title="Medical board", slug="board"))
    _below(front, TextPage(title="Editorial policy", slug="editorial-policy", text=POLICY))
    for title, slug, text in TEXTS:
        _below(front, TextPage(title=title, slug=slug, text=text))
    _roles(front)
    make_workflow()


def _front_page() -> FrontPage:
    found = FrontPage.objects.first()
    if found is not None:
        return found
    root = Page.get_first_root_node()
    for welcome in root.get_children().filter(slug="home"):
        welcome.delete()
    root.refresh_from_db()
    front = root.add_child(instance=FrontPage(title=environment().name, slug="home"))
    Site.objects.all().delete()
    Site.objects.create(
        hostname="localhost",
        site_name=environment().name,
        root_page=front,
        is_default_site=True,
    )
    return front


def _below(front: FrontPage, page: Page) -> None:
    if not front.get_children().filter(slug=page.slug).exists():
        front.add_child(instance=page)
        page.save_revision().publish()
        front.refresh_from_db()


def _roles(front: FrontPage) -> None:
    """Editors write; publishers look after the managed pages; nobody may publish an article.

    The review publishes (see `osler_site.review`); ArticlePage withholds the permission from
    everyone, superusers included.
    """
    groups = {role: Group.objects.get_or_create(name=role.value)[0] for role in Role}
    admin = Permission.objects.get(content_type__app_label="wagtailadmin", codename="access_admin")
    for role in (Role.EDITOR, Role.PUBLISHER, Role.ADMINISTRATOR):
        groups[role].permissions.add(admin)
    articles = ArticleIndexPage.objects.get()
    _allow(groups[Role.EDITOR], articles, "add_page", "change_page")
    _allow(groups[Role.PUBLISHER], front, "add_page", "change_page", "publish_page")
    decide = Permission.objects.get(
        content_type__app_label="review", codename="change_reviewsettings"
    )
    groups[Role.PUBLISHER].permissions.add(decide)
    users = Permission.objects.filter(
        content_type__app_label="accounts", codename__in=("add_user", "change_user", "view_user")
    )
    groups[Role.ADMINISTRATOR].permissions.add(*users)


def _allow(group: Group, page: Page, *codenames: str) -> None:
    for codename in codenames:
        permission = Permission.objects.get(
            content_type__app_label="wagtailcore", codename=codename
        )
        GroupPagePermission.objects.get_or_create(group=group, page=page, permission=permission)
